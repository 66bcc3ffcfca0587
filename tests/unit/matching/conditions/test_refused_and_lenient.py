"""Conditions that can be read and that nothing would meet: a negative with one of them would pass whatever arrives."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.matching import Conditions, DoubtedCondition, LenientConditions, parse_conditions
from KafkaLibrary.matching.operators import NOT_FINITE
from KafkaLibrary.matching.values.numbers import read_number
from tests.unit.matching.samples import an_event


def refusal(*cells: Any) -> list[str]:
    with pytest.raises(KeywordMisused) as refused:
        parse_conditions(cells)
    return str(refused.value).split("\n")


@pytest.mark.parametrize(
    ("cells", "verdict", "advice"),
    [
        (["status == 'PAID'"], "Single quotes", "`status == PAID`"),
        (["status != 'PAID'"], "Single quotes", "`status != PAID`"),
        (["status in 'NEW', 'PAID'"], "Single quotes", "`status in NEW, PAID`"),
        (["tags == ['new']"], "double quotes", '`["A", "B"]`'),
        (["item == {'sku': 'P-7'}"], "double quotes", '`{"sku": "A"}`'),
        (["orderId == 9 and status == PAID"], "holds one condition", "`orderId == 9    status == PAID` in two cells"),
        (["orderId == 9 AND $.status != NEW"], "holds one condition", "in two cells"),
        (["orderId == 9 && total >= 5"], "holds one condition", "in two cells"),
        (["name contains A and status == PAID"], "holds one condition", "in two cells"),
        (["status == NEW or status == PAID"], "holds one condition", "`status in NEW, PAID`"),
        (["status == NEW or total == 5"], "holds one condition", "For different fields, use two negative keywords"),
        (["status == NEW || total < 5"], "holds one condition", "`PATH in A, B`"),
        (["status == PAID amount == 42"], "the second", "`status == PAID    amount == 42` in two cells"),
        (["id == p-1, status == PAID"], "the second", "`id == p-1    status == PAID` in two cells"),
        (["id in 1, 2, $.total >= 5"], "the second", "`id in 1, 2    $.total >= 5` in two cells"),
        (["status == PAID timeout=1 s"], "`timeout=`", "`status == PAID    timeout=1 s`"),
        (["status contains PAID within=0.1 s"], "`within=`", "`status contains PAID    within=0.1 s`"),
        (["status == PAID total > 5"], "the second", "`status == PAID    total > 5` in two cells"),
        (["a == 1; b == 2"], "the second", "`a == 1    b == 2` in two cells"),
        (["a == x, $['b c'] == 3"], "the second", "`a == x    $['b c'] == 3` in two cells"),
        (['a == "x" and b == "y"'], "holds one condition", '`a == "x"    b == "y"` in two cells'),
        (['a == "x", b == "y"'], "the second", '`a == "x"    b == "y"` in two cells'),
        (["a == 1 and b exists"], "holds one condition", "`a == 1    b exists` in two cells"),
        (["a == 1 and b does not exist"], "holds one condition", "`a == 1    b does not exist` in two cells"),
        (["a == 1 count=2"], "`count=`", "`a == 1    count=2`"),
        (["status in ,"], "no value after `in`", "`status in NEW, PAID`"),
        (["status in []"], "no value after `in`", "`status in NEW, PAID`"),
        (["9 == orderId"], "begins with a path", "`orderId == 9`"),
        (["9", "==", "orderId"], "begins with a path", "`orderId == 9`"),
        (["9.5 < total"], "begins with a path", "`total > 9.5`"),
        (["100 <= $.amount"], "begins with a path", "`$.amount >= 100`"),
        (["42 exists"], "begins with a path", "A field of that name is `$.42`"),
        (["status in A, 'B'"], "Single quotes", "`status in A, B`"),
        (["status != ''"], "Single quotes", '`status != ""`'),
        (["total > 9,50"], "no comma", "`$.total > 9.50`"),
        (["total", "<=", "1,000"], "no comma", '`"1,000"`'),
    ],
)
def test_what_was_meant_is_told(cells: list[str], verdict: str, advice: str) -> None:
    said = refusal(*cells)
    assert verdict in said[0]
    assert advice in said[-1]


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("status == 'PAID'", 10),
        ("orderId == 9 and status == PAID", 13),
        ("total > 9,99", 9),
        ("tags == ['new']", 9),
        ("  9 == orderId", 0),
    ],
)
def test_the_place_is_marked(cell: str, place: int) -> None:
    _, shown, caret, _ = refusal(cell)
    assert shown == f"    {cell}"
    assert caret.index("^") - 4 == place


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (["note == \"'quoted'\""], b'{"note": "\'quoted\'"}'),
        (['note == "x and y == z"'], b'{"note": "x and y == z"}'),
        (["note == salt and pepper"], b'{"note": "salt and pepper"}'),
        (["note == it's and that's"], b'{"note": "it\'s and that\'s"}'),
        (["note contains 'x'"], b'{"note": "so \'x\'"}'),
        (["note matches '[a-z]'"], b'{"note": "so \'x\'"}'),
        (["note", "==", "'x'"], b'{"note": "\'x\'"}'),
        ([{"note": "'x'"}], b'{"note": "\'x\'"}'),
        ([{"note": "1 and b == 2"}], b'{"note": "1 and b == 2"}'),
        (['rule == {"when": "a and b == c"}'], b'{"rule": {"when": "a and b == c"}}'),
        (['note in "x and y > z", other'], b'{"note": "x and y > z"}'),
        (['note in ["x and y > z"]'], b'{"note": "x and y > z"}'),
        (["note == a=b"], b'{"note": "a=b"}'),
        (["note == x y=z"], b'{"note": "x y=z"}'),
        (["note == 3 > 2"], b'{"note": "3 > 2"}'),
        (['note == "== =="'], b'{"note": "== =="}'),
        (['note == "a == b"'], b'{"note": "a == b"}'),
        (["note matches timeout=1 within=2"], b'{"note": " timeout=1 within=2"}'),
        (["note matches ^a and b >= 3$"], b'{"note": "a and b >= 3"}'),
        (["note > 2026-01-01"], b'{"note": "2026-05-31"}'),
        (['note > "1,000"'], b'{"note": "2,000"}'),
        (["$.9 == 1"], b'{"9": 1}'),
        (["$.items[?(@.sku == 'A')].n == 2"], b'{"items": [{"sku": "A", "n": 2}]}'),
    ],
)
def test_what_can_be_meant_is_taken(cells: list[Any], value: bytes) -> None:
    assert parse_conditions(cells).matches(an_event(value))


@given(st.text(max_size=40))
def test_any_text_can_be_expected_in_double_quotes(text: str) -> None:
    condition = parse_conditions([f'note == "{text}"' if text == text.strip() else "note == x"])
    assert len(condition) == 1


def _told(conditions: Conditions, event: Event) -> DoubtedCondition | None:
    loosely = LenientConditions(conditions)
    return loosely.met_by_chance(event) if conditions.matches(event) else loosely.nearly_met(event)


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (["a > 100"], b'{"a": "n/a"}'),
        (["a <= 1e3"], b'{"a": "-"}'),
        (["a[*] > 100"], b'{"a": ["n/a", "x"]}'),
        (["a[*] > 100"], b'{"a": ["n/a", 1]}'),
        (["$..a > 100"], b'[{"a": 5}, {"a": "n/a"}]'),
        (["a < 2 EUR"], b'{"a": 1500}'),
        (["a > 2026/01/01"], b'{"a": 20270101}'),
        (["a", "!=", 100], b'{"a": "100.0"}'),
        (["a[*]", "!=", 100], b'{"a": ["100", 7]}'),
        (["a", "not contains", 100], b'{"a": ["100"]}'),
        (['a > "100"'], b'{"a": 42}'),
        (['a != "42"'], b'{"a": 42}'),
        (["a", "!=", "'PAID'"], b'{"a": "PAID"}'),
        (["a not contains 'x'"], b'{"a": "so x"}'),
        (["tags", "not contains", "1 "], b'{"tags": ["1"]}'),
        (["key > 5"], b"{}"),
        (["value > 5"], b'"x"'),
    ],
)
def test_what_holds_by_letters_alone_is_told(cells: list[Any], value: bytes) -> None:
    conditions, event = parse_conditions(cells), an_event(value, key=b"k")
    assert conditions.matches(event)
    slip = LenientConditions(conditions).met_by_chance(event)
    assert slip
    assert slip.condition is conditions[0]


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (["a", "==", 100], b'{"a": "100"}'),
        (["a", "==", 100], b'{"a": "1e2"}'),
        (["a[*]", "==", 100], b'{"a": ["100", 7]}'),
        (["a", ">=", 5.5], b'{"a": "6"}'),
        (["a", "in", [100, 101]], b'{"a": "100"}'),
        (["a", "contains", 100], b'{"a": ["100"]}'),
        ([{"a": 100}], b'{"a": "100"}'),
        ([{"a": {"b": [100]}}], b'{"a": {"b": ["100"]}}'),
        ([{"a": 100, "b": "x", "c": 5}], b'{"a": "100", "b": "x", "c": "5"}'),
        (['a == "42"'], b'{"a": 42}'),
        (['a in "42", "43"'], b'{"a": 42}'),
        (["a", "in", ["42 ", "43"]], b'{"a": 42}'),
        (["a in PAID\u200b, x"], b'{"a": "PAID"}'),
        (["a > 100"], b'{"a": " 250"}'),
        (["a > 100"], b'{"a": "\'250\'"}'),
        (['a > "200"'], b'{"a": 1500}'),
        (["a", "==", "'PAID'"], b'{"a": "PAID"}'),
        (["a", "==", "\u201cPAID\u201d"], b'{"a": "PAID"}'),
        (["a", "==", "PAID\u200b"], b'{"a": "PAID"}'),
        ([{"a": "PAID "}], b'{"a": "PAID"}'),
        (["a == PAID"], b'{"a": " PAID"}'),
        (["a == TRUE"], b'{"a": true}'),
        (['a == "null"'], b'{"a": null}'),
        (["a contains 'rejected'"], b'{"a": "rejected by bank"}'),
        (["a ^= 'rejected'"], b'{"a": "rejected by bank"}'),
        (['a == {"b": "1"}'], b'{"a": {"b": 1}}'),
    ],
)
def test_what_fails_since_a_text_is_no_number_is_told(cells: list[Any], value: bytes) -> None:
    conditions = parse_conditions(cells)
    assert not conditions.matches(an_event(value))
    slip = LenientConditions(conditions).nearly_met(an_event(value))
    assert slip
    assert slip.condition is conditions[0]


@pytest.mark.parametrize(
    ("cells", "value", "overlooked"),
    [
        (["a", "==", 42], b'{"a": "42"}', "types, quotes and blanks"),
        (["a == paid"], b'{"a": "PAID"}', "upper and lower case"),
        (["a in paid, new"], b'{"a": "New"}', "upper and lower case"),
        (["a contains REJECTED"], b'{"a": "rejected by bank"}', "upper and lower case"),
        (["a ^= PA"], b'{"a": "paid"}', "upper and lower case"),
        (["a $= ID"], b'{"a": "paid"}', "upper and lower case"),
        (["a matches pa.d"], b'{"a": "PAID"}', "upper and lower case"),
        (["tags contains NEW"], b'{"tags": ["new"]}', "upper and lower case"),
        (["key == K"], b"{}", "upper and lower case"),
        (["a == 0042"], b'{"a": 42}', "the spelling of numbers"),
        (["a == 07"], b'{"a": "7"}', "the spelling of numbers"),
        (["a == 7"], b'{"a": "07"}', "the spelling of numbers"),
        (["a", "==", "9,50"], b'{"a": 9.5}', "the spelling of numbers"),
        (["a", "==", 9.5], b'{"a": "9,50"}', "the spelling of numbers"),
        (["a == 9.50 EUR"], b'{"a": 9.5}', "the spelling of numbers"),
        (["a > 9.50 EUR"], b'{"a": 10}', "the spelling of numbers"),
        (["a > 9.50 EUR"], b'{"a": "10 EUR"}', "the spelling of numbers"),
        (["a", "==", "1,000"], b'{"a": 1000}', "the spelling of numbers"),
        (["a matches PA%"], b'{"a": "PAID"}', "signs that stand for several values"),
        (["a == 10:00:00.12"], b'{"a": "10:00:00.120"}', "the spelling of numbers"),
        (["a == 10:00"], b'{"a": "10:00:00"}', "the spelling of numbers"),
        (["a == 9:30:00"], b'{"a": "09:30:00.000"}', "the spelling of numbers"),
        (["a == PA*"], b'{"a": "PAID"}', "signs that stand for several values"),
        (["a == PAID|NEW"], b'{"a": "new"}', "signs that stand for several values"),
        (["a == NEW or PAID"], b'{"a": "paid"}', "signs that stand for several values"),
        (["a == NEW, PAID"], b'{"a": "paid"}', "signs that stand for several values"),
        (["a == /paid/"], b'{"a": "PAID"}', "signs that stand for several values"),
        (["a == PA.*"], b'{"a": "PAID"}', "signs that stand for several values"),
        (["a == ^PA"], b'{"a": "PAID"}', "signs that stand for several values"),
        (["a == .*ID$"], b'{"a": "PAID"}', "signs that stand for several values"),
        (["a == ^PAID$"], b'{"a": "PAID"}', "signs that stand for several values"),
        (["a contains PA%"], b'{"a": "PAID"}', "signs that stand for several values"),
        (["a ^= PA*"], b'{"a": "PAID"}', "signs that stand for several values"),
        (["a in NEW|PAID"], b'{"a": "paid"}', "signs that stand for several values"),
        (["a in NEW PAID"], b'{"a": "paid"}', "signs that stand for several values"),
    ],
)
def test_what_is_overlooked_is_told(cells: list[Any], value: bytes, overlooked: str) -> None:
    conditions, event = parse_conditions(cells), an_event(value, key=b"k")
    assert not conditions.matches(event)
    slip = LenientConditions(conditions).nearly_met(event)
    assert slip
    assert slip.leniency.name == overlooked
    assert LenientConditions(parse_conditions(cells, strict=True)).nearly_met(event) is None


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("a != paid", b'{"a": "PAID"}'),
        ('a != "true"', b'{"a": "True"}'),
        ("a not contains REJECTED", b'{"a": "rejected by bank"}'),
        ("a not in paid, new", b'{"a": "PAID"}'),
        ("a not matches pa.d", b'{"a": "PAID"}'),
        ("a not ^= pa", b'{"a": "PAID"}'),
        ("a not $= id", b'{"a": "PAID"}'),
        ("a != 07", b'{"a": 7}'),
        ("a != 10:00:00.12", b'{"a": "10:00:00.120"}'),
        ("a != PA%", b'{"a": "PAID"}'),
        ("a != NEW|PAID", b'{"a": "PAID"}'),
    ],
)
def test_what_holds_by_what_is_overlooked_is_told(cell: str, value: bytes) -> None:
    conditions, event = parse_conditions([cell]), an_event(value)
    assert conditions.matches(event)
    assert LenientConditions(conditions).met_by_chance(event)


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (["a > 100"], b'{"a": "101"}'),
        (["a != 10:00:00.12"], b'{"a": "10:00:00.121"}'),
        (["a != 10:00"], b'{"a": "10:01:00"}'),
        (["a > 100"], b'{"a": 101}'),
        (["a > 100"], b'{"a": "Infinity"}'),
        (["a < 100"], b'{"a": "-Infinity"}'),
        (["a < 100"], b'{"a": "NaN"}'),
        (["a > PT30M"], b'{"a": "PT1H"}'),
        (["a[*] > 100"], b'{"a": ["n/a", 101]}'),
        (["a > 100"], b'{"a": ""}'),
        (["a > 100"], b'{"a": [101]}'),
        (["a > 100"], b'{"b": 1}'),
        (["a > 100"], b"no JSON"),
        (['a > "100"'], b'{"a": "n/a"}'),
        (["a > 5A"], b'{"a": "7"}'),
        (["a > 2026-01-01"], b'{"a": "2026-05-31"}'),
        (["timestamp > 2020-01-01"], b"{}"),
        (["a == 100"], b'{"a": "n/a"}'),
        (["a != 100"], b'{"a": "100"}'),
        (["a", "==", 100], b'{"a": "101"}'),
        (["a", "==", 100], b'{"a": "n/a"}'),
        (["a", "==", True], b'{"a": "1"}'),
        (["a", "!=", 100], b'{"a": "101"}'),
        (["a", "contains", 4], b'{"a": "42"}'),
        ([{"a": 100, "b": "y"}], b'{"a": "100", "b": "x"}'),
        (["a exists"], b'{"a": "100"}'),
        (["a does not exist"], b'{"a": "100"}'),
        (['a not contains " "'], b'{"a": "Max"}'),
        (["a", "not contains", '"'], b'{"a": "Max"}'),
        (["a not contains '"], b'{"a": "Max"}'),
        (['a contains " "'], b'{"a": "Max"}'),
        (["a", "not contains", " "], b'{"a": "Max"}'),
        (["a ^= '"], b'{"a": "Max"}'),
        (["version == 1.1"], b'{"version": "1.10"}'),
        (['a != "1.1"'], b'{"a": "1.10"}'),
        (['a > "100"'], b'{"a": 142}'),
        (["a == x", "b matches y+"], b'{"a": "\'x\'", "b": "y"}'),
        (["a matches '1'"], b'{"a": "1"}'),
        (["a contains 'it'"], b'{"a": "paid"}'),
        (["a", "==", datetime(2026, 5, 31, tzinfo=timezone.utc)], b'{"a": "2026-05-31"}'),
    ],
)
@pytest.mark.parametrize("strict", [False, True])
def test_what_is_judged_the_same_either_way_is_not_told(cells: list[Any], value: bytes, strict: bool) -> None:
    conditions, event = parse_conditions(cells, strict=strict), an_event(value)
    with suppress(Undecodable):
        assert _told(conditions, event) is None


@pytest.mark.parametrize("cells", [["a > 100"], ["a", "!=", 100], [{"a": 100}], ["a < 2 EUR"]])
@pytest.mark.parametrize("value", [b'{"a": "n/a"}', b'{"a": "100"}', b'{"a": 1}'])
def test_with_types_compared_nothing_is_doubted(cells: list[Any], value: bytes) -> None:
    conditions, event = parse_conditions(cells, strict=True), an_event(value)
    assert not conditions.may_hold_by_chance
    assert (LenientConditions(conditions).met_by_chance(event), LenientConditions(conditions).nearly_met(event)) == (
        None,
        None,
    )


_BARE_TEXTS = st.text().filter(lambda text: re.fullmatch(r"\w(.*\w)?", text) is not None)
"""Without blanks and quotes around them, which may be a slip."""


@given(
    st.sampled_from([">", ">=", "<", "<="]),
    _BARE_TEXTS,
    st.integers() | st.floats(allow_nan=False, allow_infinity=False),
)
def test_an_order_by_a_number_is_never_met_by_letters_without_a_word(operator: str, text: str, wanted: float) -> None:
    conditions = parse_conditions([f"a {operator} {json.dumps(wanted)}"])
    event = an_event(json.dumps({"a": text}).encode())
    with suppress(Undecodable):  # of what may be a decimal of Connect nothing is decided
        if conditions.matches(event):
            in_order = read_number(text) is not None or text in NOT_FINITE
            assert (LenientConditions(conditions).met_by_chance(event) is None) is in_order


@pytest.mark.parametrize("text", ["5 EUR", "1A", "n/a"])
def test_a_text_with_a_number_in_it_is_compared_by_its_letters_too(text: str) -> None:
    slip = LenientConditions(parse_conditions(["a > 0"])).met_by_chance(an_event({"a": text}))
    assert slip is not None


def test_the_first_condition_that_was_met_by_letters_is_told() -> None:
    conditions = parse_conditions(["a == x", "b > 1", "c > 2"])
    slip = LenientConditions(conditions).met_by_chance(an_event(b'{"a": "x", "b": "y", "c": "z"}'))
    assert slip
    assert slip.condition is conditions[1]
    assert LenientConditions(conditions).met_by_chance(an_event(b'{"a": "x", "b": 2, "c": 3}')) is None


def test_a_number_in_a_value_nested_deeper_than_python_goes_is_not_looked_for() -> None:
    value = b'{"a": ' + b"[" * 900 + b'"1"' + b"]" * 900 + b"}"
    assert LenientConditions(parse_conditions([{"a": [1]}])).nearly_met(an_event(value)) is None
