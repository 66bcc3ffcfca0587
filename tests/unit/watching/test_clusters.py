"""Marks and events of another cluster are refused, where it is known that it is another one."""

from __future__ import annotations

import copy
from types import SimpleNamespace
from typing import Any

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.watching.event_source import Cluster
from KafkaLibrary.watching.marks import Start
from KafkaLibrary.watching.start_offsets import check_event, check_start
from tests.unit.matching.samples import JsonOrText

RECORD = PlainRecord(("orders", 0, 42), (1, 1), None, b"{}")


class Names:
    """What a connection asks that was not told of its cluster yet."""

    def __init__(self, here: Cluster, told: str) -> None:
        self._here = here
        self._told = told
        self.times = 0

    def names(self, _: Deadline) -> list[str]:
        self.times += 1
        self._here.note(SimpleNamespace(cluster_id=self._told))
        return []


def cluster(told: str | None, alias: str = "default", *, is_embedded: bool = False) -> Cluster:
    made = Cluster(alias, "kafka:9092", is_embedded=is_embedded)
    made.note(SimpleNamespace(cluster_id=told))
    return made


def check(there: Cluster | None, here: Cluster, told: str = "") -> int:
    """How often it was asked which cluster this is."""
    names = Names(here, told)
    source: Any = names
    check_event(Event(RECORD, JsonOrText(), cluster=there), here, source, Deadline(1))
    return names.times


def test_an_event_of_another_cluster_is_refused_with_the_connection_to_use() -> None:
    with pytest.raises(KeywordMisused) as refusal:
        check(cluster("A", "staging"), cluster("B", "local"))
    assert str(refusal.value) == (
        "orders[0]@42 is of another Kafka cluster than the one that is asked: it came from connection 'staging' to "
        "kafka:9092, and connection 'local' to kafka:9092 is used. Offsets of one mean nothing on the other.\n"
        "Give alias=staging, or what came from 'local'."
    )


def test_a_connection_of_the_same_name_is_not_advised() -> None:
    with pytest.raises(KeywordMisused, match=r"\nUse the connection that it came from\.$"):
        check(cluster("A"), cluster("B"))


def test_two_connections_to_one_cluster_share_their_events() -> None:
    assert check(cluster("A", "staging"), cluster("A")) == 0
    same = cluster("A")
    assert check(same, same) == 0


@pytest.mark.parametrize("there", [None, cluster(None), cluster("")])
def test_where_nothing_was_told_nothing_is_compared(there: Cluster | None) -> None:
    assert check(there, cluster("A")) == 0
    assert check(there, cluster(None), told="A") == 0
    assert check(cluster("A"), cluster(None), told="") == 1


def test_a_connection_that_was_told_nothing_yet_asks_once_and_never_for_what_is_its_own() -> None:
    here = cluster(None)
    assert check(here, here) == 0
    assert check(cluster("A"), here, told="A") == 1
    with pytest.raises(KeywordMisused):
        check(cluster("A"), cluster(None), told="B")


def test_each_embedded_broker_is_its_own_cluster_whatever_it_is_called() -> None:
    with pytest.raises(KeywordMisused):
        check(cluster("mockCluster1", is_embedded=True), cluster("mockCluster1", is_embedded=True))
    assert check(cluster("mockCluster1", is_embedded=True), cluster("mockCluster1")) == 0


def test_marks_know_their_cluster() -> None:
    first, second = KafkaLibrary("embedded"), KafkaLibrary("embedded")
    mark = first.watch_topics("orders")
    first.publish_event("orders", {"orderId": 1})
    second.publish_event("orders", {"orderId": 2})
    with pytest.raises(KeywordMisused, match="The mark is of another Kafka cluster"):
        second.wait_for_event("orders", since=mark)
    assert first.wait_for_event("orders", since=mark).value.orderId == 1
    for library in (first, second):
        library.disconnect_from_all_kafka()


def test_a_copy_of_a_mark_is_of_the_same_cluster() -> None:
    library = KafkaLibrary("embedded")
    mark = copy.deepcopy(library.watch_topics("orders"))
    library.publish_event("orders", {"orderId": 1})
    assert library.wait_for_event("orders", since=mark).value.orderId == 1
    library.disconnect_from_all_kafka()


def test_an_event_keeps_its_cluster_when_more_is_found_out_of_it() -> None:
    there = cluster("A")
    event = Event(RECORD, JsonOrText(), None, there)
    assert event.with_change(None, JsonOrText()).cluster is there
    assert [one.cluster for one in Event.of([RECORD, RECORD], JsonOrText(), [None, None], there)] == [there, there]


def test_other_starts_ask_nothing() -> None:
    here = cluster(None)
    source: Any = Names(here, "A")
    kinds: Any = ("scope", "earliest", "latest", "test", "suite", "time")
    for start in map(Start, kinds):
        check_start(start, here, source, Deadline(1))
    assert source.times == 0


def test_a_death_is_expected_on_the_guarded_cluster_alone() -> None:
    first, second = KafkaLibrary("embedded"), KafkaLibrary("embedded", dead_letters="orders-dlt")
    order = first.publish_event("orders", {"orderId": 1})
    second.start_test("a test")
    second.expect_dead_letters(second.publish_event("orders", {"orderId": 1}))
    with pytest.raises(KeywordMisused, match="is of another Kafka cluster"):
        second.expect_dead_letters(order)
    second.end_test()
    for library in (first, second):
        library.disconnect_from_all_kafka()
