"""Headers as a tester sees them, and which bytes are a text."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.headers import Headers, Integer, ReadHeader, Unread, as_text
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder


@pytest.mark.parametrize("raw", [b"", b"web", "žluť 🛒".encode(), b"two\r\nlines\tand a tab", "\u200d\u2028".encode()])
def test_what_is_utf_8_is_a_text(raw: bytes) -> None:
    assert as_text(raw) == raw.decode()


@pytest.mark.parametrize("raw", [b"\xff", b"\0", b"a\0", b"\x1b[0m", b"\x7f", "\x85".encode(), b"\x0b"])
def test_what_is_no_utf_8_or_has_control_characters_is_none(raw: bytes) -> None:
    assert as_text(raw) == raw


@given(st.integers(-(2**23), 2**23 - 1))
def test_the_bytes_of_a_small_number_are_never_a_text(number: int) -> None:
    for size in (4, 8):
        raw = number.to_bytes(size, "big", signed=True)
        assert as_text(raw) == raw


def test_no_bytes_at_all_stay_nothing() -> None:
    assert as_text(None) is None


def test_what_does_not_fit_its_format_is_no_text_even_if_it_is_one() -> None:
    assert as_text(Unread(b"42", "not a long")) == b"42"


def test_a_header_gives_its_last_value() -> None:
    assert Headers([("id", b"1"), ("id", b"2")])["id"] == "2"


def test_all_values_of_a_header_are_given_in_their_order() -> None:
    assert Headers([("id", b"1"), ("x", b"0"), ("id", b"2")]).get_all("id") == ["1", "2"]


def test_a_header_that_is_not_there_has_no_values() -> None:
    assert Headers([("id", b"1")]).get_all("x") == []


def test_a_header_that_is_no_text_stays_bytes() -> None:
    assert Headers([("id", b"\xff")])["id"] == b"\xff"


def test_a_header_without_a_value_is_none() -> None:
    assert Headers([("id", None)])["id"] is None


def test_headers_are_counted_by_name() -> None:
    headers = Headers([("id", b"1"), ("x", b"0"), ("id", b"2")])
    assert (len(headers), list(headers)) == (2, ["id", "x"])


def test_headers_can_not_be_changed() -> None:
    with pytest.raises(AttributeError, match="can't be changed"):
        Headers().pairs = ()  # type: ignore[misc] # which mypy knows too


HEADERS = Headers([("source", b"web"), ("x-id", b"1"), ("items", b"a"), ("items", b"b"), ("pairs", b"p"), ("n", None)])


def test_a_header_reads_as_an_attribute() -> None:
    assert (HEADERS.source, HEADERS.n) == ("web", None)


def test_a_header_that_begins_with_underscores_does_too() -> None:
    assert Headers([("__TypeId__", b"shop.Order")]).__TypeId__ == "shop.Order"


def test_one_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(AttributeError, match="no header 'x_id'; the headers are: source, x-id, items, pairs, n"):
        _ = HEADERS.x_id


@pytest.mark.parametrize("value", [b"5", b"\xff", None])
@pytest.mark.parametrize("name", ["get", "get_all", "items", "keys", "values"])
def test_one_that_is_named_as_a_method_is_both(name: str, value: bytes | None) -> None:
    headers = Headers([("a", b"1"), (name, value)])
    assert getattr(headers, name) == headers[name]
    assert (headers.get("a"), headers.get_all("a"), list(headers.keys())) == ("1", ["1"], ["a", name])
    assert dict(headers) == dict(headers.items()) == {"a": "1", name: headers[name]}
    assert list(headers.values()) == ["1", headers[name]]


def test_all_pairs_are_given_whatever_a_header_is_named() -> None:
    assert HEADERS.pairs[:2] == (("source", "web"), ("x-id", "1"))


def test_they_are_read_by_their_formats() -> None:
    headers = Headers([("n", b"\0\2")], lambda name, raw: ReadHeader(int.from_bytes(raw or b"", "big")))
    assert (headers["n"], headers.n, headers.get_all("n"), headers.pairs) == (2, 2, [2], (("n", 2),))


def test_a_half_made_copy_does_not_ask_itself_for_ever() -> None:
    with pytest.raises(AttributeError):
        _ = object.__new__(Headers)._raw


def test_a_number_that_was_bytes_still_gives_them() -> None:
    number = Integer(3, b"\0\0\0\3")
    assert (number, bytes(number), int.from_bytes(number, "big")) == (3, b"\0\0\0\3", 3)


@pytest.mark.parametrize("one", [Integer(3, b"\3"), Unread(b"\3", "not a long")])
def test_a_copy_is_alike(one: Any) -> None:
    other = copy.deepcopy(one)
    assert (other, type(other), vars(other)) == (one, type(one), vars(one))


def test_raw_headers_are_names_and_bytes() -> None:
    record = PlainRecord(("orders", 0, 0), (1, 0), None, b"{}", (("a", b"1"), ("a", b"\0\1"), ("b", None)))
    assert list(Event(record, FoundDecoder()).raw_headers) == [("a", b"1"), ("a", b"\0\1"), ("b", None)]


def test_of_headers_that_are_put_in_front_the_first_is_the_newest() -> None:
    """As SmallRye Reactive Messaging 4.33.0 does with a letter that died again."""
    pairs = [("dead-letter-topic", b"orders-dlt"), ("x", b"1"), ("dead-letter-topic", b"orders"), ("x", b"2")]
    headers = Headers(pairs)
    assert (headers["dead-letter-topic"], headers["x"]) == ("orders-dlt", "2")
    assert headers.get_all("dead-letter-topic") == ["orders-dlt", "orders"]
