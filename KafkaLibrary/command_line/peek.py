"""``peek``: the events that are there now."""

from __future__ import annotations

import click

from KafkaLibrary.command_line.connecting import ConnectedCommand, connects
from KafkaLibrary.command_line.output.layouts import say_events
from KafkaLibrary.command_line.output.progress import progress
from KafkaLibrary.command_line.output.streams import tell
from KafkaLibrary.command_line.searching import searches, title_of
from KafkaLibrary.errors import KafkaUnusable
from KafkaLibrary.keywords.calls import search
from KafkaLibrary.keywords.calls.search import EventSearch
from KafkaLibrary.reporting.waits.phrases import counted, were
from KafkaLibrary.session import Session
from KafkaLibrary.watching.waits import Outcome, in_offset_order

_NONE = 1


@click.command(cls=ConnectedCommand)
@click.option(
    "--since",
    metavar="START",
    default="10 min",
    show_default=True,
    help="Where to begin: a time span, a point in time, earliest.",
)
@click.option("--limit", metavar="COUNT", help="The last so many of the events that match.")
@connects(timeout="5 min", waits_for="How long reading may take.")
@searches
def command(session: Session, sought: EventSearch, limit: str | None, layout: str) -> int:
    """Show the events of TOPIC that are there now and meet every CONDITION.

    \b
      peek orders --since=earliest --limit=5
      peek orders "status == PAID" "total >= 100" --since="1 hour"
      peek "orders,payments" "orderId == 42" --output=jsonl

    A condition is what the keywords take. Put it in quotes: the shell has a meaning of its own for > and *.
    """
    with progress(session.current.watcher):
        outcome = search.limited(session, sought, limit)
    say_events(in_offset_order(outcome.events), layout, title_of(sought))
    unjudged = outcome.unjudged_count
    if outcome.events and not unjudged:
        return 0
    tell(_beside(outcome, sought))
    if unjudged and not outcome.events:
        raise KafkaUnusable("So it is not known whether an event matches.")
    return 0 if outcome.events else _NONE


def _beside(outcome: Outcome, sought: EventSearch) -> str:
    lines = []
    if not outcome.events:
        lines.append(f"No event matched. {were(outcome.findings.read)} read on '{sought.topic}' since {sought.since}.")
        if not outcome.findings.read:
            lines.append("--since=earliest shows all that there are.")
    if outcome.unjudged_count:
        lines.append(f"{counted(outcome.unjudged_count)} could not be judged. One of them:")
        lines += [f"    {event.place}: {reason}" for event, reason in outcome.unjudged[:1]]
    return "\n".join(lines)
