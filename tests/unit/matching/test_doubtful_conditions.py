"""Conditions that can be read and that nothing would meet: a negative with one of them would pass whatever arrives."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.matching import parse_conditions
from KafkaLibrary.matching.numbers import read_number
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
        (["orderId == 9 and status == PAID"], "one condition", "`orderId == 9    status == PAID` in two cells"),
        (["orderId == 9 AND $.status != NEW"], "one condition", "in two cells"),
        (["orderId == 9 && total >= 5"], "one condition", "in two cells"),
        (["name contains A and status == PAID"], "one condition", "in two cells"),
        (["status == NEW or status == PAID"], "one condition", "`PATH in A, B`"),
        (["status == NEW || total < 5"], "one condition", "`PATH in A, B`"),
        (["9 == orderId"], "begins with a path", "`orderId == 9`"),
        (["9", "==", "orderId"], "begins with a path", "`orderId == 9`"),
        (["9.5 < total"], "begins with a path", "`total > 9.5`"),
        (["100 <= $.amount"], "begins with a path", "`$.amount >= 100`"),
        (["42 exists"], "begins with a path", "A field of that name is `$.42`"),
        (["status in A, 'B'"], "Single quotes", "`status in A, B`"),
        (["status != ''"], "Single quotes", '`status != ""`'),
        (["total > 9,99"], "no comma", "`9.99`"),
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


@pytest.mark.parametrize(
    ("cells", "value", "held", "failed"),
    [
        (["a > 100"], b'{"a": "n/a"}', "n/a", None),
        (["a > 100"], b'{"a": ""}', None, ""),
        (["a <= 1e3"], b'{"a": "-"}', "-", None),
        (["a[*] > 100"], b'{"a": ["n/a", "x"]}', "n/a", None),
        (["a[*] > 100"], b'{"a": ["n/a", 1]}', None, None),
        (["a > 100"], b'{"a": "101"}', None, None),
        (["a > 100"], b'{"a": 101}', None, None),
        (["a > 100"], b'{"a": [101]}', None, None),
        (["a > 100"], b'{"b": 1}', None, None),
        (['a > "100"'], b'{"a": "n/a"}', None, None),
        (["a > 100a"], b'{"a": "n/a"}', None, None),
        (["a == 100"], b'{"a": "n/a"}', None, None),
        (["a != 100"], b'{"a": "100"}', None, None),
        (["a", "==", 100], b'{"a": "100"}', None, "100"),
        (["a", "==", 100], b'{"a": "1e2"}', None, "1e2"),
        (["a", "==", 100], b'{"a": "n/a"}', None, None),
        (["a", "==", True], b'{"a": "1"}', None, None),
        (["a", ">=", 5.5], b'{"a": "6"}', None, "6"),
        (["a", "!=", 100], b'{"a": "100.0"}', "100.0", None),
        (["a", "!=", 100], b'{"a": "101"}', None, None),
        (["a", "in", [100]], b'{"a": "100"}', None, None),
        ([{"a": 100}], b'{"a": "100"}', None, "100"),
        (["key > 5"], b"{}", "k", None),
        (["a > 100"], b"no JSON", None, None),
    ],
)
def test_a_text_where_a_number_is_asked_for_is_told(
    cells: list[Any], value: bytes, held: str | None, failed: str | None
) -> None:
    (condition,) = parse_conditions(cells)
    event = an_event(value, key=b"k")
    assert (condition.held_by_text(event), condition.failed_by_text(event)) == (held, failed)


@pytest.mark.parametrize("cells", [["a > 100"], ["a", "!=", 100], [{"a": 100}]])
def test_with_types_compared_nothing_is_doubted(cells: list[Any]) -> None:
    (condition,) = parse_conditions(cells, strict=True)
    for value in (b'{"a": "n/a"}', b'{"a": "100"}'):
        event = an_event(value)
        assert (condition.held_by_text(event), condition.failed_by_text(event)) == (None, None)


@given(
    st.sampled_from([">", ">=", "<", "<="]), st.text(), st.integers() | st.floats(allow_nan=False, allow_infinity=False)
)
def test_an_order_by_a_number_is_never_one_of_texts_without_a_word(operator: str, text: str, wanted: float) -> None:
    (by_number,) = parse_conditions([f"a {operator} {json.dumps(wanted)}"])
    event = an_event(json.dumps({"a": text}).encode())
    told = text in (by_number.held_by_text(event), by_number.failed_by_text(event))
    assert told is (read_number(text) is None)


def test_the_first_condition_that_was_met_by_a_text_is_told() -> None:
    conditions = parse_conditions(["a == x", "b > 1", "c > 2"])
    found = conditions.held_by_text(an_event(b'{"a": "x", "b": "y", "c": "z"}'))
    assert found == (conditions[1], "y")
    assert conditions.held_by_text(an_event(b'{"a": "x", "b": 2, "c": 3}')) is None
