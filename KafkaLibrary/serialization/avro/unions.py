"""Which branch of a union a value is: the one that it fits, or that it names as Avro's JSON does."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from KafkaLibrary.serialization.avro.misfits import Findings, Trial, Write
from KafkaLibrary.serialization.avro.types import Array, Concrete, Fixed, Map, Primitive, Record
from KafkaLibrary.serialization.avro.values import long_bytes
from KafkaLibrary.serialization.schemas.violations import Violation
from KafkaLibrary.serialization.values.numbers import shortest_float

# The smaller, the nearer. What a kind of value does not name stands at 0: its like is not among the others.
_OF_WHOLE = {"int": 0, "long": 1, "float": 2, "double": 3, "decimal": 4, "time": 5}
_OF_FRACTION = {"float": 0, "double": 1, "decimal": 2, "int": 3, "long": 4, "time": 5}
_OF_DECIMAL = {**_OF_FRACTION, "decimal": -1}
_OF_TEXT = {"string": 0, "enum": 1, "time": 2, "uuid": 2, "decimal": 3, "bytes": 4, "fixed": 4}
_LAST = 9
_WITHOUT_PARTS = (str, int, float)  # To ask whether something is a mapping takes long.


@dataclass(frozen=True, slots=True)
class Branch:
    type: Concrete
    write: Write
    prefix: bytes

    def distance(self, value: Any) -> int:
        """How far the type is from that of a value which fits it."""
        if isinstance(value, Mapping):
            return 1 if isinstance(self.type, Map) else 2 * _lacks(self.type, value)
        group = _group(self.type)
        if isinstance(value, str):
            return _OF_TEXT.get(group, 0)
        if isinstance(value, (float, Decimal)):
            table = _OF_DECIMAL if isinstance(value, Decimal) else _OF_FRACTION
            return _LAST if group == "float" and not _is_float(value) else table.get(group, 0)
        return _OF_WHOLE.get(group, 0)


def _lacks(kind: Concrete, value: Mapping[Any, Any]) -> bool:
    return isinstance(kind, Record) and not all(field.name in value for field in kind.fields)


def _group(kind: Concrete) -> str:
    if isinstance(kind, (Primitive, Fixed)) and kind.logical:
        name = kind.logical.name
        if isinstance(kind, Primitive) and (
            name == "uuid" or (kind.logical.connect and kind.name in ("string", "bytes"))
        ):
            return kind.name
        return name if name in ("decimal", "uuid") else "time"
    if isinstance(kind, Primitive):
        return kind.name
    return kind.__class__.__name__.lower()


def _is_float(value: float | Decimal) -> bool:
    number = float(value)
    return not math.isfinite(number) or Decimal(repr(shortest_float(number))) == Decimal(str(value))


class UnionWriter:
    """Writes a union."""

    def __init__(self, branches: list[tuple[Concrete, Write]]) -> None:
        self._branches = [Branch(*branch, long_bytes(index)) for index, branch in enumerate(branches)]
        self._names = _names_of(self._branches)
        self._null = next((branch for branch in self._branches if branch.type.name == "null"), None)
        others = [branch for branch in self._branches if branch is not self._null]
        self._only = others[0] if len(others) == 1 else None

    def __call__(self, value: Any, out: bytearray, found: Findings) -> None:
        if value is None and self._null:
            out += self._null.prefix
        elif self._only and not self._named(value):
            self._write_only(self._only, value, out, found)
        else:
            self._choose(value, out, found)

    def _write_only(self, branch: Branch, value: Any, out: bytearray, found: Findings) -> None:
        out += branch.prefix
        before = len(found.violations)
        branch.write(value, out, found)
        if len(found.violations) == before + 1:
            only = found.violations[before]
            if only.rule == "fit" and not only.steps and self._null:
                found.violations[before] = Violation((), "fit", f"{only.asked}, or be null", only.found)

    def _choose(self, value: Any, out: bytearray, found: Findings) -> None:
        fitting = [branch for branch in self._branches if not _try(branch, value, found).violations]
        named = self._named(value)
        if named and not _try(named, inner := _inner(value), found).violations:
            if fitting:
                key = next(iter(value))
                found.misfit(_both(key, fitting[0].type.name), value)
            else:
                out += named.prefix + _try(named, inner, found).raw
            return
        if fitting:
            self._write_nearest(fitting, value, out, found)
        else:
            found.violations += self._lacking(value, named, found)

    def _write_nearest(self, fitting: list[Branch], value: Any, out: bytearray, found: Findings) -> None:
        least = min(branch.distance(value) for branch in fitting)
        nearest = [branch for branch in fitting if branch.distance(value) == least]
        if len(nearest) > 1:
            names = [branch.type.name for branch in nearest]
            found.misfit(f'be named by its type, as {{"{names[0]}": ...}}: it fits {_and(names)} alike', value)
        else:
            out += nearest[0].prefix + _try(nearest[0], value, found).raw

    def _lacking(self, value: Any, named: Branch | None, found: Findings) -> list[Violation]:
        """What the branch that is meant lacks, or the nearest of several."""
        if named:
            inside = Findings()
            inside.violations += _try(named, _inner(value), found).violations
            inside.move(0, next(iter(value)))
            return inside.violations
        alike = [branch for branch in self._branches if _is_alike(branch.type, value)]
        lacking = [_try(branch, value, found).violations for branch in alike]
        if len(lacking) > 1:
            return [Violation((), "anyOf", len(lacking), value, min(lacking, key=len))]
        if lacking:
            return list(lacking[0])
        asked = [one.asked for branch in self._branches for one in _try(branch, value, found).violations]
        return [Violation((), "fit", ", or ".join(dict.fromkeys(asked)), value)]

    def _named(self, value: Any) -> Branch | None:
        if not isinstance(value, _WITHOUT_PARTS) and isinstance(value, (dict, Mapping)) and len(value) == 1:
            return self._names.get(next(iter(value)))
        return None


def _names_of(branches: list[Branch]) -> dict[str, Branch]:
    """By full names, and by short ones where they tell."""
    full = {branch.type.name: branch for branch in branches}
    short = [name.rpartition(".")[2] for name in full]
    told = {one: branch for one, branch in zip(short, branches, strict=True) if short.count(one) == 1}
    return {**told, **full}


def _is_alike(kind: Concrete, value: Any) -> bool:
    if isinstance(value, Mapping):
        return isinstance(kind, (Record, Map))
    return isinstance(kind, Array) and isinstance(value, (list, tuple))


def _inner(value: Mapping[str, Any]) -> Any:
    return value[next(iter(value))]


def _try(branch: Branch, value: Any, found: Findings) -> Trial:
    key = id(branch), id(value)
    if key not in found.tried:
        out, inside = bytearray(), Findings(found.tried)
        branch.write(value, out, inside)
        found.tried[key] = Trial(value, bytes(out), tuple(inside.violations))
    return found.tried[key]


def _both(key: str, name: str) -> str:
    return f'be named by its type, as {{"{name}": {{"{key}": ...}}}}: it fits {name}, and names {key} as well'


def _and(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
