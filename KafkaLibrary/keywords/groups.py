"""Consumer groups of the system under test."""

from __future__ import annotations

from typing import Any

from robot.api.deco import keyword

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.keywords import arguments
from KafkaLibrary.reporting.robot_log import note
from KafkaLibrary.session import Session


class Groups:
    """Keywords about consumer groups."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @keyword
    def wait_until_event_is_consumed(self, event: Any, group: Any, timeout: Any = None) -> None:
        """Waits until the consumer group ``group`` has committed past the event.

        A commit proves that the group took the event, not that its work is done: many clients
        store an offset when the event is delivered and commit every 5 seconds, whatever the
        application did with it. It proves more where the application commits after its work.

        A failure says what the group had committed, and whether it has members.

        Example (needs an application that consumes):
        | ${event}=    `Publish Event`    inventory.events    {"productId": "P-7", "by": 5}    key=P-7
        | `Wait Until Event Is Consumed`    ${event}    shop    timeout=10 s
        """
        deadline = self._deadline(timeout)
        checked = arguments.event(event)
        offset = self._session.current.groups.wait_until_consumed(checked, group, deadline)
        note(f"The group '{group}' has committed {offset} on {checked.topic}[{checked.partition}].")

    @keyword
    def wait_until_consumer_group_is_ready(self, group: Any, topic: Any, timeout: Any = None) -> None:
        """Waits until every partition of ``topic`` is assigned in the consumer group and its rebalance is over.

        Events that are published from then on are consumed without waiting for the group to form.
        The embedded broker can't tell this.

        Example (needs an application that consumes, and a real Kafka):
        | `Wait Until Consumer Group Is Ready`    shop    inventory.events    timeout=30 s
        """
        facts = self._session.current.groups.wait_until_ready(group, topic, self._deadline(timeout))
        note(f"The group '{group}' is {facts.state} with {facts.members} member(s).")

    def _deadline(self, timeout: Any) -> Deadline:
        return Deadline(self._session.current.timeout if timeout is None else arguments.seconds(timeout))
