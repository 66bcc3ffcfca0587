"""A call that fails while something is handled: nothing of that is kept."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from unittest.mock import Mock

import pytest
from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.broker.clients.client_calls import answered, apart, question
from KafkaLibrary.deadline import SLICE, Deadline
from KafkaLibrary.errors import KafkaUnusable


class Held:
    """Something that a function has in its hands while it handles an exception."""


@pytest.fixture(scope="module")
def fail() -> Callable[[], object]:
    nowhere = AdminClient({"bootstrap.servers": "127.0.0.1:1", "log_level": 0})
    return lambda: nowhere.list_topics(timeout=0.01)


@pytest.fixture
def library() -> Iterator[KafkaLibrary]:
    """With a Kafka that is away."""
    away = KafkaLibrary("127.0.0.1:1", timeout="0.1 s")
    yield away
    away.disconnect_from_all_kafka()


def while_handling(call: Callable[[], object], failure: type[Exception] = KafkaException) -> weakref.ref[Held]:
    held = Held()
    try:
        int("no number")
    except ValueError:
        with pytest.raises(failure):
            call()
    return weakref.ref(held)


def test_nothing_is_kept_of_what_was_handled_meanwhile(fail: Callable[[], object]) -> None:
    held = while_handling(lambda: apart(fail))
    gc.collect()
    assert held() is None


@pytest.mark.parametrize(
    "use",
    [
        lambda library: library.publish_event("orders", "{}"),
        lambda library: library.begin_kafka_transaction(),
        lambda library: library.wait_for_event("orders"),
        lambda library: library.topic_should_exist("orders"),
    ],
    ids=["publish", "transaction", "wait", "topic"],
)
def test_nor_by_keywords_while_kafka_is_away(library: KafkaLibrary, use: Callable[[KafkaLibrary], object]) -> None:
    held = while_handling(lambda: use(library), KafkaUnusable)
    gc.collect()
    assert held() is None


def test_gives_the_answer_while_something_is_handled() -> None:
    try:
        int("no number")
    except ValueError:
        assert apart(lambda: 42) == 42


def test_no_thread_is_made_where_nothing_is_handled() -> None:
    assert apart(threading.current_thread) is threading.current_thread()


def test_no_thread_is_left() -> None:
    before = threading.active_count()
    try:
        int("no number")
    except ValueError:
        apart(lambda: 42)
        assert threading.active_count() == before


class Slow:
    """A client whose answer takes longer than a slice."""

    def __init__(self) -> None:
        self.given = 0.0

    def ask(self, topic: str, *, timeout: float) -> str:
        self.given = timeout
        threading.Event().wait(3 * SLICE)
        return topic


def test_an_answer_that_takes_longer_than_a_slice_is_not_lost_and_waited_for_in_slices() -> None:
    slow, slices = Slow(), Mock(return_value=True)
    answer = question(slow.ask, "orders")
    assert answered(answer, Deadline(10), slices)
    assert answer.result() == "orders"
    assert slow.given > 10 * SLICE
    assert slices.call_count >= 2


@pytest.mark.parametrize(("seconds", "go_on"), [(0.0, True), (10.0, False)])
def test_nobody_waits_for_an_answer_longer_than_it_can_help(seconds: float, go_on: bool) -> None:
    assert not answered(question(Slow().ask, "orders"), Deadline(seconds), lambda: go_on)
