"""Events that count for the coverage of contracts: what keywords publish, find, and hold against contracts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from KafkaLibrary.contracts.checking.verdicts import Verdict
    from KafkaLibrary.contracts.coverage.run_coverage import RunCoverage
    from KafkaLibrary.event import Event
    from KafkaLibrary.session import Session


def coverage_of(session: Session) -> RunCoverage | None:
    """What was seen in this run; nothing where no contract was read."""
    if session.coverage is None and session.contracts:
        from KafkaLibrary.contracts.coverage.run_coverage import RunCoverage  # noqa: PLC0415 - few runs have contracts

        session.coverage = RunCoverage(session.contracts, session.is_answer)
        session.coverage.begin(session.test_name)
    return session.coverage


def begin_test(session: Session, name: str) -> None:
    """A test begins, or with an empty name what is between tests."""
    session.test_name = name
    if session.coverage is not None:
        session.coverage.begin(name)


def note_published(session: Session, events: Sequence[Event]) -> None:
    coverage = coverage_of(session)
    if coverage is not None:
        coverage.published(events)


def note_found(session: Session, events: Sequence[Event]) -> None:
    coverage = coverage_of(session)
    if coverage is not None:
        coverage.found(events)


def note_judged(session: Session, verdict: Verdict) -> None:
    coverage = coverage_of(session)
    if coverage is not None:
        coverage.judged(verdict)
