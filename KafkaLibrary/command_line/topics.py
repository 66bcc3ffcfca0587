"""``topics``: the topics that there are."""

from __future__ import annotations

import click

from KafkaLibrary.command_line.connecting import ConnectedCommand, connects
from KafkaLibrary.command_line.output.layouts import say_rows
from KafkaLibrary.command_line.output.streams import say, tell
from KafkaLibrary.command_line.searching import session_of
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import did_you_mean
from KafkaLibrary.keywords.calls import arguments
from KafkaLibrary.library import KafkaLibrary
from KafkaLibrary.watching.topics.patterns import is_pattern, matching

_NONE = 1


@click.command(cls=ConnectedCommand)
@click.argument("names", nargs=-1, metavar="[TOPIC]...")
@click.option("-l", "--long", "with_offsets", is_flag=True, help="With their partitions and offsets.")
@connects()
def command(kafka: KafkaLibrary, names: tuple[str, ...], with_offsets: bool) -> int:
    """List the topics, a line each: all, or those of these names and patterns.

    \b
      topics
      topics "orders-*" --long
    """
    there = kafka.get_topics()
    asked = [one for name in names for one in arguments.topics(name)]
    missing = [name for name in asked if not (matching([name], there) if is_pattern(name) else name in there)]
    meant = {*asked, *matching([one for one in asked if is_pattern(one)], there)}
    shown = [name for name in there if not asked or name in meant]
    if shown and with_offsets:
        _say_offsets(kafka, shown)
    elif shown:
        say("\n".join(shown))
    for name in missing:
        tell(f"There is no topic '{name}'. {did_you_mean(name, there)}".rstrip())
    return _NONE if missing else 0


def _say_offsets(kafka: KafkaLibrary, names: list[str]) -> None:
    connection = session_of(kafka).current
    reader, deadline = connection.reader, Deadline(connection.timeout)
    facts = {name: found for name, found in reader.describe(names, deadline).items() if found}
    places = [(name, number) for name, found in facts.items() for number in found.partitions]
    begins, ends = reader.beginnings(places, deadline), reader.ends(places, deadline, committed=False)
    rows = []
    for name, found in facts.items():
        offsets = sum(ends.get((name, number), 0) - begins.get((name, number), 0) for number in found.partitions)
        rows.append([name, str(len(found.partitions)), f"{offsets:,}"])
    say_rows(["topic", "partitions", "offsets"], rows)
