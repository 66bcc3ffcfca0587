"""Robot keywords for changes of rows: those that were recorded, and where the database and Kafka Connect listen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from robot.api.deco import keyword, library

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.event import Event
from tests.change_data.recorded import recorded, recorded_of_mariadb


@library(scope="GLOBAL")
class ChangeData:
    """``recorded.json`` says of which database they are."""

    @keyword
    def publish_recorded_changes(self, library: KafkaLibrary, form: str, topic: str, of: str = "") -> None:
        """Publishes what a connector wrote of one table in a form, as bytes on one partition.

        Unless the topic that it was recorded of is given, the table is that whose name the topic begins with.
        """
        recorded_of = of or f"shop.public.{topic.partition('.')[0]}"
        for one in recorded(form):
            if one.topic == recorded_of:
                self._publish(library, topic, one.record)

    @keyword
    def publish_recorded_changes_of_mariadb(self, library: KafkaLibrary, form: str, topic: str, of: str) -> None:
        """The same for one topic of what was recorded of a MariaDB, without the prefix of its form."""
        for one in recorded_of_mariadb(form):
            if one.topic == f"{form}.{of}":
                self._publish(library, topic, one.record)

    @keyword
    def addresses_of_change_data(self, described: str) -> dict[str, Any]:
        """Where the database listens, and Kafka Connect."""
        facts: dict[str, Any] = json.loads(Path(described).read_text(encoding="utf-8"))
        return facts

    @keyword
    def written_columns(self, event: Event) -> dict[str, Any]:
        """The row as it stands in the bytes. Of a document counts what is in it: its blanks are nobody's."""
        row: dict[str, Any] = json.loads(event.raw_value or b"")["payload"]["after"]
        return {name: _document(value) for name, value in row.items()}

    @staticmethod
    def _publish(library: KafkaLibrary, topic: str, record: Any) -> None:
        headers = dict(record.raw_headers)
        if record.raw_value is None:
            library.publish_tombstone(topic, record.raw_key, headers=headers, partition=0)
        else:
            library.publish_event(
                topic, record.raw_value, key=record.raw_key, headers=headers, format="bytes", partition=0
            )


def _document(value: Any) -> Any:
    if isinstance(value, list):
        return [_document(one) for one in value]
    return json.loads(value) if isinstance(value, str) and value.startswith("{") else value
