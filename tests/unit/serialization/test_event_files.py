"""Files with events: JSON Lines, a JSON array, or events that were saved whole."""

from __future__ import annotations

import base64
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.matching import parse_path
from KafkaLibrary.serialization import event_files
from KafkaLibrary.serialization.event_files import FileEvent
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=5,
)


def a_file(folder: Path, content: str | bytes) -> Path:
    path = folder / "events.jsonl"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def raw_values(folder: Path, content: str | bytes) -> list[bytes | None]:
    return [
        event.value.encode() if isinstance(event.value, str) else event.value
        for event in event_files.read(a_file(folder, content))
    ]


def saved(**parts: Any) -> str:
    return json.dumps({event_files.SAVED: 1, **parts})


def test_each_line_is_a_value_as_it_stands(tmp_path: Path) -> None:
    assert raw_values(tmp_path, '{"a":  1.50}\n[1]\n') == [b'{"a":  1.50}', b"[1]"]


def test_each_element_of_an_array_is_a_value_as_it_stands(tmp_path: Path) -> None:
    assert raw_values(tmp_path, '[ {"a":  1.50},\n [1] , "x"]\n') == [b'{"a":  1.50}', b"[1]", b'"x"']


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(values, min_size=1))
def test_an_array_gives_each_of_its_elements(tmp_path: Path, elements: list[Any]) -> None:
    found = raw_values(tmp_path, json.dumps(elements))
    assert [json.loads(raw or b"") for raw in found] == elements


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(values, min_size=2))
def test_lines_give_each_of_their_values(tmp_path: Path, lines: list[Any]) -> None:
    found = raw_values(tmp_path, "\n".join(json.dumps(line) for line in lines))
    assert [json.loads(raw or b"") for raw in found] == lines


@pytest.mark.parametrize("content", ["", "\n\n", "[]", " [ ] "])
def test_a_file_without_events_has_none(tmp_path: Path, content: str) -> None:
    assert raw_values(tmp_path, content) == []


def test_empty_lines_and_line_ends_of_windows_do_not_count(tmp_path: Path) -> None:
    assert raw_values(tmp_path, "1\r\n\r\n2\r\n") == [b"1", b"2"]


def test_a_byte_order_mark_does_not_count(tmp_path: Path) -> None:
    assert raw_values(tmp_path, b'\xef\xbb\xbf{"a": 1}') == [b'{"a": 1}']


def test_a_line_separator_inside_a_text_ends_no_line(tmp_path: Path) -> None:
    assert raw_values(tmp_path, '"a\u2028b\x85c"\n2') == ['"a\u2028b\x85c"'.encode(), b"2"]


def test_two_arrays_on_two_lines_are_two_values(tmp_path: Path) -> None:
    assert raw_values(tmp_path, "[1]\n[2]") == [b"[1]", b"[2]"]


@pytest.mark.parametrize(
    ("content", "place"),
    [('{"a": 1}\n{"a": 2', "line 2"), ("hello", "line 1"), ('{"a": 1}\n\nNaN,', "line 3"), ("[1, 2", "line 1")],
)
def test_a_line_that_can_not_be_read_is_named(tmp_path: Path, content: str, place: str) -> None:
    with pytest.raises(KeywordMisused, match=f"can't be published: {place} is not JSON"):
        event_files.read(a_file(tmp_path, content))


def test_an_array_over_several_lines_is_refused_with_the_line_of_its_slip(tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused, match="can't be published: line 4 is not JSON"):
        event_files.read(a_file(tmp_path, '[\n  {"a": 1},\n  {"a": 2},\n  {"a" 3}\n]\n'))


@pytest.mark.parametrize("element", ["9" * 5000, "[" * 994 + "]" * 994])
def test_an_array_that_only_python_can_not_read_is_refused_by_the_line(tmp_path: Path, element: str) -> None:
    with pytest.raises(KeywordMisused, match="can't be"):
        event_files.read(a_file(tmp_path, f"[{element},\n"))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused, match="can't be read"):
        event_files.read(a_file(tmp_path, b"\xff\xfe\x00"))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused, match="can't be read"):
        event_files.read(tmp_path / "none.jsonl")


def test_an_array_that_is_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused, match="nested too deeply"):
        event_files.read(a_file(tmp_path, "[" * 200_000))


def test_a_saved_event_keeps_its_parts(tmp_path: Path) -> None:
    content = saved(value="v", key="k", headers=[["id", "1"], ["id", "2"], ["none", None]], timestamp=5)
    expected = FileEvent(b"v", b"k", (("id", b"1"), ("id", b"2"), ("none", None)), 5)
    assert event_files.read(a_file(tmp_path, content)) == [expected]


def test_a_saved_event_keeps_bytes_that_are_no_text(tmp_path: Path) -> None:
    encoded = {"base64": base64.b64encode(b"\xff\x00").decode()}
    content = saved(value=encoded, key=encoded, headers=[["id", encoded]])
    assert event_files.read(a_file(tmp_path, content)) == [FileEvent(b"\xff\x00", b"\xff\x00", (("id", b"\xff\x00"),))]


def test_a_saved_tombstone_stays_one(tmp_path: Path) -> None:
    assert raw_values(tmp_path, saved(value=None, key="k")) == [None]


@pytest.mark.parametrize(
    "content",
    [
        saved(key="k"),
        saved(value={"base64": "?"}),
        saved(value={"other": 1}),
        saved(value="v", headers=[["a", "b", "c"]]),
        saved(value="v", headers=5),
        saved(value="v", headers=["ab"]),
        saved(value=["a"]),
        saved(value={"base64": "AA==", "more": 1}),
        saved(value={"base64": 5}),
        saved(value="v", key=True),
        saved(value="v", key=5),
        saved(value="v", headers=[[5, "1"]]),
        saved(value="v", headers=[["a\ud83d", "1"]]),
        saved(value="v", headers=[["id", 1]]),
    ],
)
def test_a_saved_event_that_is_broken_is_named(tmp_path: Path, content: str) -> None:
    with pytest.raises(KeywordMisused, match="line 1 is not a saved event"):
        event_files.read(a_file(tmp_path, content))


@pytest.mark.parametrize("content", ["OrderPaid", True, 1.0, None, "1"])
def test_a_value_with_a_field_of_that_name_is_a_plain_one(tmp_path: Path, content: Any) -> None:
    line = json.dumps({event_files.SAVED: content, "value": "v", "amount": 5})
    assert event_files.read(a_file(tmp_path, line)) == [FileEvent(line)]


@pytest.mark.parametrize("layout", [2, 0, -1])
def test_a_saved_event_of_another_layout_is_refused(tmp_path: Path, layout: int) -> None:
    with pytest.raises(KeywordMisused, match=f"line 1 has the layout {layout} of a saved event"):
        event_files.read(a_file(tmp_path, json.dumps({event_files.SAVED: layout, "value": "v"})))


@pytest.mark.parametrize("timestamp", ["yesterday", -5, 1.5, True, 0, 2**63])
def test_a_saved_timestamp_that_is_none_is_refused(tmp_path: Path, timestamp: Any) -> None:
    with pytest.raises(KeywordMisused, match="line 1 is not a saved event: its timestamp can't be"):
        event_files.read(a_file(tmp_path, saved(value="v", timestamp=timestamp)))


def an_event(value: bytes) -> Event:
    return Event(PlainRecord(("orders", 0, 0), (1, 0), None, value), FoundDecoder())


def test_a_key_is_found_by_a_path_into_the_value() -> None:
    assert event_files.field_of(an_event(b'{"order": {"id": 42}}'), parse_path("$.order.id"), 0) == 42


@pytest.mark.parametrize(
    ("written", "key"),
    [
        (b"1.10", Decimal("1.10")),
        (b"123456789012345678901234567890", 123456789012345678901234567890),
        (b'{"price": 1.10}', {"price": Decimal("1.10")}),
        (b"[0.30]", [Decimal("0.30")]),
    ],
)
def test_no_digit_of_a_key_is_lost(written: bytes, key: Any) -> None:
    found = event_files.field_of(an_event(b'{"id": %b}' % written), parse_path("$.id"), 0)
    assert (found, str(found)) == (key, str(key))


@pytest.mark.parametrize(
    ("value", "path", "reason"),
    [
        (b'{"a": 1}', "$.id", "Value 1 has no field at"),
        (b'{"a": [1, 2]}', "$.a[*]", "Value 1 has 2 field at"),
        (b"hello", "$.id", "The key of value 1 can't be found"),
        (b'{"id": null}', "$.id", r"Value 1 has null at \$\.id, so it gets no key"),
    ],
)
def test_a_key_that_is_not_found_once_is_refused(value: bytes, path: str, reason: str) -> None:
    with pytest.raises(KeywordMisused, match=reason):
        event_files.field_of(an_event(value), parse_path(path), 0)
