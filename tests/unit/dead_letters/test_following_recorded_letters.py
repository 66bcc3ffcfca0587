"""Recorded letters on a broker, beside the very events: each is found, and goes back as the event was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from confluent_kafka import Producer

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.event import Event
from tests.kafka.dead_letters.recordings import Recorded, recording

FIRST = 300
"""The offset of the first event that died."""
ANSWER = 20.0


class Shop:
    """A library with a broker of its own, on which events and letters stand where they were recorded."""

    def __init__(self) -> None:
        self.library = KafkaLibrary("embedded", timeout="5 s")
        address = self.library.kafka_should_be_reachable()["bootstrap_servers"]
        self._producer = Producer({"bootstrap.servers": address, "log_level": 0})

    def orders(self, name: str) -> list[Event]:
        """The events that died, and their letters beside."""
        events, letters = recording(name).events, recording(name).letters
        for topic in {"orders", *(letter.topic for letter in letters)}:
            self.library.create_topic(topic, partitions=2)
        earlier = [events[0]._replace(value=b"paid")] * FIRST
        self._publish(*earlier, *events, *letters)
        orders = self.library.get_events("orders", since="earliest")[FIRST:]
        assert [order.place for order in orders] == [event.place for event in events]
        return orders

    def fails_to_prove_that_it_lives(self, order: Event, topic: str, by: str) -> None:
        with pytest.raises(AssertionError, match=r"An unexpected event|could not be proven"):
            self.library.event_should_not_be_dead_lettered(order, topic, within="0.1 s", by=by)

    def _publish(self, *events: Recorded) -> None:
        for one in events:
            headers: list[tuple[str, str | bytes | None]] = [(name, content) for name, content in one.headers]
            self._producer.produce(
                one.topic, one.value, one.key, one.partition, timestamp=one.timestamp_ms, headers=headers
            )
        assert self._producer.flush(ANSWER) == 0


@pytest.fixture
def shop() -> Iterator[Shop]:
    shop = Shop()
    yield shop
    shop.library.disconnect_from_all_kafka()


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("smallrye", "dead-letter-topic-counts"),
        ("smallrye", "dead-letter-topic-recounts"),
        ("cloud_stream", "error.orders.billing"),
        ("cloud_stream", "error.error.orders.billing.repair"),
    ],
)
def test_what_died_goes_back_as_it_was(shop: Shop, name: str, topic: str) -> None:
    library = shop.library
    for order in shop.orders(name):
        letter = library.event_should_be_dead_lettered(order, topic)
        assert letter.dead_letter is not None
        assert letter.dead_letter.origin.place == order.place
        shop.fails_to_prove_that_it_lives(order, topic, "origin")
        again = library.replay_dead_letter(letter)
        assert (again.topic, again.partition) == (order.topic, order.partition)
        assert (again.raw_key, again.raw_value) == (order.raw_key, order.raw_value)
        assert list(again.raw_headers) == list(order.raw_headers)
        library.event_should_not_be_dead_lettered(again, topic, within="0.1 s")


def test_what_a_share_group_did_not_copy_is_found_and_goes_back_as_nothing_with_a_warning(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    for order in shop.orders("share_group"):
        for by in ("origin", "key", "value"):
            if getattr(order, PARTS.get(by, "place")) is not None:
                letter = shop.library.event_should_be_dead_lettered(order, "dlq.orders", group="billing", by=by)
                assert letter.dead_letter is not None
                assert letter.dead_letter.place == order.place
                shop.fails_to_prove_that_it_lives(order, "dlq.orders", by)
        caplog.clear()
        again = shop.library.replay_dead_letter(letter)
        assert (again.raw_key, again.raw_value, again.partition) == (None, None, order.partition)
        assert f"{letter.place} has neither key nor value" in caplog.text


def test_a_copy_goes_back_without_the_headers_and_a_second_death_leads_to_the_first_letter(shop: Shop) -> None:
    for order in shop.orders("share_group"):
        letter = shop.library.event_should_be_dead_lettered(order, "dlq.orders.copies")
        last = shop.library.event_should_be_dead_lettered(letter, "dlq.again")
        assert last.dead_letter is not None
        assert last.dead_letter.place == letter.place
        again = shop.library.replay_dead_letter(letter)
        assert (again.raw_key, again.raw_value) == (order.raw_key, order.raw_value)
        assert list(again.raw_headers) == []


@pytest.mark.parametrize(("name", "topic"), [("watermill", "orders.poison"), ("camel", "orders.letters")])
def test_a_letter_that_names_no_place_is_found_by_what_it_has_kept_and_never_overlooked(
    shop: Shop, name: str, topic: str
) -> None:
    for order in shop.orders(name):
        shop.fails_to_prove_that_it_lives(order, topic, "origin")
        for by, part in PARTS.items():
            if getattr(order, part) is None:
                continue  # asked for by what the event has not: refused
            shop.fails_to_prove_that_it_lives(order, topic, by)
            is_kept = name == "camel" if by == "key" else name == "watermill" or b"\xff" not in (order.raw_value or b"")
            if is_kept:
                letter = shop.library.event_should_be_dead_lettered(order, topic, by=by)
                assert letter.raw_value in (order.raw_value, DAMAGED)


PARTS = {"key": "raw_key", "value": "raw_value"}
DAMAGED = "\ufffd\ufffd".encode() + b'{"orderId": 46}'
