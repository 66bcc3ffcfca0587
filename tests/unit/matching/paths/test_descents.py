"""``..`` and names alone are followed here as jsonpath-ng follows them, and all that is in a document is found."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonpath_ng.ext.parser import parse

from KafkaLibrary.matching import parse_path
from KafkaLibrary.matching.paths.descents import follow_of
from KafkaLibrary.matching.paths.grammar import DESCEND, EVERY
from tests.unit.matching.samples import an_event

NAMES = st.sampled_from(["a", "b", "id"])
DOCUMENTS = st.recursive(
    st.none() | st.integers() | st.just("x"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=20,
)
STEPS = st.lists(NAMES | NAMES.map(lambda name: (DESCEND, name)), min_size=1, max_size=4)


@given(DOCUMENTS, STEPS)
def test_names_at_any_depth_are_found_as_jsonpath_finds_them(document: Any, steps: list[Any]) -> None:
    text = "$" + "".join(f"..{one[1]}" if isinstance(one, tuple) else f".{one}" for one in steps)
    flat = [step for one in steps for step in (one if isinstance(one, tuple) else (one,))]
    follow = follow_of(flat)
    assert follow
    expected = [(datum.value, _steps(datum)) for datum in parse(text).find(document)]
    assert [(one.value, one.steps) for one in follow(document)] == expected


def _steps(datum: Any) -> list[Any]:
    steps = []
    while datum.context is not None:
        steps.append(datum.path.fields[0] if hasattr(datum.path, "fields") else datum.path.indices[0])
        datum = datum.context
    return steps[::-1]


def test_all_that_is_in_a_document_is_found() -> None:
    value = {"a": [1, {"b": 2}], "c": {"d": [3]}}
    found = parse_path("$..*").find(an_event(value))
    assert found == [[1, {"b": 2}], {"d": [3]}, 1, {"b": 2}, 2, [3], 3]


def test_a_document_of_any_depth_is_followed_to_its_end() -> None:
    value: Any = {"id": 7}
    for _ in range(5000):
        value = [value]
    follow = follow_of([DESCEND, "id"])
    assert follow
    assert [one.value for one in follow(value)] == [7]


@pytest.mark.parametrize("steps", [[DESCEND, 0], [DESCEND, "a", EVERY]])
def test_what_libraries_read_in_several_ways_is_left_to_one_of_them(steps: list[Any]) -> None:
    assert follow_of(steps) is None
