"""Paths that jsonpath-ng follows: filters, slices, unions and ``..``."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.matching import parse_path
from tests.unit.matching.samples import an_event, holding, holds

ORDER = {
    "items": [
        {"sku": "A1", "count": 2, "price": 0.5},
        {"sku": "B2", "count": 1, "price": 12.25},
        {"sku": None, "count": "many"},
        {"größe": 3},
        "loose",
        7,
    ],
    "wanted": "B2",
    "größen": [{"n": 1}, {"n": 2}],
}


def find(path: str, value: Any = ORDER, exact: bool = False) -> list[Any]:
    return parse_path(path).find(an_event(value), exact)


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize(
    ("path", "results"),
    [
        ("$.items[?(@.sku == 'A1')].count", [2]),
        ("$.items[?@.sku == 'A1'].count", [2]),
        ('items[?(@.sku == "A1")].count', [2]),
        ("$.items[?(@.count > 1)].sku", ["A1"]),
        ("$.items[?(@.price > 0.5)].sku", ["B2"]),
        ("$.items[?(@.price >= 0.5 && @.count < 2)].sku", ["B2"]),
        ("$.items[?(@.sku == 'A1' || @.sku == 'B2')].count", [2, 1]),
        ("$.items[?(@.sku =~ '^B')].count", [1]),
        ("$.items[?(@.sku == null)].count", ["many"]),
        ("$.items[?(@.sku == $.wanted)].count", [1]),
        ("$.items[?(!@.sku)]['größe']", [3]),
        ("$.items[?(@['größe'] > 2)]['größe']", [3]),
        ("$.größen[?(@.n > 1)].n", [2]),
        ("$.items[?(@ == 7)]", [7]),
        ("$.items[0:2].sku", ["A1", "B2"]),
        ("$.items[-1:]", [7]),
        ("$.items[::2].sku", ["A1", None]),
        ("$.items[::0]", []),
        ("$.items[0, 1].sku", ["A1", "B2"]),
        ("$['wanted', 'missing']", ["B2"]),
        ("$..sku", ["A1", "B2", None]),
        ("$..n", [1, 2]),
        ("$..größe", [3]),
        ("$..['größe']", [3]),
        ("$..items[0].sku", ["A1"]),
        ("..sku", ["A1", "B2", None]),
        ("value..n", [1, 2]),
        ("$.wanted[0:1]", []),
        ("$.wanted[?(@ == 'B')]", []),
    ],
)
def test_a_path_beyond_plain_ones_is_followed(path: str, results: list[Any], exact: bool) -> None:
    assert find(path, exact=exact) == results


MIXED = [1, 1.5, "1", "x", True, False, None, [1], {"a": 1}, {}, [], 10**30]


COMPARISONS = [
    f"{operator} {literal}"
    for operator in ("==", "!=", "<", "<=", ">", ">=")
    for literal in ("1", "1.5", "'x'", "true", "null", "@.b", "$.wanted")
]


@pytest.mark.parametrize("comparison", [*COMPARISONS, "=~ 'x'"])
@pytest.mark.parametrize("exact", [False, True])
def test_a_filter_over_mixed_types_never_breaks(comparison: str, exact: bool) -> None:
    value = {"all": [{"a": one} for one in MIXED] + MIXED, "wanted": MIXED}
    find(f"$.all[?(@.a {comparison})]", value, exact)


def test_a_filter_picks_decimals_too() -> None:
    value = '{"items": [{"price": 1.5, "id": 1e400}, {"price": 2.5, "id": 2}]}'
    assert find("$.items[?(@.price > 2)].id", value) == [2]


def test_exact_results_of_a_filter_are_not_rounded() -> None:
    value = '{"items": [{"sku": "A", "price": 0.10000000000000000001}]}'
    found = find("$.items[?(@.price > 0.05)]", value, exact=True)
    assert found == [{"sku": "A", "price": Decimal("0.10000000000000000001")}]


@pytest.mark.parametrize("exact", [False, True])
def test_a_filter_tells_integers_beyond_64_bits_apart(exact: bool) -> None:
    value = '{"all": [{"id": 18446744073709551616, "n": 1}, {"id": 18446744073709551617, "n": 2}]}'
    assert find("$.all[?(@.id == 18446744073709551617)].n", value, exact) == [2]


def test_a_condition_on_filtered_numbers_is_exact() -> None:
    value = '{"items": [{"sku": "A", "price": 0.1}, {"sku": "B", "price": 0.30000000000000001}]}'
    assert not holds("$.items[?(@.price > 0.2)].price == 0.3", on=value)


def test_a_filter_looks_at_decimals_of_other_formats() -> None:
    event = holding([{"price": Decimal("1.10")}, {"price": Decimal("2.20")}])
    assert parse_path("$[?(@.price > 2)].price").find(event) == [Decimal("2.20")]


def test_plain_paths_never_load_jsonpath_ng() -> None:
    code = "import sys; from KafkaLibrary.matching import parse_path; parse_path('$.a[0][*]');"
    code += "print('jsonpath_ng' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "False\n"


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(), st.text(max_size=2)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=12,
)
paths = st.sampled_from(
    ["$..a", "$[?(@.a > 1)]", "$..[?(@.a == @.b)]", "$[0:1]..b", "$[?(@.a != 1.5)].a", "$..[0,1]", "$['a','b']"]
)


@given(values, paths)
def test_no_document_breaks_a_path(document: Any, path: str) -> None:
    parse_path(path).find(holding(document))


@pytest.mark.parametrize(("paid", "count"), [(2**64 + 1, 1), (2**64 + 2, 0)])
def test_two_fields_of_an_element_are_compared_beyond_64_bits(paid: int, count: int) -> None:
    value = {"items": [{"total": 2**64 + 1, "paid": paid}]}
    assert len(find("$.items[?(@.total == @.paid)]", value)) == count
