"""Whose dead letter an event is."""

from __future__ import annotations

import pytest

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.matching.conditions.dead_letter_conditions import letter_of
from tests.unit.matching.samples import NOON, JsonOrText, an_event

DIED = an_event({"id": 7}, key=b"7", offset=42)
SMALLRYE = (("dead-letter-topic", b"orders"), ("dead-letter-partition", b"0"), ("dead-letter-offset", b"42"))
SPRING = (
    ("kafka_dlt-original-topic", b"orders"),
    ("kafka_dlt-original-partition", bytes(4)),
    ("kafka_dlt-original-offset", (42).to_bytes(8, "big")),
    ("kafka_dlt-exception-fqcn", b"java.lang.IllegalStateException"),
    ("kafka_dlt-exception-message", b"out of stock"),
)


def a_letter(*headers: tuple[str, bytes], value: object = None, key: bytes = b"7") -> Event:
    return an_event({"id": 7} if value is None else value, key=key, headers=headers)


def at(timestamp: int) -> tuple[str, bytes]:
    return "kafka_dlt-original-timestamp", timestamp.to_bytes(8, "big")


def test_a_letter_that_tells_no_timestamp_is_known_by_its_place() -> None:
    assert letter_of(DIED).matches(a_letter(*SMALLRYE))


def test_a_place_in_a_topic_that_was_made_again_is_another_event() -> None:
    assert letter_of(DIED).matches(a_letter(*SPRING, at(NOON)))
    assert not letter_of(DIED).matches(a_letter(*SPRING, at(NOON - 1)))


def test_a_copy_that_tells_of_no_death_could_be_the_letter() -> None:
    with pytest.raises(Undecodable, match="no header says that it died"):
        letter_of(DIED).matches(a_letter())
    assert not letter_of(DIED).matches(a_letter(value={"id": 8}))
    assert not letter_of(DIED).matches(a_letter(key=b"8"))


def test_what_a_framework_does_not_tell_is_not_decided() -> None:
    with pytest.raises(Undecodable, match="SmallRye Reactive Messaging does not say"):
        letter_of(DIED, reason="out of stock").matches(a_letter(*SMALLRYE))


@pytest.mark.parametrize(
    ("reason", "met"),
    [("out of stock", True), ("IllegalState", True), ("Exception: out", True), ("timeout", False)],
)
def test_a_reason_is_a_part_of_the_class_or_of_the_message(reason: str, met: bool) -> None:
    assert letter_of(DIED, reason=reason).matches(a_letter(*SPRING)) is met


def test_an_event_that_died_twice_is_known_by_its_first_death() -> None:
    second = (("kafka_dlt-original-topic", b"orders-dlt"), *SPRING[1:3])
    assert letter_of(DIED).matches(a_letter(*SPRING, *second))


def of_streams(topic: str) -> tuple[tuple[str, bytes], ...]:
    named = {"topic": topic.encode(), "partition": b"0", "offset": b"5", "exception": b"java.lang.Exception"}
    return tuple((f"__streams.errors.{name}", content) for name, content in named.items())


def test_what_streams_made_may_be_made_from_an_event_of_the_same_time() -> None:
    made = an_event({"total": 7}, key=b"ada", headers=of_streams("shop-by-customer-repartition"))
    with pytest.raises(Undecodable, match=r"it may be made from orders\[0\]@42"):
        letter_of(DIED).matches(made)
    another = an_event({"id": 7}, key=b"ada", timestamp=NOON + 1, headers=of_streams("shop-by-customer-repartition"))
    assert not letter_of(DIED).matches(another)
    assert not letter_of(DIED).matches(an_event({"id": 7}, key=b"ada", headers=of_streams("payments")))


def test_streams_may_have_given_the_event_a_time_of_its_own() -> None:
    """Its letters have the time that a TimestampExtractor reads, of the value or of a clock."""
    died = an_event({"id": 7}, key=b"7", offset=5)
    named = of_streams("orders")
    assert letter_of(died).matches(an_event({"id": 7}, key=b"7", headers=named))
    assert letter_of(died).matches(an_event({"id": 7}, key=b"7", timestamp=NOON + 1, headers=named))
    assert letter_of(died).matches(an_event({"made": 1}, key=b"7", timestamp=NOON + 1, headers=named))
    with pytest.raises(Undecodable, match=r"names orders\[0\]@5 and has its value, but an older time"):
        letter_of(died).matches(an_event({"id": 7}, key=b"7", timestamp=NOON - 1, headers=named))
    assert not letter_of(died).matches(an_event({"id": 6}, key=b"7", timestamp=NOON - 1, headers=named))
    assert not letter_of(DIED).matches(an_event({"id": 7}, key=b"7", timestamp=NOON + 1, headers=named))


def test_an_event_on_a_retry_topic_is_no_letter_though_it_holds_what_the_event_held() -> None:
    headers = (("kafka_original-topic", b"orders"),)
    assert not letter_of(DIED).matches(on("orders-retry-200", headers))
    with pytest.raises(Undecodable, match="no header says that it died"):
        letter_of(DIED).matches(on("orders-retry-200", ()))


def on(topic: str, headers: tuple[tuple[str, bytes], ...]) -> Event:
    record = PlainRecord((topic, 0, 0), (1, NOON), DIED.raw_key, DIED.raw_value, headers)
    return Event(record, JsonOrText())


@pytest.mark.parametrize("by", ["key", "value"])
def test_a_letter_that_names_the_event_is_its_letter_whatever_it_is_known_by(by: str) -> None:
    """A share group copies neither key nor value by default."""
    assert letter_of(DIED, by=by).matches(holding(None, None, *SMALLRYE))
    assert not letter_of(DIED, by=by).matches(holding(None, None, *SMALLRYE[:2], ("dead-letter-offset", b"43")))


WATERMILL = (("topic_poisoned", b"orders"), ("reason_poisoned", b"out of stock"))


@pytest.mark.parametrize("headers", [WATERMILL, ()])
def test_of_a_letter_that_lost_the_key_it_is_not_decided_by_the_key(headers: tuple[tuple[str, bytes], ...]) -> None:
    with pytest.raises(Undecodable, match=r"what is left of orders\[0\]@42 where a framework loses the key"):
        letter_of(DIED, by="key").matches(holding(None, DIED.raw_value, *headers))
    assert not letter_of(DIED, by="key").matches(holding(None, b"another", *headers))
    assert not letter_of(DIED, by="key").matches(holding(None, DIED.raw_value, ("topic_poisoned", b"payments")))


BINARY = b"\0\0\0\0\1\xff\xfe42"


@pytest.mark.parametrize(("by", "said"), [("origin", "no header says"), ("value", "or damages bytes")])
def test_bytes_that_a_consumer_of_text_damaged_may_be_those_of_the_event(by: str, said: str) -> None:
    died = holding(b"7", BINARY, topic="orders")
    damaged = BINARY.replace(b"\xff\xfe", "\ufffd\ufffd".encode())
    with pytest.raises(Undecodable, match=said):
        letter_of(died, by=by).matches(holding(b"7", damaged))
    assert letter_of(died, by="key").matches(holding(b"7", damaged))
    assert not letter_of(died, by=by).matches(holding(b"7", damaged + b"."))
    assert not letter_of(died, by=by).matches(holding(b"8", damaged))


def holding(key: bytes | None, value: bytes | None, *headers: tuple[str, bytes], topic: str = "letters") -> Event:
    return Event(PlainRecord((topic, 0, 0), (1, NOON), key, value, headers), JsonOrText())
