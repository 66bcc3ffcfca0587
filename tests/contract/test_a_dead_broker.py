"""Nobody listens at the address: each call fails within its deadline, and says where and why."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import pytest

from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.errors import KafkaUnusable
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder
from tests.contract.brokers import Broker, Connect, refusal, within

SHORT = 0.3
PLACE = ("orders", 0)
EVENT = Event(PlainRecord(("orders", 0, 0), (1, 0), None, b""), FoundDecoder())

CALLS: dict[str, Callable[[Broker], object]] = {
    "describe": lambda dead: dead.source.describe(["orders"], within(SHORT)),
    "ends": lambda dead: dead.source.ends([PLACE], within(SHORT)),
    "marks": lambda dead: dead.source.marks({"orders": [0]}, within(SHORT)),
    "beginnings": lambda dead: dead.source.beginnings([PLACE], within(SHORT)),
    "offsets by time": lambda dead: dead.source.offsets_at([PLACE], 0, within(SHORT)),
    "cluster": lambda dead: dead.connection.cluster(within(SHORT)),
    "names": lambda dead: dead.connection.topics.names(within(SHORT)),
    "create": lambda dead: dead.connection.topics.create("orders", 1, None, {}, within(SHORT)),
    "delete": lambda dead: dead.connection.topics.delete(["orders"], within(SHORT), missing_ok=True),
    "empty": lambda dead: dead.connection.topics.empty("orders", within(SHORT)),
    "configuration": lambda dead: dead.connection.topics.configuration("orders", within(SHORT)),
    "committed": lambda dead: dead.connection.commits.read("group", [PLACE], within(SHORT)),
    "commit": lambda dead: dead.connection.commits.write("group", {PLACE: 1}, within(SHORT)),
    "lag": lambda dead: dead.connection.group_offsets.lag("group", "orders", within(SHORT)),
    "groups": lambda dead: dead.connection.groups.names(within(SHORT)),
    "describe group": lambda dead: dead.connection.groups.describe("group", within(SHORT)),
    "publish": lambda dead: dead.connection.producer.publish([Outgoing("orders", b"a")], within(SHORT)),
    "transaction": lambda dead: dead.connection.producer.transactions.begin(within(SHORT)),
}
LAST_LOOKS: dict[str, Callable[[Broker], object]] = {
    "expect": lambda dead: dead.connection.topics.expect("orders", within(SHORT), there=True, patience=SHORT),
    "consumed": lambda dead: dead.connection.consumption.wait_until_consumed(EVENT, "group", within(SHORT)),
    "ready": lambda dead: dead.connection.groups.wait_until_ready("group", "orders", within(SHORT)),
}
"""These look a last time at their deadline, and that look has a second of its own."""


@pytest.fixture
def dead(connect: Connect) -> Iterator[Broker]:
    """A connection to a port that is taken, so that no other process gets it, and where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield connect(f"127.0.0.1:{taken.getsockname()[1]}")


@pytest.mark.parametrize("call", CALLS | LAST_LOOKS)
def test_a_call_fails_with_the_address_and_the_reason(dead: Broker, call: str) -> None:
    reason = refusal(lambda: (CALLS | LAST_LOOKS)[call](dead))
    assert isinstance(reason, KafkaUnusable)
    assert (dead.address in str(reason), "refused" in str(reason)) == (True, True), reason


@pytest.mark.parametrize("call", CALLS)
def test_a_call_fails_within_its_deadline(dead: Broker, call: str) -> None:
    longest = within(3 * SHORT)
    refusal(lambda: CALLS[call](dead))
    assert not longest.passed


def test_a_call_does_not_give_up_before_its_deadline(dead: Broker) -> None:
    deadline = within(SHORT)
    refusal(lambda: dead.source.describe(["orders"], deadline))
    assert deadline.remaining() <= 0.1 * SHORT


def test_attaching_returns_at_its_deadline(dead: Broker) -> None:
    longest = within(3 * SHORT)
    dead.source.attach({PLACE: 0}, within(SHORT))
    assert not longest.passed


def test_reading_a_range_ends_at_its_deadline(dead: Broker) -> None:
    longest = within(3 * SHORT)
    assert [one for records in dead.source.read({PLACE: (0, 5)}, within(SHORT)) for one in records] == []
    assert not longest.passed


def test_a_question_without_waiting_returns_without_an_answer(dead: Broker) -> None:
    assert dead.source.ask(["orders"]).answer() is None


def test_the_reader_tells_since_when_and_why(dead: Broker) -> None:
    dead.source.attach({PLACE: 0}, within(SHORT))
    deadline = within()
    while not dead.source.why_unreachable() and not deadline.passed:
        dead.source.poll(0.05)
    trouble = dead.source.why_unreachable()
    assert (dead.address in trouble, "unreachable since" in trouble, "refused" in trouble) == (True, True, True)


def test_an_event_that_was_not_published_is_said_to_be_out_of_the_queue(dead: Broker) -> None:
    reason = refusal(lambda: CALLS["publish"](dead))
    assert "It was removed from the queue and will not be sent later." in str(reason)


def test_closing_a_connection_to_a_dead_broker_does_not_wait_for_it(dead: Broker) -> None:
    refusal(lambda: CALLS["publish"](dead))
    dead.source.attach({PLACE: 0}, within(SHORT))
    longest = within(10 * SHORT)
    dead.connection.close()
    assert not longest.passed
