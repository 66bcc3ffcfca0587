"""Where Kafka answers at first and leads nowhere, or stops to answer, each keyword fails by its deadline, too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.event import Event
from tests.contract.conftest import REAL
from tests.contract.deadlines import (
    ASKING,
    GROUP,
    IN_A_TRANSACTION,
    OF_GROUPS,
    TIME,
    TOPIC,
    Call,
    Ended,
    ended,
    importing,
)
from tests.kafka.listeners import Misleading, closed, dropping, silent
from tests.kafka.ports import LOCALHOST

PORT = int(REAL.rpartition(":")[2] or 0)
TOLD_BY_THE_FIRST = ("Get Topics", "Get Consumer Group Lag of all")
"""Keywords for which the answer of the address that was given is enough, for all of it or to begin with."""
ELSEWHERE = "although Kafka answers|did not acknowledge"
COORDINATOR = (8, 9, 15, 42, 47, 69)
"""Questions about the members and the offsets of a group."""
SAID_NOTHING = "unreachable|did not answer|did not acknowledge it|refused|[Dd]isconnected|reset"


@pytest.fixture(scope="module", autouse=True)
def event() -> Iterator[Event]:
    with importing(PORT) as library:
        library.create_topic(TOPIC, timeout="10 s")
        published = library.publish_event(TOPIC, "{}", timeout="10 s")
        library.reset_consumer_group_offsets(GROUP, TOPIC, "earliest", timeout="10 s")
        yield published
        library.delete_topic(TOPIC, timeout="10 s")


class Led(NamedTuple):
    """What a client is told instead of the broker's address, and the reason that it gives."""

    instead: Callable[[], object]
    reason: str


@contextmanager
def _no_port() -> Iterator[None]:
    yield None


ADVERTISED = {
    "a name that nobody knows": Led(_no_port, f"can't be resolved|{ELSEWHERE}"),
    "a port that is closed": Led(closed, "refused(.|\n)*advertised"),
    "a port that says nothing": Led(silent, ELSEWHERE),
    "packets that are dropped": Led(dropping, f"{ELSEWHERE}|refused"),
}


@pytest.fixture(scope="module", params=ADVERTISED)
def led(request: pytest.FixtureRequest) -> Iterator[tuple[Led, dict[str, Ended]]]:
    fault = ADVERTISED[request.param]
    with fault.instead() as instead:  # type: ignore[attr-defined]
        own = {LOCALHOST.encode(): b"a.invalid"}
        changed = own if instead is None else {_number(PORT): _number(instead)}
        with Misleading(PORT, changed) as listener:
            calls = {name: call for name, call in ASKING.items() if name not in TOLD_BY_THE_FIRST}
            yield fault, ended(calls, lambda _: importing(listener.port), fault.reason)


@pytest.mark.parametrize("keyword", [name for name in ASKING if name not in TOLD_BY_THE_FIRST])
def test_an_advertised_address_that_leads_nowhere(led: tuple[Led, dict[str, Ended]], keyword: str) -> None:
    fault, calls = led
    assert calls[keyword].in_time, calls[keyword]
    assert re.search(fault.reason, str(calls[keyword].said)), calls[keyword]


@pytest.fixture(scope="module")
def without_coordinator(event: Event) -> Iterator[dict[str, Ended]]:
    with Misleading(PORT, unheard=COORDINATOR) as listener:
        calls: dict[str, Call] = {name: ASKING[name] for name in OF_GROUPS}
        consumed = "Wait Until Event Is Consumed"
        calls[consumed] = lambda library: library.wait_until_event_is_consumed(event, GROUP, timeout=TIME)
        yield ended(calls, lambda _: importing(listener.port), GROUP)


@pytest.mark.parametrize("keyword", OF_GROUPS)
def test_a_coordinator_that_says_nothing(without_coordinator: dict[str, Ended], keyword: str) -> None:
    assert without_coordinator[keyword].in_time, without_coordinator[keyword]
    assert GROUP in str(without_coordinator[keyword].said)


@pytest.fixture(scope="module", params=["says nothing", "is gone"])
def left(request: pytest.FixtureRequest) -> dict[str, Ended]:
    @contextmanager
    def warm(keyword: str) -> Iterator[KafkaLibrary]:
        with Misleading(PORT) as listener, importing(listener.port) as library:
            library.set_kafka_timeout("10 s")
            library.watch_topics(TOPIC)
            library.publish_event(TOPIC, "{}", timeout="10 s")
            if keyword in OF_GROUPS:
                library.get_consumer_group_lag(GROUP, TOPIC, ">=", 0, timeout="10 s")
            if keyword in IN_A_TRANSACTION:
                library.begin_kafka_transaction(timeout="10 s")
                library.publish_event(TOPIC, "{}", timeout="10 s")
            library.watch_topics(TOPIC)
            library.set_kafka_timeout(TIME)
            if request.param == "is gone":
                listener.__exit__()
            listener.mute = True
            yield library

    return ended({**ASKING, **IN_A_TRANSACTION}, warm, SAID_NOTHING)


@pytest.mark.parametrize("keyword", [*ASKING, *IN_A_TRANSACTION])
def test_a_kafka_that_was_there_and_then(left: dict[str, Ended], keyword: str) -> None:
    assert left[keyword].in_time, left[keyword]
    assert re.search(SAID_NOTHING, str(left[keyword].said)), left[keyword]


def _number(port: object) -> bytes:
    assert isinstance(port, int)
    return port.to_bytes(4, "big")
