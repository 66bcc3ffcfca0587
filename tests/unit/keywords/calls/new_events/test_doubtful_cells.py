"""A slip in a cell of what is published is told before it goes out; what may be meant goes out without a word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.keywords.calls.new_events.doubtful_cells import doubt_of_key, doubt_of_timestamp, doubt_of_value
from tests.contract.brokers import missing


@pytest.fixture(autouse=True)
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("order.json", "orders.jsonl", "order.txt"):
        (tmp_path / name).write_text("{}", encoding="utf-8")


@pytest.fixture(scope="module")
def strict() -> Iterator[KafkaLibrary]:
    library = KafkaLibrary("embedded", doubts="fail")
    yield library
    library.disconnect_from_all_kafka()


@pytest.mark.parametrize(
    ("value", "proposed"),
    [
        ("order.json", "'Load Event Template'"),
        ("@order.json", "'Load Event Template'"),
        ("file:order.json", "'Load Event Template'"),
        ("orders.jsonl", "'Publish Events From File'"),
        ("order.txt", "'Get File'"),
        ("hello key=7", "write `hello    key=7`"),
        ("orderId=42", '{"orderId": 42}'),
        ("order.id = 42", '{"order.id": 42}'),
        ("status=PAID", '{"status": "PAID"}'),
        ("paid=true", '{"paid": true}'),
        ("code=042", '{"code": "042"}'),
        ('"orderId": 42', '{"orderId": 42}'),
        ('"status": "PAID",', '{"status": "PAID"}'),
        ("'status': 'PAID'", '{"status": "PAID"}'),
    ],
)
def test_a_value_that_hardly_means_the_text_is_told_with_what_to_write(value: str, proposed: str) -> None:
    assert proposed in doubt_of_value(value)


@pytest.mark.parametrize(
    "value",
    [
        "", "hello", "order", "42", "a sentence: with a colon", "2026-05-31T17:03:11Z", "a=b c=d", "missing.json",
        "a == b", "http://shop/orders?id=7", "SGVsbG8=", "key=", "x => y", "{}", '{"a": "b=c"}', "order.csv",
        "level=info msg=started", "grant_type=client&scope=orders", "CN=Ada,OU=Shop", "Server=db;Database=shop",
        "a" * 400 + "=1", "a\nb=c", 42, b"id=42", None, ["id=42"],
    ],
)  # fmt: skip
def test_a_value_that_may_be_meant_is_not_doubted(value: Any) -> None:
    assert doubt_of_value(value) == ""


def test_a_key_that_is_a_path_is_doubted() -> None:
    assert "'Publish Events' takes a path" in doubt_of_key("$.orderId")
    assert doubt_of_key("$[0].id") != ""
    assert [doubt_of_key(key) for key in ("42", "$", "$5", "orderId", 42, b"$.a", None)] == [""] * 7


def test_a_key_that_a_variable_without_a_value_became_is_doubted() -> None:
    assert "${{ b'None' }}" in doubt_of_key("None")
    assert [doubt_of_key(key) for key in (b"None", "none", "None-1", "")] == [""] * 4


def test_the_key_of_a_tombstone_is_doubted_before_it_goes_out(strict: KafkaLibrary) -> None:
    topic = missing()
    strict.create_topic(topic)
    for key in ("$.orderId", "None"):
        with pytest.raises(KeywordMisused, match="The key is the text"):
            strict.publish_tombstone(topic, key=key)
    assert strict.get_events(topic) == []
    strict.publish_tombstone(topic, key="42")


def test_a_time_in_seconds_is_doubted() -> None:
    assert "is 1970-01-21T14:30:46Z" in doubt_of_timestamp(1780246991)
    assert "`2026-05-31T17:03:11Z`" in doubt_of_timestamp("1780246991")
    assert [doubt_of_timestamp(one) for one in (None, "", 1, 5000, 1780246991000, "2026-05-31", "now")] == [""] * 7


@pytest.mark.parametrize(
    ("value", "more"), [("id=42", {}), ("{}", {"key": "$.id"}), ("{}", {"timestamp": "1780246991"})]
)
def test_where_doubts_fail_nothing_goes_out(strict: KafkaLibrary, value: str, more: dict[str, Any]) -> None:
    topic = missing()
    strict.create_topic(topic)
    with pytest.raises(KeywordMisused):
        strict.publish_event(topic, value, **more)
    assert strict.get_events(topic) == []
    strict.publish_event(topic, "id=42", format="text")
    strict.set_topic_format(topic, "text")
    strict.publish_event(topic, "id=42")
    assert len(strict.get_events(topic)) == 2


def test_a_list_of_nothing_is_doubted(strict: KafkaLibrary) -> None:
    with pytest.raises(KeywordMisused, match="nothing to publish"):
        strict.publish_events(missing(), [])
