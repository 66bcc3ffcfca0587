"""The fast look at values leaves out nothing that matches, whatever its JSON is spelled like."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import orjson
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Event, FirstLook, PlainRecord
from KafkaLibrary.matching import Screen, parse_conditions
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder

AS_JSON = FirstLook(orjson.loads, is_json=True)


def an_event(raw: bytes | None) -> Event:
    return Event(PlainRecord(("orders", 0, 0), (1, 0), None, raw), FoundDecoder())


def screened(cells: list[Any], *values: bytes | None, judge_all: bool = False, strict: bool = False) -> list[int]:
    screen = Screen(parse_conditions(cells, strict=strict), judge_all=judge_all)
    return list(screen.candidates((), values, 1, AS_JSON))


# What is left out


@pytest.mark.parametrize(
    "cells",
    [
        ["orderId == 4711"],
        ["$.status == PAID"],
        ["status contains PAI"],
        ["status ^= PAID"],
        ["status $= PAID"],
        ["orderId", "==", 4711],
        ["$..orderId == 4711"],
        ["orderId > 3", "orderId == 4711"],
    ],
)
def test_what_lacks_the_signs_of_the_expected_value_is_not_even_decoded(cells: list[Any]) -> None:
    def read(raw: bytes) -> Any:
        raise AssertionError("It was decoded.")

    screen = Screen(parse_conditions(cells), judge_all=False)
    values = [b'{"orderId": 42, "status": "NEW"}'] * 3
    assert not list(screen.candidates((), values, 1, FirstLook(read, is_json=True)))


@pytest.mark.parametrize("cells", [["orderId > 42"], ["status in PAID, SENT"], ["note exists"], ["items[0].n == 1"]])
def test_what_a_plain_path_tells_is_left_out_without_an_event(cells: list[str]) -> None:
    assert screened(cells, b'{"orderId": 42, "status": "NEW", "items": [{"n": 2}]}') == []


def test_others_are_candidates_by_their_place() -> None:
    values = [b'{"n": 4711}', b'{"n": 1}', None, b'{"n": "4711"}', b'{"m": 4711}']
    assert screened(["n == 4711"], *values) == [0, 3]
    assert screened(["n == 1"], *values) == [1, 2], "a tombstone is left to the conditions where bytes tell nothing"


def test_without_a_condition_on_the_value_all_are_candidates() -> None:
    assert screened([], b"{}", b"x", None) == [0, 1, 2]
    assert screened(["key == 4711"], b"{}", b"x", None) == [0, 1, 2]


@pytest.mark.parametrize("raw", [b"no JSON", b'{"n": 4711', b"\xff\xfe", b'{"n": NaN}', b'{"n": 1e400}', b""])
def test_what_can_not_be_read_is_a_candidate_where_all_has_to_be_judged(raw: bytes) -> None:
    assert screened(["n == 4712"], raw, judge_all=True) == [0]


# Spellings


@pytest.mark.parametrize(
    ("cell", "spelled"),
    [
        ("19999", "19999"),
        ("19999", "1.9999e4"),
        ("19999", "1999.9E1"),
        ("19999", "199990e-1"),
        ("19999", "0.0019999e+7"),
        ("19999", "19999.000"),
        ("19999", '"19999"'),
        ("19999", r'"1999\u0039"'),
        ("-19999", "-1.9999e4"),
        ("20500", "20500"),
        ("20500", "205e2"),
        ("20500", "205.0e2"),
        ("20500", "2.0500e4"),
        ("20500", "2050000e-2"),
        ("20500", "20500.0"),
        ("99.95", "9.995e1"),
        ("99.95", "99.9500"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("PAID", r'"\u0050AID"'),
        ("PAID", '"PAID"'),
        ("a/bcd", r'"a\/bcd"'),
        ("Käse", r'"K\u00e4se"'),
        ("Käse", '"Käse"'),
        ('say "please"', r'"say \"please\""'),
    ],
)
def test_each_spelling_of_a_value_is_a_candidate(cell: str, spelled: str) -> None:
    raw = f'{{"n": {spelled}}}'.encode()
    assert screened(["n", "==", cell], raw) == [0]
    assert 2000 in screened(["n", "==", cell], *[b'{"n": 1}'] * 2000, raw)


@pytest.mark.parametrize(
    ("cell", "spelled"),
    [("inf", "Infinity"), ("-inf", "-Infinity"), ("nan", "NaN"), ("Infinity", "Infinity"), ("NaN", "NaN")],
)
def test_what_json_has_no_number_for_is_found_however_it_is_written(cell: str, spelled: str) -> None:
    raw = f'{{"n": {spelled}}}'.encode()
    assert parse_conditions([f"n == {cell}"]).matches(an_event(raw))
    assert screened([f"n == {cell}"], raw) == [0]


@pytest.mark.parametrize("spelled", ["0.3", "0.29999999999999999", "3e-1"])
def test_a_double_stands_for_every_number_that_is_rounded_to_it(spelled: str) -> None:
    raw = f'{{"n": {spelled}}}'.encode()
    assert parse_conditions(["n", "==", 0.3]).matches(an_event(raw))
    assert screened(["n", "==", 0.3], raw) == [0]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("a == True", "true"),
        ("a == None", "null"),
        ('a == {"n":   4}', '{"n":4}'),
        ("a contains 2026-11-03T12:00:00.000Z", '["2026-11-03T13:00+01:00"]'),
        ("a == 2026-11-03Z", '"2026-11-03+00:00"'),
        ("a == +2026-11-03", '"2026-11-03"'),
        ("a contains 47.11", "4.711e1"),
    ],
)
def test_what_stands_for_a_value_of_another_spelling_is_a_candidate(cell: str, written: str) -> None:
    raw = f'{{"a":{written}}}'.encode()
    conditions = parse_conditions([cell])
    assert conditions.matches(an_event(raw))
    assert screened([cell], raw) == [0]


@pytest.mark.parametrize(("cell", "raw"), [("$ == 4711", b"4711"), ("n == 4711", b'{"n": 4.711e3}')])
def test_a_number_is_found_among_many_values(cell: str, raw: bytes) -> None:
    values = [*[b'{"n": 1}'] * 3000, raw, b'{"n": 1}']
    screen = Screen(parse_conditions([cell]), judge_all=False)
    for _ in range(2):
        assert list(screen.candidates((), values, 1, AS_JSON)) == [3000]


@pytest.mark.parametrize("cells", [["a.c >= 0.1"], ["a >= 0.1"], ["a[0] == 0.1"]])
def test_what_doubles_can_not_decide_is_a_candidate(cells: list[str]) -> None:
    raw = {"a.c": b'{"a": {"c": 0.1}}', "a": b'{"a": 0.1}', "a[0]": b'{"a": [0.1]}'}[cells[0].split()[0]]
    assert screened(cells, raw) == [0]


@pytest.mark.parametrize("size", [1, 10**9])
def test_what_begins_with_a_zero_byte_is_not_spelled_as_json(size: int) -> None:
    screen = Screen(parse_conditions(["status == PAID"]), judge_all=False)
    values = [b'{"status": "NEW"}', b"\0\0\0\0\1\x02P"]
    assert list(screen.candidates((), values, size, AS_JSON)) == [1]


# Looks that a format has


def test_what_its_value_alone_does_not_tell_is_a_candidate() -> None:
    record = PlainRecord(("orders", 0, 0), (1, 0), None, b"")
    look = FirstLook(orjson.loads, is_json=True, apart=lambda records, values: [1])
    values = [b'{"n": 1}'] * 3
    for cells in (["n == 4711"], ["n > 4711"]):
        assert list(Screen(parse_conditions(cells), judge_all=False).candidates([record] * 3, values, 1, look)) == [1]


@pytest.mark.parametrize(("field", "found"), [([0.1], [0]), ([0.2], [0]), ([0.0], []), ([], []), (None, [0])])
def test_one_field_alone_decides_where_it_can(field: list[Any] | None, found: list[int]) -> None:
    look = FirstLook(lambda raw: {"n": 0.1}, is_json=False, pick=lambda steps: lambda raw: field)
    screen = Screen(parse_conditions(["n >= 0.1"]), judge_all=False)
    assert list(screen.candidates((), [b"..."], 3, look)) == found


def test_a_proof_reads_the_whole_value_and_not_one_field() -> None:
    def read(raw: bytes) -> Any:
        raise Undecodable("It breaks off behind that field.")

    look = FirstLook(read, is_json=False, pick=lambda steps: lambda raw: [1])
    screen = Screen(parse_conditions(["n == 4711"]), judge_all=True)
    assert list(screen.candidates((), [b"..."], 3, look)) == [0]


texts = st.text(st.characters(codec="utf-8"), max_size=12)
numbers = st.one_of(
    st.integers(-(10**6), 10**6),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4),
    st.integers(1, 999).map(lambda n: n * 10**4),
)
leaves = st.one_of(texts, numbers, st.booleans(), st.none(), st.sampled_from(["PAID", "4711", "19999", "a/b", "1.50"]))
documents = st.dictionaries(
    st.sampled_from(["a", "b"]), st.one_of(leaves, st.lists(leaves, max_size=3), st.fixed_dictionaries({"c": leaves}))
)
expected = st.one_of(leaves, texts.map(lambda text: f'"{text}"'), numbers.map(str))


class Spelling:
    """Writes JSON in one of its many ways."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def of(self, value: Any) -> str:
        if isinstance(value, (dict, list)):
            written = self._document(value)
            for _ in range(self._draw(st.sampled_from([0, 0, 0, 1, 2]))):  # as a text, and that once more
                written = self.of(written)
            return written
        if isinstance(value, str):
            return '"' + "".join(map(self._sign, value)) + '"'
        if isinstance(value, bool) or value is None:
            return json.dumps(value)
        return self._number(Decimal(value))

    def _document(self, value: Any) -> str:
        if isinstance(value, dict):
            return self._joined(
                "{}", [f"{self.of(name)}{self._space()}:{self.of(part)}" for name, part in value.items()]
            )
        return self._joined("[]", [self.of(part) for part in value])

    def _joined(self, brackets: str, parts: list[str]) -> str:
        return brackets[0] + f"{self._space()},{self._space()}".join(parts) + self._space() + brackets[1]

    def _space(self) -> str:
        return self._draw(st.sampled_from(["", " ", "\n\t"]))

    def _sign(self, sign: str) -> str:
        plain = json.dumps(sign, ensure_ascii=self._draw(st.booleans()))[1:-1]
        if ord(sign) < 0x10000 and self._draw(st.booleans()):
            return f"\\u{ord(sign):04x}"
        return "\\/" if sign == "/" and self._draw(st.booleans()) else plain

    def _number(self, value: Decimal) -> str:
        minus, digits, exponent = value.as_tuple()
        assert isinstance(exponent, int)
        written = "".join(map(str, digits))
        if self._draw(st.booleans()):  # more zeros behind
            more = self._draw(st.integers(0, 4))
            written, exponent = written + "0" * more, exponent - more
        sign = "-" * minus
        if exponent == 0 and self._draw(st.booleans()):
            return sign + (written.lstrip("0") or "0")
        at = self._draw(st.integers(1, len(written)))
        fraction = f".{written[at:]}" if written[at:] else ""
        power = exponent + len(written) - at
        whole = written[:at].lstrip("0") or "0"
        if power == 0 and self._draw(st.booleans()):
            return f"{sign}{whole}{fraction}"
        exponent_sign = self._draw(st.sampled_from("eE"))
        return f"{sign}{whole}{fraction}{exponent_sign}{power:{self._draw(st.sampled_from(['', '+']))}d}"


@st.composite
def spelled(draw: st.DrawFn) -> bytes:
    return Spelling(draw).of(draw(documents)).encode()


@given(
    raw=st.one_of(spelled(), st.binary(max_size=20), texts.map(str.encode)),
    path=st.sampled_from(["$.a", "b", "a.c", "a[0]", "b[*]", "$..c", "value", "$.a[?(@ == 4711)]"]),
    operator=st.sampled_from(["==", "==", "==", "!=", "contains", "^=", "$=", ">=", "<", "in", "exists"]),
    value=expected,
    strict=st.booleans(),
    judge_all=st.booleans(),
    size=st.sampled_from([1, 10**9]),
)
def test_nothing_that_matches_is_left_out(
    raw: bytes, path: str, operator: str, value: Any, strict: bool, judge_all: bool, size: int
) -> None:
    cells = [path, operator] if operator == "exists" else [path, operator, value]
    try:
        conditions = parse_conditions(cells, strict=strict)
    except KeywordMisused:
        assume(False)
    try:
        must_be_there = conditions.matches(an_event(raw))
    except Undecodable:
        must_be_there = judge_all
    found = list(Screen(conditions, judge_all=judge_all).candidates((), [b"{}", raw], size, AS_JSON))
    assert 1 in found or not must_be_there


@given(raws=st.lists(st.one_of(spelled(), st.none(), st.binary(max_size=8)), max_size=6), value=leaves)
def test_together_they_are_seen_as_each_alone(raws: list[bytes | None], value: Any) -> None:
    try:
        screen = Screen(parse_conditions(["a", "==", value]), judge_all=False)
    except KeywordMisused:
        assume(False)
    together = list(screen.candidates((), raws, 1, AS_JSON))
    alone = (list(screen.candidates((), [raw], 10**9, AS_JSON)) for raw in raws)
    assert together == [place for place, found in enumerate(alone) if found]


def test_a_tombstone_is_never_read() -> None:
    def read(raw: bytes) -> str:
        return raw.decode("ascii")

    screen = Screen(parse_conditions(["value == x"]), judge_all=True)
    assert list(screen.candidates((), [None, b"x", b"y"], 3, FirstLook(read, is_json=False))) == [0, 1]
