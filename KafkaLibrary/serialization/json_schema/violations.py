"""From jsonschema's errors to violations: one for each field that is missing or should not be there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from jsonschema.exceptions import ValidationError

from KafkaLibrary.serialization.schemas.violations import Violation


def violations_of(error: ValidationError) -> Iterator[Violation]:
    steps, rule = tuple(error.absolute_path), str(error.validator or "false")
    if _is_of_a_name(tuple(error.absolute_schema_path)):
        yield Violation((*steps, str(error.instance)), "propertyNames", error.validator_value, error.instance)
        return
    yield from _READERS.get(rule, _as_it_is)(error, steps, rule)


def once(violations: Iterable[Violation]) -> tuple[Violation, ...]:
    """Each of them once: several parts of a schema may ask the same."""
    return tuple({(one.steps, one.rule, repr(one.asked), _told_by(one)): one for one in violations}.values())


def _told_by(one: Violation) -> str:
    # Of a field that is forbidden by `false`, jsonschema gives the value and not the place.
    return repr(one.found) if one.rule == "false" else ""


def _is_of_a_name(place: Sequence[str | int]) -> bool:
    """Whether the rule is one for names of fields, and not for a field that is named like that rule."""
    before = ["", *place]
    return any(
        part == "propertyNames" and above not in ("properties", "patternProperties")
        for above, part in zip(before, place, strict=False)
    )


_Steps = tuple[str | int, ...]


def _as_it_is(error: ValidationError, steps: _Steps, rule: str) -> Iterator[Violation]:
    yield Violation(steps, rule, error.validator_value, error.instance)


def _limit(error: ValidationError, steps: _Steps, rule: str) -> Iterator[Violation]:
    exclusive = f"exclusive{rule.title()}"  # In draft-04 this is true or false beside the limit.
    known = _rules_around(error)
    yield Violation(steps, exclusive if known.get(exclusive) is True else rule, error.validator_value, error.instance)


def _missing(error: ValidationError, steps: _Steps, rule: str) -> Iterator[Violation]:
    asked: Any = error.validator_value
    there = tuple(_object_of(error))
    for name in asked:
        if name not in there:
            yield Violation((*steps, name), rule, None, there)


def _missing_beside(error: ValidationError, steps: _Steps, rule: str) -> Iterator[Violation]:
    asked: Any = error.validator_value
    there = tuple(_object_of(error))
    for name, needed in asked.items():
        if name in there and isinstance(needed, list):
            for one in needed:
                if one not in there:
                    yield Violation((*steps, one), "dependentRequired", name, there)


def _unwanted(error: ValidationError, steps: _Steps, rule: str) -> Iterator[Violation]:
    rules, content = _rules_around(error), _object_of(error)
    patterns = rules.get("patternProperties", {})
    for name, found in content.items():
        if name not in rules.get("properties", {}) and not any(re.search(pattern, name) for pattern in patterns):
            yield Violation((*steps, name), rule, error.validator_value, found)


def _unevaluated(error: ValidationError, steps: _Steps, rule: str) -> Iterator[Violation]:
    # Which ones they are is known to the text of the error only.
    for name, found in _object_of(error).items():
        if repr(name) in error.message:
            yield Violation((*steps, name), rule, error.validator_value, found)


def _alternatives(error: ValidationError, steps: _Steps, rule: str) -> Iterator[Violation]:
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context or ():
        # An alternative that is `false` has no place in the error: it is nobody's nearest.
        branches.setdefault(next(iter(inner.schema_path), None), []).append(inner)
    asked: Any = error.validator_value
    types = [_type_alone(branch) for branch in branches.values()]
    if types and all(types):
        yield Violation(steps, "type", [name for names in types for name in names], error.instance)
        return
    nearest = min(branches.values(), key=lambda branch: _distance(branch, len(steps)), default=[])
    lacking = once(violation for one in nearest for violation in violations_of(one))
    yield Violation(steps, rule, len(asked), error.instance, lacking)


def _type_alone(branch: list[ValidationError]) -> list[str]:
    """The types of an alternative that asks for nothing else here."""
    only = branch[0]
    if len(branch) > 1 or only.validator != "type" or only.relative_path:
        return []
    asked: Any = only.validator_value
    return [asked] if isinstance(asked, str) else list(asked)


def _distance(branch: list[ValidationError], depth: int) -> tuple[bool, int, int, int]:
    """How far the value is from an alternative: a field with a fixed value tells which of them is meant."""
    takes_nothing = any(not one.validator and len(one.absolute_path) == depth for one in branch)
    other_type = sum(one.validator == "type" and len(one.absolute_path) == depth for one in branch)
    other_kind = sum(one.validator in ("const", "enum") for one in branch)
    return takes_nothing, other_type, other_kind, len(branch)


def _rules_around(error: ValidationError) -> dict[str, Any]:
    return error.schema if isinstance(error.schema, dict) else {}


def _object_of(error: ValidationError) -> dict[str, Any]:
    return error.instance if isinstance(error.instance, dict) else {}


_READERS: dict[str, Callable[[ValidationError, _Steps, str], Iterator[Violation]]] = {
    "minimum": _limit,
    "maximum": _limit,
    "required": _missing,
    "dependentRequired": _missing_beside,
    "dependencies": _missing_beside,
    "additionalProperties": _unwanted,
    "unevaluatedProperties": _unevaluated,
    "anyOf": _alternatives,
    "oneOf": _alternatives,
}
