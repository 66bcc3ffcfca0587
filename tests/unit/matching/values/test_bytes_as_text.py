"""Bytes that are no text: no condition that asks for a text or a number is decided by them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.event import Event, Unread
from KafkaLibrary.matching import State
from KafkaLibrary.matching.conditions.unmet_conditions import state_of
from tests.unit.matching.samples import Ready, an_event, conditions, holding, holds

THREE = (3).to_bytes(4, "big")
MOMENT = datetime(2026, 11, 30, tzinfo=timezone.utc)
WINDOW = 1_796_016_180_000


def header(raw: bytes) -> Event:
    return an_event({}, headers=(("h", raw),))


def field(content: Any) -> Event:
    return holding({"f": content})


def decision(*cells: Any, on: Event, strict: bool = False) -> tuple[State, str]:
    (condition,) = conditions(*cells, strict=strict)
    state, _, reason = state_of(condition, on)
    return state, reason


ASKING = [
    ("== 3",), ("!= 3",), ("> 2",), ("<= 3",), ("contains 3",), ("not contains 3",), ("^= 3",), ("$= 3",),
    ("matches 3",), ("in 2, 3",), ('== "3"',), ("== true",), ("== 2026-11-30T00:00:00Z",), ("==", 3), ("!=", 3.5),
    ("==", True), ("==", MOMENT), (">", 2), (">", MOMENT), ("contains", 3), ("in", [2, 3]),
]  # fmt: skip


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("asked", ASKING, ids=str)
@pytest.mark.parametrize("raw", [THREE, b"\xff", b"a\0\0", Unread(b"3", "not a long")], ids=repr)
def test_a_text_or_a_number_is_undecided(raw: bytes, asked: tuple[Any, ...], strict: bool) -> None:
    operator, *rest = asked
    for path, event in (("key", an_event({}, decoder=Ready({}, key=raw))), ("$.f", field(raw))):
        cells = [f"{path} {operator}"] if not rest else [path, operator, *rest]
        assert decision(*cells, on=event, strict=strict)[0] is State.UNJUDGED


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        (("exists",), True),
        (("does not exist",), False),
        (("== null",), False),
        (("!= null",), True),
        (("==",), False),
        (('== {"a": 1}',), False),
        (("== [3]",), False),
        (("==", None), False),
        (("==", {"a": 1}), False),
        (("==", [3]), False),
        (("==", THREE), True),
        (("!=", THREE), False),
        (("==", b"3"), False),
        (("^=", b"\0\0"), True),
        (("$=", b"\3"), True),
        (("contains", b"\0\3"), True),
        (("not contains", b"\4"), True),
        (("matches", rb"^\0+\x03$"), True),
        (("in", [b"x", THREE]), True),
    ],
    ids=str,
)
def test_what_can_be_told_of_bytes_is_decided(asked: tuple[Any, ...], held: bool) -> None:
    operator, *rest = asked
    for path, event in (("headers.h", header(THREE)), ("$.f", field(THREE))):
        cells = [f"{path} {operator}"] if not rest else [path, operator, *rest]
        assert decision(*cells, on=event)[0] is (State.HELD if held else State.FAILED)


@pytest.mark.parametrize("cells", [("headers.h", "==", b"web"), ("headers.h", "^=", b"w"), ("key", "$=", b"k")])
def test_bytes_are_looked_for_in_texts_too(cells: tuple[Any, ...]) -> None:
    assert holds(*cells, on=an_event({}, key=b"a key k", headers=(("h", b"web"),)))


def test_bytes_that_are_a_text_are_compared_as_one() -> None:
    assert holds("$.f == web", "$.f ^= w", "$.f != wob", on=field(b"web"))


def test_bytes_are_compared_with_those_that_a_number_was_read_from() -> None:
    event = an_event({}, key=THREE, decoder=Ready({}, key=3))
    assert holds("key == 3", on=event)
    assert holds("key", "==", THREE, on=event)
    assert not holds("key", "==", THREE, on=event, strict=True)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xff", "1 byte is not text: ff"),
        (THREE, "4 bytes are not text: 00 00 00 03; as an int 3"),
        (b"\xff\xfe", "2 bytes are not text: ff fe; as a short -2"),
        (b"\0" * 7 + b"*", "8 bytes are not text: 00 00 00 00 00 00 00 2a; as a long 42"),
        (b"a" + WINDOW.to_bytes(8, "big"), "; as key=windowed:text a from 2026-11-30T05:23:00Z"),
        (b"a" + WINDOW.to_bytes(8, "big") * 2, "; as key=session-windowed:text a from 2026-11-30T05:23:00Z"),
        (
            b"\0" * 8 + WINDOW.to_bytes(8, "big"),
            "that begins at 2026-11-30T05:23:00Z, which key=windowed:long",
        ),
        (b"\x1b[31mred\x1b[0m", r"; declared as text \x1b[31mred\x1b[0m"),
        (b"\0" * 20, "20 bytes are not text: " + "00 " * 15 + "00 …"),
        (Unread(b"42", "not a long: 2 bytes, and a long has 8"), "not a long: 2 bytes, and a long has 8"),
    ],
)
def test_the_reason_shows_the_bytes_and_what_they_may_be(raw: bytes, said: str) -> None:
    assert said in decision("$.f == a", on=field(raw))[1]


def test_a_finding_names_the_path() -> None:
    (finding,) = conditions("headers.h == 3").judge(header(THREE)).findings
    assert finding.text == "headers.h could not be judged: 4 bytes are not text: 00 00 00 03; as an int 3"


@given(st.binary(max_size=20), st.sampled_from(["== a", "contains a", "> a", "in a, b", "matches a"]))
def test_no_bytes_break_a_condition(raw: bytes, asked: str) -> None:
    decision(f"headers.h {asked}", on=header(raw))


def test_other_conditions_that_fail_decide() -> None:
    assert not holds("headers.h == 3", "$.id == 2", on=an_event({"id": 1}, headers=(("h", THREE),)))


def test_a_number_beside_bytes_in_a_list_is_found() -> None:
    for found in ([0.1, b"\xff"], [b"\xff", 0.1]):
        assert holds("f contains 0.1", on=holding({"f": found}))
        assert holds("f[*] >= 0.1", on=holding({"f": found}))
