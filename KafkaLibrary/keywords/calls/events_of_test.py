"""What came on the watched topics since the test began: the evidence of a test that failed, for whatever reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from robot.errors import ExecutionFailed
from robot.libraries.BuiltIn import BuiltIn

from KafkaLibrary.errors import KafkaLibraryError
from KafkaLibrary.matching import parse_conditions
from KafkaLibrary.reporting.waits.failed_waits import unreadable
from KafkaLibrary.session import Session
from KafkaLibrary.watching.marks import Start
from KafkaLibrary.watching.waits import Outcome, Request

_WITHIN = 2.0
"""Seconds that a test that failed may take longer for it, on each connection."""

_SORTED = 1_000
_KEYWORD = "Log Events Of Test"


class Came(NamedTuple):
    """What one connection saw. ``outcome`` is missing where nothing could be read, and ``problem`` says why."""

    alias: str
    topics: tuple[str, ...]
    outcome: Outcome | None
    problem: str = ""


def log_where_it_failed(session: Session, result: Any) -> None:
    """At the end of a test, by a keyword: what a listener writes has no place in the log before Robot Framework 7.2.

    A test of which no step has run, such as those after a fatal error, had no events.
    """
    watches = any(connection.watcher.scope.marks for connection in session.connections.values())
    if result.status != "FAIL" or not result.body or not watches:
        return
    running = BuiltIn()
    imported: Any = running.get_library_instance(all=True)
    names = [name for name, library in imported.items() if getattr(library, "_session", None) is session]
    last = result.body[-1]
    # Where one library object was imported by two names, Robot tells it twice that the test ends.
    if not names or (last.type == last.KEYWORD and last.name == _KEYWORD and last.owner in names):
        return
    with suppress(ExecutionFailed):  # Robot was told to stop, and the test says so already
        running.run_keyword(f"{names[0]}.{_KEYWORD}")


def events_of_test(session: Session, most: int) -> Iterator[Came]:
    """The last ``most`` events of each open connection that watches a topic. It raises nothing on purpose."""
    for alias, connection in session.connections.items():
        watcher = connection.watcher
        topics = tuple(name for name in watcher.scope.marks if name in watcher.topics)
        if not topics:
            continue
        deadline = connection.asking(_WITHIN, 3)
        asked = Request(topics, parse_conditions([]), Start("test"), deadline, deadline.seconds)
        try:
            outcome = connection.waits.present(asked, max(most, _SORTED))
        except KafkaLibraryError as reason:
            yield Came(alias, topics, None, str(reason))
            continue
        # Partitions are read in turn: what came last is known by its time.
        outcome.events[:] = sorted(outcome.events, key=lambda event: event.timestamp_ms)[-most:]
        outcome.findings.missing.clear()  # a topic that is still to be made had no event
        problem = unreadable(outcome, "")
        yield Came(alias, topics, outcome, "" if problem is None else str(problem))
