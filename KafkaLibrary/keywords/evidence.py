"""Evidence: events in the log and in files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from robot.api.deco import keyword

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.keywords.calls import arguments, search
from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.keywords.calls.search import EventSearch
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note, show

if TYPE_CHECKING:
    from KafkaLibrary import matching
    from KafkaLibrary.keywords.calls import events_of_test
    from KafkaLibrary.reporting.evidence import evidence_table
    from KafkaLibrary.reporting.waits import phrases
    from KafkaLibrary.serialization import event_files
    from KafkaLibrary.watching import waits
else:
    matching = LazyModule("KafkaLibrary.matching")
    events_of_test = LazyModule("KafkaLibrary.keywords.calls.events_of_test")
    evidence_table = LazyModule("KafkaLibrary.reporting.evidence.evidence_table")
    phrases = LazyModule("KafkaLibrary.reporting.waits.phrases")
    event_files = LazyModule("KafkaLibrary.serialization.event_files")
    waits = LazyModule("KafkaLibrary.watching.waits")


class Evidence(LibraryComponent):
    """Keywords that keep what was seen."""

    @keyword
    def log_events(
        self,
        topic: Any,
        *conditions: Any,
        since: Any = None,
        limit: Any = None,
        strict: Any = False,
        format: str | None = None,  # noqa: A002 - the name that testers read
        schema: Any = None,
    ) -> None:
        """Writes the events that are there now and meet all ``conditions`` into the log, as a table.

        The arguments are those of `Get Events`.

        Example:
        | `Publish Event`    orders    {"orderId": 42}
        | `Log Events`    orders    since=test start
        """
        sought = EventSearch(topic, conditions, since, strict, format, schema)
        outcome = search.limited(self._session, sought, limit)
        show(evidence_table.events_table(waits.in_offset_order(outcome.events)))

    @keyword
    def log_events_of_test(self) -> None:
        """Writes what came on the watched topics since the test began into the log, as a table.

        These are the topics of ``watch=`` and `Watch Topics`, and those that this test has read, on all open
        connections. The table has the last 20 events. This takes 2 seconds at most and never fails: where Kafka
        can't be read, the log says why.

        With ``log_events=on failure`` on the import this happens by itself at the end of each test that failed,
        also where it failed in a step of another library.

        Example:
        | `Watch Topics`    orders
        | `Publish Event`    orders    {"orderId": 42}
        | `Log Events Of Test`
        """
        for came in events_of_test.events_of_test(self._session, evidence_table.EVENTS_MOST):
            beside = f" on the connection '{came.alias}'" if len(self._session.connections) > 1 else ""
            if came.outcome is not None and came.outcome.findings.read:
                show(evidence_table.came_on_topics(came.outcome))
            elif not came.problem:
                named = phrases.listed([f"'{topic}'" for topic in came.topics], phrases.TOPICS_MOST, ", ")
                note("{}", f"No event came on {named}{beside} since the test began.")
            if came.problem:
                note("{}", came.problem)

    @keyword
    def save_events(
        self,
        topic: Any,
        path: Any,
        *conditions: Any,
        since: Any = None,
        limit: Any = None,
        strict: Any = False,
        format: str | None = None,  # noqa: A002
        schema: Any = None,
    ) -> str:
        """Writes the events that are there now and meet all ``conditions`` to a file, and returns its path.

        Each event is one line of JSON with its key, headers, timestamp and value, bytes and tombstones included:
        `Publish Events From File` publishes them again without loss. A relative ``path`` is in the suite's folder. The
        other arguments are those of `Get Events`.

        Example:
        | `Publish Event`    orders    {"orderId": 42}    key=42
        | ${path}=    `Save Events`    orders    ${OUTPUT_DIR}/orders.saved.jsonl    orderId == 42
        | ${events}=    `Publish Events From File`    orders    ${path}
        """
        if isinstance(path, str) and matching.is_condition(path):
            raise KeywordMisused(
                f"`{path}` is a condition, and the path of the file comes before the conditions.\n"
                f"Write: Save Events    TOPIC    events.jsonl    {path}"
            )
        target = arguments.new_file_path(path)
        sought = EventSearch(topic, conditions, since, strict, format, schema)
        outcome = search.limited(self._session, sought, limit)
        events = waits.in_offset_order(outcome.events)
        event_files.write(target, events)
        note(f"Saved {len(events)} event{'s' * (len(events) != 1)} in {target}.")
        return str(target)
