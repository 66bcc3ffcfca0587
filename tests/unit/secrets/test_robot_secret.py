"""Where a Secret stands inside a text Robot writes ``<secret>``, which is neither published nor compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Event
from tests.unit.broker.settings.test_client_settings import Secret

Pass = Callable[[KafkaLibrary, Event], object]


SECRET = Secret("hunter2")
SHOWN = f"Bearer {SECRET}"


@pytest.mark.parametrize(
    "sending",
    [
        lambda kafka, topic: kafka.publish_event(topic, f'{{"password": "{SECRET}"}}'),
        lambda kafka, topic: kafka.publish_event(topic, SHOWN),
        lambda kafka, topic: kafka.publish_event(topic, {"login": {"password": [SHOWN]}}),
        lambda kafka, topic: kafka.publish_event(topic, {SHOWN: 1}),
        lambda kafka, topic: kafka.publish_event(topic, {"password": SECRET}),
        lambda kafka, topic: kafka.publish_event(topic, SECRET),
        lambda kafka, topic: kafka.publish_event(topic, {}, key=SHOWN),
        lambda kafka, topic: kafka.publish_event(topic, {}, key=SECRET),
        lambda kafka, topic: kafka.publish_event(topic, {}, headers={"auth": SHOWN}),
        lambda kafka, topic: kafka.publish_event(topic, {}, headers={"auth": SECRET}),
        lambda kafka, topic: kafka.publish_event(topic, {}, headers=f'{{"auth": "{SHOWN}"}}'),
        lambda kafka, topic: kafka.publish_event(topic, {}, headers=[("auth", SHOWN)]),
        lambda kafka, topic: kafka.publish_event(topic, SHOWN, format="text"),
        lambda kafka, topic: kafka.publish_events(topic, [{"a": 1}, {"a": SHOWN}]),
        lambda kafka, topic: kafka.publish_events(topic, [{"a": 1}, {"a": SECRET}]),
        lambda kafka, topic: kafka.publish_events(topic, [{"a": 1}], key=[SHOWN]),
        lambda kafka, topic: kafka.publish_tombstone(topic, SHOWN),
        lambda kafka, topic: kafka.load_event_template("order.json", password=SHOWN),
        lambda kafka, topic: kafka.load_event_template("order.json", password=SECRET),
    ],
)
def test_a_secret_is_never_published_nor_what_stands_for_it(
    kafka: KafkaLibrary, topic: str, sending: Callable[[KafkaLibrary, str], Any]
) -> None:
    with pytest.raises(KeywordMisused) as refusal:
        sending(kafka, topic)
    assert "`${SECRET.value}`" in str(refusal.value)
    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize(
    "checking",
    [
        lambda kafka, event: kafka.no_event_should_arrive(event.topic, f"value contains {SECRET}", within=0),
        lambda kafka, event: kafka.no_event_should_arrive(event.topic, f"password == {SECRET}", within=0),
        lambda kafka, event: kafka.no_event_should_arrive(event.topic, "password", "==", SHOWN, within=0),
        lambda kafka, event: kafka.no_event_should_arrive(event.topic, {"password": SHOWN}, within=0),
        lambda kafka, event: kafka.no_event_should_arrive(event.topic, f'user == {{"pw": "{SECRET}"}}', within=0),
        lambda kafka, event: kafka.no_event_should_arrive(event.topic, "user", "in", [SHOWN], within=0),
        lambda kafka, event: kafka.no_event_should_arrive(event.topic, f"$..[?(@.p == '{SECRET}')] exists", within=0),
        lambda kafka, event: kafka.event_count_should_be(event.topic, 0, f"password == {SECRET}", within=0),
        lambda kafka, event: kafka.event_field_should_not_be(event, "password", SHOWN),
        lambda kafka, event: kafka.event_key_should_be(event, SHOWN),
        lambda kafka, event: kafka.event_header_should_be(event, "auth", SHOWN),
        lambda kafka, event: kafka.get_event_field(event, "password", "!=", SHOWN),
        lambda kafka, event: kafka.event_should_be_like(event, f'{{"password": "{SECRET}"}}'),
        lambda kafka, event: kafka.event_should_be_like(event, {"password": f"#? != {SECRET}"}),
        lambda kafka, event: kafka.event_should_be_like(event, {"password": SECRET}),
        lambda kafka, event: kafka.event_should_match_schema(event, {"not": {"required": [SHOWN]}}),
    ],
)
def test_what_stands_for_a_secret_is_never_compared(kafka: KafkaLibrary, topic: str, checking: Pass) -> None:
    event = kafka.publish_event(topic, {"user": "ada", "password": "hunter2"}, key="k", headers={"auth": "x"})
    with pytest.raises(KeywordMisused) as refusal:
        checking(kafka, event)
    assert "`${SECRET.value}`" in str(refusal.value)


def test_the_text_that_stands_for_a_secret_is_sent_as_bytes_or_from_a_file(
    kafka: KafkaLibrary, topic: str, tmp_path: Path
) -> None:
    saved = tmp_path / "saved.jsonl"
    saved.write_text('{"password": "<secret>"}\n')
    sent = kafka.publish_event(topic, b'{"password": "<secret>"}', headers={"auth": b"<secret>"}, key=b"<secret>")
    assert sent.headers["auth"] == sent.key == "<secret>"
    kafka.publish_events(topic, [b'{"password": "<secret>"}'])
    kafka.publish_events_from_file(topic, saved)
    kafka.wait_for_events(topic, 3, "password", "==", b"<secret>", timeout=5)
