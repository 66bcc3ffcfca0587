"""``wait``: until events came."""

from __future__ import annotations

from dataclasses import replace

import click

from KafkaLibrary.command_line.connecting import ConnectedCommand, connects
from KafkaLibrary.command_line.output.layouts import say_events
from KafkaLibrary.command_line.output.progress import progress
from KafkaLibrary.command_line.output.streams import tell
from KafkaLibrary.command_line.searching import searches, title_of
from KafkaLibrary.deadline import Deadline, in_words
from KafkaLibrary.keywords.calls import arguments, search
from KafkaLibrary.keywords.calls.search import EventSearch
from KafkaLibrary.reporting.waits import failed_waits
from KafkaLibrary.reporting.waits.phrases import counted
from KafkaLibrary.session import Session
from KafkaLibrary.watching.marks import Mark, Start
from KafkaLibrary.watching.waits import Outcome, in_offset_order


@click.command(cls=ConnectedCommand)
@click.option("--count", metavar="COUNT", default="1", show_default=True, help="How many events to wait for.")
@click.option(
    "--since",
    metavar="START",
    default="latest",
    show_default=True,
    help="Where to begin: latest, a time span, a point in time, earliest.",
)
@connects(timeout="30 s")
@searches
def command(session: Session, sought: EventSearch, count: str, layout: str) -> None:
    """Wait until events of TOPIC meet every CONDITION, and show them.

    \b
      wait orders "orderId == 42" "status == PAID" --timeout="1 min"
      wait "orders.dlq" --count=3 --since="1 hour"

    With --since=latest it looks from the moment on in which it says that it waits. Where the events did not come in
    time it says which came nearest, and why.
    """
    number = arguments.whole_number(count, "count", 1)
    title = title_of(sought)
    sought.request(session)  # what can't be read is told before anything is waited for
    if sought.since == "latest":
        sought = sought._replace(since=_mark(session, sought))
    tell(f"Waiting for {counted(number)} on '{sought.topic}', {in_words(session.current.timeout)} at most.")
    request = replace(sought.request(session, session.current.timeout), stopped=_interrupted)
    with progress(session.current.watcher):
        outcome = search.first(session, request, number)
    search.doubt_match(session, outcome.events, request.conditions)
    say_events(in_offset_order(outcome.events), layout, title)


def _mark(session: Session, sought: EventSearch) -> Mark:
    connection = session.current
    return connection.watcher.watch(arguments.topics(sought.topic), Start("latest"), Deadline(connection.timeout))


def _interrupted(outcome: Outcome, _: BaseException) -> None:
    tell(failed_waits.stopped(outcome, ""))
