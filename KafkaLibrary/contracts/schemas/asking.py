"""Whether a JSON Schema asks anything at all of a value: what asks nothing fits everything, and proves nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_ALL_TYPES = frozenset(("array", "boolean", "null", "number", "object", "string"))
_OF_NAMES = ("patternProperties", "properties", "dependencies", "dependentSchemas")
_LISTS = ("allOf", "items", "prefixItems")
_SINGLE = ("additionalItems", "additionalProperties", "contains", "items", "propertyNames", "then", "else",
           "unevaluatedItems", "unevaluatedProperties")  # fmt: skip
_BESIDE_IF = ("then", "else")
_IF_ANY = ("required", "uniqueItems", "minItems", "minLength", "minProperties", "minContains")
_FORMATS = ("date", "date-time", "email", "idn-email", "ipv4", "ipv6", "regex", "time", "uuid")
"""Those that are checked."""
_ALWAYS = (
    "const", "enum", "exclusiveMaximum", "exclusiveMinimum", "maxContains", "maxItems", "maxLength",
    "maxProperties", "maximum", "minimum", "multipleOf", "not", "pattern", "dependentRequired",
)  # fmt: skip


def asks(schema: Any, *, of_headers: bool = False) -> bool:
    """``schema`` stands alone. Headers are an object in any case: to ask for that is to ask nothing."""
    definitions = schema.get("definitions", {}) if isinstance(schema, Mapping) else {}
    return _asks(schema, definitions, schema, frozenset(), of_headers=of_headers)


def _asks(schema: Any, definitions: Any, root: Any, around: frozenset[str], *, of_headers: bool = False) -> bool:
    if not isinstance(schema, Mapping):
        return schema is False
    if _asks_itself(schema, of_headers=of_headers):
        return True
    if isinstance(schema.get("$ref"), str) and _asks_there(schema["$ref"], definitions, root, around):
        return True

    def inner(one: Any) -> bool:
        return _asks(one, definitions, root, around)

    several = any(schema.get(rule) and all(map(inner, schema[rule])) for rule in ("anyOf", "oneOf"))
    return several or any(map(inner, _within(schema)))


def _asks_itself(schema: Mapping[str, Any], *, of_headers: bool) -> bool:
    asked = (*_ALWAYS, *(rule for rule in _IF_ANY if schema.get(rule)))
    if any(rule in schema for rule in asked) or schema.get("format") in _FORMATS:
        return True
    # Of several that fit, one too many do.
    return _asks_type(schema.get("type"), of_headers=of_headers) or len(schema.get("oneOf", ())) > 1


def _within(schema: Mapping[str, Any]) -> list[Any]:
    named = [one for rule in _OF_NAMES for one in _values(schema.get(rule))]
    listed = [one for rule in _LISTS if isinstance(schema.get(rule), list) for one in schema[rule]]
    single = _SINGLE if "if" in schema else [rule for rule in _SINGLE if rule not in _BESIDE_IF]
    return [*named, *listed, *(schema[rule] for rule in single if rule in schema)]


def _values(named: Any) -> list[Any]:
    return list(named.values()) if isinstance(named, Mapping) else []


def _asks_there(reference: str, definitions: Any, root: Any, around: frozenset[str]) -> bool:
    if reference in around:
        return False
    if reference == "#":
        return _asks(root, definitions, root, around | {reference})
    name = reference.removeprefix("#/definitions/")
    # What can't be followed asks something, of which nothing is known.
    return name not in definitions or _asks(definitions[name], definitions, root, around | {reference})


def _asks_type(named: Any, *, of_headers: bool) -> bool:
    if named is None:
        return False
    types = {named} if isinstance(named, str) else set(named)
    if of_headers and "object" in types:
        return False
    return not types >= _ALL_TYPES
