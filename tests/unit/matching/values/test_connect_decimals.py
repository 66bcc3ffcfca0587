"""A decimal that Kafka Connect wrote without its schema is not compared by the letters of its Base64."""

from __future__ import annotations

import base64
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.matching.values.connect_decimals import of_equal, of_no_order
from KafkaLibrary.matching.values.numbers import number
from tests.unit.matching.samples import conditions, holding


def connect(decimal: Decimal) -> tuple[str, int]:
    """As ``java.math.BigInteger.toByteArray`` gives the unscaled value, and the scale."""
    sign, digits, exponent = decimal.as_tuple()
    unscaled = int("".join(map(str, digits))) * (-1 if sign else 1)
    size = 1
    while not -(1 << (8 * size - 1)) <= unscaled < 1 << (8 * size - 1):
        size += 1
    return base64.b64encode(unscaled.to_bytes(size, "big", signed=True)).decode(), -int(exponent)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**20), max_value=10**20))
def test_each_is_known_again(decimal: Decimal) -> None:
    text, scale = connect(decimal)
    decision = of_equal(number(decimal))(text)
    assert decision is not None
    assert f"looks like Connect's Decimal: {decimal:f} at scale" in decision.reason or scale == 2
    assert of_no_order(text) is not None


@given(st.integers(-(10**30), 10**30), st.integers(-(10**30), 10**30))
def test_another_number_is_another(one: int, other: int) -> None:
    text, _ = connect(Decimal(one))
    decision = of_equal(number(other))(text)
    assert (decision is not None) == (one == other or Decimal(other) in {Decimal(one).scaleb(-k) for k in range(39)})


@pytest.mark.parametrize(
    ("cells", "met"),
    [
        (["total > 50"], "undecided"),
        (["total < 5"], "undecided"),
        (["total == 12.34"], "undecided"),
        (["total != 12.34"], "undecided"),
        (["total in 1, 12.34"], "undecided"),
        (["total", "==", 12.34], "undecided"),
        (["total", ">", 50], "undecided"),
        ([{"after": {"total": 12.34}}], "undecided"),
        (["total == 12.35"], False),
        (["total != 12.35"], True),
        (["total == BNI="], True),
        (["total >= BNI="], True),
        (['total == "12.34"'], False),
        (["version >= 2"], True),
        (["name > 5"], True),
    ],
)
def test_what_it_meets(cells: list[Any], met: bool | str) -> None:
    found = holding({"total": "BNI=", "version": "2.1.0", "name": "Adam S", "after": {"total": "BNI="}})
    judged = conditions(*cells).judge(found)
    assert ("undecided" if judged.undecided else judged.matches) == met


def test_where_types_count_a_text_is_no_number() -> None:
    found = holding({"total": "BNI="})
    assert not conditions("total", "==", 12.34, strict=True).judge(found).undecided
    assert not conditions("total > 50", strict=True).judge(found).undecided


@pytest.mark.parametrize("text", ["", "A", "BNI", "BNI==", "BNJ=x", "ABNI", "not base64!", "AAAB", "B" * 48])
def test_what_no_connector_writes_is_none(text: str) -> None:
    """Too many bytes for the number, signs of no Base64, or bits that are left over."""
    if text == "ABNI":
        text = base64.b64encode(b"\x00\x12\x34").decode()
    assert of_no_order(text) is None
