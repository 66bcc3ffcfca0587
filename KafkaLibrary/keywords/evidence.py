"""Evidence: events in the log and in files."""

from __future__ import annotations

from typing import Any

from robot.api.deco import keyword

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.event import Event
from KafkaLibrary.keywords import arguments
from KafkaLibrary.matching import parse_conditions
from KafkaLibrary.reporting import evidence, failures
from KafkaLibrary.reporting.robot_log import note, show
from KafkaLibrary.serialization import files
from KafkaLibrary.session import Session
from KafkaLibrary.watching.waits import Request, in_offset_order

_ARGUMENTS = ("since", "strict")
_NEAR = 0.5


class Evidence:
    """Keywords that keep what was seen."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @keyword
    def log_events(self, topic: Any, *conditions: Any, since: Any = None, strict: Any = False) -> None:
        """Writes the events that are there now and meet all ``conditions`` into the log, as a table.

        The arguments are those of `Get Events`.

        Example:
        | `Publish Event`    orders    {"orderId": 42}
        | `Log Events`    orders    since=test start
        """
        events = self._present(topic, conditions, since, strict)
        show(evidence.events_table(events))

    @keyword
    def save_events(self, topic: Any, path: Any, *conditions: Any, since: Any = None, strict: Any = False) -> str:
        """Writes the events that are there now and meet all ``conditions`` into a file. Gives its path.

        Each event is one line of JSON with its key, headers, timestamp and value, bytes and tombstones
        included: `Publish Events From File` publishes them again without loss. A relative ``path``
        belongs to the suite's folder. The other arguments are those of `Get Events`.

        Example:
        | `Publish Event`    orders    {"orderId": 42}    key=42
        | ${path}=    `Save Events`    orders    ${OUTPUT_DIR}/orders.saved.jsonl    orderId == 42
        | ${events}=    `Publish Events From File`    orders    ${path}
        """
        target = arguments.new_file_path(path)
        events = self._present(topic, conditions, since, strict)
        files.write(target, events)
        note(f"Saved {len(events)} event{'s' * (len(events) != 1)} in {target}.")
        return str(target)

    def _present(self, topic: Any, conditions: Any, since: Any, strict: Any) -> list[Event]:
        parsed = parse_conditions(conditions, strict=arguments.truth(strict, "strict"), arguments=_ARGUMENTS)
        start, names = arguments.start_point(since), arguments.topics(topic)
        connection = self._session.current
        deadline = Deadline(connection.timeout)
        outcome = connection.waits.present(Request(names, parsed, start, deadline, connection.timeout), None)
        missing = outcome.findings.missing
        near = connection.admin.near_topics(missing[0], Deadline(_NEAR)) if missing else ""
        problem = failures.unreadable(outcome, near)
        if problem is not None:
            raise problem
        return in_offset_order(outcome.events)
