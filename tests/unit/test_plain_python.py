"""The keywords are methods that work without a running Robot."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from robot.utils import DotDict

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import ExpectationFailed, KafkaUnusable, KeywordMisused, WrongArguments


def test_what_is_published_is_found(kafka: KafkaLibrary, topic: str) -> None:
    kafka.publish_event(topic, {"orderId": 42}, key="42")
    assert kafka.wait_for_event(topic, "orderId == 42").key == "42"


def test_a_condition_of_three_cells_is_three_arguments(kafka: KafkaLibrary, topic: str) -> None:
    kafka.publish_event(topic, {"orderId": 42})
    assert kafka.wait_for_event(topic, "orderId", "==", 42).value.orderId == 42


def test_publishing_gives_the_place_of_the_event(kafka: KafkaLibrary, topic: str) -> None:
    first = kafka.publish_event(topic, "one", partition=2)
    second = kafka.publish_event(topic, "two", partition=2)
    assert (first.partition, second.offset - first.offset) == (2, 1)


def test_the_start_of_a_test_hides_what_was_there_before(kafka: KafkaLibrary, topic: str) -> None:
    kafka.watch_topics(topic)
    kafka.publish_event(topic, "before")
    kafka.start_test()
    assert kafka.get_events(topic) == []


def test_making_the_library_is_the_start_of_a_test(topic: str) -> None:
    library = KafkaLibrary("embedded")
    library.publish_event(topic, "here")
    assert [event.value for event in library.get_events(topic)] == ["here"]
    library.disconnect_from_all_kafka()


def test_a_failed_wait_is_a_failed_assertion(kafka: KafkaLibrary, topic: str) -> None:
    kafka.publish_event(topic, {"status": "NEW"})
    with pytest.raises(AssertionError, match=r"\$\.status was NEW"):
        kafka.wait_for_event(topic, "status == PAID", timeout=0.1)


def test_a_negative_passes_in_plain_python(kafka: KafkaLibrary, topic: str) -> None:
    kafka.publish_event(topic, {"status": "NEW"})
    kafka.no_event_should_arrive(topic, "status == PAID", within="0.1 s")


def test_a_negative_fails_in_plain_python(kafka: KafkaLibrary, topic: str) -> None:
    kafka.publish_event(topic, {"status": "PAID"})
    with pytest.raises(ExpectationFailed, match="matched:"):
        kafka.no_event_should_arrive(topic, "status == PAID", within=0)


def test_events_are_counted_in_plain_python(kafka: KafkaLibrary, topic: str) -> None:
    kafka.publish_events(topic, ["a", "b", "c"])
    assert len(kafka.event_count_should_be(topic, 3, within=0)) == 3


def test_an_event_goes_on_behind_itself(kafka: KafkaLibrary, topic: str) -> None:
    first, second = kafka.publish_events(topic, ["a", "b"], key=["k", "k"])
    assert kafka.wait_for_event(topic, since=first) == second


@pytest.mark.parametrize("conditions", [[{"n": "10"}], ["n", "in", ["9", "10"]]], ids=["dictionary", "list"])
def test_strictly_a_text_in_a_variable_is_a_text_only(kafka: KafkaLibrary, topic: str, conditions: list[Any]) -> None:
    text, number = kafka.publish_events(topic, [{"n": "10"}, {"n": 10}], key=["k", "k"])
    assert kafka.get_events(topic, *conditions, strict=True) == [text]
    assert kafka.get_events(topic, *conditions) == [text, number]


def test_a_text_in_a_dictionary_is_compared_with_its_quotes(kafka: KafkaLibrary, topic: str) -> None:
    quoted, _ = kafka.publish_events(topic, [{"t": '"10"'}, {"t": "10"}], key=["k", "k"])
    assert kafka.get_events(topic, {"t": '"10"'}) == [quoted]


def test_robots_own_dictionaries_are_values(kafka: KafkaLibrary, topic: str) -> None:
    kafka.publish_event(topic, DotDict(orderId=1, items=[DotDict(sku="A")]))
    assert kafka.wait_for_event(topic).raw_value == b'{"orderId":1,"items":[{"sku":"A"}]}'


def test_a_key_by_path_is_taken_from_each_value(kafka: KafkaLibrary, topic: str) -> None:
    events = kafka.publish_events(topic, [{"id": 1}, {"id": "x"}], key="$.id")
    assert [event.key for event in events] == ["1", "x"]


@pytest.mark.parametrize("path", ["key", "headers.id", "topic", "partition", "offset", "timestamp"])
def test_a_key_by_path_is_taken_from_nowhere_else(kafka: KafkaLibrary, path: str) -> None:
    with pytest.raises(KeywordMisused) as refusal:
        kafka.publish_events("keys.from.elsewhere", [{"key": "K-1"}], key=path)
    part = path.partition(".")[0]
    assert str(refusal.value) == (
        f"key={path} leads to the {part} of an event, not into its value.\nFor a field of the value write key=$.{path}."
    )


def test_nothing_is_published_when_one_of_several_values_can_not_be(kafka: KafkaLibrary, topic: str) -> None:
    kafka.watch_topics(topic)
    with pytest.raises(KeywordMisused):
        kafka.publish_events(topic, ["a", "{"])
    kafka.no_event_should_arrive(topic, within=0, missing_ok=True)


NUMBERED = '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "int"}]}'


@pytest.mark.parametrize(
    ("content", "arguments", "refusal"),
    [
        ('{"a": 1}\n\n{"a": NaN}', {}, "Line 3 of the file can't be published.\nThe value is not JSON: NaN"),
        ('{"id": 1}\n{"id": "x"}', {"schema": NUMBERED}, "Line 2 of the file can't be published.\nThe value does not"),
        ('[{"id": 1}, 5]', {"format": "cloudevents"}, "Element 1 of the file can't be published.\n"),
    ],
    ids=["json", "avro", "cloudevents"],
)
def test_the_line_of_a_file_that_can_not_be_published_is_told(
    kafka: KafkaLibrary, topic: str, tmp_path: Path, content: str, arguments: dict[str, str], refusal: str
) -> None:
    (tmp_path / "orders.jsonl").write_text(content)
    with pytest.raises(KeywordMisused) as refused:
        kafka.publish_events_from_file(topic, tmp_path / "orders.jsonl", **arguments)
    assert str(refused.value).startswith(refusal)


def test_a_line_of_a_file_is_published_as_bytes(kafka: KafkaLibrary, topic: str, tmp_path: Path) -> None:
    (tmp_path / "orders.jsonl").write_text('{"note":  "ž"}\n', encoding="utf-8")
    (event,) = kafka.publish_events_from_file(topic, tmp_path / "orders.jsonl", format="bytes")
    assert event.raw_value == '{"note":  "ž"}'.encode()


@pytest.mark.parametrize("format_", ["json", "text", "long", "avro", "json-schema", "cloudevents"])
def test_bytes_that_a_format_does_not_take_can_go_out_as_they_are(
    kafka: KafkaLibrary, topic: str, format_: str
) -> None:
    schema = {"avro": NUMBERED, "json-schema": {"type": "object"}}.get(format_)
    kafka.set_topic_format(topic, value=format_, schema=schema)
    with pytest.raises(KeywordMisused, match=r"\nBytes are published as they are with format=bytes\.$"):
        kafka.publish_event(topic, b"\x00\x2a")
    assert kafka.publish_event(topic, b"\x00\x2a", format="bytes").raw_value == b"\x00\x2a"


@pytest.mark.parametrize("name", ["key", "value", "headers", "topic", "partition", "offset", "timestamp"])
def test_a_field_of_a_template_may_be_named_as_a_part_of_an_event(
    kafka: KafkaLibrary, tmp_path: Path, name: str
) -> None:
    (tmp_path / "order.json").write_text(f'{{"{name}": 1, "inner": {{"{name}": [1]}}}}')
    fields = {name: "2", f"inner.{name}[0]": "3"}
    value = kafka.load_event_template(tmp_path / "order.json", **fields)
    assert value == {name: 2, "inner": {name: [3]}}


@pytest.mark.parametrize("name", ["value.key", "$.value.key", "['value'].key"])
def test_a_path_into_a_template_begins_at_its_value(kafka: KafkaLibrary, tmp_path: Path, name: str) -> None:
    (tmp_path / "order.json").write_text('{"value": {"key": 1}}')
    assert kafka.load_event_template(tmp_path / "order.json", **{name: "2"}) == {"value": {"key": 2}}


@pytest.mark.parametrize("name", ["$", "items[*]", "$..sku", "..sku", "items[0:2]"])
def test_only_one_field_of_a_template_is_set_by_a_path(kafka: KafkaLibrary, tmp_path: Path, name: str) -> None:
    (tmp_path / "order.json").write_text('{"items": [{"sku": 1}]}')
    with pytest.raises(KeywordMisused, match="can't be set in a template"):
        kafka.load_event_template(tmp_path / "order.json", **{name: "2"})


def test_a_misspelt_argument_does_not_become_a_condition_that_nothing_meets(kafka: KafkaLibrary, topic: str) -> None:
    with pytest.raises(KeywordMisused, match="timeot"):
        kafka.no_event_should_arrive(topic, "timeot=3")


def test_a_condition_that_can_not_be_read_fails_before_anything_is_asked(topic: str) -> None:
    library = KafkaLibrary("127.0.0.1:1", timeout="30 s")
    with pytest.raises(KeywordMisused):
        library.wait_for_event(topic, "$.[ == 1")
    assert library._session.connections == {}


def test_a_second_connection_has_topics_of_its_own(kafka: KafkaLibrary, topic: str) -> None:
    kafka.publish_event(topic, "here")
    kafka.connect_to_kafka("embedded", alias="other")
    try:
        assert topic not in kafka.get_topics()
    finally:
        kafka.disconnect_from_kafka("other")


def test_the_timeout_of_a_connection_is_given_back(kafka: KafkaLibrary) -> None:
    before = kafka.set_kafka_timeout("5 s")
    assert kafka.set_kafka_timeout(before) == "5 s"


def test_kafka_that_is_not_there_fails_with_its_address_and_reason() -> None:
    library = KafkaLibrary("127.0.0.1:1", timeout="0.3 s")
    with pytest.raises(KafkaUnusable, match=r"127\.0\.0\.1:1(.|\n)*refused"):
        library.kafka_should_be_reachable()


def test_an_unknown_property_is_refused_with_its_name() -> None:
    library = KafkaLibrary("127.0.0.1:1", timeout="0.3 s", **{"no.such.thing": "1"})
    with pytest.raises(KeywordMisused, match=r"no\.such\.thing"):
        library.kafka_should_be_reachable()


def test_a_password_is_in_no_message_of_a_refused_property() -> None:
    library = KafkaLibrary(
        "127.0.0.1:1", timeout="0.3 s", **{"sasl.password": "hunter2", "security.protocol": "hunter2"}
    )
    with pytest.raises(KeywordMisused) as refusal:
        library.kafka_should_be_reachable()
    assert "hunter2" not in str(refusal.value)


def test_the_library_without_an_address_names_the_ways_to_give_one() -> None:
    with pytest.raises(KeywordMisused, match="'Connect To Kafka'"):
        KafkaLibrary().get_topics()


@pytest.mark.parametrize("expected", ["{}", {}], ids=["text", "dictionary"])
def test_an_expected_object_that_names_nothing_is_refused(kafka: KafkaLibrary, topic: str, expected: Any) -> None:
    event = kafka.publish_event(topic, {"a": 1})
    with pytest.raises(KeywordMisused, match="names no field"):
        kafka.event_should_be_like(event, expected)
    kafka.event_should_be_like(event, "#object")


def test_topics_are_watched_as_cells_and_as_lists(kafka: KafkaLibrary, topic: str) -> None:
    for cells in ([f"{topic}.a", f"{topic}.b"], [[f"{topic}.a", f"{topic}.b"]]):
        kafka.watch_topics(*cells)
        kafka.publish_event(f"{topic}.b", {"a": 1})
        kafka.wait_for_event([f"{topic}.a", f"{topic}.b"], "a == 1")


def test_several_topics_in_one_text_have_commas_between_where_several_can_be_meant(
    kafka: KafkaLibrary, topic: str
) -> None:
    kafka.watch_topics(f"{topic}.a, {topic}.b")
    kafka.publish_event(f"{topic}.b", {"a": 1})
    kafka.wait_for_event(f"{topic}.a,{topic}.b", "a == 1")
    with pytest.raises(KeywordMisused, match="One topic is needed here, not several"):
        kafka.publish_event(f"{topic}.a, {topic}.b", {"a": 1})
    with pytest.raises(KeywordMisused, match="Expected a topic name, not ''"):
        kafka.wait_for_event(f"{topic}.a,")


def test_what_came_on_each_topic_is_checked_as_events_are(kafka: KafkaLibrary, topic: str) -> None:
    both = [f"{topic}.a", f"{topic}.b"]
    for name in both:
        kafka.publish_event(name, {"name": name})
    events = kafka.wait_for_event_on_each_topic(both)
    assert list(events) == both
    assert kafka.get_event_fields(events, "name") == both
    with pytest.raises(KeywordMisused, match="Expected a list of events"):
        kafka.get_event_fields("orders", "name")


@pytest.mark.parametrize("value", [True, False, None])
def test_a_field_named_as_a_method_is_expected_and_published_as_any_other(
    kafka: KafkaLibrary, topic: str, value: bool | None
) -> None:
    event = kafka.publish_event(topic, {"items": value, "n": 1, "same": value})
    kafka.event_field_should_be(event, "same", event.value.items)
    with pytest.raises(ExpectationFailed):
        kafka.event_field_should_be(event, "n", event.value.items)
    again = kafka.publish_event(topic, {"copy": event.value.items})
    assert again.raw_value == {True: b'{"copy":true}', False: b'{"copy":false}', None: b'{"copy":null}'}[value]


def test_log_and_save_take_the_arguments_of_get_events(kafka: KafkaLibrary, topic: str, tmp_path: Path) -> None:
    kafka.publish_events(topic, ["{}", "[]", "3"], format="text")
    path = kafka.save_events(topic, str(tmp_path / "saved.jsonl"), limit=2, format="text")
    assert len(Path(path).read_text().splitlines()) == 2
    kafka.log_events(topic, limit=1, format="text")


_BEYOND = '{"orderId": 7, "rate": 1e99999999999999999999}'
_MORE_DIGITS = '{"orderId": 7, "rate": ' + "1" * 5000 + "}"


@pytest.mark.parametrize("value", [_BEYOND, _MORE_DIGITS], ids=["exponent", "digits"])
def test_an_event_with_a_number_that_nobody_can_read_is_kept_and_shown(
    kafka: KafkaLibrary, topic: str, value: str
) -> None:
    event = kafka.publish_event(topic, value)
    assert event.raw_value == value.encode()
    failing: list[Callable[[], Any]] = [
        lambda: kafka.wait_for_event(topic, "orderId == 8", timeout=0.1),
        lambda: kafka.event_count_should_be(topic, 1, "orderId == 8", within=0),
        lambda: kafka.no_event_should_arrive(topic, "orderId != 8", within=0),
        lambda: kafka.event_should_match(event, "orderId == 8"),
        lambda: kafka.event_should_be_like(event, {"orderId": 8}),
        lambda: kafka.event_should_match_schema(event, {"required": ["note"]}),
        lambda: kafka.events_should_be_unique([event], "orderId"),
        lambda: kafka.events_should_be_in_order([event, event], "orderId"),
    ]
    for fails in failing:
        with pytest.raises(ExpectationFailed, match=r'orderId(": | was )7|number that is too large|too many digits'):
            fails()


@pytest.mark.parametrize("value", [_BEYOND, _MORE_DIGITS, '{"a": 1, "a": 2}'], ids=["exponent", "digits", "twice"])
@pytest.mark.parametrize(
    ("format_", "schema"),
    [
        ("avro", '{"type": "map", "values": "double"}'),
        ("json-schema", '{"type": "object"}'),
        ("cloudevents", None),
        ("cloudevents-structured", None),
    ],
    ids=["avro", "json-schema", "cloudevents", "cloudevents-structured"],
)
def test_json_that_a_schema_or_an_envelope_would_lose_is_refused(
    kafka: KafkaLibrary, topic: str, value: str, format_: str, schema: str | None
) -> None:
    given = value if schema else f'{{"id": "1", "source": "/a", "type": "b", "data": {value}}}'
    with pytest.raises(KeywordMisused, match=r"too large|too many digits|'a' is twice"):
        kafka.publish_event(topic, given, format=format_, schema=schema)


@pytest.mark.parametrize("partition", ["99", 2**31 - 1, 2**31, "99999999999", 10**30])
def test_a_partition_that_the_topic_does_not_have_is_told(kafka: KafkaLibrary, topic: str, partition: Any) -> None:
    for publish in (kafka.publish_event, kafka.publish_tombstone):
        with pytest.raises(KeywordMisused, match=rf"has no partition {partition}\.\nPartitions count from 0"):
            publish(topic, "x", partition=partition)
    assert kafka.publish_event(topic, "x", partition=1).partition == 1


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (datetime.fromisoformat("2026-05-31 10:00"), "datetime"),
        (date(2026, 5, 31), "date"),
        (UUID(int=1), "UUID"),
        (DotDict(a=1), "object"),
        (1.5, "number"),
    ],
    ids=["datetime", "date", "uuid", "dictionary", "number"],
)
def test_what_does_not_fit_a_schema_is_told_by_its_type(kafka: KafkaLibrary, topic: str, value: Any, told: str) -> None:
    moment = {"type": "long", "logicalType": "timestamp-millis"}
    schema = {"type": "record", "name": "R", "fields": [{"name": "at", "type": moment}]}
    with pytest.raises(KeywordMisused, match=rf"\$\.at was .* \({told}\), and should be "):
        kafka.publish_event(topic, {"at": value}, schema=schema, format="avro")


@pytest.mark.parametrize("by", [None, 5, ["key"]])
def test_a_way_to_know_a_dead_letter_is_a_word(kafka: KafkaLibrary, topic: str, by: Any) -> None:
    event = kafka.publish_event(topic, "{}", key="42")
    for check in (kafka.event_should_be_dead_lettered, kafka.event_should_not_be_dead_lettered):
        with pytest.raises(KeywordMisused, match="by= is one of origin, key, value, not"):
            check(event, f"{topic}-dlt", by=by)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda kafka: kafka.publish_event("orders", {}, "k", 3),
            "too many: 'k', 3.\nIt takes topic and value, and by",
        ),
        (lambda kafka: kafka.wait_for_event("orders", tomeout=3), "no argument 'tomeout'. Did you mean 'timeout'?"),
        (lambda kafka: kafka.wait_for_event(), "needs topic.\nIt takes topic and *conditions, and by name timeout="),
        (lambda kafka: kafka.publish_event("orders", {}, value=1), "'value' twice: by its place, and by its name."),
        (lambda kafka: kafka.get_topics("orders", 1, 2, 3), "get_topics() can't be called like this."),
        (lambda kafka: kafka.wait_for_event("orders", "a == 1", alis="other"), "Did you mean 'alias'?"),
    ],
)
def test_a_call_that_does_not_fit_is_told_what_the_method_takes(
    kafka: KafkaLibrary, call: Callable[[Any], object], said: str
) -> None:
    with pytest.raises(WrongArguments, match=re.escape(said)) as problem:
        call(kafka)
    assert isinstance(problem.value, TypeError)
    assert isinstance(problem.value, KeywordMisused)


def test_a_type_error_of_a_token_source_is_its_own(topic: str) -> None:
    """Where all arguments fit, the mistake is not in the call."""

    def broken(kafka: KafkaLibrary) -> None:
        kafka.answer_events(topic, with_=lambda _: len(5), to=f"{topic}-to", times=1)  # type: ignore[arg-type]
        kafka.publish_event(topic, {"id": 1})
        kafka.answers_should_have_been(1, timeout=5)

    library = KafkaLibrary("embedded")
    with pytest.raises(AssertionError, match="has no len"):
        broken(library)
    library.disconnect_from_all_kafka()
