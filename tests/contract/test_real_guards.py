"""A guard asks Kafka once at a test's end where the ends are: what was read by then is not asked for again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import SimpleNamespace

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.library import Listener
from tests.contract.brokers import Broker
from tests.contract.conftest import REAL
from tests.kafka.distance import Distance

_LIST_OFFSETS, _METADATA = 2, 3
_TESTS = 5
_CONTRACT = "{asyncapi: 3.0.0, channels: {o: {address: %s, messages: {O: {payload: {type: object, required: [id]}}}}}}"


def asked(address: str, topic: str, **given: str) -> Counter[int]:
    """Requests by kind, in tests that each publish an event and find it."""
    with Distance(address, 0.0) as seen:
        kafka = KafkaLibrary(seen.bootstrap_servers, watch=topic, **given)
        for number in range(_TESTS + 1):
            if number == 1:  # the first has a connection to open
                seen.requests.clear()
            kafka.start_test()
            kafka.publish_event(topic, {"id": number})
            kafka.wait_for_event(topic, f"id == {number}")
            kafka.end_test()
        found = Counter(one.key for one in seen.requests)
        kafka.disconnect_from_all_kafka()
        return found


def test_a_guard_asks_once_a_test(tmp_path: Path) -> None:
    broker = Broker(REAL)
    topic = broker.topic(partitions=1)
    contract = tmp_path / "orders.yaml"
    contract.write_text(_CONTRACT % topic, encoding="utf-8")
    without = asked(broker.address, topic)
    guarded = asked(broker.address, topic, contract=str(contract), contract_guard="FAIL")
    broker.close()
    for kind in (_LIST_OFFSETS, _METADATA):
        assert guarded[kind] - without[kind] <= _TESTS + 1


def asked_by_robot(address: str, watch: str, topic: str, **given: str) -> Counter[int]:
    """The same where Robot tells that tests begin and end: a test that follows at once takes over what the end told."""
    test, passed = SimpleNamespace(name="An order"), SimpleNamespace(status="PASS", message="")
    with Distance(address, 0.0) as seen:
        kafka = KafkaLibrary(seen.bootstrap_servers, watch=watch, **given)
        robot = kafka.ROBOT_LIBRARY_LISTENER[0]
        assert isinstance(robot, Listener)
        for number in range(_TESTS + 1):
            if number == 1:
                seen.requests.clear()
            robot.start_test(test, passed)
            kafka.publish_event(topic, {"id": number})
            kafka.wait_for_event(topic, f"id == {number}")
            robot.end_test(test, passed)
        assert passed.status == "PASS"
        found = Counter(one.key for one in seen.requests)
        kafka.disconnect_from_all_kafka()
        return found


def test_a_guard_of_dead_letters_asks_what_watching_its_topics_asks() -> None:
    """Where they are given by a pattern, too: the names of all topics are asked for once a test, as one may be new."""
    broker = Broker(REAL)
    topic, letters = broker.topic(partitions=1), broker.topic(partitions=1)
    for named in (letters, f"{letters}*"):
        watched = asked_by_robot(broker.address, f"{topic}, {named}", topic)
        guarded = asked_by_robot(broker.address, topic, topic, dead_letters=named)
        for kind in (_LIST_OFFSETS, _METADATA):
            assert guarded[kind] - watched[kind] <= 1
    broker.close()
