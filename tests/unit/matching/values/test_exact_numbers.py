"""Numbers are compared as they were written, however long."""

from __future__ import annotations

import operator as python
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.matching.samples import JsonOrText, an_event, conditions, holding, holds

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "==": python.eq,
    "!=": python.ne,
    ">": python.gt,
    ">=": python.ge,
    "<": python.lt,
    "<=": python.le,
}

integers = st.one_of(st.integers(), st.integers(-5, 5), st.integers(-5, 5).map(lambda near: 2**64 + near))
digits = st.text("0123456789", min_size=1, max_size=25)


@st.composite
def number_texts(draw: st.DrawFn) -> str:
    """Numbers as JSON spells them, many of them near to each other."""
    whole = str(draw(integers))
    fraction = draw(st.one_of(st.just(""), digits.map(".{}".format), st.sampled_from([".1", ".10", ".0"])))
    exponent = draw(st.one_of(st.just(""), st.integers(-400, 400).map("e{}".format), st.just("E+2")))
    return f"{whole}{fraction}{exponent}"


def by_hand(left: str, sign: str, right: str) -> bool:
    return bool(OPERATORS[sign](Fraction(left), Fraction(right)))


@given(number_texts(), st.sampled_from(list(OPERATORS)), number_texts())
@example("0.1", "==", "0.10000000000000000555")
@example("0.10000000000000000001", ">", "0.1")
@example("9007199254740993.0", "==", "9007199254740992.0")
@example("18446744073709551616", "==", "18446744073709551617")
@example("18446744073709551617", ">", "18446744073709551616")
@example("-18446744073709551617", "<", "-18446744073709551616")
@example("1e400", ">", "1e399")
@example("1e400", "==", "10e399")
@example("5e-324", ">", "4.9e-324")
@example("1e-400", ">", "0")
@example("-0.0", "==", "0")
def test_a_number_field_is_compared_without_rounding(field: str, sign: str, expected: str) -> None:
    assert holds(f"$.f {sign} {expected}", on=f'{{"f": {field}}}') is by_hand(field, sign, expected)


@given(number_texts(), st.sampled_from([">", ">=", "<", "<="]), number_texts())
def test_a_number_in_a_text_field_is_ordered_without_rounding(field: str, sign: str, expected: str) -> None:
    assert holds(f"$.f {sign} {expected}", on={"f": field}) is by_hand(field, sign, expected)


@given(number_texts(), st.sampled_from(list(OPERATORS)), number_texts())
def test_a_decimal_variable_is_compared_without_rounding(field: str, sign: str, expected: str) -> None:
    assert holds("$.f", sign, Decimal(expected), on=f'{{"f": {field}}}') is by_hand(field, sign, expected)


@given(number_texts(), st.sampled_from(list(OPERATORS)), integers)
def test_an_integer_variable_is_compared_without_rounding(field: str, sign: str, expected: int) -> None:
    assert holds("$.f", sign, expected, on=f'{{"f": {field}}}') is by_hand(field, sign, str(expected))


@given(number_texts(), number_texts())
def test_numbers_in_lists_are_compared_without_rounding(field: str, expected: str) -> None:
    met = holds(f'$.f == [{{"n": {expected}}}]', on=f'{{"f": [{{"n": {field}}}]}}')
    assert met is by_hand(field, "==", expected)


@given(number_texts(), number_texts())
def test_elements_of_lists_are_compared_without_rounding(field: str, expected: str) -> None:
    assert holds(f"$.f contains {expected}", on=f'{{"f": [{field}]}}') is by_hand(field, "==", expected)


@given(number_texts(), number_texts(), number_texts())
def test_one_of_several_numbers_is_found_without_rounding(field: str, one: str, other: str) -> None:
    met = holds(f"$.f in {one}, {other}", on=f'{{"f": {field}}}')
    assert met is (by_hand(field, "==", one) or by_hand(field, "==", other))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_variable_equals_the_number_that_it_was_read_from(number: float) -> None:
    assert holds("$.f", "==", number, on={"f": number})


def test_a_float_variable_says_no_more_than_a_double_does() -> None:
    assert holds("$.f", "==", 0.1, on='{"f": 0.10000000000000000001}')


def test_a_float_variable_is_not_every_integer_that_rounds_to_it() -> None:
    assert not holds("$.f", "==", 2.0**64, on={"f": 2**64 + 1})


@given(number_texts())
def test_strictly_an_integer_is_told_from_a_fraction(field: str) -> None:
    is_integer = field.lstrip("-").isdigit()
    assert holds("$.f", "==", Decimal(field), on=f'{{"f": {field}}}', strict=True) is not is_integer


@pytest.mark.parametrize("integer", [-5, 0, 5, -(2**70)])
def test_strictly_an_integer_in_a_cell_is_one(integer: int) -> None:
    assert holds(f"$.f == {integer}", on={"f": integer}, strict=True)


def test_a_double_of_another_format_is_compared_with_an_integer_without_rounding() -> None:
    assert holds("$.f == 9007199254740992", on=holding({"f": 9007199254740992.0}))
    assert not holds("$.f == 9007199254740993", on=holding({"f": 9007199254740992.0}))


def test_strictly_an_integer_beyond_64_bits_is_one() -> None:
    assert holds(f"$.f == {2**64}", on={"f": 2**64}, strict=True)


@pytest.mark.parametrize(
    "condition",
    ["$.f contains 000000000000000001", "$.f $= 001", "$.f ^= 0.100000000000000000", r"$.f matches 0{17,}1$"],
)
def test_parts_are_looked_for_in_the_digits_as_written(condition: str) -> None:
    assert holds(condition, on='{"f": 0.10000000000000000001}')


@pytest.mark.parametrize("condition", ["$.p contains 0000", "$.p ^= 0.0", "$.p $= 0012", r"$.p matches ^0\.0+12$"])
def test_parts_are_looked_for_in_the_digits_of_a_small_number(condition: str) -> None:
    assert holds(condition, on='{"p":0.00000012}')


def test_digits_of_a_small_number_are_not_missed() -> None:
    assert not holds("$.p not contains 0000", on='{"p":0.00000012}')


def test_a_number_is_ordered_against_a_text_by_its_digits_as_written() -> None:
    assert holds('$.f > "0.1000"', on='{"f": 0.10000000000000000001}')


def test_an_integer_of_thousands_of_digits_is_no_trouble() -> None:
    digits_of_it = "9" * 5000
    assert holds(f"$.f < {digits_of_it}", on={"f": 1})


def test_an_exponent_beyond_all_reason_is_only_a_text() -> None:
    assert not holds("$.f == 1e9999999999999999999999", on={"f": 1})


@pytest.mark.parametrize(
    "condition", ["$.f == 0.2", "$.f > 0.05", "$.f < 0.05", "$.f != 7", "$.n == 2", "$.n >= 2", '$.all == [0.1, "x"]']
)
def test_only_a_tie_is_read_again(condition: str) -> None:
    decoder = JsonOrText()
    conditions(condition).matches(an_event('{"f": 0.1, "n": 2, "all": [0.1, 5]}', decoder=decoder))
    assert decoder.decoded == 1


@pytest.mark.parametrize("condition", ["$.f == 0.1", "$.f > 0.1", "$.all == [0.1, 5]", "$.f contains 1"])
def test_a_tie_is_read_again(condition: str) -> None:
    decoder = JsonOrText()
    conditions(condition).matches(an_event('{"f": 0.1, "all": [0.1, 5]}', decoder=decoder))
    assert decoder.decoded == 2
