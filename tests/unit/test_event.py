"""An event: immutable, decoded once, copies for the tester."""

from __future__ import annotations

import copy
import json
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import pytest

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Decoded, Event, Fields, PlainRecord
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder


def an_event(value: bytes | None = b"{}", **parts: Any) -> Event:
    at = ("orders", parts.get("partition", 1), parts.get("offset", 7))
    stamp = parts.get("stamp", (1, 1_762_171_200_123))
    return Event(PlainRecord(at, stamp, parts.get("key"), value, parts.get("headers", ())), FoundDecoder())


class Counting(FoundDecoder):
    """Counts what it was asked to decode."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def value(self, event: Event) -> Decoded:
        self.asked.append("value")
        return super().value(event)

    def own_value(self, event: Event) -> Any:
        self.asked.append("own")
        return super().own_value(event)


class NotAvro(FoundDecoder):
    """Finds that no value fits its format."""

    def own_value(self, event: Event) -> Any:
        raise Undecodable("The value is not Avro.")


def test_an_event_tells_its_place() -> None:
    event = an_event()
    assert (event.topic, event.partition, event.offset, event.place) == ("orders", 1, 7, "orders[1]@7")


def test_a_timestamp_is_aware_and_exact_to_the_millisecond() -> None:
    assert an_event().timestamp == datetime(2025, 11, 3, 12, 0, 0, 123_000, tzinfo=timezone.utc)


@pytest.mark.parametrize("stamp", [(0, -1), (0, 0), (1, -1)])
def test_an_event_without_a_timestamp_has_none(stamp: tuple[int, int]) -> None:
    assert an_event(stamp=stamp).timestamp is None


def test_a_timestamp_beyond_the_calendar_is_none_at_all() -> None:
    assert an_event(stamp=(1, 2**62)).timestamp is None


def test_a_key_is_text() -> None:
    assert an_event(key="křížek".encode()).key == "křížek"


def test_a_key_that_is_no_text_stays_bytes() -> None:
    assert an_event(key=b"\xff\x00").key == b"\xff\x00"


def test_an_event_without_a_key_has_none() -> None:
    assert an_event().key is None


def test_raw_bytes_are_kept() -> None:
    event = an_event(b' {"a": 1.50} ', key=b"k")
    assert (event.raw_key, event.raw_value) == (b"k", b' {"a": 1.50} ')


def test_a_tombstone_has_no_value() -> None:
    event = an_event(None)
    assert (event.is_tombstone, event.value, event.raw_value) == (True, None, None)


def test_an_empty_value_is_no_tombstone() -> None:
    event = an_event(b"")
    assert (event.is_tombstone, event.value) == (False, "")


@pytest.mark.parametrize("name", ["topic", "offset", "value", "key", "headers", "raw_value", "new", "_record"])
def test_nothing_of_an_event_can_be_changed(name: str) -> None:
    with pytest.raises(AttributeError, match="can't be changed"):
        setattr(an_event(), name, 1)


def test_nothing_of_an_event_can_be_deleted() -> None:
    with pytest.raises(AttributeError, match="can't be changed"):
        del an_event()._record


def test_fields_of_the_value_read_as_attributes() -> None:
    assert an_event(b'{"order": {"items": [{"sku": "A1"}]}}').value.order["items"][0].sku == "A1"


def test_a_missing_field_names_those_that_there_are() -> None:
    with pytest.raises(AttributeError, match="no field 'orderid'; the fields are: orderId, status"):
        _ = an_event(b'{"orderId": 1, "status": "NEW"}').value.orderid


def test_what_is_changed_in_a_value_does_not_change_what_the_library_reads() -> None:
    event = an_event(b'{"items": [1]}')
    event.value["items"].append(2)
    assert event.decoded().content == {"items": [1]}


def test_what_is_changed_in_a_value_does_not_change_the_bytes() -> None:
    event = an_event(b'{"items": [1]}')
    event.value.clear()
    assert event.raw_value == b'{"items": [1]}'


def test_a_value_is_decoded_once() -> None:
    decoder = Counting()
    event = Event(PlainRecord(("orders", 0, 0), (1, 0), None, b"{}"), decoder)
    for _ in range(3):
        event.decoded()
    assert decoder.asked == ["value"]


def test_a_value_is_not_decoded_before_it_is_asked_for() -> None:
    decoder = Counting()
    event = Event(PlainRecord(("orders", 0, 0), (1, 0), None, b"{}"), decoder)
    repr(event)
    assert decoder.asked == []


def test_a_value_that_does_not_fit_its_format_says_so_each_time() -> None:
    event = Event(PlainRecord(("orders", 0, 0), (1, 0), None, b"{}"), NotAvro())
    for _ in range(2):
        with pytest.raises(Undecodable, match="not Avro"):
            _ = event.value


def test_events_with_the_same_place_and_bytes_are_equal() -> None:
    assert an_event(b"1") == an_event(b"1")


@pytest.mark.parametrize("other", [an_event(b"2"), an_event(b"1", offset=8), an_event(b"1", key=b"k"), b"1"])
def test_events_that_differ_in_place_or_bytes_are_not_equal(other: object) -> None:
    assert an_event(b"1") != other


def test_equal_events_count_once_in_a_set() -> None:
    assert len({an_event(b"1"), an_event(b"1")}) == 1


def test_an_event_shows_its_place_key_and_value() -> None:
    assert repr(an_event(b"NEW", key=b"42")) == "<Event orders[1]@7 key 42 NEW>"


def test_a_tombstone_shows_as_one() -> None:
    assert repr(an_event(None, key=b"42")) == "<Event orders[1]@7 key 42 tombstone>"


def test_a_long_value_is_shown_by_its_beginning() -> None:
    assert len(repr(an_event(b"x" * 1_000_000))) < 300


@pytest.mark.parametrize("before", range(4))
@pytest.mark.parametrize("sign", ["é", "漢", "🛒"])
def test_a_long_text_is_shown_as_text_wherever_it_is_cut(before: int, sign: str) -> None:
    text = "x" * before + sign * 1000
    assert repr(an_event(text.encode())) == f"<Event orders[1]@7 {text[:200]}…>"


@pytest.mark.parametrize("raw", [b"caf\xc3", b"\xff" * 1000, b"a\0b"])
def test_what_is_no_text_is_shown_as_bytes(raw: bytes) -> None:
    assert repr(an_event(raw)).startswith(f"<Event orders[1]@7 {repr(raw)[:100]}")


def test_a_name_that_is_also_a_method_is_read_as_an_entry() -> None:
    assert Fields({"items": 1})["items"] == 1


def test_fields_are_a_dictionary() -> None:
    assert Fields({"a": 1}) == {"a": 1}


@pytest.mark.parametrize("value", [True, False, None, Decimal("1.50")])
@pytest.mark.parametrize("name", ["update", "items", "copy", "values", "keys", "get", "pop"])
def test_a_field_that_is_named_as_a_method_has_its_value_whatever_that_is(name: str, value: Any) -> None:
    fields = Fields({name: value})
    found = getattr(fields, name)
    assert (found == value, bool(found), found != value, str(found)) == (True, bool(value), False, str(value))
    assert found == getattr(Fields({name: value}), name)
    assert hash(found) == hash(value)
    assert list(fields.items()) == [(name, value)]


@pytest.mark.parametrize("value", [True, False, None])
def test_what_reads_all_of_it_sees_no_difference(value: bool | None) -> None:
    fields = Fields({"items": value, "keys": value})
    assert [getattr(fields, name) == value for name in ("items", "keys")] == [True, True]
    assert json.loads(json.dumps(fields)) == {"items": value, "keys": value}
    assert (dict(fields), copy.deepcopy(fields)) == ({"items": value, "keys": value},) * 2
