"""What to look for: the cells that keywords with conditions share become a request; its failures and doubts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaLibraryError, KafkaUnusable, KeywordMisused, Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.keywords.calls import arguments, covering
from KafkaLibrary.keywords.calls.signatures.common_arguments import ALIAS
from KafkaLibrary.keywords.calls.since_and_timeout import seconds, start_point
from KafkaLibrary.keywords.calls.token_sources import keyword_named
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note, show, warn
from KafkaLibrary.session import Session

if TYPE_CHECKING:
    from KafkaLibrary import matching
    from KafkaLibrary.matching import Conditions
    from KafkaLibrary.reporting.evidence import evidence_table
    from KafkaLibrary.reporting.waits import dead_letter_sentences, doubts, failed_waits
    from KafkaLibrary.watching import waits
    from KafkaLibrary.watching.marks import Start
    from KafkaLibrary.watching.waits import Outcome, Reading, Request
else:
    matching = LazyModule("KafkaLibrary.matching")
    dead_letter_sentences = LazyModule("KafkaLibrary.reporting.waits.dead_letter_sentences")
    doubts = LazyModule("KafkaLibrary.reporting.waits.doubts")
    evidence_table = LazyModule("KafkaLibrary.reporting.evidence.evidence_table")
    failed_waits = LazyModule("KafkaLibrary.reporting.waits.failed_waits")
    waits = LazyModule("KafkaLibrary.watching.waits")

_NEAR = 0.5
_DOUBTING = 0.05


class EventSearch(NamedTuple):
    """The cells by which a keyword says which events it means; ``request`` converts them, once."""

    topic: Any
    conditions: Sequence[Any]
    since: Any
    strict: Any
    format: str | None
    schema: Any

    def count(self, value: Any, least: int = 0) -> int:
        """How many events a keyword asks for. The cell before is judged first: both may be in that one."""
        arguments.topics(self.topic)
        return arguments.whole_number(value, "count", least)

    def request(self, session: Session, time: Any = None, own_arguments: Sequence[str] = ("timeout",)) -> Request:
        """What the wait is to look for. ``own_arguments`` are those that this keyword has besides, its time first."""
        names = (*own_arguments, *self._fields[2:], ALIAS)
        topics = arguments.topics(self.topic)  # as the first cell of all: what others lack may be in it
        strict = arguments.truth(self.strict, "strict")
        conditions = matching.parse_conditions(self.conditions, strict=strict, arguments=names)
        connection = session.current
        waiting = connection.timeout if time is None else seconds(time, own_arguments[0])
        start = start_point(self.since)
        source = None if self.schema is None else arguments.schema(self.schema)
        reading = connection.formats.reading(topics, self.format, source, keyword_named)
        return request(session, topics, conditions, start, connection.deadline(waiting), reading)


def request(
    session: Session,
    topics: tuple[str, ...],
    conditions: Conditions,
    start: Start,
    deadline: Deadline,
    reading: Reading | None = None,
) -> Request:
    """With the patience of the connection for reading to the end, and with evidence when Robot stops it."""
    patience, publisher = session.current.timeout, partial(_published_by, session)
    return waits.Request(topics, conditions, start, deadline, patience, reading, stopped, publisher)


def _published_by(session: Session, letter: Event) -> str:
    """Who published what died. That is known where dead letters are guarded."""
    guard = session.guard
    return "" if guard is None else dead_letter_sentences.published_by(guard.published.by(letter), guard.period)


def own_event(session: Session, value: Any, deadline: Deadline | None = None) -> Event:
    """An event of the cluster that is asked about it, or the error for what is none."""
    event = arguments.event(value)
    session.current.check_cluster(event, deadline or Deadline(session.current.timeout))
    return event


def first(session: Session, asked: Request, count: int = 1) -> Outcome:
    """The first ``count`` events that match. Fails where they did not come in time."""
    outcome = session.current.waits.first(asked, count)
    if len(outcome.events) < count:
        raise failed(outcome, failed_waits.no_match(outcome, count, near_topics(session, outcome)))
    covering.note_found(session, outcome.events)
    return outcome


def present(session: Session, asked: Request, most: int | None = None) -> Outcome:
    """The events that are there now. Fails where Kafka can't be read to its end, or a topic does not exist."""
    outcome = session.current.waits.present(asked, most)
    problem = failed_waits.unreadable(outcome, near_topics(session, outcome))
    if problem is not None:
        raise failed(outcome, problem)
    covering.note_found(session, outcome.events)
    return outcome


def limited(session: Session, sought: EventSearch, limit: Any) -> Outcome:
    """What keywords with ``limit=`` give: the last of the events that are there now. Doubts where there is none."""
    most = arguments.number_if_given(limit, "limit", 1)
    outcome = present(session, sought.request(session, own_arguments=("limit",)), most)
    doubt_topics(session, outcome)
    doubt(session, outcome)
    return outcome


def stopped(outcome: Outcome, reason: BaseException) -> None:
    """Leaves in the log what a wait knew when a timeout of Robot, or Ctrl-C, ended it: its failure is not ours."""
    note("{}", failed_waits.stopped(outcome, str(reason)))
    _leave_evidence(outcome, "matched")


def doubt(session: Session, outcome: Outcome) -> None:
    """Doubts that a keyword has passed for what is meant: where one event matched, and where none did."""
    doubt_match(session, outcome.events, outcome.request.conditions)
    said = doubts.of_a_start_to_come(outcome) or doubts.of_no_match(outcome)
    if said and session.described.doubts_fail:
        _leave_evidence(outcome, "matched")
    if said:
        tell_doubt(session, said)


def doubt_topics(session: Session, outcome: Outcome) -> None:
    """Doubts that a topic is meant which the embedded broker has only because it is given as ``watch=``."""
    for name in session.current.never_used(outcome.request.topics):
        tell_doubt(session, doubts.of_unused_topic(name))


def doubt_match(session: Session, events: Iterable[Event], conditions: Conditions) -> None:
    """Doubts that an event meets its conditions for what is meant, where it may not."""
    if not conditions.may_hold_by_chance:
        return
    lenient, until = matching.LenientConditions(conditions), Deadline(_DOUBTING)
    for event in events:
        if until.passed:
            return
        with suppress(Undecodable, KafkaUnusable):
            doubted = lenient.met_by_chance(event)
            if doubted:
                tell_doubt(session, doubts.of_match(event, doubted))
                return


def beside(event: Event, conditions: Conditions) -> str:
    """What there is to tell of an event that meets the conditions, behind a sentence."""
    return "".join(f" {note}." for note in conditions.notes_on(event))


def tell_doubt(session: Session, said: str) -> None:
    """Warns, or fails where the import says so: a warning is not read by everybody."""
    if session.described.doubts_fail:
        raise KeywordMisused(f"{said}\nWithout doubts=fail on the import this would be a warning.")
    warn(said)


def near_topics(session: Session, outcome: Outcome) -> str:
    """Names that are near to that of a missing topic, if one is missing."""
    if not outcome.findings.missing:
        return ""
    connection = session.current
    near: str = connection.admin.near_topics(outcome.findings.missing[0], connection.asking(_NEAR))
    return near


def failed(outcome: Outcome, problem: KafkaLibraryError, last: str = "matched") -> KafkaLibraryError:
    """The failure, with its evidence left in the log."""
    _leave_evidence(outcome, last)
    return problem


def _leave_evidence(outcome: Outcome, last: str) -> None:
    page = evidence_table.table(outcome, last)
    if page:
        show(page)
