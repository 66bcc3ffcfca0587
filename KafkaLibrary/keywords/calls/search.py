"""How keywords ask for events: cells become a request, and what stands in the way of an answer a failure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaLibraryError, KafkaUnusable, KeywordMisused, Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.keywords.calls import arguments
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note, show, warn
from KafkaLibrary.session import Session

if TYPE_CHECKING:
    from KafkaLibrary import matching
    from KafkaLibrary.matching import Conditions
    from KafkaLibrary.reporting import doubts, evidence_table, failed_waits
    from KafkaLibrary.watching import waits
    from KafkaLibrary.watching.waits import Outcome, Request
else:
    matching = LazyModule("KafkaLibrary.matching")
    doubts = LazyModule("KafkaLibrary.reporting.doubts")
    evidence_table = LazyModule("KafkaLibrary.reporting.evidence_table")
    failed_waits = LazyModule("KafkaLibrary.reporting.failed_waits")
    waits = LazyModule("KafkaLibrary.watching.waits")

_NEAR = 0.5
_DOUBTING = 0.05
OF_ALL = ("since", "strict", "format", "schema")
"""Arguments that all keywords take which read events."""
_OF_PRESENT = ("limit", *OF_ALL)


class ReadAs(NamedTuple):
    """The arguments ``format`` and ``schema`` of a keyword that reads."""

    format: str | None
    schema: Any


AS_THE_TOPIC_SAYS = ReadAs(None, None)


def request(
    session: Session,
    topic: Any,
    conditions: Sequence[Any],
    *,
    since: Any,
    strict: Any,
    names: Sequence[str],
    time: Any = None,
    time_name: str = "timeout",
    read_as: ReadAs = AS_THE_TOPIC_SAYS,
) -> Request:
    """What a keyword with conditions is asked for. ``names`` are those of its arguments behind the conditions."""
    exact = arguments.truth(strict, "strict")
    parsed = matching.parse_conditions(conditions, strict=exact, arguments=names)
    connection = session.current
    seconds = connection.timeout if time is None else arguments.seconds(time, time_name)
    start = arguments.start_point(since)
    source = None if read_as.schema is None else arguments.schema(read_as.schema)
    topics = arguments.topics(topic)
    reading = connection.formats.reading(topics, read_as.format, source, arguments.keyword_named)
    return waits.Request(topics, parsed, start, Deadline(seconds), connection.timeout, reading, stopped)


def present(
    session: Session, topic: Any, conditions: Sequence[Any], since: Any, limit: Any, strict: Any, read_as: ReadAs
) -> Outcome:
    """The events that are there now. Fails where Kafka can't be read to its end, or a topic does not exist."""
    most = None if limit is None else arguments.whole_number(limit, "limit", 1)
    asked = request(session, topic, conditions, since=since, strict=strict, names=_OF_PRESENT, read_as=read_as)
    outcome = session.current.waits.present(asked, most)
    problem = failed_waits.unreadable(outcome, near_topics(session, outcome))
    if problem is not None:
        raise failed(outcome, problem)
    doubt(session, outcome)
    return outcome


def stopped(outcome: Outcome, reason: BaseException) -> None:
    """Leaves in the log what a wait knew when a timeout of Robot, or Ctrl-C, ended it: its failure is not ours."""
    note("{}", failed_waits.stopped(outcome, str(reason)))
    _leave_evidence(outcome, "matched")


def doubt(session: Session, outcome: Outcome) -> None:
    """Doubts that a keyword has passed for what is meant: where one event matched, and where none did."""
    doubt_match(session, outcome.events, outcome.request.conditions)
    said = doubts.of_no_match(outcome)
    if said and session.described.doubts_fail:
        _leave_evidence(outcome, "matched")
    if said:
        tell_doubt(session, said)


def doubt_match(session: Session, events: Iterable[Event], conditions: Conditions) -> None:
    """Doubts that an event meets its conditions for what is meant, where it may not."""
    if not conditions.may_hold_by_chance:
        return
    loosely, until = matching.Loosely(conditions), Deadline(_DOUBTING)
    for event in events:
        if until.passed:
            return
        with suppress(Undecodable, KafkaUnusable):
            slip = loosely.met_by_chance(event)
            if slip:
                tell_doubt(session, doubts.of_match(event, slip))
                return


def beside(event: Event, conditions: Conditions) -> str:
    """What there is to tell of an event that meets the conditions, behind a sentence."""
    return "".join(f" {note}." for note in conditions.notes_on(event))


def tell_doubt(session: Session, said: str) -> None:
    """Warns, or fails where the import says so: a warning is not read by everybody."""
    if session.described.doubts_fail:
        raise KeywordMisused(said)
    warn(said)


def near_topics(session: Session, outcome: Outcome) -> str:
    """Names that are near to that of a missing topic, if one is missing."""
    if not outcome.findings.missing:
        return ""
    near: str = session.current.admin.near_topics(outcome.findings.missing[0], Deadline(_NEAR))
    return near


def failed(outcome: Outcome, problem: KafkaLibraryError, last: str = "matched") -> KafkaLibraryError:
    """The failure, with its evidence left in the log."""
    _leave_evidence(outcome, last)
    return problem


def _leave_evidence(outcome: Outcome, last: str) -> None:
    page = evidence_table.table(outcome, last)
    if page:
        show(page)
