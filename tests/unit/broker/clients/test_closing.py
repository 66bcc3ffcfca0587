"""Clients are let go in a thread of ours, whoever has them still and however long they take."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future

import pytest

from KafkaLibrary.broker.clients.closing import Asked, let_go

LONG = 10.0


class Client:
    """Notes in which thread it ends."""

    def __init__(self) -> None:
        self.ended = ENDED

    def __del__(self) -> None:
        self.ended.append(threading.current_thread().name)


class Consumer(Client):
    """One that is closed, which takes until it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.may_close = threading.Event()
        self.closed = threading.Event()

    def unsubscribe(self) -> None:
        """A producer has no such thing."""

    def close(self) -> None:
        assert self.may_close.wait(LONG)
        self.closed.set()


ENDED: list[str] = []


@pytest.fixture(autouse=True)
def _nothing_ended() -> None:
    ENDED.clear()


def wait_until(holds: Callable[[], object]) -> None:
    until = time.monotonic() + LONG
    while not holds() and time.monotonic() < until:
        time.sleep(0.001)
    assert holds()


def test_a_client_ends_in_a_thread_of_its_own() -> None:
    let_go([Client()], patience=LONG)
    assert ENDED == ["KafkaLibrary-closing"]


def test_nothing_is_no_client() -> None:
    let_go([None])
    assert ENDED == []


def test_a_client_that_somebody_has_still_ends_later_and_not_in_their_hands() -> None:
    kept = Client()
    let_go([kept], patience=0.01)
    assert ENDED == []
    del kept
    wait_until(lambda: ENDED == ["KafkaLibrary-closing"])


def test_a_consumer_is_closed() -> None:
    consumer = Consumer()
    consumer.may_close.set()
    let_go([consumer], patience=LONG)
    assert consumer.closed.is_set()


def test_a_consumer_that_takes_long_to_close_is_not_waited_for() -> None:
    consumer = Consumer()
    let_go([consumer], patience=0.01)
    assert not consumer.closed.is_set()
    consumer.may_close.set()
    assert consumer.closed.wait(LONG)


def test_a_consumer_that_is_asked_in_another_thread_is_closed_when_it_has_answered() -> None:
    consumer, answer = Consumer(), Future[None]()
    consumer.may_close.set()
    closed = consumer.closed
    let_go([Asked(consumer, [answer])], patience=0.05)
    assert not closed.is_set()
    answer.set_result(None)
    assert closed.wait(LONG)
