"""A name that the event writes otherwise, or has as a part of itself, is doubted where a keyword passed by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import ExpectationFailed
from KafkaLibrary.event import Event

Pass = Callable[[KafkaLibrary, Event], object]
ORDER = {
    "status": "PAID",
    "orderId": 7,
    "customer": {"name": "Ada"},
    "lines": [{"sku": "P-7"}, {"sku": "P-8"}],
    "error": None,
    "total": 9.5,
}


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.levelname == "WARNING"]


@pytest.fixture
def order(kafka: KafkaLibrary, topic: str) -> Event:
    return kafka.publish_event(topic, ORDER, headers={"source": "web"})


PARTS: list[tuple[Any, str, str]] = [
    ({"value": 5}, "value == 5", "$.value"),
    ({"value": "PAID"}, "value contains PAID", "$.value"),
    ({"topic": "b"}, "topic == b", "$.topic"),
    ({"key": "a"}, "key == a", "$.key"),
    ({"key": {"id": 4}}, "key.id == 4", "$.key.id"),
    ({"offset": 77}, "offset > 70", "$.offset"),
    ({"partition": 99}, "partition == 99", "$.partition"),
    ({"timestamp": "2020-01-01T00:00:00Z"}, "timestamp == 2020-01-01T00:00:00Z", "$.timestamp"),
    ({"headers": {"source": "web"}}, "headers.source == web", "$.headers.source"),
    ({"is_tombstone": True}, "is_tombstone == true", "$.is_tombstone"),
    ({"value": 5}, "Value == 5", "$.value"),
]


@pytest.mark.parametrize(("value", "condition", "field"), PARTS)
def test_a_field_named_like_a_part_of_the_event_is_told(
    kafka: KafkaLibrary, topic: str, value: Any, condition: str, field: str, caplog: pytest.LogCaptureFixture
) -> None:
    kafka.publish_event(topic, value)
    kafka.no_event_should_arrive(topic, condition, within=0)
    (told,) = warnings(caplog)
    assert f"Did you mean `{field}`?" in told
    with pytest.raises(ExpectationFailed) as failure:
        kafka.wait_for_event(topic, condition, timeout=0)
    assert field in str(failure.value)


def test_who_means_the_part_of_the_event_says_so(
    kafka: KafkaLibrary, topic: str, caplog: pytest.LogCaptureFixture
) -> None:
    event = kafka.publish_event(topic, {"key": "a", "value": 5}, key="b")
    kafka.no_event_should_arrive(topic, "key == a", within=0, strict=True)
    kafka.no_event_should_arrive(topic, "key == c", within=0)
    kafka.event_field_should_not_be(event, "key", "a", strict=True)
    kafka.event_field_should_be(event, "key", "b")
    assert warnings(caplog) == []


@pytest.mark.parametrize(
    ("path", "expected", "field"), [("value", 5, "$.value"), ("key", "a", "$.key"), ("topic", "x", "$.topic")]
)
def test_a_check_of_a_field_that_is_none_is_told(
    kafka: KafkaLibrary, topic: str, path: str, expected: Any, field: str, caplog: pytest.LogCaptureFixture
) -> None:
    event = kafka.publish_event(topic, {"value": 5, "key": "a", "topic": "x"}, key="b")
    kafka.event_field_should_not_be(event, path, expected)
    (told,) = warnings(caplog)
    assert f"Did you mean `{field}`?" in told
    with pytest.raises(ExpectationFailed, match=rf"the field \{field} meets it"):
        kafka.event_field_should_be(event, path, expected)


ALIKE = [
    ("Status", "$.status"),
    ("statsu", "$.status"),
    ("order_id", "$.orderId"),
    ("payload.status", "$.status"),
    ("$.value.status", "$.status"),
    ("Customer.name", "$.customer.name"),
    ("customer.Name", "$.customer.name"),
    ("name", "$.customer.name"),
    ("headers.Source", "headers.source"),
    ("header.source", "headers.source"),
    ("lines[*].SKU", "$.lines[*].sku"),
    ("lines[0].Sku", "$.lines[0].sku"),
    ("$..SKU", "$..sku"),
    ("$.lines[?(@.SKU == 'P-7')]", "$.lines[?(@.sku == 'P-7')]"),
    ("$.lines[?(@.sku == 'p-7')]", "$.lines[?(@.sku == 'P-7')]"),
]


@pytest.mark.parametrize(("path", "meant"), ALIKE)
def test_a_field_that_does_not_exist_under_this_name_alone_is_told(
    kafka: KafkaLibrary, order: Event, path: str, meant: str, caplog: pytest.LogCaptureFixture
) -> None:
    kafka.event_field_should_not_exist(order, path)
    kafka.wait_for_event(order.topic, f"{path} does not exist", timeout=0)
    for told in warnings(caplog):
        assert f"is missing, and there is {meant}." in told
    assert len(warnings(caplog)) == 2


SOUND = [
    "note",
    "errors",
    "line",
    "totals",
    "subtotal",
    "customer.status",
    "customer.email",
    "lines[5].sku",
    "headers.target",
    "statusCode",
    "meta.error",
    "$.lines[?(@.sku == 'P-9')]",
    "$..note",
]


@pytest.mark.parametrize("path", SOUND)
def test_a_name_that_is_only_similar_is_not_told(
    kafka: KafkaLibrary, order: Event, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    kafka.event_field_should_not_exist(order, path)
    assert warnings(caplog) == []


def test_who_asks_for_both_names_knows_both(
    kafka: KafkaLibrary, order: Event, caplog: pytest.LogCaptureFixture
) -> None:
    kafka.event_should_match(order, "order_id does not exist", "orderId exists")
    kafka.event_should_be_like(order, {"Status": "#notpresent", "status": "PAID"})
    kafka.event_should_be_like(order, {"name": "#notpresent", "customer": {"name": "Ada"}})
    assert warnings(caplog) == []


@pytest.mark.parametrize(
    ("expected", "meant"),
    [
        ({"Status": "#notpresent"}, "$.status"),
        ({"orderID": "##number"}, "$.orderId"),
        ({"name": "#notpresent"}, "$.customer.name"),
        ({"customer": {"Name": "##string"}}, "$.customer.name"),
        ({"lines": [{"Sku": "#ignore"}, {"sku": "P-8"}]}, "$.lines[0].sku"),
        ({"lines": '#[] {"Sku": "##string"}'}, "$.lines.sku"),
        ({"lines": '#contains {"SKU": "#notpresent"}'}, "$.lines.sku"),
        ({"status": "#? != paid"}, "was PAID"),
        ({"status": "#? not in new, paid"}, "was PAID"),
    ],
)
def test_a_likeness_that_nothing_could_break_is_told(
    kafka: KafkaLibrary, order: Event, expected: Any, meant: str, caplog: pytest.LogCaptureFixture
) -> None:
    kafka.event_should_be_like(order, expected)
    (told,) = warnings(caplog)
    assert meant in told


@pytest.mark.parametrize(
    "expected",
    [
        {"note": "##string", "sku": "##string"},
        {"errors": "#notpresent"},
        {"status": "#? != NEW", "orderId": "#number"},
        {"lines": "#[] #object"},
    ],
)
def test_a_likeness_with_what_may_be_missing_is_not_told(
    kafka: KafkaLibrary, order: Event, expected: Any, caplog: pytest.LogCaptureFixture
) -> None:
    kafka.event_should_be_like(order, expected)
    assert warnings(caplog) == []


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("$..SKU == P-7", "Did you mean `$..sku`?"),
        ("lines[*].SKU == P-7", "Did you mean `$.lines[*].sku`?"),
        ('$.lines[?(@.SKU == "P-7")] exists', 'Did you mean `$.lines[?(@.sku == "P-7")]`?'),
        ("$.lines[?(@['SKU'] == 'P-7')].sku == P-7", "Did you mean `$.lines[?(@['sku'] == 'P-7')].sku`?"),
        ("$.lines[?(@.sku == 'p-7')].sku == P-7", "Did you mean `$.lines[?(@.sku == 'P-7')].sku`?"),
        ({"customer": {"name": "ada"}}, "differs only in case"),
        ({"customer": {"Name": "Ada"}}, "differs only in case"),
        ({"lines": [{"SKU": "P-7"}, {"sku": "p-8"}]}, "differs only in case"),
    ],
)
def test_a_negative_is_doubted_below_the_top_too(
    kafka: KafkaLibrary, order: Event, condition: Any, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    kafka.no_event_should_arrive(order.topic, condition, within=0)
    (told,) = warnings(caplog)
    assert said in told


@pytest.mark.parametrize(
    "condition",
    ["$..sku == P-9", "$.lines[?(@.sku == 'P-9')].sku == P-9", "$..note exists", {"customer": {"name": "Bob"}}],
)
def test_a_negative_below_the_top_that_may_well_hold_is_not_doubted(
    kafka: KafkaLibrary, order: Event, condition: Any, caplog: pytest.LogCaptureFixture
) -> None:
    kafka.no_event_should_arrive(order.topic, condition, within=0)
    assert warnings(caplog) == []
