"""Events that count for the coverage of contracts: what keywords publish, find, and hold against contracts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from KafkaLibrary.contracts.checking.verdicts import Verdict
    from KafkaLibrary.event import Event
    from KafkaLibrary.session import Session


def begin_test(session: Session, name: str) -> None:
    """A test begins, or with an empty name what is between tests."""
    session.test_name = name
    if session.coverage is not None:
        session.coverage.begin(name)


def note_published(session: Session, events: Sequence[Event]) -> None:
    if session.coverage is not None:
        session.coverage.published(events)


def note_found(session: Session, events: Sequence[Event]) -> None:
    if session.coverage is not None:
        session.coverage.found(events)


def note_judged(session: Session, verdict: Verdict) -> None:
    if session.coverage is not None:
        session.coverage.judged(verdict)
