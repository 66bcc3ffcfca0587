"""A call that fails while something is handled: nothing of that is kept."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator

import pytest
from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.broker.clients.client_calls import apart
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
