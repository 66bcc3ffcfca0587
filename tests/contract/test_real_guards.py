"""A guard asks Kafka once at a test's end where the ends are: what was read by then is not asked for again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from KafkaLibrary import KafkaLibrary
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
