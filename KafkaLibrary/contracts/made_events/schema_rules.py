"""The rules of a JSON Schema at one place: its own, with those of its references and of ``allOf``, as one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from KafkaLibrary.serialization.json_schema.schema import JsonSchema

_TIGHTER = {
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"), max),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains"), min),
}
_OF_NAMES = ("properties", "patternProperties", "dependentSchemas")
_PASSED_OVER = frozenset(("$ref", "allOf", "definitions", "$defs", "$schema", "$id", "id", "$comment", "title"))
_DEEPEST = 20
_OF_TYPES: Mapping[str, frozenset[str]] = {
    "object": frozenset((
        "additionalProperties", "dependencies", "dependentRequired", "dependentSchemas", "maxProperties",
        "minProperties", "patternProperties", "properties", "propertyNames", "required", "unevaluatedProperties",
    )),
    "array": frozenset((
        "additionalItems", "contains", "items", "maxItems", "minItems", "prefixItems", "unevaluatedItems",
        "uniqueItems",
    )),
    "number": frozenset(("exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf")),
    "string": frozenset(("format", "maxLength", "minLength", "pattern")),
}  # fmt: skip


class Rules(NamedTuple):
    """``beside`` are rules of which there is another one here, ``references`` those that were followed."""

    rules: dict[str, Any]
    beside: tuple[dict[str, Any], ...] = ()
    references: frozenset[str] = frozenset()

    @property
    def types(self) -> list[str]:
        """The types that a value here may have: as said, or as the rules are for."""
        named = self.rules.get("type")
        if named is not None:
            return [named] if isinstance(named, str) else list(named)
        return [kind for kind, rules in _OF_TYPES.items() if not rules.isdisjoint(self.rules)]


class SchemaRules:
    """Those of one schema."""

    def __init__(self, schema: JsonSchema) -> None:
        self._schema = schema

    def of(self, part: Any) -> Rules:
        """``part`` is a schema within the whole."""
        return self._of(part, frozenset(), 0)

    def _of(self, part: Any, around: frozenset[str], depth: int) -> Rules:
        if not isinstance(part, Mapping) or depth > _DEEPEST:
            return Rules({"not": {}} if part is False else {})
        rules = {rule: asked for rule, asked in part.items() if rule not in _PASSED_OVER}
        beside: list[dict[str, Any]] = []
        references = around
        reference = part.get("$ref")
        more = []
        if isinstance(reference, str) and reference not in around:
            references |= {reference}
            more.append(self._of(self._schema.referred(reference), references, depth + 1))
        listed = part.get("allOf")
        more += [self._of(one, references, depth + 1) for one in (listed if isinstance(listed, list) else ())]
        for one in more:
            references |= one.references
            beside += one.beside
            left = _merged(rules, one.rules)
            if left:
                beside.append(left)
        return Rules(rules, tuple(beside), references)


def _merged(rules: dict[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Puts more rules to those that there are; gives those of which there is another one."""
    left: dict[str, Any] = {}
    for rule, asked in more.items():
        if rule not in rules:
            rules[rule] = asked
        elif rules[rule] != asked and not _tightened(rules, rule, asked):
            left[rule] = asked
    return left


def _tightened(rules: dict[str, Any], rule: str, asked: Any) -> bool:
    known = rules[rule]
    if rule in _TIGHTER:
        rules[rule] = _TIGHTER[rule](known, asked)
    elif rule == "required" and isinstance(known, list) and isinstance(asked, list):
        rules[rule] = list(dict.fromkeys([*known, *asked]))
    elif rule == "type":
        rules[rule] = _types_of_both(known, asked)
    elif rule in _OF_NAMES and isinstance(known, Mapping) and isinstance(asked, Mapping):
        rules[rule] = {**known, **{name: _both(known[name], one) if name in known else one
                                   for name, one in asked.items()}}  # fmt: skip
    elif rule in ("items", "additionalProperties") and not isinstance(known, list) and not isinstance(asked, list):
        rules[rule] = _both(known, asked)
    else:
        return False
    return True


def _both(one: Any, other: Any) -> Any:
    if one is True or one == other:
        return other
    return one if other is True else {"allOf": [one, other]}


def _types_of_both(one: Any, other: Any) -> list[str]:
    first = [one] if isinstance(one, str) else list(one)
    second = [other] if isinstance(other, str) else list(other)
    found = [kind for kind in first if kind in second]
    narrow = "integer" in (*first, *second) and "number" in (*first, *second) and "integer" not in found
    return [*found, "integer"] if narrow else found
