"""Avro schemas read: from their JSON to types, with every name that they define."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

from KafkaLibrary.errors import KeywordMisused, did_you_mean
from KafkaLibrary.json_errors import json_problem, no_constant
from KafkaLibrary.serialization.avro.logical_types import Logical, logical_of

PRIMITIVES = ("null", "boolean", "int", "long", "float", "double", "bytes", "string")
_WORD = re.compile(r"[^\W\d]\w*")
_ADVICE = (
    'An Avro schema is JSON: {"type": "record", "name": "Order", "fields": [...]}, '
    'another type in this form, or the name of a type in double quotes, "string".'
)
_ELSEWHERE = (
    "Give the schema that defines it too. Beside a schema file it can be in a file named after the type, such as "
    "Customer.avsc."
)


class _NoDefault:
    """What stands where a field has no default: null could be one."""


NO_DEFAULT: Any = _NoDefault()


@dataclass(frozen=True, slots=True)
class Primitive:
    name: str
    logical: Logical | None = None


@dataclass(frozen=True, slots=True)
class Fixed:
    name: str
    size: int
    logical: Logical | None = None


@dataclass(frozen=True, slots=True)
class Enum:
    name: str
    symbols: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Array:
    items: Type
    name: str = "array"


@dataclass(frozen=True, slots=True)
class Map:
    values: Type
    name: str = "map"


@dataclass(frozen=True, slots=True)
class Union:
    branches: tuple[Type, ...]
    name: str = "union"


@dataclass(frozen=True, slots=True)
class Field:
    """``default`` is the JSON of the schema, or ``NO_DEFAULT``."""

    name: str
    type: Type
    default: Any


@dataclass(frozen=True, slots=True)
class Record:
    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A type by its name: with the namespace around it, and as it was written."""

    name: str
    written: str


Named: TypeAlias = Record | Enum | Fixed
Concrete: TypeAlias = Primitive | Array | Map | Union | Named
Type: TypeAlias = Concrete | Reference


class Types:
    """All named types of a schema and of the schemas that it refers to."""

    def __init__(self, name: str) -> None:
        """``name`` is the schema's, for messages."""
        self.schema = name
        self.named: dict[str, Named] = {}
        self._references: dict[Reference, str] = {}
        self._of_text: set[str] = set()

    def add(self, text: str) -> Type:
        """Read one text, and keep the names that it defines."""
        self._of_text = set()
        try:
            return self._type(self._parsed(text), "", "")
        except RecursionError:
            self.refuse("", "it is nested too deeply")

    def find(self, kind: Type) -> Concrete:
        """The type itself, where it is given by its name."""
        return self._target(kind) if isinstance(kind, Reference) else kind

    def missing(self) -> list[str]:
        """Names that are referred to and defined nowhere, with their namespaces."""
        return list(
            dict.fromkeys(one.name for one in self._references if not {one.name, one.written} & self.named.keys())
        )

    def complete(self) -> None:
        """Raises ``KeywordMisused`` where a name that is referred to is not defined."""
        for one, where in self._references.items():
            if not {one.name, one.written} & self.named.keys():
                near = did_you_mean(one.written, [*PRIMITIVES, *self.named, *_short(self.named)])
                self.refuse(where, f"the type '{one.written}' is not defined", f"{near}\n{_ELSEWHERE}".lstrip())

    def refuse(self, where: str, problem: str, advice: str = "") -> NoReturn:
        place = f"{where}: " if where else ""
        sentence = problem if problem.endswith("?") else f"{problem}."
        raise KeywordMisused(f"The Avro schema {self.schema} can't be used: {place}{sentence}\n{advice}".rstrip())

    def _target(self, reference: Reference) -> Named:
        return self.named[reference.name if reference.name in self.named else reference.written]

    def _parsed(self, text: str) -> Any:
        try:
            return json.loads(text, parse_constant=no_constant)
        except ValueError as problem:
            raise KeywordMisused(f"The Avro schema {self.schema} is {json_problem(problem)}.\n{_ADVICE}") from None

    def _type(self, content: Any, space: str, where: str) -> Type:
        if isinstance(content, str):
            return self._by_name(content, space, where)
        if isinstance(content, list):
            return self._union(content, space, where)
        if not isinstance(content, dict):
            self.refuse(where, f"{_shown(content)} is not a type", _ADVICE)
        kind = content.get("type")
        if isinstance(kind, (dict, list)):
            return self._type(kind, space, where)
        if not isinstance(kind, str):
            self.refuse(where, f'{_shown(content)} has no "type"', _ADVICE)
        if kind in PRIMITIVES:
            return Primitive(kind, logical_of(kind, content))
        make = _MAKERS.get(kind)
        return make(self, content, space, where) if make else self._by_name(kind, space, where)

    def _by_name(self, name: str, space: str, where: str) -> Type:
        if name in PRIMITIVES:
            return Primitive(name)
        if name in _MAKERS:
            self.refuse(where, f'"{name}" can\'t be alone', f'Write {{"type": "{name}", ...}}.')
        self._check_name(name, "a type", where, dotted=True)
        reference = Reference(f"{space}.{name}" if space and "." not in name else name, name)
        self._references.setdefault(reference, where)
        return reference

    def _union(self, content: list[Any], space: str, where: str) -> Union:
        branches = tuple(self._type(branch, space, where) for branch in content)
        if not branches:
            self.refuse(where, "a union needs at least one branch")
        names = [branch.name for branch in branches]
        if "union" in names:
            self.refuse(where, "a union can't have a union as its branch")
        self._refuse_twice(names, where, "a union has the branch")
        return Union(branches)

    def _array(self, content: Mapping[str, Any], space: str, where: str) -> Array:
        return Array(self._part(content, "items", space, where))

    def _map(self, content: Mapping[str, Any], space: str, where: str) -> Map:
        return Map(self._part(content, "values", space, where))

    def _part(self, content: Mapping[str, Any], part: str, space: str, where: str) -> Type:
        if part not in content:
            self.refuse(where, f'{_shown(content)} has no "{part}"')
        return self._type(content[part], space, where)

    def _record(self, content: Mapping[str, Any], space: str, where: str) -> Record:
        name = self._full_name(content, space, where)
        given = content.get("fields")
        if not isinstance(given, list):
            self.refuse(where, f"the record {name} has no list of fields")
        inner = name.rpartition(".")[0]
        fields = tuple(self._field(one, inner, f"the record {name}") for one in given)
        self._refuse_twice([field.name for field in fields], where, f"the record {name} has the field")
        record = Record(name, fields)
        self._define(record, where)
        return record

    def _field(self, content: Any, space: str, where: str) -> Field:
        if not isinstance(content, dict) or not isinstance(content.get("name"), str):
            self.refuse(where, f"the field {_shown(content)} has no name")
        name = content["name"]
        self._check_name(name, "a field", where)
        where = f"the field '{name}' of {where}"
        if "type" not in content:
            self.refuse(where, 'there is no "type"')
        return Field(name, self._type(content["type"], space, where), content.get("default", NO_DEFAULT))

    def _enum(self, content: Mapping[str, Any], space: str, where: str) -> Enum:
        name = self._full_name(content, space, where)
        symbols = content.get("symbols")
        if not isinstance(symbols, list) or not symbols:
            self.refuse(where, f"the enum {name} has no list of symbols")
        for symbol in symbols:
            self._check_name(symbol, f"a symbol of the enum {name}", where)
        self._refuse_twice(symbols, where, f"the enum {name} has the symbol")
        if "default" in content and content["default"] not in symbols:
            self.refuse(
                where, f"the default of the enum {name}, {_shown(content['default'])}, is not one of its symbols"
            )
        enum = Enum(name, tuple(symbols))
        self._define(enum, where)
        return enum

    def _fixed(self, content: Mapping[str, Any], space: str, where: str) -> Fixed:
        name = self._full_name(content, space, where)
        size = content.get("size")
        if type(size) is not int or size < 0:
            self.refuse(where, f'the fixed {name} has no "size" in bytes')
        fixed = Fixed(name, size, logical_of("fixed", content, size))
        self._define(fixed, where)
        return fixed

    def _full_name(self, content: Mapping[str, Any], space: str, where: str) -> str:
        name, own = content.get("name"), content.get("namespace", space)
        if not isinstance(name, str):
            self.refuse(where, f'{_shown(content)} has no "name"')
        self._check_name(name, "a type", where, dotted=True)
        if "." in name or own in ("", None):
            return name
        self._check_name(own, "a namespace", where, dotted=True)
        return f"{own}.{name}"

    def _check_name(self, name: Any, what: str, where: str, *, dotted: bool = False) -> None:
        parts = name.split(".") if isinstance(name, str) and dotted else [name]
        if not all(isinstance(part, str) and _WORD.fullmatch(part) for part in parts):
            self.refuse(
                where,
                f"{_shown(name)} can't be the name of {what}",
                "A name has letters, digits and underscores, and does not begin with a digit.",
            )

    def _refuse_twice(self, names: list[str], where: str, problem: str) -> None:
        for name, count in Counter(names).items():
            if count > 1:
                self.refuse(where, f"{problem} '{name}' twice")

    def _define(self, named: Named, where: str) -> None:
        name = named.name
        if name in PRIMITIVES or name in _MAKERS:
            self.refuse(where, f"'{name}' is a type of Avro itself and can't be defined anew")
        known = self.named.get(name)
        if name in self._of_text or (known is not None and known != named):
            self.refuse(where, f"the type '{name}' is defined twice", "To use it again, give only its name.")
        self._of_text.add(name)
        self.named[name] = named


_Maker: TypeAlias = Callable[[Types, Mapping[str, Any], str, str], Concrete]
_MAKERS: dict[str, _Maker] = {
    "record": Types._record,
    "error": Types._record,
    "enum": Types._enum,
    "fixed": Types._fixed,
    "array": Types._array,
    "map": Types._map,
}


def _short(names: Mapping[str, Any]) -> Iterator[str]:
    return (name.rpartition(".")[2] for name in names)


def _shown(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False)
    return text if len(text) <= 80 else text[:80] + "…"
