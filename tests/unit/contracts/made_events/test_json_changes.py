"""Each limit of a JSON Schema gives a valid value at it and an invalid one just beyond, in one place at a time."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from KafkaLibrary.contracts.made_events.changes import Unmade
from KafkaLibrary.contracts.made_events.json_changes import JsonChanges
from KafkaLibrary.contracts.made_events.made_values import NotMade
from KafkaLibrary.errors import KeywordMisused
from tests.unit.contracts.made_events.making import differences, made, schema_of, values
from tests.unit.serialization.json_schema.test_quick_check import SCHEMAS

_04 = "http://json-schema.org/draft-04/schema#"
_2020 = "https://json-schema.org/draft/2020-12/schema"
NUMBER, WHOLE, TEXT = {"type": "number"}, {"type": "integer"}, {"type": "string"}
OBJECT: dict[str, Any] = {"type": "object", "properties": {"a": TEXT, "b": TEXT}}


@pytest.mark.parametrize(
    ("schema", "valid", "at_limit", "broken", "beyond"),
    [
        ({**WHOLE, "minimum": 3}, "at minimum", 3, "below minimum", 2),
        ({**WHOLE, "maximum": 3}, "at maximum", 3, "above maximum", 4),
        ({**WHOLE, "exclusiveMinimum": 3}, "at minimum", 4, "below minimum", 3),
        ({**WHOLE, "exclusiveMaximum": 3}, "at maximum", 2, "above maximum", 3),
        ({**WHOLE, "minimum": 0.5}, "at minimum", 1, "below minimum", 0),
        ({**NUMBER, "minimum": 0}, "at minimum", 0, "below minimum", Decimal("-0.01")),
        ({**NUMBER, "minimum": 0.25}, "at minimum", Decimal("0.25"), "below minimum", Decimal("0.2499")),
        ({**NUMBER, "exclusiveMinimum": 0}, "at minimum", Decimal("0.01"), "below minimum", 0),
        ({**NUMBER, "minimum": 0, "exclusiveMinimum": 2}, "at minimum", Decimal("2.01"), "below minimum", 2),
        ({**WHOLE, "minimum": 5, "multipleOf": 4}, "at minimum", 8, "below minimum", 4),
        ({**NUMBER, "maximum": 1, "multipleOf": 0.3}, "at maximum", Decimal("0.9"), "above maximum", Decimal("1.2")),
        ({**WHOLE, "minimum": 2**70}, "at minimum", 2**70, "below minimum", 2**70 - 1),
        ({**TEXT, "minLength": 3}, "shortest", "tex", "too short", "te"),
        ({**TEXT, "maxLength": 6}, "longest", "texttt", "too long", "texttttt"[:7]),
        ({**TEXT, "maxLength": 0}, "longest", "", "too long", "x"),
        ({**TEXT, "pattern": "^[A-Z]{2}-\\d+$", "maxLength": 6}, "longest", "AA-000", "too long", "AA-0000"),
        ({**TEXT, "format": "date"}, "edge of format", "2024-02-29", "wrong format", "2023-02-29"),
        ({**TEXT, "format": "uuid"}, "edge of format", "ffffffff-ffff-ffff-ffff-ffffffffffff", "wrong format",
         "9f0a6a5d-4b7c-4c8e-8e20-1f0c2d846a3g"),
        ({"type": "array", "items": WHOLE, "minItems": 2}, "fewest items", [1, 1], "too few items", [1]),
        ({"type": "array", "items": WHOLE, "maxItems": 2}, "most items", [1, 1], "too many items", [1, 1, 1]),
        ({"type": "array", "items": WHOLE, "maxItems": 2, "uniqueItems": True}, "most items", [1, 2],
         "too many items", [1, 2, 3]),
        ({"type": "object", "minProperties": 1, "additionalProperties": WHOLE}, "fewest fields", {"field0": 1},
         "too few fields", {}),
        ({**OBJECT, "maxProperties": 1}, "most fields", {"a": "text"}, "too many fields", {"a": "text", "b": "text"}),
    ],
)  # fmt: skip
def test_a_limit_is_met_and_just_not_met(
    schema: dict[str, Any], valid: str, at_limit: Any, broken: str, beyond: Any
) -> None:
    assert values(schema, valid) == [at_limit]
    assert values(schema, broken) == [beyond]


def test_a_limit_of_draft_04_is_exclusive_where_it_says_so() -> None:
    schema = {**WHOLE, "minimum": 3, "exclusiveMinimum": True}
    assert values(schema, "at minimum", draft=_04) == [4]
    assert values(schema, "below minimum", draft=_04) == [3]


@pytest.mark.parametrize(
    ("schema", "kind", "base", "expected"),
    [
        (WHOLE, "wrong type", 5, "not of its type"),
        (TEXT, "wrong type", "a", {"not": "an object"}),
        ({"type": "boolean"}, "wrong type", True, "not of its type"),
        ({"type": ["string", "object"]}, "wrong type", "a", 12345),
        (WHOLE, "null", 5, None),
        (WHOLE, "fraction", 5, Decimal("5.5")),
        ({**WHOLE, "multipleOf": 5}, "not a multiple", 10, 11),
        ({**NUMBER, "multipleOf": 0.01}, "not a multiple", 1, Decimal("1.005")),
        ({"enum": ["NEW", "PAID"]}, "unknown enum", "NEW", "NO_SUCH_VALUE"),
        ({"enum": [1, 2]}, "unknown enum", 1, 3),
        ({"const": "NEW"}, "unknown enum", "NEW", "NO_SUCH_VALUE"),
        ({"const": True}, "unknown enum", True, False),
        ({**TEXT, "pattern": "^a+$"}, "wrong pattern", "aaa", "#aa"),
        ({"type": "array", "uniqueItems": True}, "repeated item", [1, 2], [1, 2, 1]),
        ({"type": "array", "contains": WHOLE}, "missing item", ["a", 1], ["a"]),
        ({**OBJECT, "required": ["a"]}, "missing field", {"a": "x"}, {}),
        ({**OBJECT, "additionalProperties": False}, "unknown field", {"a": "x"}, {"a": "x", "noSuchField": "text"}),
        ({**OBJECT, "propertyNames": {"pattern": "^[a-z]$"}}, "wrong field name", {"a": "x"}, {"a": "x", "": 1}),
        ({**OBJECT, "dependencies": {"a": ["b"]}}, "missing dependent field", {}, {"a": "text"}),
        ({"properties": {"a": False}, "type": "object"}, "unknown field", {}, {"a": "text"}),
        ({"oneOf": [{"type": "object", "required": ["a"]}, WHOLE]}, "unknown branch", 1, {"no": "branch"}),
        ({**TEXT, "not": {"enum": ["a", "b"]}}, "forbidden value", "c", "a"),
    ],
)  # fmt: skip
def test_a_fault(schema: dict[str, Any], kind: str, base: Any, expected: Any) -> None:
    found = values(schema, kind, base)
    assert expected in found
    assert [type(one) for one in found if one == expected] == [type(expected)]


@pytest.mark.parametrize(
    ("schema", "kind", "base", "expected"),
    [
        ({"enum": ["NEW", "PAID"]}, "allowed value", "NEW", ["NEW", "PAID"]),
        ({"type": "boolean"}, "allowed value", True, [True, False]),
        ({"type": ["integer", "null"]}, "null", 1, [None]),
        ({**OBJECT, "required": ["a"]}, "left out", {"a": "x", "b": "y"}, [{"a": "x"}]),
        ({**OBJECT, "required": ["a"]}, "with the field", {"a": "x"}, [{"a": "x", "b": "text"}]),
        (OBJECT, "unknown field", {}, [{"noSuchField": "text"}]),
        ({"oneOf": [{"type": "object", "required": ["a"], "properties": {"a": WHOLE}}, WHOLE]}, "branch", 1,
         [{"a": 1}, 1]),
        ({"type": "object", "patternProperties": {"^x-": WHOLE}, "additionalProperties": False}, "with the field", {},
         [{"x-": 1}]),
        ({"if": {"const": 1}, "then": {"minimum": 0}, "else": {"type": "string"}}, "branch", 1, [1, "text"]),
    ],
)  # fmt: skip
def test_what_is_allowed(schema: dict[str, Any], kind: str, base: Any, expected: list[Any]) -> None:
    assert values(schema, kind, base) == expected


def test_faults_are_made_at_every_depth_and_in_lists() -> None:
    line = {"type": "object", "required": ["sku"], "properties": {"sku": {**TEXT, "minLength": 1}}}
    schema = {"type": "object", "required": ["lines"], "properties": {"lines": {"type": "array", "items": line}}}
    found, _ = made(schema, {"lines": [{"sku": "P-7"}, {"sku": "P-8"}]})
    short = [one for one in found if one.change.kind == "too short"]
    assert [(one.change.steps, one.content) for one in short] == [
        (("lines", 0, "sku"), {"lines": [{"sku": ""}, {"sku": "P-8"}]})
    ]


def test_a_field_that_is_not_there_is_added_and_then_broken() -> None:
    schema = {"type": "object", "properties": {"total": {**NUMBER, "minimum": 0}}}
    found = [one for one in made(schema, {})[0] if one.change.kind == "below minimum"]
    assert [(one.content, one.change.of) for one in found] == [({"total": Decimal("-0.01")}, {"total": 0})]


def test_rules_of_references_and_of_all_of_are_those_of_the_place() -> None:
    schema = {
        "allOf": [{"$ref": "#/definitions/Change"}, {"properties": {"by": {"maximum": 9}}}],
        "definitions": {
            "Change": {"type": "object", "required": ["by"], "properties": {"by": {**WHOLE, "minimum": 1}}}
        },
    }
    assert values(schema, "below minimum") == [{"by": 0}]
    assert values(schema, "above maximum") == [{"by": 10}]


def test_tuples_and_their_rest() -> None:
    schema = {"type": "array", "prefixItems": [WHOLE, TEXT], "items": {"type": "boolean"}}
    found, _ = made(schema, [1, "a", True], _2020)
    assert {one.change.steps for one in found if one.change.kind == "wrong type"} == {(), (0,), (1,)}


def test_dependent_schemas_and_unevaluated_fields() -> None:
    schema = {
        "type": "object",
        "properties": {"card": TEXT},
        "dependentSchemas": {"card": {"required": ["cvc"], "properties": {"cvc": {**TEXT, "maxLength": 3}}}},
        "unevaluatedProperties": False,
    }
    found, _ = made(schema, {"card": "x", "cvc": "123"}, _2020)
    assert {"too long", "unknown field"} <= {one.change.kind for one in found if not one.change.is_valid}


@pytest.mark.parametrize(
    ("schema", "kind", "why"),
    [
        ({**TEXT, "format": "uri"}, "wrong format", "the format 'uri' is not checked"),
        ({**WHOLE, "multipleOf": 1}, "not a multiple", "the schema allows it"),
        ({**TEXT, "pattern": ".*"}, "wrong pattern", "no value was found for it"),
        ({**TEXT, "maxLength": 10**9}, "longest", "no value was found for it"),
        ({"type": "object", "properties": {"a": {**TEXT, "pattern": "^a$", "minLength": 2}}}, "field", "no value"),
        ({"type": "object", "properties": {"a": {**WHOLE, "minimum": 5, "maximum": 4}}}, "field", "no value"),
    ],
)
def test_what_can_not_be_proved_is_named(schema: dict[str, Any], kind: str, why: str) -> None:
    found, missing = made(schema)
    assert kind not in {one.change.kind for one in found}
    assert [one for one in missing if one.kind == kind and why in one.why]


def test_another_rule_s_fault_is_never_told_for_one_of_a_pattern() -> None:
    """An empty text is too short, and the pattern finds something in it."""
    assert values({**TEXT, "pattern": "^a*", "minLength": 1}, "wrong pattern") == []


@pytest.mark.parametrize(
    "schema",
    [
        {**TEXT, "pattern": "^a$", "minLength": 2},
        {**WHOLE, "minimum": 5, "maximum": 4},
        {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#"}}},
        {"allOf": [WHOLE, TEXT]},
        {"not": {}},
        {"type": "array", "minItems": 10**7},
        {"type": "array", "uniqueItems": True, "minItems": 3, "items": {"type": "boolean"}},
    ],
)
def test_a_schema_that_nothing_fits_gives_nothing(schema: dict[str, Any]) -> None:
    with pytest.raises(NotMade):
        JsonChanges(schema_of(schema)).maker.value(schema_of(schema).rules)


def test_a_schema_that_contains_itself_is_followed_once() -> None:
    node = {"type": "object", "properties": {"n": WHOLE, "kids": {"type": "array", "items": {"$ref": "#"}}}}
    found, _ = made(node)
    assert max(len(one.change.steps) for one in found) <= 4


def test_a_schema_that_doubles_with_each_step_is_bounded() -> None:
    names = {
        f"n{level}": {"type": "object", "properties": {side: {"$ref": f"#/definitions/n{level + 1}"} for side in "ab"}}
        for level in range(12)
    }
    schema = schema_of({"$ref": "#/definitions/n0", "definitions": {**names, "n12": WHOLE}})
    changes = list(JsonChanges(schema).of({}))
    assert "more than 1,000 places" in next(one.why for one in changes if isinstance(one, Unmade))
    assert len(changes) < 10_000


def test_a_large_schema_is_bounded() -> None:
    schema = schema_of({"type": "object", "properties": {f"field{number}": WHOLE for number in range(3_000)}})
    changes = list(JsonChanges(schema).of({}))
    assert [one for one in changes if isinstance(one, Unmade)]
    assert len(changes) < 10_000


def test_the_order_is_always_the_same() -> None:
    schema = {**OBJECT, "required": ["b"], "additionalProperties": False}
    first, second = ([(one.change.kind, one.change.steps, one.content) for one in made(schema)[0]] for _ in range(2))
    assert first == second


LIMIT = st.integers(-9, 9)
LENGTH = st.integers(0, 4)
NAMES = ("a", "b", "c")
LEAVES = st.one_of(
    st.builds(lambda least, more: {**WHOLE, "minimum": least, "maximum": least + more}, LIMIT, LENGTH),
    st.builds(lambda least, step: {**NUMBER, "exclusiveMinimum": least, "multipleOf": step}, LIMIT,
              st.sampled_from([1, 2, 0.5, 0.01])),
    st.builds(lambda least, more: {**TEXT, "minLength": least, "maxLength": least + more}, LENGTH, LENGTH),
    st.builds(lambda pattern: {**TEXT, "pattern": pattern}, st.sampled_from(["^[a-z]+$", r"^\d{3}-\d+$", "x"])),
    st.builds(lambda name: {**TEXT, "format": name}, st.sampled_from(["date", "uuid", "email", "date-time"])),
    st.builds(lambda words: {"enum": words}, st.lists(st.sampled_from(["A", "B", 1, None]), min_size=1, unique=True)),
    st.builds(lambda kinds: {"type": kinds}, st.lists(st.sampled_from(["null", "string", "integer", "boolean"]),
                                                      min_size=1, unique=True)),
)  # fmt: skip


def around(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    fields = st.dictionaries(st.sampled_from(NAMES), inner, min_size=1)
    objects = st.builds(
        lambda named, needed, more: {
            "type": "object", "properties": named, "required": [one for one in needed if one in named],
            "additionalProperties": more,
        },
        fields, st.lists(st.sampled_from(NAMES), unique=True), st.booleans() | inner,
    )  # fmt: skip
    arrays = st.builds(
        lambda items, least, more, alone: {
            "type": "array", "items": items, "minItems": least, "maxItems": least + more, "uniqueItems": alone,
        },
        inner, st.integers(0, 2), LENGTH, st.booleans(),
    )  # fmt: skip
    several = st.builds(lambda rule, listed: {rule: listed}, st.sampled_from(["oneOf", "anyOf", "allOf"]),
                        st.lists(inner, min_size=1, max_size=2))  # fmt: skip
    return objects | arrays | several


def made_of_any(schema: dict[str, Any]) -> int:
    """How many values were made, each of which is what it is said to be, and another one in one place."""
    try:
        known = schema_of(schema)
        JsonChanges(known).maker.value(known.rules)
    except (KeywordMisused, NotMade):
        return 0
    found, _ = made(schema)
    for one in found:
        assert bool(known.violations(one.content)) is not one.change.is_valid
        assert is_one_place(one.change.of, one.content, one.change.steps), (one.change, one.content)
    return len(found)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(schema=st.recursive(LEAVES, around, max_leaves=6))
def test_of_ordinary_schemas_each_value_is_what_it_is_said_to_be(schema: Any) -> None:
    event(f"made: {made_of_any(schema) > 0}")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(schema=SCHEMAS)
def test_of_any_schema_nothing_is_made_that_is_not_what_it_is_said_to_be(schema: Any) -> None:
    if isinstance(schema, dict):
        made_of_any(schema)


def is_one_place(good: Any, content: Any, steps: tuple[Any, ...]) -> bool:
    """Whether all that differs is at the place or below it."""
    return all(place[: len(steps)] == steps or steps[: len(place)] == place for place in differences(good, content))
