"""What keywords cost, counted as work and not as time: so a busy machine can't hide that a gain was lost."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any
from unittest.mock import Mock

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.watching import event_log
from KafkaLibrary.watching.marks import Scope, Start
from tests.contract.brokers import Broker, within

EVENTS = 10_000
EARLIEST = Start("earliest")
FEW = 20
"""Parses that belong to a wait and not to its events."""
CALLS_AN_ARRIVAL = 60
CALLS_A_WAIT = 1000
SINGLY = 300
A_RUN = 100
POLLS = 5
LOOKS_AT_NOTHING = 3
"""At the beginning and at the end."""


class Work:
    """Calls that were made meanwhile: how many in Python, and those of functions in C by their names."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.python = 0
        self.by_c: Counter[str] = Counter()
        sys.setprofile(self._note)
        try:
            self.result = act()
        finally:
            sys.setprofile(None)

    def _note(self, frame: FrameType, event: str, function: Any) -> None:
        if event == "call":
            self.python += 1
        elif event == "c_call":
            self.by_c[function.__name__] += 1


def filled(broker: Broker) -> str:
    """A topic of events of which the last alone is paid, and has the largest number."""
    topic = broker.topic()
    values = [b'{"orderId": %d, "status": "NEW", "note": "as ever"}' % number for number in range(EVENTS)]
    broker.publish(topic, *values, b'{"orderId": 77123, "status": "PAID"}')
    return topic


def in_memory(broker: Broker) -> tuple[str, int]:
    """A topic that was read into the log, and how many arrivals that were: a busy machine brings events in more."""
    topic = filled(broker)
    log = broker.connection.watcher.log
    log.bound = 1 << 26
    assert broker.wait(topic, "status == PAID", since=EARLIEST)
    return topic, len(log.topic(topic).chunks)


@pytest.mark.parametrize("cell", ["status == PAID", "orderId == 77123"])
def test_what_the_bytes_rule_out_is_not_decoded_and_costs_no_call_an_event(broker: Broker, cell: str) -> None:
    topic, arrivals = in_memory(broker)
    work = Work(lambda: broker.wait(topic, cell, since=EARLIEST))
    assert work.result
    assert work.by_c["loads"] <= FEW
    assert work.python < EVENTS / 2 + CALLS_AN_ARRIVAL * arrivals


def test_what_has_to_be_decoded_is_decoded_once(broker: Broker) -> None:
    topic, arrivals = in_memory(broker)
    work = Work(lambda: broker.wait(topic, "orderId >= 77123", since=EARLIEST))
    assert work.result
    assert EVENTS <= work.by_c["loads"] <= EVENTS + FEW
    assert work.python <= 3.5 * EVENTS + CALLS_AN_ARRIVAL * arrivals


CALLS_A_ROW = 30


def test_a_row_change_is_read_without_its_schema_and_without_an_event(broker: Broker) -> None:
    topic, decimal = broker.topic(), '"name": "org.apache.kafka.connect.data.Decimal", "parameters": {"scale": "2"}'
    row = f'{{"type": "bytes", {decimal}, "field": "total"}}, {{"type": "int32", "field": "id"}}'
    schema = f'{{"type": "struct", "fields": [{{"type": "struct", "fields": [{row}], "field": "after"}}]}}'
    begin = f'{{"schema": {schema}, "payload": {{"after": '.encode()
    values = [begin + b'{"total": "BNI=", "id": %d}}}' % number for number in range(EVENTS // 5)]
    broker.publish(topic, *values, begin + b'{"total": "D0JA", "id": 0}}}')
    assert broker.wait(topic, "after.total >= 10000", since=EARLIEST)
    arrivals = len(broker.connection.watcher.log.topic(topic).chunks)
    work = Work(lambda: broker.wait(topic, "after.total >= 10000", since=EARLIEST))
    assert work.result
    assert len(values) <= work.by_c["loads"] <= len(values) + FEW
    assert work.python <= CALLS_A_ROW * len(values) + CALLS_AN_ARRIVAL * arrivals


def test_further_conditions_cost_nothing_for_events_that_the_first_rules_out(broker: Broker) -> None:
    topic, arrivals = in_memory(broker)
    cells = ("orderId >= 77123", "status ^= P", "orderId < 90000", "note does not exist", "status in PAID, SENT")
    work = Work(lambda: broker.wait(topic, *cells, since=EARLIEST))
    assert work.result
    assert EVENTS <= work.by_c["loads"] <= EVENTS + FEW
    assert work.python <= 3.5 * EVENTS + CALLS_AN_ARRIVAL * arrivals


def test_events_that_came_one_by_one_are_judged_together(broker: Broker) -> None:
    topic, log = broker.topic(), broker.connection.watcher.log
    broker.watch(topic)
    for number in range(SINGLY):
        broker.publish(topic, b'{"orderId": %d}' % number)
        assert broker.wait(topic, f"orderId == {number}")
    assert len(log.topic(topic).chunks) > SINGLY / 2
    work = Work(lambda: broker.present(topic, f"orderId == {SINGLY - 1}"))
    assert work.result
    assert work.python < 8 * SINGLY + CALLS_A_WAIT


def test_the_last_wait_of_a_test_does_not_judge_anew_what_those_before_it_have(
    broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_log, "_SMALL", A_RUN * (event_log.OVERHEAD + 40))
    topic, singly = broker.topic(), 2 * SINGLY
    broker.watch(topic)
    for number in range(singly):
        broker.publish(topic, b'{"orderId": %d, "ref": "R-%d"}' % (number, number))
        assert broker.wait(topic, f"orderId == {number}")
    for cell in (f"orderId == {number}", f"ref == R-{number}", f"orderId >= {number}"):
        for _ in range(5):  # to make a column pays when the same was asked for some times
            work = Work(partial(broker.wait, topic, cell))
            assert work.result
        assert work.by_c["loads"] <= A_RUN + FEW
        if "==" in cell:
            assert work.python + work.by_c.total() < singly / 2 + CALLS_A_WAIT


def test_an_event_that_was_read_keeps_few_objects(broker: Broker) -> None:
    topic = filled(broker)
    broker.wait(broker.topic(), timeout=0)
    gc.collect()
    before = sys.getallocatedblocks()
    assert broker.wait(topic, "status == PAID", since=EARLIEST)
    gc.collect()
    kept = (sys.getallocatedblocks() - before) / EVENTS
    assert kept <= 7


def test_the_log_keeps_its_bound_and_one_arrival_at_most(broker: Broker) -> None:
    topic = filled(broker)
    log = broker.connection.watcher.log
    log.bound = 200_000
    assert broker.wait(topic, "status == PAID", since=EARLIEST)
    chunks = log.topic(topic).chunks
    assert log.size == sum(chunk.size for chunk in chunks)
    assert log.size - chunks[-1].size <= log.bound
    assert sum(len(chunk.records) for chunk in chunks) < EVENTS


def test_a_wait_on_a_watched_topic_asks_the_cluster_nothing(broker: Broker) -> None:
    topic = broker.topic()
    broker.watch(topic)
    broker.publish(topic, b'{"orderId": 1}')
    work = Work(lambda: broker.wait(topic, "orderId == 1"))
    assert work.result
    assert asked(work) == 0


def test_while_nothing_comes_nothing_is_looked_through(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    topic, log = broker.topic(), broker.connection.watcher.log
    broker.watch(topic)
    looks = Mock(wraps=log.chunks)
    monkeypatch.setattr(log, "chunks", looks)
    work = Work(lambda: broker.negative(topic, seconds=1.0))
    assert not work.result
    assert work.by_c["poll"] >= POLLS
    assert looks.call_count <= LOOKS_AT_NOTHING


def test_an_event_on_a_known_topic_is_published_with_one_call_and_no_question(broker: Broker) -> None:
    topic = broker.topic()
    broker.publish(topic, b"the first")
    work = Work(lambda: broker.publish(topic, b"the second"))
    assert work.by_c["produce"] == 1
    assert asked(work) == 0


def test_a_test_begins_with_one_request_for_ends_and_one_for_facts_however_many_topics(broker: Broker) -> None:
    topics = [broker.topic() for _ in range(5)]
    broker.watch(*topics)
    watcher = broker.connection.watcher
    work = Work(lambda: watcher.enter(Scope("test", watcher.scopes[0].started), within()))
    assert work.by_c["list_offsets"] == 1
    # The embedded broker has no such request: there each topic's facts are looked up in its metadata.
    assert broker.embedded or work.by_c["describe_topics"] == 1


@pytest.mark.parametrize("key", [None, "$.orderId"])
def test_many_events_are_published_without_a_search_for_garbage_in_between(broker: Broker, key: str | None) -> None:
    topic = broker.topic()
    library = KafkaLibrary(broker.address)
    passes: list[int] = []

    def note(phase: str, about: dict[str, Any]) -> None:
        if phase == "start":
            passes.append(about["generation"])

    library.publish_event(topic, {"orderId": 0})
    values = [{"orderId": number} for number in range(EVENTS)]
    gc.collect()
    gc.callbacks.append(note)
    try:
        library.publish_events(topic, values, key=key)
    finally:
        gc.callbacks.remove(note)
        library.disconnect_from_all_kafka()
    assert len(passes) <= 1
    assert gc.isenabled()


def test_publishing_calls_few_functions_an_event(broker: Broker) -> None:
    topic = broker.topic()
    library = KafkaLibrary(broker.address)
    library.publish_event(topic, {"orderId": 0})
    values = [{"orderId": number} for number in range(EVENTS)]
    work = Work(lambda: library.publish_events(topic, values))
    library.disconnect_from_all_kafka()
    assert work.by_c["dumps"] <= EVENTS + FEW
    assert work.python <= 5 * EVENTS


def asked(work: Work) -> int:
    """Questions to the cluster."""
    return sum(work.by_c[name] for name in ("describe_topics", "list_offsets", "list_topics", "get_watermark_offsets"))
