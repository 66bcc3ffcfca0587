"""Where paths lead in an event."""

from __future__ import annotations

from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.matching import parse_path, show_path
from tests.unit.matching.samples import Broken, Ready, an_event, holding

ORDER = {
    "orderId": 42,
    "status": "PAID",
    "customer": {"id": 7, "first name": "Ana", "it's": 1, "": "none"},
    "items": [{"sku": "A1", "count": 2}, {"sku": "B2", "count": 1}],
    "nothing": None,
    "where": "here",
    "$ref": "there",
    "order-id": "x-42",
    "@type": "Order",
    "název": "objednávka",
    "注文": 1,
    "हिन्दी": 2,
    "keyword": "k",
    "values": [1],
    "topic": {"x": "inner"},
    "0": "zero",
}


def find(path: str, value: Any = ORDER, **parts: Any) -> list[Any]:
    return parse_path(path).find(an_event(value, **parts))


@pytest.mark.parametrize(
    ("path", "result"),
    [
        ("$.orderId", 42),
        ("$['orderId']", 42),
        ('$["orderId"]', 42),
        ("$.customer.id", 7),
        ("$['customer']['first name']", "Ana"),
        (r"$.customer['it\'s']", 1),
        ("$.customer['']", "none"),
        ("$.items[0].sku", "A1"),
        ("$.items[-1].sku", "B2"),
        ("$.items[ 1 ]['sku']", "B2"),
        ("$.where", "here"),
        ("$.$ref", "there"),
        ("$.order-id", "x-42"),
        ("$.@type", "Order"),
        ("$.název", "objednávka"),
        ("$.注文", 1),
        ("$.हिन्दी", 2),
        ("$.0", "zero"),
        ("$.topic.x", "inner"),
        ("orderId", 42),
        ("customer.id", 7),
        ("items[0].sku", "A1"),
        ("@type", "Order"),
        ("keyword", "k"),
        ("values[0]", 1),
        ("['orderId']", 42),
        ("value.orderId", 42),
        ("value['orderId']", 42),
        ("  $.orderId  ", 42),
    ],
)
def test_a_plain_path_finds_its_field(path: str, result: Any) -> None:
    assert find(path) == [result]


@pytest.mark.parametrize("path", ["$", "value"])
def test_the_root_is_the_whole_value(path: str) -> None:
    assert find(path) == [ORDER]


def test_a_bare_index_goes_into_a_list() -> None:
    assert find("[1]", ["a", "b"]) == ["b"]


@pytest.mark.parametrize("path", ["$.items[*].sku", "$.items.*.sku", "items[ * ].sku"])
def test_a_star_finds_every_element(path: str) -> None:
    assert find(path) == ["A1", "B2"]


def test_a_star_finds_every_field_of_an_object() -> None:
    assert find("$.*", {"a": 1, "b": [2]}) == [1, [2]]


def test_stars_nest() -> None:
    assert find("$[*][*]", [[1, 2], [3], 4, {"a": 5}]) == [1, 2, 3, 5]


@pytest.mark.parametrize(
    "path",
    [
        "$.missing",
        "$.customer.missing",
        "$.status.length",
        "$.items.sku",
        "$.items[2]",
        "$.items[-3]",
        "$.status[0]",
        "$.customer[0]",
        "$.nothing.deeper",
        "$.status[*]",
        "$.ORDERID",
    ],
)
def test_a_missing_field_has_no_result(path: str) -> None:
    assert find(path) == []


def test_null_is_a_result() -> None:
    assert find("$.nothing") == [None]


def test_a_path_into_a_tombstone_finds_nothing() -> None:
    assert find("$.orderId", None) == []


def test_the_value_of_a_tombstone_is_null() -> None:
    assert find("value", None) == [None]


def test_what_is_in_a_tombstone_is_nothing() -> None:
    assert find("$", None) == []


@pytest.mark.parametrize(("value", "is_one"), [(None, True), ("null", False), ("", False), ({}, False)])
def test_an_event_tells_whether_it_is_a_tombstone(value: Any, is_one: bool) -> None:
    assert find("is_tombstone", value) == [is_one]
    assert find("$.is_tombstone", {"is_tombstone": "inner"}) == ["inner"]


def test_the_key_is_the_text() -> None:
    assert find("key", key=b"42") == ["42"]


@pytest.mark.parametrize("path", ["key.id", "key['id']", "key[?(@ > 6)]", "key..id"])
def test_a_path_goes_into_a_key_that_is_json(path: str) -> None:
    assert find(path, key=b'{"id": 7}') == [7]


def test_a_path_goes_into_a_key_that_was_decoded() -> None:
    event = an_event({}, decoder=Ready({}, key={"id": 7}))
    assert parse_path("key.id").find(event) == [7]


@pytest.mark.parametrize(("exact", "kind"), [(False, float), (True, Decimal)])
def test_a_number_in_a_key_is_the_one_in_a_value(exact: bool, kind: type) -> None:
    event = an_event({"amount": 0.1}, key=b'{"amount": 0.1}')
    assert [parse_path(path).find(event, exact) for path in ("key.amount", "amount")] == [[kind("0.1")]] * 2


@pytest.mark.parametrize("key", [None, b"plain", b"\xff\xfe", b'"id"', b"[" * 100_000])
def test_a_path_into_another_key_finds_nothing(key: bytes | None) -> None:
    assert find("key.id", key=key) == []


HEADERS = (("trace-id", b"1"), ("a.b-c", b"dotted"), ("trace-id", b"2"), ("raw", b"\xff"), ("none", None))


@pytest.mark.parametrize(
    ("path", "results"),
    [
        ("headers.trace-id", ["2"]),
        ("headers.trace-id[*]", ["1", "2"]),
        ("headers['trace-id']", ["2"]),
        ("headers.trace-id[0]", ["1"]),
        ("headers.trace-id[ -2 ]", ["1"]),
        ("headers.trace-id[1]", ["2"]),
        ("headers['trace-id'][-1]", ["2"]),
        ("headers.trace-id[2]", []),
        ("headers.trace-id[-3]", []),
        ('headers["trace-id"][*]', ["1", "2"]),
        ("headers.a.b-c", ["dotted"]),
        ("headers.raw", [b"\xff"]),
        ("headers.none", [None]),
        ("headers.Trace-Id", []),
    ],
)
def test_headers_are_found_by_their_whole_name(path: str, results: list[Any]) -> None:
    assert find(path, headers=HEADERS) == results


@pytest.mark.parametrize(("path", "result"), [("topic", "orders"), ("partition", 0), ("offset", 5)])
def test_the_place_of_an_event_is_found(path: str, result: Any) -> None:
    assert find(path, offset=5) == [result]


def test_the_timestamp_is_a_point_in_time() -> None:
    assert find("timestamp") == [datetime(2025, 11, 3, 12, tzinfo=timezone.utc)]


def test_a_timestamp_beyond_the_calendar_can_not_be_judged() -> None:
    with pytest.raises(Undecodable, match="beyond the year 9999"):
        find("timestamp", timestamp=10**16)


@pytest.mark.parametrize("path", ["$", "$.a", "a", "value", "value.a", "$..a"])
def test_paths_at_or_into_the_value_ask_for_it(path: str) -> None:
    assert parse_path(path).asks_value


@pytest.mark.parametrize(
    "path", ["key", "is_tombstone", "key.id", "headers.a", "topic", "partition", "offset", "timestamp"]
)
def test_all_other_paths_leave_the_value_alone(path: str) -> None:
    event = an_event(b"{", decoder=Broken())
    parse_path(path).find(event)
    assert not parse_path(path).asks_value


@pytest.mark.parametrize("path", ["$.a", "$[0]", "$[*]", "$..a", "$[?(@.a)]"])
def test_a_text_has_no_fields_to_judge(path: str) -> None:
    with pytest.raises(Undecodable, match="read as text, which has no fields"):
        find(path, b"just text")


def test_a_text_as_a_whole_is_found() -> None:
    assert find("$", b"just text") == ["just text"]


def test_a_value_that_does_not_fit_its_format_is_told() -> None:
    with pytest.raises(Undecodable, match="not Avro"):
        parse_path("$.a").find(an_event(b"x", decoder=Broken()))


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("orderId", "$.orderId"),
        ("items[0].sku", "$.items[0].sku"),
        ("[0]", "$[0]"),
        ("..sku", "$..sku"),
        ("$['a b']", "$['a b']"),
        ("value.a", "value.a"),
        ("key.id", "key.id"),
        ("headers.a.b", "headers.a.b"),
    ],
)
def test_messages_show_a_bare_name_with_its_root(path: str, shown: str) -> None:
    assert parse_path(path).text == shown


def test_a_path_is_read_once() -> None:
    assert parse_path("$.once") is parse_path("$.once")


@pytest.mark.parametrize("path", ["$.a", "$[*]", "$..a", "$[?(@ == 1)]", "$..[?(@.a == 1)]"])
def test_deep_values_are_no_trouble(path: str) -> None:
    deep: Any = {"a": 1}
    for _ in range(50_000):
        deep = [deep]
    parse_path(path).find(holding(deep))


def test_long_paths_are_no_trouble() -> None:
    assert parse_path("$" + ".a[0]" * 20_000).find(an_event({})) == []


def test_many_stars_are_no_trouble() -> None:
    assert parse_path("$" + "[*]" * 500).find(an_event([[[]]])) == []


near = [
    ("$.orderID", ["orderId"]),
    ("$.order_id", ["orderId", "order-id"]),
    ("$.customer.ID", ["id"]),
    ("$.sku", ["$.items[0].sku"]),
    ("$.items.sku", ["$.items[0].sku"]),
    ("$.items[0].skuu", ["sku"]),
    ("key.idd", ["id"]),
    ("headers.Trace-ID", ["trace-id"]),
]


@pytest.mark.parametrize(("path", "names"), near)
def test_a_missing_field_has_near_names(path: str, names: list[str]) -> None:
    value = {"orderId": 1, "order-id": 2, "customer": {"id": 1}, "items": [{"sku": 1}]}
    event = an_event(value, key=b'{"id": 1}', headers=HEADERS)
    assert parse_path(path).near_names(event)[: len(names)] == names


def test_near_names_of_a_field_at_another_level_are_paths() -> None:
    assert parse_path("$.status").near_names(an_event({"order": {"status": 1}})) == ["$.order.status"]


def test_where_no_name_is_near_all_of_the_level_are_given() -> None:
    assert parse_path("$.zzz").near_names(an_event({"a": 1, "b": 2})) == ["a", "b"]


@pytest.mark.parametrize("value", [None, b"text", [], "5"])
def test_where_there_is_no_field_there_is_no_near_name(value: Any) -> None:
    assert parse_path("$.a").near_names(an_event(value)) == []


def test_names_near_in_a_large_value_come_soon() -> None:
    wide = {f"field{number}": {f"inner{number}": number} for number in range(20_000)}
    assert parse_path("$.field_3").near_names(holding(wide))[0] == "field3"


names = st.text(min_size=1, max_size=4)
steps = st.lists(st.one_of(names, st.integers(-3, 3)), max_size=5)
documents = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=3)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)),
    max_leaves=10,
)


def slowly(document: Any, way: list[Any]) -> list[Any]:
    """What a plain path finds, step by step."""
    for step in way:
        kind = dict if isinstance(step, str) else list
        if not isinstance(document, kind):
            return []
        try:
            document = document[step]
        except (KeyError, IndexError):
            return []
    return [document]


def ways_in(document: Any) -> list[list[str | int]]:
    """The ways to all parts of a document."""
    ways: list[list[str | int]] = [[]]
    parts = dict(enumerate(document)) if isinstance(document, list) else document
    for name, inner in parts.items() if isinstance(parts, dict) else ():
        ways += [[name, *way] for way in ways_in(inner)]
    return ways


@given(documents, steps)
def test_the_getter_agrees_with_a_slow_one(document: Any, way: list[str | int]) -> None:
    assert parse_path(show_path(way)).find(holding(document)) == slowly(document, way)


@given(documents, st.data())
def test_the_getter_finds_every_part(document: Any, data: st.DataObject) -> None:
    way = data.draw(st.sampled_from(ways_in(document)))
    assert parse_path(show_path(way)).find(holding(document)) == slowly(document, way)


def test_a_path_goes_into_a_key_behind_a_byte_order_mark() -> None:
    assert find("key.id", key='\ufeff{"id": 7}'.encode()) == [7]
