"""Keys of windows."""

from __future__ import annotations

import re
import struct
from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Fields, WindowedKey
from KafkaLibrary.serialization.keys_and_values.key_or_value import Part
from KafkaLibrary.serialization.topics.topic_formats import TopicFormats

START, END = 1_796_016_180_000, 1_796_016_480_000
FROM, TO = "2026-11-30T05:23:00Z", "2026-11-30T05:28:00Z"
FORMATS = TopicFormats(None)


def time(milliseconds: int) -> bytes:
    return struct.pack(">q", milliseconds)


def part(name: str, window: int | None = None) -> Part:
    return FORMATS.part(name, None, "key", window=window)


def read(name: str, raw: bytes, window: int | None = None) -> Any:
    return part(name, window).read(raw, (), "read_own").content


def write(name: str, value: Any, window: int | None = None) -> bytes | None:
    return part(name, window).write(value, "counts").raw


@pytest.mark.parametrize(
    ("name", "raw", "key"),
    [
        ("windowed:text", b"a" + time(START), {"key": "a", "start": FROM}),
        ("windowed", b"a" + time(START), {"key": "a", "start": FROM}),
        ("windowed:text", time(START), {"key": "", "start": FROM}),
        ("windowed:long", time(7) + time(START), {"key": 7, "start": FROM}),
        ("windowed:json", b'{"id":1}' + time(0), {"key": {"id": 1}, "start": "1970-01-01T00:00:00Z"}),
        ("session-windowed:text", b"a" + time(END) + time(START), {"key": "a", "start": FROM, "end": TO}),
        ("session-windowed:int", b"\0\0\0\7" + time(START) * 2, {"key": 7, "start": FROM, "end": FROM}),
        ("windowed-store:text", b"a" + time(START) + bytes(4), {"key": "a", "start": FROM}),
    ],
)
def test_both_directions(name: str, raw: bytes, key: dict[str, Any]) -> None:
    assert read(name, raw) == key
    assert write(name, key) == write(name, Fields(key)) == raw


@pytest.mark.parametrize("name", ["windowed:text", "windowed-store:text"])
def test_the_end_is_told_where_the_size_is(name: str) -> None:
    key = {"key": "a", "start": FROM, "end": TO}
    raw = write(name, key, 300_000)
    assert raw is not None
    assert read(name, raw, 300_000) == key


def test_a_key_reads_by_attributes_and_in_few_words() -> None:
    key = read("windowed:text", b"a" + time(START), 300_000)
    assert isinstance(key, WindowedKey)
    assert (key.key, key.start, key.end, key.shown) == ("a", FROM, TO, f"a from {FROM} to 05:28:00Z")
    key = read("windowed:text", b"a" + time(START), 86_400_000)
    assert key.shown == f"a from {FROM} to 2026-12-01T05:23:00Z"


UTC = datetime(2026, 11, 30, 5, 23, tzinfo=timezone.utc)


@pytest.mark.parametrize("start", [FROM, "2026-11-30T06:23:00+01:00", START, UTC])
def test_a_time_is_written_in_any_form(start: Any) -> None:
    assert write("windowed:text", {"key": "a", "start": start}) == b"a" + time(START)


def test_json_text_is_taken_for_a_key() -> None:
    assert write("windowed:text", f'{{"key": "a", "start": "{FROM}"}}') == b"a" + time(START)


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("windowed:text", b"a", "1 byte, and its window alone has 8"),
        ("session-windowed:text", b"a" + time(START), "9 bytes, and its window alone has 16"),
        ("windowed-store:text", time(START), "8 bytes, and its window alone has 12"),
        ("windowed:text", b"customer-42", "the start of that would be beyond the calendar"),
        ("windowed:text", b"a" + time(END) + time(START), "not UTF-8"),
        ("windowed:text", b"a\0\0\0" + time(START), "the key before the window has control characters"),
        ("windowed:text", b"a" + time(START) + bytes(4), "beyond the calendar"),
        ("session-windowed:text", b"a" + time(START) + time(END), "that would end before it begins"),
        ("windowed:long", b"a" + time(START), "not a long: 1 byte"),
    ],
)
def test_what_is_no_such_key_says_why(name: str, raw: bytes, said: str) -> None:
    with pytest.raises(Undecodable, match=re.escape(said)):
        read(name, raw)


@pytest.mark.parametrize(
    ("name", "key", "said"),
    [
        ("windowed:text", "a", "format=windowed:text needs a key with its window, not 'a'."),
        ("windowed:text", "{", "The key is not JSON"),
        ("windowed:text", {"key": "a"}, "The key does not fit format=windowed:text: start is missing."),
        ("session-windowed:text", {"key": "a", "start": FROM}, "end is missing."),
        ("windowed:text", {"key": "a", "start": FROM, "ned": TO}, "there is no ned."),
        ("windowed:text", {"key": "a", "start": "today"}, "The start of a window is a date-time with its zone"),
        ("windowed:text", {"key": "a", "start": True}, "The start of a window is a date-time with its zone"),
        ("windowed:text", {"key": "a", "start": 2**63}, "The start of a window is a date-time with its zone"),
        ("windowed:text", {"key": "a", "start": FROM, "end": TO}, "The end of this window is not written"),
        ("session-windowed:text", {"key": "a", "start": TO, "end": FROM}, "The window would end before it begins."),
    ],
)
def test_what_can_not_be_written_is_refused(name: str, key: Any, said: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        write(name, key)
    assert said in str(refused.value)


def test_another_end_than_the_size_gives_is_refused() -> None:
    with pytest.raises(KeywordMisused, match=f"The window would end at {TO}, not at"):
        write("windowed:text", {"key": "a", "start": FROM, "end": FROM}, 300_000)


def test_values_have_no_windows() -> None:
    with pytest.raises(KeywordMisused, match=r"^The format windowed is for keys.\nGive it as key=windowed:text"):
        FORMATS.part("windowed:text", None, "value")


def test_an_unknown_format_of_keys_names_those_that_there_are() -> None:
    with pytest.raises(KeywordMisused, match=r"no format 'widowed'. Did you mean 'windowed'(.|\n)*windowed-store"):
        part("widowed")


NAMES = st.sampled_from(["windowed", "session-windowed", "windowed-store"])


@given(NAMES, st.lists(st.integers()), st.integers(0, 2**42), st.integers(0, 2**30))
def test_any_key_goes_both_ways(name: str, inner: list[int], start: int, length: int) -> None:
    end = {"end": start + length} if name == "session-windowed" else {}
    raw = write(f"{name}:json", {"key": inner, "start": start, **end})
    assert raw is not None
    key = read(f"{name}:json", raw)
    assert key["key"] == inner
    assert write(f"{name}:json", key) == raw


@given(NAMES, st.binary(max_size=40))
def test_no_bytes_break_it(name: str, raw: bytes) -> None:
    try:
        key = read(f"{name}:text", raw)
    except Undecodable:
        return
    written = write(f"{name}:text", key)
    assert written is not None
    assert read(f"{name}:text", written) == key
