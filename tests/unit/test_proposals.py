"""What a message proposes leads on: neither back to the same message, nor to what always passes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Event

Call = Callable[[KafkaLibrary, Event], object]


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.levelname == "WARNING"]


@pytest.fixture
def event(kafka: KafkaLibrary, topic: str) -> Event:
    return kafka.publish_event(topic, {"status": "PAID", "orderId": 7})


def wait(*cells: Any, **named: Any) -> Call:
    return lambda kafka, event: kafka.wait_for_event(event.topic, *cells, **{"timeout": 0, **named})


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (wait("is_tombstone"), "Write `is_tombstone == true`."),
        (wait("topic"), "Write `topic == VALUE`. For a field of that name write `$.topic exists`."),
        (wait("offset"), "Write `offset == VALUE`."),
        (wait("value"), "Write `value == VALUE`. For a field of that name write `$.value exists`."),
        (wait("headers"), "Write `headers.NAME == VALUE`."),
        (wait("is_tombstone exists"), "Write `is_tombstone == true`"),
        (wait("topic", "exists"), "An event always has a topic."),
        (wait("offset does not exist"), "An event always has an offset."),
        (wait("orderId in ['1', 2, '3']"), "Write three cells: `orderId    in    ${LIST}`"),
        (wait("payments", "id == 7"), "several of them go into one cell, with commas between them"),
        (wait("timeout:0.3 s"), "Write `timeout=0.3 s`."),
        (wait("since:earliest"), "Write `since=earliest`."),
        (wait(["status == PAID"]), "Write `@{LIST}` instead of `${LIST}`"),
        (lambda kafka, event: kafka.set_kafka_timeout(""), "timeout= is empty."),
        (lambda kafka, event: kafka.set_kafka_timeout(0), "timeout= of a connection can't be 0"),
        (lambda kafka, event: kafka.connect_to_kafka("embedded", timeout="0 s"), "timeout= of a connection can't be 0"),
        (lambda kafka, event: kafka.save_events(event.topic, "id == 7"), "comes before the conditions"),
        (lambda kafka, event: kafka.save_events(event.topic, "id==7", "x.jsonl"), "comes before the conditions"),
    ],
)
def test_what_is_proposed_is_what_was_meant(kafka: KafkaLibrary, event: Event, call: Call, said: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        call(kafka, event)
    assert said in str(refused.value)


@pytest.mark.parametrize("nothing", ["", None])
def test_an_empty_start_point_is_one_that_was_not_given(kafka: KafkaLibrary, event: Event, nothing: str | None) -> None:
    assert kafka.wait_for_event(event.topic, since=nothing, timeout=None).place == event.place


def test_an_empty_time_is_refused(kafka: KafkaLibrary, event: Event) -> None:
    with pytest.raises(KeywordMisused, match=r"timeout= is empty\.\nOmit it"):
        kafka.wait_for_event(event.topic, timeout="")


@pytest.mark.parametrize("path", ["status == PAID", "$.status == PAID", "status==PAID", "status=PAID", "orderId >= 1"])
def test_a_condition_in_the_place_of_a_path_is_no_name_of_a_field(kafka: KafkaLibrary, event: Event, path: str) -> None:
    calls: list[Callable[[], object]] = [
        lambda: kafka.event_field_should_exist(event, path),
        lambda: kafka.event_field_should_not_exist(event, path),
        lambda: kafka.event_field_should_be(event, path, "PAID"),
        lambda: kafka.get_event_field(event, path),
    ]
    for call in calls[: 3 if path == "status=PAID" else 4]:
        with pytest.raises(KeywordMisused) as refused:
            call()
        assert f"`Event Should Match    EVENT    {path}`" in str(refused.value)


def test_a_text_is_no_decimal_because_its_letters_could_be(kafka: KafkaLibrary, event: Event) -> None:
    judged = []
    for condition in ("status > 5", "status < 5"):
        with pytest.raises(AssertionError) as failure:
            kafka.event_should_match(event, condition)
        judged.append(str(failure.value))
    assert all('"PAID" is a text and not a number' in one for one in judged)


def test_a_schema_file_that_is_missing_is_told_as_one(
    kafka: KafkaLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "order.avsc").write_text('"string"')
    monkeypatch.chdir(tmp_path)
    with pytest.raises(KeywordMisused, match=r"There is no file for the schema .*Did you mean 'order.avsc'"):
        kafka.register_schema("orders-value", "order.avcs")


@pytest.mark.parametrize(
    ("schema", "meant"),
    [
        ({"type": "object", "requierd": ["x"]}, "required"),
        ({"type": "object", "require": ["x"]}, "required"),
        ({"type": "object", "properties": {"status": {"Type": "string", "minLength": 1}}}, "type"),
        ({"type": "object", "properties": {"status": {"type": "string", "enmu": ["NEW"]}}}, "enum"),
        ({"type": "object", "additionalProperty": False}, "additionalProperties"),
        ({"type": "object", "allOf": [{"propertys": {}}]}, "properties"),
        ({"tpye": "object", "minProperties": 1}, "type"),
    ],
)
def test_a_misspelt_rule_of_a_schema_is_refused(
    kafka: KafkaLibrary, event: Event, schema: dict[str, Any], meant: str
) -> None:
    with pytest.raises(KeywordMisused, match=rf"Did you mean `{meant}`\?"):
        kafka.event_should_match_schema(event, schema)


@pytest.mark.parametrize(
    "notes",
    [
        {"x-requierd": 1, "nullable": True, "deprecated": False, "readOnly": True, "example": 1, "examples": []},
        {"enumNames": ["a"], "enumDescriptions": [], "discriminator": {"propertyName": "x"}, "xml": {}, "options": {}},
        {"title": "t", "description": "d", "$comment": "c", "contentMediaType": "text/plain", "contentEncoding": "x"},
        {"connect.type": "int8", "connect.index": 1, "propertyOrder": 1, "javaType": "x", "existingJavaType": "y"},
        {"properties": {"requierd": {"type": "string"}, "tpye": {}}, "errorMessage": {"required": "x"}},
        {"definitions": {"requierd": {"type": "string"}}, "$defs": {}, "id": "x", "default": {"requierd": 1}},
    ],
)
def test_notes_of_other_tools_are_no_rules(kafka: KafkaLibrary, event: Event, notes: dict[str, Any]) -> None:
    kafka.event_should_match_schema(event, {"type": "object", "required": ["status"], **notes})


def test_a_start_that_is_still_to_come_proves_nothing(
    kafka: KafkaLibrary, event: Event, caplog: pytest.LogCaptureFixture
) -> None:
    kafka.no_event_should_arrive(event.topic, "orderId == 7", since="2099-01-01", within=0)
    kafka.event_count_should_be(event.topic, 0, since="2099-01-01", within=0)
    assert kafka.get_events(event.topic, since="2099-01-01") == []
    assert ["still to come" in one for one in warnings(caplog)] == [True] * 3
    caplog.clear()
    kafka.no_event_should_arrive(event.topic, "orderId == 8", since="2020-01-01", within=0)
    kafka.no_event_should_arrive(event.topic, "orderId == 7", since="latest", within=0)
    assert warnings(caplog) == []


@pytest.mark.parametrize(("name", "is_told"), [("ordres-dlt", True), ("order-dlq", True), ("orders-dlt", False)])
def test_a_dead_letter_topic_that_is_not_there_is_told_where_its_name_is_nearly_right(
    kafka: KafkaLibrary, name: str, is_told: bool, caplog: pytest.LogCaptureFixture
) -> None:
    died = kafka.publish_event("orders", {"orderId": 7})
    kafka.event_should_not_be_dead_lettered(died, name, within=0)
    assert ["that topic does not exist. Did you mean" in one for one in warnings(caplog)] == [True] * is_told
    caplog.clear()
    kafka.event_should_not_be_dead_lettered(died, "parked", within=0)
    assert warnings(caplog) == []
