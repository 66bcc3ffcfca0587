"""JSON is written without losing a digit and read fast or exactly."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Fields
from KafkaLibrary.serialization.schemaless import json_format

texts = st.text(st.characters(exclude_categories=["Cs"]))
decimals = st.decimals(allow_nan=False, allow_infinity=False)
plain = st.none() | st.booleans() | st.integers() | texts
floats = st.floats(allow_nan=False, allow_infinity=False)


def nested(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=8
    )


@given(nested(plain | floats))
@example(2**64)
@example(-(2**63) - 1)
@example([10**30, {"a": -(10**30)}])
def test_what_is_written_reads_as_what_was_given(value: Any) -> None:
    assert json_format.read_own(json_format.write(value)) == value


@given(nested(decimals))
@example(Decimal("0.1000"))
@example(Decimal("123456789012345678901234567890.123456789"))
@example(Decimal("1E+400"))
def test_a_decimal_keeps_each_of_its_digits(value: Any) -> None:
    assert json_format.read_exact(json_format.write(value)) == value


@given(nested(plain | floats))
def test_what_is_written_is_json_to_everybody_else(value: Any) -> None:
    assert json.loads(json_format.write(value)) == value


@given(nested(st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | texts | floats))
def test_fast_and_own_reading_agree_on_all_that_fits_into_64_bits(value: Any) -> None:
    raw = json_format.write(value)
    assert json_format.read(raw) == json_format.read_own(raw)


@given(st.integers())
def test_integers_of_the_tester_are_exact(number: int) -> None:
    assert json_format.read_own(str(number).encode()) == number


def test_objects_of_the_tester_read_as_attributes() -> None:
    assert isinstance(json_format.read_own(b'{"a": {"b": 1}}').a, Fields)


def test_numbers_with_a_fraction_are_read_exactly_when_asked() -> None:
    assert json_format.read_exact(b'{"price": 0.10}') == {"price": Decimal("0.10")}


def test_a_repeated_name_counts_by_its_last_value_in_each_way_of_reading() -> None:
    raw = b'{"a": 1, "a": 2}'
    readings = [json_format.read, json_format.read_exact, json_format.read_own]
    assert [read(raw) for read in readings] == [{"a": 2}] * 3


@pytest.mark.parametrize("raw", [b'"\\ud800"', b"1e400", b" [1] "])
def test_json_that_the_fast_reader_refuses_is_read_all_the_same(raw: bytes) -> None:
    assert json_format.read(raw) == json.loads(raw)


@pytest.mark.parametrize("raw", [b"", b"  ", b"hello", b"{", b'{"a": 1}}', b"\xff", b"[1,]", b"'a'", b"01"])
def test_what_is_not_json_is_said_to_be_none(raw: bytes) -> None:
    for read in (json_format.read, json_format.read_exact, json_format.read_own):
        with pytest.raises(Undecodable, match="not JSON"):
            read(raw)


@pytest.mark.parametrize("read", [json_format.read, json_format.read_exact, json_format.read_own])
def test_a_word_for_a_number_that_json_does_not_have_is_read_inside_only(read: Callable[[bytes], Any]) -> None:
    assert math.isnan(read(b'{"a": NaN}')["a"])
    for word in (b"NaN", b"Infinity", b"-Infinity"):
        with pytest.raises(Undecodable, match="not JSON"):
            read(word)


@pytest.mark.parametrize(
    "raw", [b"1e99999999999999999999", b'{"a": [1e-99999999999999999999]}', b"0e9999999999999999999"]
)
@pytest.mark.parametrize("read", [json_format.read_exact, json_format.read_to_write, json_format.read_whole])
def test_an_exponent_beyond_all_that_can_be_read_is_said_to_be_so(read: Callable[[bytes], Any], raw: bytes) -> None:
    with pytest.raises(Undecodable, match=r"^not readable as JSON: it has a number that is too large$"):
        read(raw)


@pytest.mark.parametrize("read", [json_format.read, json_format.read_exact, json_format.read_own])
def test_an_integer_of_more_digits_than_can_be_read_is_said_to_be_so(read: Callable[[bytes], Any]) -> None:
    with pytest.raises(Undecodable, match=r"^not readable as JSON: it has a number with too many digits$"):
        read(b'{"a": %s}' % (b"1" * 5000))


def test_a_text_of_a_tester_is_read_with_all_that_it_says() -> None:
    assert json_format.read_whole(b'{"a": 0.10, "b": {"a": 1}}') == {"a": Decimal("0.10"), "b": {"a": 1}}


@pytest.mark.parametrize("raw", [b'{"a": 1, "a": 1}', b'[{"b": {"a": 1, "c": 2, "a": 3}}]'])
def test_a_name_of_a_tester_that_stands_twice_is_refused(raw: bytes) -> None:
    with pytest.raises(Undecodable, match="the name 'a' is twice in one object"):
        json_format.read_whole(raw)


def test_json_that_is_nested_too_deeply_is_said_to_be_so() -> None:
    with pytest.raises(Undecodable, match="nested too deeply"):
        json_format.read_own(b"[" * 200_000 + b"]" * 200_000)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, Decimal("NaN"), Decimal("Infinity")])
def test_a_number_that_json_does_not_have_is_refused(value: Any) -> None:
    for given_value in (value, [value], {"a": [value, None]}, {"a": 2**70, "b": value}):
        with pytest.raises(KeywordMisused, match="can't be written as JSON"):
            json_format.write(given_value)


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", [object()], {"a": lambda: 1}])
def test_a_type_that_json_does_not_have_is_refused(value: Any) -> None:
    with pytest.raises(KeywordMisused, match="can't be written as JSON"):
        json_format.write(value)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"id": 2**64, "tags": {1}}, "$.tags is {1} (set)"),
        ({"id": 2**64, "a b": [0, {"c": math.inf}]}, "$['a b'][1].c is inf, which is not a JSON number"),
        ({"id": -(2**70), "span": timedelta(1)}, "$.span is datetime.timedelta(days=1) (timedelta)"),
        ({"id": 2**64, (1, 2): 3}, "a name at $ is (1, 2) (tuple)"),
        ([2**64, {"a": {b"b": 3}}], "a name at $[1].a is b'b' (bytes)"),
        ({"id": 2**64, "t": "\ud800"}, "$.t is a text that has half of a surrogate pair"),
        ({"id": 2**64, "\ud800": 1}, "a name at $ is a text that has half of a surrogate pair"),
        ({"id": 2**64, "d": Decimal("NaN")}, "$.d is NaN, which is not a JSON number"),
        ({date(2026, 5, 31): None, "a": math.nan}, "$.a is nan"),
        ({1, 2}, "$ is {1, 2} (set)"),
    ],
)
def test_what_can_not_be_written_is_named_with_its_place(value: Any, said: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        json_format.write(value)
    assert f"The value can't be written as JSON: {said}" in str(refused.value)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"id": 2**64, "at": datetime(2026, 5, 31)}, b'{"id":18446744073709551616,"at":"2026-05-31T00:00:00"}'),  # noqa: DTZ001
        ({2**64: 2**64, 1: None}, b'{"18446744073709551616":18446744073709551616,"1":null}'),
        ({date(2026, 5, 31): None}, b'{"2026-05-31":null}'),
        ([-(2**63) - 1, (2**64,), None], b"[-9223372036854775809,[18446744073709551616],null]"),
    ],
)
def test_integers_of_any_length_keep_nothing_else_from_being_written(value: Any, written: bytes) -> None:
    assert json_format.write(value) == written


@pytest.mark.parametrize("read", [json_format.read, json_format.read_exact, json_format.read_own])
def test_json_is_read_behind_a_byte_order_mark(read: Any) -> None:
    assert read(b'\xef\xbb\xbf {"a": 1}') == {"a": 1}
    for raw in (b"\xef\xbb\xbf", b'\xef\xbb\xbf\xef\xbb\xbf{"a": 1}', b"\xef\xbb\xbfNaN", b"\xef\xbb\xbfa"):
        with pytest.raises(Undecodable, match="not JSON"):
            read(raw)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-be", "utf-32-be"])
def test_a_byte_order_mark_of_another_encoding_is_named(encoding: str) -> None:
    raw = '\ufeff{"a": 1}'.encode(encoding) if encoding.endswith("be") else '{"a": 1}'.encode(encoding)
    with pytest.raises(Undecodable, match=f"the byte order mark of {encoding[:6].upper()}, and JSON is in UTF-8"):
        json_format.read(raw)


def test_a_value_that_contains_itself_is_refused() -> None:
    value: list[Any] = []
    value.append(value)
    with pytest.raises(KeywordMisused, match="contains itself"):
        json_format.write(value)


def test_null_beside_other_values_is_written() -> None:
    assert json_format.write({"a": None, "b": "null"}) == b'{"a":null,"b":"null"}'


def test_a_text_with_a_lone_surrogate_is_refused_with_a_reason() -> None:
    with pytest.raises(KeywordMisused, match="can't be written as JSON"):
        json_format.write({"a": "\ud800"})


def test_the_place_where_a_text_stops_being_json_is_known() -> None:
    with pytest.raises(json.JSONDecodeError) as problem:
        json_format.check_text('{"a": 1,}')
    assert problem.value.pos in (7, 8)


@pytest.mark.parametrize("text", ["NaN", '{"a": Infinity}'])
def test_a_text_with_numbers_that_json_does_not_have_is_no_json(text: str) -> None:
    with pytest.raises(ValueError, match="is not a JSON number"):
        json_format.check_text(text)


@pytest.mark.parametrize("text", ["1" * 5000, '{"a": 1e99999999999999999999}'])
def test_a_text_with_a_number_that_nobody_here_can_read_is_json_all_the_same(text: str) -> None:
    json_format.check_text(text)


def test_a_field_that_is_also_a_method_of_dictionaries_is_written_as_it_is() -> None:
    fields = Fields({"items": [1], "values": 1.5, "keys": {"a": 1}, "get": "x", "pop": 7})
    read = {name: getattr(fields, name) for name in fields}  # that makes them able to be called
    assert json.loads(json_format.write(read)) == fields


def test_no_more_memory_is_kept_than_the_text_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    given_by_orjson: list[bytes] = []
    dumps = orjson.dumps

    def remembering(*args: Any) -> bytes:
        given_by_orjson.append(dumps(*args))
        return given_by_orjson[-1]

    monkeypatch.setattr(orjson, "dumps", remembering)
    written = json_format.write({"a": 1})
    assert [written] == [given.rstrip(b"\n") for given in given_by_orjson]
    assert written is not given_by_orjson[0]
