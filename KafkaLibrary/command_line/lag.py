"""``lag``: what a consumer group has not committed yet."""

from __future__ import annotations

import click

from KafkaLibrary.broker.groups.lag_and_reset import PartitionLag
from KafkaLibrary.command_line.connecting import ConnectedCommand, connects
from KafkaLibrary.command_line.output.layouts import say_rows
from KafkaLibrary.command_line.searching import session_of
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.keywords.calls import arguments
from KafkaLibrary.library import KafkaLibrary


@click.command(cls=ConnectedCommand)
@click.argument("group")
@click.argument("topic", required=False)
@click.option("--at-most", metavar="LAG", help="Wait until the group has no greater lag, and fail where it keeps one.")
@connects()
def command(kafka: KafkaLibrary, group: str, topic: str | None, at_most: str | None) -> None:
    """Show the lag of a consumer GROUP by partition, on TOPIC or on all of its topics.

    \b
      lag shop
      lag shop inventory.events --at-most=0 --timeout="1 min"
    """
    if at_most is not None:
        kafka.get_consumer_group_lag(group, topic, "<=", arguments.whole_number(at_most, "at-most"))
    connection = session_of(kafka).current
    name = None if topic is None else arguments.topic(topic)
    lag = connection.group_offsets.lag(group, name, Deadline(connection.timeout))
    rows = [_row(one) for one in lag.partitions]
    say_rows(["partition", "committed", "end", "lag"], [*rows, ["all", "", "", str(lag.total)]])


def _row(one: PartitionLag) -> list[str]:
    topic, number = one.place
    return [f"{topic}[{number}]", "none" if one.committed is None else str(one.committed), str(one.end), str(one.lag)]
