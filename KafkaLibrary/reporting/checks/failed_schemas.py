"""What is said of an event that does not match a schema: each violation, with its path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

from KafkaLibrary.errors import did_you_mean
from KafkaLibrary.event import Event
from KafkaLibrary.matching import KINDS, show_path, show_text, show_value
from KafkaLibrary.reporting.checks.failed_checks import because, named, value_line
from KafkaLibrary.reporting.long_lists import bounded

_ASKED_MOST = 100
_PATH_MOST = 120


class Violates(Protocol):
    """What a rule asks at one place, and what was found there."""

    @property
    def steps(self) -> tuple[str | int, ...]: ...
    @property
    def rule(self) -> str: ...
    @property
    def asked(self) -> Any: ...
    @property
    def found(self) -> Any: ...
    @property
    def inner(self) -> Sequence[Violates]: ...


def unlike(event: Event, schema: str, violations: Iterable[Violates], message: str | None) -> str:
    """All that the event's value does not meet, each at its place."""
    lines = bounded([line for one in violations for line in lines_of(one)])
    verdict = f"Event {named(event)} does not match the schema {schema}:"
    return "\n".join([*([message] if message else []), verdict, *lines, value_line(event)])


def misfit(which: str, schema: str, violations: Iterable[Violates]) -> str:
    """All that keeps a key or a value from being written by a schema, each at its place."""
    lines = bounded([line for one in violations for line in lines_of(one)])
    return "\n".join([f"The {which} does not fit the schema {schema}:", *lines])


def not_comparable(event: Event, schema: str, reason: str, message: str | None) -> str:
    """The failure for an event whose value can't be checked against a schema."""
    verdict = f"Event {named(event)} can't match the schema {schema}: {because(reason)}."
    return "\n".join([*([message] if message else []), verdict, value_line(event)])


def lines_of(one: Violates) -> Iterator[str]:
    """What one rule asks, with its path, and below it what the nearest of alternatives lacks."""
    yield _LINES.get(one.rule, _found)(show_text(show_path(one.steps), _PATH_MOST), one)
    for inner in one.inner:
        for line in lines_of(inner):
            yield f"    {line}"


def _found(path: str, one: Violates) -> str:
    own = type(one.found)
    kind = next((KINDS[known] for known in own.__mro__ if known in KINDS), own.__name__)
    asked = _ASKED.get(one.rule, _by_name)(one)
    return f"{path} was {show_value(one.found)} ({kind}), and should {asked}"


def _missing(path: str, one: Violates) -> str:
    return f"{path} is missing{_near(one)}"


def _near(one: Violates) -> str:
    hint = did_you_mean(str(one.steps[-1]), one.found, most=1)
    return f". {hint}" if hint else ""


def _missing_beside(path: str, one: Violates) -> str:
    return f"{path} is missing, and {show_value(one.asked)} requires it{_near(one)}"


def _unwanted(path: str, one: Violates) -> str:
    return f"{path} should not be there; it was {show_value(one.found)}"


def _unknown(path: str, one: Violates) -> str:
    hint = did_you_mean(str(one.steps[-1]), map(str, one.asked), most=1)
    return f"{path} is not a field of the schema{f'. {hint}' if hint else ''}"


def _forbidden(path: str, one: Violates) -> str:
    return f"{path} has {show_value(one.found)} in a field that the schema forbids"


def _misnamed(path: str, one: Violates) -> str:
    return f"{path} has a name that the schema forbids"


def _no_number(path: str, one: Violates) -> str:
    return f"{path} was {show_value(one.found)}, which is not a JSON number"


def _alternatives(path: str, one: Violates) -> str:
    if not one.inner:
        return f"{path} was {show_value(one.found)}, and matches more than one of {one.asked} alternatives"
    return f"{path} matches none of {one.asked} alternatives; the nearest requires more:"


_LINES: dict[str, Callable[[str, Violates], str]] = {
    "required": _missing,
    "dependentRequired": _missing_beside,
    "additionalProperties": _unwanted,
    "unevaluatedProperties": _unwanted,
    "unknown": _unknown,
    "false": _forbidden,
    "propertyNames": _misnamed,
    "number": _no_number,
    "anyOf": _alternatives,
    "oneOf": _alternatives,
}


def _by_name(one: Violates) -> str:
    return f"meet the schema's `{one.rule}`"


def _type(one: Violates) -> str:
    names = [one.asked] if isinstance(one.asked, str) else list(dict.fromkeys(one.asked))
    return "be " + _any_of([_NAMES.get(name, str(name)) for name in names])


def _any_of(words: Sequence[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _amount(verb: str, word: str, bound: str) -> Callable[[Violates], str]:
    return lambda one: f"{verb} {show_value(one.asked)} {word}{'s' if one.asked != 1 else ''} or {bound}"


def _text(before: str, behind: str = "") -> Callable[[Violates], str]:
    return lambda one: f"{before} {show_value(one.asked, _ASKED_MOST)}{behind}"


_NAMES = {
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
    "array": "a list",
    "object": "an object",
}

_ASKED: dict[str, Callable[[Violates], str]] = {
    "type": _type,
    "fit": lambda one: str(one.asked),
    "enum": lambda one: "be one of " + show_text(", ".join(map(show_value, one.asked)), _ASKED_MOST),
    "const": _text("be"),
    "minimum": _text("be", " or more"),
    "maximum": _text("be", " or less"),
    "exclusiveMinimum": _text("be more than"),
    "exclusiveMaximum": _text("be less than"),
    "multipleOf": _text("be a multiple of"),
    "minLength": _amount("have", "character", "more"),
    "maxLength": _amount("have", "character", "less"),
    "minItems": _amount("have", "element", "more"),
    "maxItems": _amount("have", "element", "less"),
    "minProperties": _amount("have", "field", "more"),
    "maxProperties": _amount("have", "field", "less"),
    "pattern": _text("match"),
    "format": _text("be of the format"),
    "uniqueItems": lambda one: "have no element twice",
    "contains": lambda one: "contain an element that the schema requires",
    "minContains": _amount("contain", "such element", "more"),
    "maxContains": _amount("contain", "such element", "less"),
    "items": lambda one: "have no more elements than the schema names",
    "additionalItems": lambda one: "have no more elements than the schema names",
    "unevaluatedItems": lambda one: "have no more elements than the schema names",
    "not": lambda one: "not be what the schema's `not` describes",
}
