"""Tables as plain text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.reporting.evidence.text_table import events_as_text, in_columns
from tests.unit.matching.samples import an_event


def taken(line: str) -> int:
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in line)
    return len(line) + wide - sum(map(bool, map(unicodedata.combining, line)))


def test_columns_stand_below_each_other() -> None:
    assert in_columns(["a", "b"], [["1", "2"], ["long", ""]]) == "a     b\n1     2\nlong"


def test_the_widest_column_is_cut_where_there_is_no_room() -> None:
    assert in_columns(["a", "b"], [["12", "0123456789"]], 10) == "a   b\n12  01234…"


def test_signs_that_take_two_columns_count_twice() -> None:
    assert in_columns(["a", "b"], [["日本", "x"]]) == "a     b\n日本  x"


@given(st.lists(st.tuples(st.text(max_size=80), st.text(max_size=80)), max_size=4), st.integers(20, 100))
def test_no_line_is_longer_than_the_terminal_and_nothing_controls_it(parts: list[tuple[str, str]], width: int) -> None:
    events = [an_event(value, key=key.encode()) for key, value in parts]
    if not events:
        return
    lines = events_as_text(events, width).split("\n")
    assert len(lines) == len(events) + 1
    assert max(map(taken, lines)) <= width + 9, "the smallest columns that there can be"
    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize(("value", "shown"), [(None, "tombstone"), (b"\x00\xff", "\\x00"), ("a\nb", "a\\nb")])
def test_every_value_is_one_line(value: bytes | str | None, shown: str) -> None:
    line = events_as_text([an_event(value)]).split("\n")[1]
    assert shown in line


def test_without_a_width_nothing_is_left_out() -> None:
    assert "x" * 5000 in events_as_text([an_event("x" * 5000)])
