"""Lists that Robot shows whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from robot.utils.text import cut_long_message

from KafkaLibrary.reporting.long_lists import bounded


def test_a_short_list_is_shown_whole() -> None:
    assert bounded(["one", "two"]) == ["    one", "    two"]


def test_a_long_list_says_how_many_more_there_are() -> None:
    shown = bounded([f"line {number}" for number in range(100)])
    assert shown[:2] == ["    line 0", "    line 1"]
    assert shown[-1] == f"    ... and {100 - len(shown) + 1} more"


def test_one_line_is_always_shown() -> None:
    assert bounded(["x" * 10_000]) == ["    " + "x" * 10_000]


@given(st.lists(st.integers(0, 300).map(lambda length: "x" * length), max_size=80))
def test_robot_cuts_nothing_out_of_a_list(lines: list[str]) -> None:
    message = "\n".join(["The verdict.", *bounded(lines), "x" * 320])
    assert cut_long_message(message) == message
