"""A keyword that passed, and perhaps not for what was meant, says so, or fails where the import says that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import ExpectationFailed, KeywordMisused
from KafkaLibrary.event import Event

Pass = Callable[[KafkaLibrary, Event], object]


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.levelname == "WARNING"]


def test_a_negative_that_nothing_could_fail_is_told(
    kafka: KafkaLibrary, topic: str, caplog: pytest.LogCaptureFixture
) -> None:
    kafka.publish_event(topic, {"orderId": 9})
    kafka.no_event_should_arrive(topic, "orderID == 9", within=0)
    kafka.event_count_should_be(topic, 0, "ordrId == 9", within=0)
    for path, warning in zip(("orderID", "ordrId"), warnings(caplog), strict=True):
        assert warning == (
            f"No event on '{topic}' matched, and perhaps none could: $.{path} is missing in the event. "
            "Did you mean `orderId`?"
        )


def test_a_negative_takes_values_of_any_type_for_a_field_that_is_missing(kafka: KafkaLibrary, topic: str) -> None:
    kafka.publish_event(topic, {"orderId": 9})
    kafka.no_event_should_arrive(topic, {"items": [1], "orderid": {"a": 1}}, within=0)


def test_an_event_that_has_the_field_ends_the_doubt(
    kafka: KafkaLibrary, topic: str, caplog: pytest.LogCaptureFixture
) -> None:
    kafka.publish_event(topic, {"refundId": 5}, partition=0)
    kafka.publish_events(topic, [{"refundid": 1}] * 30)
    kafka.no_event_should_arrive(topic, "refundId == 7", within=0)
    assert warnings(caplog) == []


@pytest.mark.parametrize("value", [{"payload": {"id": 7}}, [{"id": 7}]], ids=["deeper", "list"])
def test_a_negative_whose_field_is_at_another_place_is_told(
    kafka: KafkaLibrary, topic: str, value: Any, caplog: pytest.LogCaptureFixture
) -> None:
    kafka.publish_event(topic, value)
    path = "$.payload.id" if isinstance(value, dict) else "$[0].id"
    kafka.no_event_should_arrive(topic, "id exists", "id == 8", within=0)
    assert warnings(caplog) == []
    kafka.no_event_should_arrive(topic, "id == 7", within=0)
    assert kafka.get_events(topic, "id == 7") == []
    told = (
        f"No event on '{topic}' matched, and perhaps none could: $.id is missing in the event. Did you mean `{path}`?"
    )
    assert warnings(caplog) == [told, told]


@pytest.mark.parametrize(
    ("value", "conditions"),
    [
        ({"type": "order", "customer": {"id": 7}}, ("type == refund", "id == 7")),
        ({"meta": {"error": None}}, ("error exists",)),
        ({"payload": {"order": 7}}, ("order exists", "order.id == 7")),
    ],
    ids=["other-conditions", "exists", "half-of-the-path"],
)
def test_a_field_at_another_place_that_would_not_match_is_not_told(
    kafka: KafkaLibrary, topic: str, value: Any, conditions: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    kafka.publish_event(topic, value)
    kafka.no_event_should_arrive(topic, *conditions, within=0)
    assert warnings(caplog) == []


@pytest.mark.parametrize(
    ("value", "conditions"),
    [
        ({"x": {"id": "A-7"}}, ("id matches ^A-7",)),
        ({"x": {"id": 7}, "n": "A-7"}, ("id == 7", "n matches ^(A|-|[0-9]+)+$")),
    ],
    ids=["pattern", "other-pattern"],
)
def test_where_a_pattern_may_take_long_no_other_place_is_tried(
    kafka: KafkaLibrary, topic: str, value: Any, conditions: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    kafka.publish_event(topic, value)
    kafka.no_event_should_arrive(topic, *conditions, within=0)
    assert not any("Did you mean" in one for one in warnings(caplog))


def test_the_rest_of_a_path_is_followed_at_another_place(
    kafka: KafkaLibrary, topic: str, caplog: pytest.LogCaptureFixture
) -> None:
    kafka.publish_event(topic, {"payload": {"order": {"id": 7}}})
    kafka.no_event_should_arrive(topic, "order.id == 7", within=0)
    (told,) = warnings(caplog)
    assert told.endswith("Did you mean `$.payload.order.id`?")


@pytest.mark.parametrize("condition", ["orderId == 8", "refund exists", "note does not exist", "key == 9"])
def test_a_negative_that_may_well_hold_is_not_doubted(
    kafka: KafkaLibrary, request: pytest.FixtureRequest, condition: str, caplog: pytest.LogCaptureFixture
) -> None:
    topic = f"undoubted.{request.node.callspec.indices['condition']}"
    kafka.publish_event(topic, {"orderId": 9, "note": 1}, key="x")
    kafka.no_event_should_arrive(topic, condition, within=0)
    assert warnings(caplog) == []


@pytest.mark.parametrize(
    ("condition", "meant"),
    [
        ("header.source == web", "headers.source"),
        ("payload.status == PAID", "$.status"),
        ("$.value.status == PAID", "$.status"),
        ("message.headers.source == web", "headers.source"),
        ("$.key == 7", "key"),
        ("headers.status == PAID", "$.status"),
        ("payload.total >= 9", "$.total"),
        ("header.source exists", "headers.source"),
        ("items.length == 2", "$.items length == 2"),
        ("items.size > 1", "$.items length > 1"),
    ],
)
def test_a_path_from_another_place_on_is_told(
    kafka: KafkaLibrary, request: pytest.FixtureRequest, condition: str, meant: str, caplog: pytest.LogCaptureFixture
) -> None:
    topic = f"places.{request.node.callspec.indices['condition']}"
    kafka.publish_event(topic, {"status": "PAID", "total": 9.5, "items": [1, 2]}, key="7", headers={"source": "web"})
    kafka.no_event_should_arrive(topic, condition, within=0)
    (told,) = warnings(caplog)
    assert told.endswith(f"Did you mean `{meant}`?")
    with pytest.raises(ExpectationFailed) as failure:
        kafka.wait_for_event(topic, condition, timeout=0)
    assert any(f"({begin} {meant}" in str(failure.value) for begin in ("there is", "there are", "did you mean"))


def test_a_field_that_no_event_has_is_told_with_their_number(
    kafka: KafkaLibrary, topic: str, caplog: pytest.LogCaptureFixture
) -> None:
    kafka.publish_events(topic, [{"orderId": number} for number in range(30)])
    kafka.no_event_should_arrive(topic, "customerNumber == 42", within=0)
    (told,) = warnings(caplog)
    assert told == (
        f"No event on '{topic}' matched, and perhaps none could: none of the latest 30 events has $.customerNumber. "
        "If it may be missing, add a condition: `$.customerNumber exists`."
    )


@pytest.mark.parametrize(
    "conditions",
    [
        ("customerNumber exists",),
        ("customerNumber does not exist", "orderId == 8"),
        ("customerNumber exists", "customerNumber == 42"),
        ("customer exists", "customer.number == 42"),
        ("type == PaymentRejected", "reason == fraud"),
        ("error.code == 5",),
        ("items[0].sku == P-7",),
        ("items[*].sku == P-7",),
        ("$.items[?(@.sku == 'P-7')].sku == P-7",),
        ("$..sku == P-7",),
    ],
)
def test_a_field_that_may_well_be_missing_is_not_doubted(
    kafka: KafkaLibrary, request: pytest.FixtureRequest, conditions: Any, caplog: pytest.LogCaptureFixture
) -> None:
    topic = f"missing.{request.node.callspec.indices['conditions']}"
    kafka.publish_event(topic, {"orderId": 7, "type": "OrderPlaced", "error": None, "items": []})
    kafka.no_event_should_arrive(topic, *conditions, within=0)
    assert warnings(caplog) == []


def test_where_no_event_was_read_nothing_is_doubted(
    kafka: KafkaLibrary, topic: str, caplog: pytest.LogCaptureFixture
) -> None:
    kafka.publish_event(topic, {"orderId": 7})
    kafka.no_event_should_arrive(topic, "customerNumber == 42", within=0, since="latest")
    assert warnings(caplog) == []


@pytest.fixture(scope="module")
def doubting() -> Iterator[KafkaLibrary]:
    library = KafkaLibrary("embedded", timeout="10 s", doubts="fail")
    yield library
    library.disconnect_from_all_kafka()


@pytest.mark.parametrize(
    ("passing", "said"),
    [
        (lambda kafka, event: kafka.no_event_should_arrive(event.topic, "customerNumber == 42", within=0), "has no"),
        (lambda kafka, event: kafka.no_event_should_arrive(event.topic, "statsu == PAID", within=0), "Did you mean"),
        (lambda kafka, event: kafka.no_event_should_arrive(event.topic, "status == paid", within=0), "only in case"),
        (lambda kafka, event: kafka.get_events(event.topic, "status == paid"), "only in case"),
        (lambda kafka, event: kafka.wait_for_event(event.topic, "status != paid"), "only in case"),
        (lambda kafka, event: kafka.wait_for_events(event.topic, 1, "status != paid"), "only in case"),
        (lambda kafka, event: kafka.event_count_should_be(event.topic, 1, "status != paid", within=0), "only in"),
        (lambda kafka, event: kafka.event_should_match(event, "status != paid"), "only in case"),
        (lambda kafka, event: kafka.event_field_should_not_be(event, "status", "paid"), "only in case"),
        (lambda kafka, event: kafka.get_event_field(event, "status", "not contains", "paid"), "only in case"),
    ],
)
def test_what_is_doubted_fails_where_the_import_says_so(
    doubting: KafkaLibrary, request: pytest.FixtureRequest, passing: Pass, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    doubting.start_test()
    event = doubting.publish_event(f"failing.{request.node.callspec.indices['passing']}", {"status": "PAID"})
    with pytest.raises(KeywordMisused, match=said):
        passing(doubting, event)
    assert warnings(caplog) == []


def test_what_is_not_doubted_passes_where_doubts_fail(doubting: KafkaLibrary, topic: str) -> None:
    doubting.start_test()
    doubting.publish_event(topic, {"status": "PAID"})
    doubting.no_event_should_arrive(topic, "status == NEW", within=0)
    doubting.no_event_should_arrive(topic, "status == paid", within=0, strict=True)
    assert doubting.wait_for_event(topic, "status != NEW")


@pytest.mark.parametrize("doubts", ["fial", True, None, ""])
def test_only_two_things_can_be_done_about_doubts(doubts: Any) -> None:
    with pytest.raises(KeywordMisused, match="doubts= is warn or fail, not"):
        KafkaLibrary("embedded", doubts=doubts)


BY_LETTERS = (
    "$.amount was n/a, and unless both are numbers they compare as text, letter by letter. "
    'If that order is meant, write `$.amount > "100"`.'
)
BY_TYPE = (
    "differs only in type, quotes or spaces. A number in a variable equals numbers only: "
    "as a text, such as `42` for `${42}`, it equals both. Set strict=True if that matters."
)


@pytest.mark.parametrize(
    "passing",
    [
        lambda kafka, event: kafka.wait_for_event(event.topic, "amount > 100"),
        lambda kafka, event: kafka.wait_for_events(event.topic, 2, "amount > 100"),
        lambda kafka, event: kafka.event_count_should_be(event.topic, 2, "amount > 100", within=0),
        lambda kafka, event: kafka.get_events(event.topic, "amount > 100"),
        lambda kafka, event: kafka.event_should_match(event, "amount > 100"),
        lambda kafka, event: kafka.get_event_field(event, "amount", ">", "100"),
    ],
    ids=["wait", "waits", "count", "get", "match", "field"],
)
def test_an_order_that_a_text_meets_by_its_letters_is_told_once(
    kafka: KafkaLibrary, topic: str, passing: Pass, caplog: pytest.LogCaptureFixture
) -> None:
    event = kafka.publish_event(topic, {"amount": "n/a"}, partition=0)
    kafka.publish_event(topic, {"amount": "n/a"}, partition=0)
    passing(kafka, event)
    assert warnings(caplog) == [f"{event.place} meets `$.amount > 100`, but perhaps not as you mean it: {BY_LETTERS}"]


def test_not_the_first_of_several_events_may_be_the_one_to_tell_of(
    kafka: KafkaLibrary, topic: str, caplog: pytest.LogCaptureFixture
) -> None:
    kafka.publish_event(topic, {"amount": 150}, partition=0)
    second = kafka.publish_event(topic, {"amount": "n/a"}, partition=0)
    kafka.wait_for_events(topic, 2, "amount > 100")
    assert [told.split()[0] for told in warnings(caplog)] == [second.place]


@pytest.mark.parametrize(
    "passing",
    [
        lambda kafka, event: kafka.wait_for_event(event.topic, 'amount > "100"'),
        lambda kafka, event: kafka.wait_for_event(event.topic, "paid > 100", "amount == n/a"),
        lambda kafka, event: kafka.event_field_should_not_be(event, "id", 43),
        lambda kafka, event: kafka.event_field_should_be(event, "id", "42"),
        lambda kafka, event: kafka.no_event_should_arrive(event.topic, "id == 43", within=0),
        lambda kafka, event: kafka.no_event_should_arrive(event.topic, {"id": 43}, within=0),
        lambda kafka, event: kafka.no_event_should_arrive(event.topic, {"id": 42, "paid": 5}, within=0),
    ],
    ids=["order-of-texts", "numbers", "another-number", "text", "negative", "negative-number", "another-event"],
)
def test_what_is_compared_as_it_is_meant_is_not_doubted(
    kafka: KafkaLibrary, topic: str, passing: Pass, caplog: pytest.LogCaptureFixture
) -> None:
    passing(kafka, kafka.publish_event(topic, {"amount": "n/a", "paid": 101, "id": "42"}))
    assert warnings(caplog) == []


def test_a_number_in_a_variable_that_is_unlike_a_text_of_it_is_told(
    kafka: KafkaLibrary, topic: str, caplog: pytest.LogCaptureFixture
) -> None:
    event = kafka.publish_event(topic, {"id": "42"})
    kafka.publish_events(topic, [{"note": "another kind"}] * 30)
    kafka.event_field_should_not_be(event, "id", 42)
    kafka.no_event_should_arrive(topic, {"id": 42}, within=0)
    assert warnings(caplog) == [
        f'{event.place} meets `$.id != 42`, but perhaps not as you mean it: $.id was "42", and `$.id != 42` {BY_TYPE}',
        f"No event on '{topic}' matched, but {event.place} nearly did: $.id was \"42\", and `$.id == 42` {BY_TYPE}",
    ]


@pytest.mark.parametrize(
    "condition", [("status", "==", "'PAID'"), ({"status": "PAID "},), ("status in PAID\u200b, NEW",)]
)
def test_a_negative_that_quotes_or_blanks_alone_let_pass_is_told(
    kafka: KafkaLibrary, condition: tuple[Any, ...], caplog: pytest.LogCaptureFixture
) -> None:
    event = kafka.publish_event("slips", {"status": "PAID"})
    kafka.no_event_should_arrive("slips", *condition, within=0)
    (told,) = warnings(caplog)
    assert told.startswith(f"No event on 'slips' matched, but {event.place} nearly did: $.status was PAID, and `")
    assert told.endswith(" differs only in type, quotes or spaces. Set strict=True if that matters.")
    kafka.no_event_should_arrive("slips", *condition, within=0, strict=True)
    assert len(warnings(caplog)) == 1


def test_a_tombstone_says_nothing_of_names_of_fields(
    kafka: KafkaLibrary, topic: str, caplog: pytest.LogCaptureFixture
) -> None:
    kafka.publish_event(topic, {"orderId": 9}, partition=0)
    kafka.publish_tombstone(topic, "k-1", partition=0)
    kafka.no_event_should_arrive(topic, "orderID == 9", within=0)
    (warning,) = warnings(caplog)
    assert warning.endswith("$.orderID is missing in the event. Did you mean `orderId`?")


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(
    ("value", "condition", "there"),
    [
        ("null", "value == null", "its value is null in json, which is not a tombstone"),
        ("null", "is_tombstone == true", "its value is null in json, which is not a tombstone"),
        (None, "$ == null", "it is a tombstone"),
    ],
    ids=["value", "is_tombstone", "document"],
)
def test_a_negative_beside_the_other_null_is_told(
    kafka: KafkaLibrary,
    topic: str,
    caplog: pytest.LogCaptureFixture,
    value: str | None,
    condition: str,
    there: str,
    strict: bool,
) -> None:
    event = kafka.publish_tombstone(topic, "k-1") if value is None else kafka.publish_event(topic, value, key="k-1")
    kafka.no_event_should_arrive(topic, condition, within=0, strict=strict)
    assert kafka.get_events(topic, condition, strict=strict) == []
    told = (
        f"No event on '{topic}' matched, but {event.place} nearly did: {there}. `value == null` matches a "
        "tombstone, `$ == null` for null in a value."
    )
    assert warnings(caplog) == [told, told]


def test_a_negative_on_a_value_that_does_not_fit_its_schema_is_told(
    kafka: KafkaLibrary, topic: str, caplog: pytest.LogCaptureFixture
) -> None:
    total = {"field": "total", "type": "bytes", "name": "org.apache.kafka.connect.data.Decimal"}
    schema = {"type": "struct", "fields": [{**total, "parameters": {"scale": "2"}}]}
    event = kafka.publish_event(topic, {"schema": schema, "payload": {"total": "***"}}, key="7")
    kafka.no_event_should_arrive(topic, "total > 50", within=0)
    kafka.no_event_should_arrive(topic, "key == 8", "total > 50", within=0)
    kafka.no_event_should_arrive(topic, "key == 8", within=0)
    assert len(warnings(caplog)) == 1
    assert f"{event.place} does not fit the schema that came with it" in warnings(caplog)[0]
    assert "$.payload.total should be the unscaled bytes of a decimal as base64 text" in warnings(caplog)[0]
    kafka.set_topic_format(topic, value="json")
    kafka.no_event_should_arrive(topic, "payload.total > 50", within=0)
    assert len(warnings(caplog)) == 1


def test_a_negative_whose_field_is_in_json_in_a_text_is_told(
    kafka: KafkaLibrary, topic: str, caplog: pytest.LogCaptureFixture
) -> None:
    kafka.publish_event(topic, {"res": '{"status": 200}'})
    kafka.no_event_should_arrive(topic, "status == 200", within=0)
    (warning,) = warnings(caplog)
    assert warning.endswith("$.status is missing in the event. Did you mean `$.res.status`?")


def test_a_negative_that_an_earlier_header_of_the_name_meets_is_told(
    kafka: KafkaLibrary, topic: str, caplog: pytest.LogCaptureFixture
) -> None:
    event = kafka.publish_event(topic, "x", headers=[("x", "new"), ("x", "old")])
    for condition in ("headers.x[-1] == new", "headers.x == other", "headers.x ^= ol"):
        if condition.endswith("ol"):
            kafka.wait_for_event(topic, condition)
        else:
            kafka.no_event_should_arrive(topic, condition, within=0)
    assert warnings(caplog) == []
    kafka.no_event_should_arrive(topic, "headers.x == new", within=0)
    (told,) = warnings(caplog)
    assert told == (
        f"No event on '{topic}' matched, but {event.place} nearly did: headers.x was old, the last of that name, and "
        "headers.x[0] meets `headers.x == new`. Write headers.x[*] if any of them counts, or headers.x[-1] "
        "if the last does."
    )
