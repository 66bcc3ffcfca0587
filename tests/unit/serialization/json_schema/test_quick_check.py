"""The quick check gives the answer that jsonschema gives, or none."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft7Validator, Draft202012Validator

from KafkaLibrary.serialization.json_schema.format_checks import known_formats
from KafkaLibrary.serialization.json_schema.quick_check import Unsure, quick_check

FORMATS = known_formats()
NAMES = st.sampled_from(["a", "b", "c"])
TEXTS = st.sampled_from(["", "a", "ab", "abc", "1", "2026-11-30", "true", "ä"])
NUMBERS = st.one_of(st.integers(-3, 3), st.sampled_from([Decimal("0.5"), Decimal("1.0"), Decimal("-2.5")]))
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)
TYPES = st.sampled_from(["string", "array", "object", "boolean", "null", "number", "integer"])
FEW = st.integers(0, 3)


def rules(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    schema = st.booleans() | inner
    several = st.lists(schema, min_size=1, max_size=3)
    return st.fixed_dictionaries(
        {},
        optional={
            "type": TYPES | st.lists(TYPES, min_size=1, max_size=2, unique=True),
            "enum": st.lists(SCALARS, min_size=1, max_size=3),
            "const": SCALARS,
            **dict.fromkeys(["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"], FEW),
            **dict.fromkeys(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"], NUMBERS),
            "multipleOf": st.sampled_from([1, 2, Decimal("0.5"), Decimal("0.01")]),
            "pattern": st.sampled_from(["^a", "b$", "[0-9]"]),
            "format": st.sampled_from(["date", "uuid", "email", "int64"]),
            "required": st.lists(NAMES, max_size=2, unique=True),
            "properties": st.dictionaries(NAMES, schema, max_size=2),
            "additionalProperties": schema,
            "items": schema,
            "uniqueItems": st.booleans(),
            **dict.fromkeys(["allOf", "anyOf", "oneOf"], several),
            "not": schema,
            "if": schema,
            "then": schema,
            "else": schema,
            "title": st.just("no rule"),
        },
    )


SCHEMAS = st.recursive(st.just({}) | st.builds(lambda one: {"type": one}, TYPES), rules, max_leaves=6)


@settings(max_examples=400, deadline=None)
@given(schema=SCHEMAS, value=VALUES, draft=st.sampled_from([Draft7Validator, Draft202012Validator]))
def test_it_gives_the_answer_of_jsonschema_or_none(schema: Any, value: Any, draft: Any) -> None:
    check = quick_check(schema, draft, FORMATS)
    if check is None:
        return
    with suppress(Unsure):
        plain = _whole_numbers(value)
        assert check(value) == draft(schema, format_checker=FORMATS).is_valid(plain)


def _whole_numbers(value: Any) -> Any:
    """As a value is given to jsonschema: a whole number is an integer, however it is written."""
    if isinstance(value, dict):
        return {name: _whole_numbers(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_whole_numbers(one) for one in value]
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


LIMITS = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["number", "integer"]),
        **dict.fromkeys(["minimum", "maximum"], NUMBERS),
        **dict.fromkeys(["exclusiveMinimum", "exclusiveMaximum"], st.booleans()),
    },
)


@given(schema=LIMITS, value=NUMBERS)
def test_limits_of_draft_04_are_exclusive_where_it_says_so_beside_them(schema: Any, value: Any) -> None:
    check = quick_check(schema, Draft4Validator, FORMATS)
    assert check is not None
    with suppress(Unsure):
        assert check(value) == Draft4Validator(schema).is_valid(value)


def test_a_schema_that_refers_to_itself_is_followed() -> None:
    tree = {"type": "object", "properties": {"in": {"$ref": "#/definitions/1"}}}
    check = quick_check({**tree, "definitions": {"1": tree}}, Draft7Validator, FORMATS)
    assert check is not None
    assert check({"in": {"in": {}}})
    assert not check({"in": {"in": 1}})


@pytest.mark.parametrize("rule", ["patternProperties", "dependencies", "contains", "propertyNames"])
def test_other_rules_are_left_to_jsonschema(rule: str) -> None:
    assert quick_check({"properties": {"a": {rule: {}}}}, Draft7Validator, FORMATS) is None


def test_what_leads_nowhere_is_no_answer() -> None:
    check = quick_check({"properties": {"a": {"$ref": "unfollowed:0"}}}, Draft7Validator, FORMATS)
    assert check is not None
    assert check({})
    with pytest.raises(Unsure):
        check({"a": 1})
