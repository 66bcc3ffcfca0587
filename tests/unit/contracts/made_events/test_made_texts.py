"""Texts for patterns: the pattern finds something in each of them, or nothing in those that are made unlike it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.contracts.made_events.made_texts import matching, of_length, of_rules, unlike

PATTERNS = [
    "^[A-Z]{3}-[0-9]+$", r"^\d{5}$", r"^(EUR|USD|CHF)$", r"^[^a-z]+$", r"^\S+@\S+\.\w{2,}$", "^a?b*c+d{2,4}$",
    r"^(.)x\1$", r"^[\w.-]+$", "(?i)^abc$", r"^(?:\+|00)[1-9]\d{6,14}$", "", "a", r"^[^\d\s]$", r"^[\u4e00-\u9fff]+$",
    r"^\D\W$",
]  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_text_is_found_for_a_pattern(pattern: str) -> None:
    assert any(re.search(pattern, one) for one in matching(pattern, 0))


@pytest.mark.parametrize("pattern", [one for one in PATTERNS if one])
def test_a_near_text_is_none(pattern: str) -> None:
    text = next(one for one in matching(pattern, 0) if re.search(pattern, one))
    others = list(unlike(text, pattern))
    assert others
    assert not any(re.search(pattern, one) for one in others)


def test_a_text_of_a_pattern_is_as_long_as_asked() -> None:
    assert any(re.fullmatch("[A-Z]{2}-[0-9]+", one) and len(one) == 20 for one in matching("^[A-Z]{2}-[0-9]+$", 20))


@pytest.mark.parametrize("pattern", ["(", "^(?<=a)b$"])
def test_what_is_no_pattern_or_can_not_be_met_ends(pattern: str) -> None:
    assert not any(_finds(pattern, one) for one in matching(pattern, 0))


def _finds(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text) is not None
    except re.error:
        return False


@given(st.text(max_size=20), st.integers(0, 40))
def test_a_text_gets_its_length(text: str, length: int) -> None:
    assert {len(one) for one in of_length(text, length, {})} == {length}


def test_texts_of_rules_are_no_longer_than_kafka_takes() -> None:
    assert not list(of_rules({"minLength": 10**9}))
    assert not list(of_length("a", 10**9, {}))
