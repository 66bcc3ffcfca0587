"""Which events of a run count for the coverage, and whose they are."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.broker.publishing.sender import Sender
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder

DOCUMENT = """
asyncapi: 3.0.0
channels:
  orders: {address: orders, messages: {Order: {payload: {type: object, required: [id]}}}}
  others: {address: others, messages: {Other: {payload: {type: object, required: [other]}}}}
"""
EVENT = Event(PlainRecord(("orders", 0, 7), (1, 1_700_000_000_000), b"k", b'{"id": 1}'), FoundDecoder())
LETTER = Event(
    PlainRecord(("orders-dlt", 0, 7), (1, 0), b"k", b'{"id": 1}', [("__connect.errors.topic", b"orders")]),
    FoundDecoder(),
)


@pytest.fixture
def kafka(tmp_path: Path) -> KafkaLibrary:
    path = tmp_path / "orders.yaml"
    path.write_text(DOCUMENT, encoding="utf-8")
    library = KafkaLibrary("embedded", contract=str(path))
    library.start_test("one")
    return library


def state(kafka: KafkaLibrary) -> str:
    coverage = kafka._session.coverage
    assert coverage is not None
    found = coverage.sightings
    return next(found.of(item)[0] for item in found.items if item[1:3] == ("message", "Order"))


AGAIN: dict[str, Callable[[KafkaLibrary], object]] = {
    "a duplicate": lambda kafka: kafka.publish_duplicates(EVENT, 1),
    "a late one": lambda kafka: kafka.publish_late_event(EVENT, "1 h"),
    "out of order": lambda kafka: kafka.publish_out_of_order("orders", [{"id": 1}, {"id": 2}], key="k"),
    "a replayed letter": lambda kafka: kafka.replay_dead_letter(LETTER),
}


@pytest.mark.parametrize("publish", AGAIN.values(), ids=AGAIN)
def test_what_a_test_publishes_again_is_its_own(kafka: KafkaLibrary, publish: Callable[..., object]) -> None:
    publish(kafka)
    kafka.wait_for_event("orders", "id >= 1", since="earliest")
    assert state(kafka) == "published"


def test_a_topic_that_was_made_again_has_other_events_at_the_same_places(kafka: KafkaLibrary) -> None:
    coverage = kafka._session.coverage
    assert coverage is not None
    coverage.published([EVENT])
    other = PlainRecord(("orders", 0, 7), (1, 1_700_000_000_000), b"k", b'{"id": 2}')
    coverage.found([Event(other, FoundDecoder())])
    assert state(kafka) == "seen"


def test_an_event_that_did_not_fit_another_message_counts_where_it_fits(kafka: KafkaLibrary) -> None:
    with pytest.raises(AssertionError):
        kafka.event_should_match_contract(EVENT, channel="others")
    kafka.event_should_match_contract(EVENT)
    assert state(kafka) == "seen"


def test_an_answer_is_the_test_s_own_before_kafka_has_acknowledged_it(
    kafka: KafkaLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    acknowledged = threading.Event()
    serve = Sender.serve
    monkeypatch.setattr(Sender, "serve", lambda self, *given: acknowledged.is_set() and serve(self, *given))
    kafka.watch_topics("orders")
    kafka.answer_events("questions", with_='{"id": {$.id}}', to="orders")
    kafka.publish_event("questions", {"id": 1})
    kafka.wait_for_event("orders", "id == 1")
    acknowledged.set()
    assert state(kafka) == "published"
    kafka.disconnect_from_all_kafka()


ALIKE = """
asyncapi: 3.0.0
channels:
  orders:
    address: orders
    messages: {Placed: {payload: {type: object, required: [id]}}, Paid: {payload: {type: object, required: [id]}}}
"""
RENAMED = """
asyncapi: 3.0.0
channels:
  one: {address: orders, messages: {Placed: {$ref: '#/components/messages/Order'}}}
  other: {address: orders, messages: {Taken: {$ref: '#/components/messages/Order'}}}
components: {messages: {Order: {payload: {type: object, required: [id]}}}}
"""


def states(folder: Path, document: str, headers: dict[str, str] | None = None) -> dict[tuple[str, str], str]:
    path = folder / "orders.yaml"
    path.write_text(document, encoding="utf-8")
    kafka = KafkaLibrary("embedded", contract=str(path))
    kafka.start_test("one")
    kafka.publish_event("orders", {"id": 1}, headers=headers)
    assert kafka._session.coverage is not None
    found = kafka._session.coverage.sightings
    return {(item.kind, item.owner): found.of(item)[0] for item in found.items if item.kind in ("channel", "message")}


def test_an_event_that_fits_several_messages_shows_none_of_them(tmp_path: Path) -> None:
    found = states(tmp_path, ALIKE)
    assert found == {
        ("channel", "orders"): "published", ("message", "Placed"): "several", ("message", "Paid"): "several"
    }  # fmt: skip


def test_one_that_says_which_it_is_shows_that_one(tmp_path: Path) -> None:
    found = states(tmp_path, ALIKE, {"ce_type": "Paid"})
    assert (found["message", "Placed"], found["message", "Paid"]) == ("never", "published")


def test_a_message_that_channels_call_otherwise_is_one(tmp_path: Path) -> None:
    assert set(states(tmp_path, RENAMED).values()) == {"published"}
