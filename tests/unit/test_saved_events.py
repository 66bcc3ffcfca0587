"""What `Save Events` writes is published again as it was."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Event


@pytest.fixture(scope="module")
def kafka() -> KafkaLibrary:
    return KafkaLibrary("embedded")


def essence(event: Event) -> tuple[object, ...]:
    return (event.raw_key, event.raw_value, event.headers.pairs, event.timestamp_ms, event.is_tombstone)


def test_keys_headers_bytes_timestamps_and_tombstones_are_kept(kafka: KafkaLibrary, tmp_path: Path) -> None:
    one, other = (f"saved-{uuid4().hex}" for _ in range(2))
    headers = [("trace", "a"), ("trace", "b"), ("raw", b"\xff\x00"), ("none", None)]
    published = [
        kafka.publish_event(
            one, '{"a": 1.10,  "b": "ž"}', key="k", headers=headers, timestamp=1748710991123, partition=0
        ),
        kafka.publish_event(one, b"\xfe\xff", key=b"\xff", partition=0),
        kafka.publish_event(one, "", key="", partition=0),
        kafka.publish_tombstone(one, "gone", partition=0),
    ]
    path = kafka.save_events(one, tmp_path / "events.jsonl", since="earliest")
    kafka.publish_events_from_file(other, path)
    again = {event.raw_key: essence(event) for event in kafka.get_events(other, since="earliest")}
    assert again == {event.raw_key: essence(event) for event in published}


def test_only_matching_events_are_saved(kafka: KafkaLibrary, tmp_path: Path) -> None:
    topic = f"saved-{uuid4().hex}"
    kafka.publish_events(topic, [{"id": number} for number in range(5)])
    path = kafka.save_events(topic, tmp_path / "some.jsonl", "id > 2", since="earliest")
    assert len(Path(path).read_text(encoding="utf-8").splitlines()) == 2


def test_a_folder_that_is_not_there_is_named(kafka: KafkaLibrary, tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused, match="There is no folder"):
        kafka.save_events("orders", tmp_path / "nowhere" / "events.jsonl")
