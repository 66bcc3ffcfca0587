"""What dead letters of frameworks tell. The headers are those that each wrote, with the versions of its convention.

``test_recorded_letters.py`` reads whole letters of those that don't run in the tests.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.dead_letters import DeadLetter, dead_letter_of, letters_on, own_headers
from KafkaLibrary.dead_letters.conventions import CONVENTIONS, Header
from KafkaLibrary.event import Event, PlainRecord
from tests.unit.matching.samples import JsonOrText

DIED, EVENT = 1_796_015_636_000, 1_796_015_635_170
LISTENER = b"org.springframework.kafka.listener.ListenerExecutionFailedException"
THROWN = b"java.lang.IllegalStateException"


def four(number: int) -> bytes:
    return number.to_bytes(4, "big")


def eight(number: int) -> bytes:
    return number.to_bytes(8, "big")


def read(topic: str, *headers: tuple[str, bytes | None]) -> DeadLetter:
    letter = dead_letter_of(topic, headers, DIED)
    assert letter is not None
    return letter


SPRING_ORIGIN = (
    ("kafka_dlt-original-topic", b"orders"),
    ("kafka_dlt-original-partition", four(1)),
    ("kafka_dlt-original-offset", eight(300)),
    ("kafka_dlt-original-timestamp", eight(EVENT)),
    ("kafka_dlt-original-timestamp-type", b"CreateTime"),
    ("kafka_dlt-original-consumer-group", b"billing"),
)
SPRING_ERROR = (
    ("kafka_dlt-exception-fqcn", LISTENER),
    ("kafka_dlt-exception-cause-fqcn", THROWN),
    (
        "kafka_dlt-exception-message",
        b"Listener method 'void shop.Billing.bill(java.lang.String)' threw exception; boom; bang",
    ),
)


def test_spring_tells_all_of_it() -> None:
    letter = read("orders-dlt", ("source", b"web"), *SPRING_ERROR, *SPRING_ORIGIN)
    assert letter == DeadLetter(
        "Spring for Apache Kafka",
        "orders",
        1,
        300,
        EVENT,
        "billing",
        "java.lang.IllegalStateException",
        "boom; bang",
    )
    assert (letter.place, letter.reason) == ("orders[1]@300", "IllegalStateException: boom; bang")
    assert letter.origin is letter


def test_spring_puts_the_true_place_of_a_second_death_first_and_replaces_the_error() -> None:
    second = (
        ("kafka_dlt-original-topic", b"orders-dlt"),
        ("kafka_dlt-original-partition", four(0)),
        ("kafka_dlt-original-offset", eight(7)),
        ("kafka_dlt-original-timestamp", eight(DIED)),
        ("kafka_dlt-original-consumer-group", b"repair"),
    )
    letter = read("orders-dlt-dlt", *SPRING_ORIGIN, *SPRING_ERROR, *second)
    assert (letter.place, letter.group, letter.reason) == (
        "orders-dlt[0]@7",
        "repair",
        "IllegalStateException: boom; bang",
    )
    assert [(death.place, death.group, death.reason) for death in letter.earlier] == [("orders[1]@300", "billing", "")]
    assert letter.origin.place == "orders[1]@300"


RETRIED = (
    ("kafka_original-topic", b"orders"),
    ("kafka_original-partition", four(1)),
    ("kafka_original-offset", eight(0)),
    ("kafka_original-timestamp", eight(EVENT)),
    ("kafka_dlt-original-consumer-group", b"billing"),
    ("kafka_exception-fqcn", LISTENER),
    ("kafka_exception-cause-fqcn", THROWN),
    ("kafka_exception-message", b"Listener failed; boom"),
    *(("retry_topic-attempts", four(number)) for number in (2, 3, 4)),
)


def test_the_last_of_the_attempts_counts_and_names_the_next() -> None:
    letter = read("orders-dlt", *RETRIED)
    assert letter == DeadLetter(
        "Spring's @RetryableTopic",
        "orders",
        1,
        0,
        EVENT,
        "billing",
        "java.lang.IllegalStateException",
        "boom",
        3,
    )


@pytest.mark.parametrize("topic", ["orders-retry", "orders-retry-200", "orders-retry-0"])
def test_an_event_that_waits_for_its_next_try_has_not_died(topic: str) -> None:
    assert dead_letter_of(topic, RETRIED, DIED) is None


STACK = b"""org.springframework.messaging.MessagingException: boom
\tat org.springframework.x(Y.java:1)
Caused by: java.lang.RuntimeException: outer
\tat shop.Billing.bill(Billing.java:7)
Caused by: java.util.NoSuchElementException: no such currency
\t... 12 more
"""


def test_of_cloud_stream_the_stack_tells_the_error_and_the_topic_the_group() -> None:
    letter = read(
        "error.orders.billing",
        ("x-original-topic", b"orders"),
        ("x-original-partition", four(0)),
        ("x-original-offset", eight(42)),
        ("x-original-timestamp", eight(EVENT)),
        ("x-exception-fqcn", b"org.springframework.messaging.MessagingException"),
        ("x-exception-message", b"error occurred in message handler [shop.Handler@7acd60bd]; no such currency"),
        ("x-exception-stacktrace", STACK),
    )
    assert letter == DeadLetter(
        "Spring Cloud Stream",
        "orders",
        0,
        42,
        EVENT,
        "billing",
        "java.util.NoSuchElementException",
        "no such currency",
    )
    elsewhere = read("letters", ("x-original-topic", b"orders"), ("x-exception-fqcn", b"shop.E"))
    assert (elsewhere.group, elsewhere.error, elsewhere.offset) == ("", "shop.E", None)


def test_connect_writes_numbers_as_text_and_keeps_the_time_of_the_event() -> None:
    letter = read(
        "letters",
        ("__connect.errors.topic", b"orders"),
        ("__connect.errors.partition", b"0"),
        ("__connect.errors.offset", b"127"),
        ("__connect.errors.connector.name", b"to-files"),
        ("__connect.errors.exception.class.name", b"org.apache.kafka.connect.errors.DataException"),
        ("__connect.errors.exception.message", b"serialization error: "),
    )
    assert letter == DeadLetter(
        "Kafka Connect",
        "orders",
        0,
        127,
        DIED,
        "connect-to-files",
        "org.apache.kafka.connect.errors.DataException",
        "serialization error: ",
    )


def test_streams_tells_what_the_failing_part_read() -> None:
    letter = read(
        "letters",
        ("__streams.errors.topic", b"shop-by-customer-repartition"),
        ("__streams.errors.partition", b"2"),
        ("__streams.errors.offset", b"5"),
        ("__streams.errors.exception", THROWN),
        ("__streams.errors.message", b"boom"),
    )
    assert (letter.place, letter.group, letter.reason) == (
        "shop-by-customer-repartition[2]@5",
        "",
        "IllegalStateException: boom",
    )
    assert letter.is_of_made_event
    assert not read("letters", ("__streams.errors.topic", b"repartition-orders")).is_of_made_event
    assert not read("orders-dlt", ("kafka_dlt-original-topic", b"x-repartition")).is_of_made_event


def test_the_newest_death_of_smallrye_is_the_first_whatever_its_topics_are_called() -> None:
    letter = read("parked", ("dead-letter-topic", b"failed"), ("dead-letter-topic", b"orders"))
    assert (letter.topic, letter.origin.topic) == ("failed", "orders")


def test_the_topics_tell_which_of_two_frameworks_was_first_wherever_their_headers_stand() -> None:
    connect = (("__connect.errors.topic", b"orders-dlt"), ("__connect.errors.offset", b"7"))
    letter = read("letters", *connect, *SPRING_ORIGIN, *SPRING_ERROR)
    assert (letter.framework, letter.origin.framework) == ("Kafka Connect", "Spring for Apache Kafka")


def test_the_timestamp_of_the_letter_is_that_of_its_last_death_alone() -> None:
    topic = "__streams.errors.topic"
    letter = read("letters", (topic, b"orders"), (topic, b"orders-dlt"))
    assert (letter.timestamp_ms, letter.origin.timestamp_ms) == (DIED, None)


def test_a_cause_is_told_where_nothing_else_is() -> None:
    letter = read("letters", *SPRING_ORIGIN, ("kafka_dlt-exception-cause-fqcn", b"shop.OutOfStock"))
    assert letter.error == "shop.OutOfStock"


@pytest.mark.parametrize("identifier", [b"4e8f5a0c", b"", None])
def test_the_identifier_of_what_watermill_published_belongs_to_the_event(identifier: bytes | None) -> None:
    """Its marshaler takes it from the header and writes it again, empty where there was none."""
    header = ("_watermill_message_uuid", identifier)
    died = (header, ("topic_poisoned", b"orders"), ("reason_poisoned", b"boom"), ("source", b"web"))
    assert own_headers(died) == [*([header] if identifier else []), ("source", b"web")]
    assert own_headers([header]) == [header]


def test_two_frameworks_may_have_failed_one_after_the_other() -> None:
    connect = (("__connect.errors.topic", b"orders-dlt"), ("__connect.errors.offset", b"7"))
    letter = read("letters", *SPRING_ORIGIN, *SPRING_ERROR, *connect)
    assert (letter.framework, letter.origin.framework) == ("Kafka Connect", "Spring for Apache Kafka")


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (("kafka_dlt-original-offset", b""), None),
        (("kafka_dlt-original-offset", b"\0" * 9), None),
        (("kafka_dlt-original-offset", None), None),
        (("kafka_dlt-original-offset", (-1).to_bytes(8, "big", signed=True)), None),
        (("kafka_dlt-original-offset", (-(2**63)).to_bytes(8, "big", signed=True)), None),
        (("kafka_dlt-original-offset", (2**63 - 1).to_bytes(8, "big")), 2**63 - 1),
    ],
)
def test_headers_that_lie_make_a_letter_poorer_only(header: Any, told: int | None) -> None:
    assert read("orders-dlt", ("kafka_dlt-original-topic", b"orders"), header).offset == told


@pytest.mark.parametrize(("written", "told"), [(b"-1", None), (b"+1", None), (b"1e3", None), (b"7", 7)])
def test_a_number_in_text_has_digits_alone(written: bytes, told: int | None) -> None:
    assert read("x", ("__connect.errors.topic", b"orders"), ("__connect.errors.offset", written)).offset == told


@pytest.mark.parametrize(("topic", "newest_first"), [("__connect.errors.topic", False), ("dead-letter-topic", True)])
def test_of_thousands_of_deaths_none_is_lost(topic: str, newest_first: bool) -> None:
    origins = [f"orders-{number}" for number in range(2000)]
    headers = [(topic, origin.encode()) for origin in (reversed(origins) if newest_first else origins)]
    letter = read("letters", *headers, SPRING_ORIGIN[0])
    alone = read("letters", *headers)
    assert [death.topic for death in (*alone.earlier, alone)] == origins
    assert len(letter.earlier) == 2000
    assert {death.topic for death in (letter, *letter.earlier)} == {*origins, "orders"}


NAMES = sorted(
    {header.name for convention in CONVENTIONS for header in convention if isinstance(header, Header)} | {"source", "x"}
)


@given(
    st.sampled_from(["orders-dlt", "error.orders.billing", "orders-retry"]),
    st.lists(st.tuples(st.sampled_from(NAMES), st.one_of(st.none(), st.binary(max_size=40))), max_size=12),
)
def test_no_header_ends_it(topic: str, headers: Any) -> None:
    letter = dead_letter_of(topic, headers, DIED)
    if letter is not None:
        assert letter.place.startswith(letter.topic)
        assert all(not death.earlier for death in letter.earlier)


def test_an_event_knows_its_death() -> None:
    record = PlainRecord(("orders-dlt", 0, 3), (1, DIED), b"42", b"{}", (*SPRING_ORIGIN, *SPRING_ERROR))
    letter = Event(record, JsonOrText()).dead_letter
    assert letter is not None
    assert letter.place == "orders[1]@300"
    plain = PlainRecord(("orders", 0, 3), (1, DIED), b"42", b"{}", (("source", b"web"),))
    assert Event(plain, JsonOrText()).dead_letter is None


@pytest.mark.parametrize(
    "name",
    [
        "orders-dlq",
        "orders.DLQ",
        "orders_dead_letter",
        "shop.orders.errors",
        "dlq-orders",
        "dlq.shop.orders",
        "orders-billing-dlt",
        "orders-dead-letter-queue",
        "orders.poison.v1",
        "orders-failed",
    ],
)
def test_topics_of_dead_letters_have_names_that_people_give(name: str) -> None:
    assert letters_on("orders", ["orders", "orders-out", name]) == [name]


def test_another_topic_is_called_otherwise() -> None:
    names = ["orders", "orders-retry-0", "reorders-dlq", "invoices-dlq", "orders-dlqs", "terrors-orders", "orders-paid"]
    assert letters_on("orders", names) == []


@pytest.mark.parametrize(
    ("names", "partition", "offset"),
    [
        ("kafka_dlt-original", b"0", b"2"),
        ("kafka_dlt-original", b"1234", b"12345678"),
        ("kafka_dlt-original", b"12", four(7)),
        ("x-original", b"0", b"7"),
        ("x-original", four(0), b"1234567890"),
    ],
)
def test_numbers_in_text_under_a_known_name_are_the_numbers(names: str, partition: bytes, offset: bytes) -> None:
    """Services of one's own write them so, under the names that others have in bytes."""
    letter = read(
        "orders-dlt", (f"{names}-topic", b"orders"), (f"{names}-partition", partition), (f"{names}-offset", offset)
    )
    read_as = [int(one) if one.isdigit() else int.from_bytes(one, "big") for one in (partition, offset)]
    assert [letter.partition, letter.offset] == read_as


@given(st.integers(0, 10_000), st.integers(0, 10**15))
def test_a_place_in_bytes_is_never_taken_for_text(partition: int, offset: int) -> None:
    letter = read(
        "orders-dlt",
        ("kafka_dlt-original-topic", b"orders"),
        ("kafka_dlt-original-partition", four(partition)),
        ("kafka_dlt-original-offset", eight(offset)),
    )
    assert (letter.partition, letter.offset) == (partition, offset)
