"""JSON Schemas: read from files, checked themselves, and held against values. Nothing is ever fetched."""

from __future__ import annotations

import decimal
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path as File
from typing import Any
from urllib.parse import unquote, urlsplit

from jsonschema import FormatChecker
from jsonschema.exceptions import SchemaError, ValidationError
from jsonschema.validators import Draft3Validator, Draft4Validator, Draft202012Validator, validator_for
from referencing import Registry, Resource
from referencing.exceptions import Unresolvable
from referencing.jsonschema import specification_with

from KafkaLibrary.errors import ExpectationFailed, KeywordMisused
from KafkaLibrary.json_slips import each_once, json_problem, no_constant
from KafkaLibrary.serialization.schema_files import SchemaFile
from KafkaLibrary.serialization.violations import Violation

_DRAFTS = "draft-04, draft-06, draft-07, 2019-09 and 2020-12"
_LARGEST_INTEGER = 1000
"""Digits up to which a whole number written with a fraction or an exponent counts as an integer."""
_DIGITS = decimal.Context(prec=10_000)


class JsonSchema:
    """A schema with the files that it refers to, as far as they were read."""

    def __init__(
        self, text: str, name: str, folder: File | None = None, references: Mapping[str, str] | None = None
    ) -> None:
        """``folder`` is where files it refers to may be, ``references`` has texts of schemas by the names it uses.

        Raises ``KeywordMisused`` where it is no usable schema.
        """
        self.name = name
        self.text = text
        self._references = references or {}
        self._folder = folder
        self._files: list[SchemaFile] = []
        self._neighbours: dict[str, Resource[Any]] = {}
        self._refusal = ""
        self._draft: Any = Draft202012Validator
        content = self._read(text, name)
        self._draft = _draft_of(content, name, Draft202012Validator)
        if not self._draft.VALIDATORS.keys() & content.keys():
            raise KeywordMisused(
                f"The schema {name} asks nothing: it has no rule of JSON Schema.\n"
                "A schema has rules such as `type`, `required` and `properties`; an example of a value is none."
            )
        self._id = str(_resource(content, self._draft).id() or "")
        self.full_name = str(content.get("title") or self._id or name)
        registry: Registry[Any] = Registry(retrieve=self._retrieve)  # type: ignore[call-arg] # its types hide the fields that it is made of
        self._validator = self._draft(content, registry=registry, format_checker=_formats())

    @classmethod
    def of_file(cls, path: File) -> JsonSchema:
        file = SchemaFile.read(path)
        schema = cls(file.text, f"'{path.name}'", path.parent.resolve())
        schema._files.append(file)
        return schema

    def is_current(self) -> bool:
        """Whether no file of it has changed since it was read."""
        return all(file.is_current() for file in self._files)

    def violations(self, value: Any) -> list[Violation]:
        """All that the value, given with exact numbers, does not meet. The nearest of alternatives stands for them."""
        found: list[Violation] = []
        self._refusal = ""
        try:
            with decimal.localcontext(_DIGITS):
                plain = self._plain(value, (), found)
                for error in self._validator.iter_errors(plain):
                    found += _violations(error)
        except Unresolvable as problem:
            nowhere = f"The schema {self.name} refers to '{problem.ref}', which is nowhere in it."
            raise KeywordMisused(self._refusal or nowhere) from None
        except RecursionError:
            raise KeywordMisused(
                f"The schema {self.name} can't be applied: "
                "it refers to itself without end, or the value is nested too deeply."
            ) from None
        except re.error as problem:
            raise KeywordMisused(f"The schema {self.name} has a pattern that can't be read: {problem}.") from None
        except decimal.DecimalException:
            raise ExpectationFailed(f"The value has a number that is too long for the schema {self.name}.") from None
        return sorted(_once(found), key=lambda one: [(isinstance(step, str), step) for step in one.steps])

    def _plain(self, value: Any, steps: tuple[str | int, ...], found: list[Violation]) -> Any:
        """The value in the types that jsonschema knows, with no number rounded."""
        if isinstance(value, dict):
            return {name: self._plain(part, (*steps, name), found) for name, part in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._plain(part, (*steps, index), found) for index, part in enumerate(value)]
        if isinstance(value, float):
            if not math.isfinite(value):
                found.append(Violation(steps, "number", None, value))
                return value
            value = Decimal(repr(value))
        if isinstance(value, Decimal) and self._draft is not Draft4Validator:  # To draft-04 5.0 is no integer.
            return _integer(value)
        return value

    def _read(self, text: str, name: str) -> dict[str, Any]:
        content = _parsed(text, name)
        draft = _draft_of(content, name, self._draft)
        try:
            draft.check_schema(content)
        except SchemaError as problem:
            first: Any = problem
            while first.context:  # Of several forms of a rule the drafts give the usual one first.
                first = first.context[0]
            raise KeywordMisused(
                f"The schema {name} can't be used: at {problem.json_path} {first.message[:200]}."
            ) from None
        except RecursionError:
            raise KeywordMisused(f"The schema {name} can't be used: it is nested too deeply.") from None
        return content

    def _retrieve(self, uri: str) -> Resource[Any]:
        """A file of the schema's folder. Where the schema has an ``$id``, that names the folder."""
        if uri not in self._neighbours:
            try:
                self._neighbours[uri] = self._referred(uri) or self._neighbour(self._file(uri))
            except KeywordMisused as refusal:
                self._refusal = str(refusal)  # Not all versions of jsonschema pass it on.
                raise
        return self._neighbours[uri]

    def _referred(self, uri: str) -> Resource[Any] | None:
        for name in (uri, self._beside(uri)):
            if name in self._references:
                content = self._read(self._references[name], f"'{name}'")
                return _resource(content, _draft_of(content, name, self._draft))
        return None

    def _neighbour(self, path: File) -> Resource[Any]:
        file = SchemaFile.read(path)
        self._files.append(file)
        name = f"'{path.name}'"
        content = self._read(file.text, name)
        return _resource(content, _draft_of(content, name, self._draft))

    def _beside(self, uri: str) -> str:
        """What it is called from the place that the schema's ``$id`` names."""
        return uri.removeprefix(self._id[: self._id.rfind("/") + 1])

    def _file(self, uri: str) -> File:
        base = self._id[: self._id.rfind("/") + 1]
        rest = self._beside(uri)
        address = urlsplit(rest)
        if self._folder is None or not uri.startswith(base) or address.scheme or address.netloc:
            allowed = f"to files in '{self._folder}'" if self._folder else "to parts of itself"
            raise KeywordMisused(
                f"The schema {self.name} refers to '{uri}', and nothing is fetched for a check.\n"
                f"It may refer {allowed} only."
            )
        path = (self._folder / unquote(rest)).resolve()
        if not path.is_relative_to(self._folder):
            raise KeywordMisused(
                f"The schema {self.name} refers to '{uri}', which is outside of its folder, '{self._folder}'."
            )
        return path


# Reading.


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        content = json.loads(text, parse_float=Decimal, parse_constant=no_constant, object_pairs_hook=each_once)
    except RecursionError:
        raise KeywordMisused(f"The schema {name} can't be used: it is nested too deeply.") from None
    except (ValueError, ArithmeticError) as problem:
        raise KeywordMisused(f"The schema {name} is {json_problem(problem)}.") from None
    if not isinstance(content, dict):
        raise KeywordMisused(f"The schema {name} is no JSON object, and so no schema that asks anything.")
    return content


def _draft_of(content: dict[str, Any], name: str, otherwise: Any) -> Any:
    named = content.get("$schema")
    if named is None:
        return otherwise
    unknown: Any = None
    draft = validator_for({"$schema": named}, default=unknown) if isinstance(named, str) else unknown
    if draft is None or draft is Draft3Validator:
        raise KeywordMisused(
            f"The schema {name} is of a draft that is not known, '{named}'.\nThe drafts are {_DRAFTS}."
        )
    return draft


def _resource(content: dict[str, Any], draft: Any) -> Resource[Any]:
    return specification_with(str(draft.META_SCHEMA["$schema"])).create_resource(content)


def _integer(number: Decimal) -> Any:
    if number.adjusted() < _LARGEST_INTEGER and number == number.to_integral_value():
        return int(number)
    return number


# From jsonschema's errors to violations: one for each field that is missing or should not be there.


def _violations(error: ValidationError) -> Iterator[Violation]:
    steps, rule = tuple(error.absolute_path), str(error.validator or "false")
    if _is_of_a_name(tuple(error.absolute_schema_path)):
        yield Violation((*steps, str(error.instance)), "propertyNames", error.validator_value, error.instance)
        return
    yield from _READERS.get(rule, _as_it_is)(error, steps, rule)


def _once(violations: Iterable[Violation]) -> tuple[Violation, ...]:
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
        branches.setdefault(inner.schema_path[0], []).append(inner)
    asked: Any = error.validator_value
    types = [_type_alone(branch) for branch in branches.values()]
    if types and all(types):
        yield Violation(steps, "type", [name for names in types for name in names], error.instance)
        return
    nearest = min(branches.values(), key=lambda branch: _distance(branch, len(steps)), default=[])
    lacking = _once(violation for one in nearest for violation in _violations(one))
    yield Violation(steps, rule, len(asked), error.instance, lacking)


def _type_alone(branch: list[ValidationError]) -> list[str]:
    """The types of an alternative that asks for nothing else here."""
    only = branch[0]
    if len(branch) > 1 or only.validator != "type" or only.relative_path:
        return []
    asked: Any = only.validator_value
    return [asked] if isinstance(asked, str) else list(asked)


def _distance(branch: list[ValidationError], depth: int) -> tuple[int, int, int]:
    """How far the value is from an alternative: a field with a fixed value tells which of them is meant."""
    other_type = sum(one.validator == "type" and len(one.absolute_path) == depth for one in branch)
    other_kind = sum(one.validator in ("const", "enum") for one in branch)
    return other_type, other_kind, len(branch)


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


# Formats: those that Python itself can check. RFC 3339 asks more of a point in time than ISO 8601.

_DATE = r"\d{4}-\d\d-\d\d"
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
_TIME = rf"{_CLOCK}:(?P<second>\d\d)(?:\.\d+)?(?:[Zz]|[+-]{_CLOCK})"
_READ_DATE = re.compile(_DATE, re.ASCII)
_READ_TIME = re.compile(_TIME, re.ASCII)
_READ_MOMENT = re.compile(rf"(?P<date>{_DATE})[Tt](?P<clock>{_TIME})", re.ASCII)


def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(_READ_DATE.fullmatch(value) and date.fromisoformat(value))


def _is_time(value: object) -> bool:
    if not isinstance(value, str):
        return True
    found = _READ_TIME.fullmatch(value)
    return found is not None and int(found["second"]) <= 60  # a leap second


def _is_moment(value: object) -> bool:
    if not isinstance(value, str):
        return True
    found = _READ_MOMENT.fullmatch(value)
    return found is not None and _is_date(found["date"]) and _is_time(found["clock"])


def _formats() -> FormatChecker:
    checker = FormatChecker(("email", "idn-email", "ipv4", "ipv6", "regex", "uuid"))
    for name, is_valid in (("date", _is_date), ("time", _is_time), ("date-time", _is_moment)):
        checker.checks(name, raises=ValueError)(is_valid)
    return checker
