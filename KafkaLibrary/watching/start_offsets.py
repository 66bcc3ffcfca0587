"""Where ``since=`` becomes offsets: a mark, a test's start, a time or an event, for each partition of a topic."""

from __future__ import annotations

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Event
from KafkaLibrary.watching.event_source import Cluster, Source, TopicFacts, is_former
from KafkaLibrary.watching.marks import Scope, Start, TopicMark, milliseconds
from KafkaLibrary.watching.topics.followed_topic import by_partition

_FORMER = "an earlier topic"
"""What stands for the id of a topic that no longer exists."""


def check_start(start: Start, here: Cluster, source: Source, deadline: Deadline) -> None:
    """Raises ``KeywordMisused`` where the start point is a mark or an event of another cluster."""
    if start.mark is not None and start.mark.cluster is not None:
        _check("The mark", start.mark.cluster, here, source, deadline)
    if start.event is not None:
        check_event(start.event, here, source, deadline)


def check_event(event: Event, here: Cluster, source: Source, deadline: Deadline) -> None:
    """Raises ``KeywordMisused`` where the event is of another cluster: its offset says nothing of this one."""
    if isinstance(event.cluster, Cluster):
        _check(event.place, event.cluster, here, source, deadline)


def _check(what: str, there: Cluster, here: Cluster, source: Source, deadline: Deadline) -> None:
    if there is here:
        return
    if there.id and not here.id:
        source.names(deadline)  # it tells the cluster's id, too, which nothing has told yet
    if here.is_another(there):
        advice = "Use the connection that it came from."
        if there.alias != here.alias:
            advice = f"Give alias={there.alias}, or what came from '{here.alias}'."
        raise KeywordMisused(
            f"{what} is of another Kafka cluster than the one that is asked: it came from {there}, and {here} is used. "
            f"Offsets of one mean nothing on the other.\n{advice}"
        )


def known_mark(name: str, start: Start, scope: Scope) -> TopicMark | None:
    """The mark that was set before, where the start is one; Kafka need not be asked."""
    if start.kind == "mark" and start.mark is not None:
        return start.mark.of(name)
    if start.kind == "scope":
        return scope.mark_of(name)
    return scope.start_of(name) if start.kind in ("test", "suite") else None


def searched_time(start: Start, scope: Scope) -> int | None:
    """The time in milliseconds that such a mark is at; nothing where it is at none."""
    if start.kind == "time" and start.moment is not None:
        return milliseconds(start.moment)
    return milliseconds(scope.started) if start.kind in ("scope", "test", "suite") else None


def searched_mark(
    source: Source, name: str, facts: TopicFacts, start: Start, scope: Scope, deadline: Deadline
) -> TopicMark:
    """The mark for a start that Kafka has to be asked for."""
    places = [(name, number) for number in facts.partitions]
    if start.kind == "earliest":
        return TopicMark(facts.id, by_partition(source.beginnings(places, deadline)))
    if start.kind == "event" and start.event is not None:
        return _mark_behind(source, name, facts, start, deadline)
    if start.kind == "time" and start.moment is not None:
        offsets = source.offsets_at(places, milliseconds(start.moment), deadline)
        return TopicMark(facts.id, by_partition(offsets), by_clock=True, at=start.moment)
    offsets = source.offsets_at(places, milliseconds(scope.started), deadline)
    marked = scope.marks.get(name)
    for place in places:
        # What was published here, or came behind a mark in its midst, came since it began, whatever its timestamp says.
        known = [] if marked is None else [marked.offset(place[1], facts.id)]
        known += [scope.published[place]] if place in scope.published else []
        if known:
            offsets[place] = min([*known, offsets.get(place, known[0])])
    return TopicMark(facts.id, by_partition(offsets), by_clock=True, at=scope.started)


def _mark_behind(source: Source, name: str, facts: TopicFacts, start: Start, deadline: Deadline) -> TopicMark:
    event = start.event
    assert event is not None  # noqa: S101 - the caller's branch
    if name == event.topic and is_former(source, event, facts.id, deadline):
        return TopicMark(_FORMER, {}, at=event.timestamp)
    others = [(name, n) for n in facts.partitions if (name, n) != (event.topic, event.partition)]
    offsets = by_partition(source.offsets_at(others, event.timestamp_ms, deadline)) if others else {}
    if name == event.topic:
        offsets[event.partition] = event.offset + 1
    return TopicMark(facts.id, offsets, by_clock=bool(others), at=event.timestamp)
