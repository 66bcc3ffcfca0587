"""Events go to the client in their order, and what comes behind one that failed does not go out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from unittest.mock import Mock

import pytest
from confluent_kafka import KafkaError, KafkaException

from KafkaLibrary.broker.publishing.delivery_reports import Delivery, Outgoing
from KafkaLibrary.broker.publishing.producer import EventProducer
from KafkaLibrary.deadline import Deadline

EVENTS = [Outgoing("orders", str(number).encode()) for number in range(1200)]


class Admin:
    @staticmethod
    def go_on(_: Deadline) -> bool:
        return True


class Client:
    """A producer whose queue is full at some events, and that serves these acknowledgements when it is polled then."""

    def __init__(self, *, full_at: Sequence[int] = (), refused_at: int = -1, failing: bool = False) -> None:
        self.queued: list[int] = []
        self._full_at = set(full_at)
        self._refused_at = refused_at
        self._failing = failing
        self._told: Callable[[Any, Any], None] | None = None

    def produce(self, _: str, value: bytes, __: Any, ___: int, *, on_delivery: Any, timestamp: int) -> None:
        number = int(value)
        if number in self._full_at:
            self._full_at.discard(number)
            raise BufferError
        if number == self._refused_at:
            raise KafkaException(KafkaError(KafkaError._UNKNOWN_PARTITION))
        self._told = self._told or on_delivery
        self.queued.append(number)

    def poll(self, _: float) -> None:
        if self._failing and self._told is not None:
            self._told(KafkaError(KafkaError.TOPIC_AUTHORIZATION_FAILED), None)


def queued(client: Client) -> tuple[list[int], Delivery]:
    settings: Any = Mock(properties={})
    admin: Any = Admin()
    producer = EventProducer(settings, admin, settings, Mock(), embedded=False)
    delivery = Delivery(EVENTS, 0)
    producer._queue(client, delivery, Deadline(5))
    return client.queued, delivery


@pytest.mark.parametrize("full_at", [(), (3,), (499, 500, 1199)])
def test_all_go_in_their_order_also_where_there_is_no_room_at_once(full_at: Sequence[int]) -> None:
    numbers, delivery = queued(Client(full_at=full_at))
    assert numbers == list(range(len(EVENTS)))
    assert not delivery.failures


def test_behind_one_that_failed_while_there_was_no_room_none_goes_out() -> None:
    numbers, delivery = queued(Client(full_at=[3], failing=True))
    assert numbers == [0, 1, 2]
    assert list(delivery.failures) == [0]


def test_behind_one_that_failed_meanwhile_few_go_out() -> None:
    numbers, delivery = queued(Client(failing=True))
    assert numbers == list(range(500))
    assert list(delivery.failures) == [0]


def test_behind_one_that_the_client_refused_none_goes_out() -> None:
    numbers, delivery = queued(Client(refused_at=7))
    assert numbers == list(range(7))
    assert list(delivery.failures) == [7]


class Waiting(Client):
    """One that acknowledges nothing, and remembers what is done with its queue."""

    def __init__(self) -> None:
        super().__init__()
        self.purged: list[dict[str, bool]] = []

    def purge(self, **what: bool) -> None:
        self.purged.append(what)
        self.queued.clear()

    def __len__(self) -> int:
        return len(self.queued)


def test_what_is_given_up_is_taken_out_of_the_queue_and_its_producer_is_used_no_more() -> None:
    settings: Any = Mock(properties={})
    admin: Any = Admin()
    producer, given_up = EventProducer(settings, admin, settings, Mock(), embedded=False), Waiting()
    producer._plain = given_up
    given_up.queued.append(1)
    producer._discard(given_up)
    assert given_up.purged == [{"in_queue": True, "in_flight": True, "blocking": True}]
    assert producer._plain is None


def test_of_several_that_failed_the_first_is_told() -> None:
    delivery = Delivery(EVENTS[:3], 0)
    for index in (2, 1):
        delivery.report(index, KafkaError(KafkaError.TOPIC_AUTHORIZATION_FAILED), None)
    assert delivery.first_failure()[0] == EVENTS[1]
