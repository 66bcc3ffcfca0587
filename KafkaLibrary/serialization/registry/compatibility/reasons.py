"""Why a schema breaks the compatibility rule of its subject, worked out here: not every registry says more than no.

A rule is about reading: a reader with one schema meets events that were written by another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from KafkaLibrary.serialization.registry.compatibility import avro_rules, json_schema_rules
from KafkaLibrary.serialization.registry.compatibility.changes import Change, Source


def _changes_of_protobuf(reader: Source, writer: Source, reader_is_new: bool) -> Iterator[Change]:
    from KafkaLibrary.serialization.registry.compatibility import protobuf_rules  # noqa: PLC0415 - needs a compiler

    return protobuf_rules.changes(reader, writer, reader_is_new)


_COMPARE: dict[str, Callable[[Source, Source, bool], Iterator[Change]]] = {
    "avro": avro_rules.changes,
    "json-schema": json_schema_rules.changes,
    "protobuf": _changes_of_protobuf,
}
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, ImportError)
"""What schemas lead to that did not match, or a package that is missing: the registry's no then stands
without reasons."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version that the subject has."""

    number: int
    kind: str
    source: Source


class _Found(NamedTuple):
    change: Change
    rule: str


def reasons(kind: str, new: Source, versions: Sequence[Version], level: str) -> tuple[str, ...]:
    """What breaks the rule ``level``, a line each, by the versions in their order."""
    rule, _, reach = level.partition("_")
    against = versions if reach == "TRANSITIVE" else versions[-1:]
    found: dict[_Found, list[int]] = {}
    other_kinds = []
    for version in against:
        if version.kind != kind:
            other_kinds.append(f"version {version.number} has a schema of the type {version.kind}, not {kind}")
            continue
        for one in _compared(kind, new, version.source, rule):
            numbers = found.setdefault(one, [])
            if version.number not in numbers:
                numbers.append(version.number)
    breaking = sorted(found.items(), key=lambda item: not item[0].change.breaks)
    return (*other_kinds, *(_line(one, numbers) for one, numbers in breaking))


def _compared(kind: str, new: Source, old: Source, rule: str) -> Iterator[_Found]:
    if rule in ("BACKWARD", "FULL"):
        yield from _all(lambda: _COMPARE[kind](new, old, True), "BACKWARD")
    if rule in ("FORWARD", "FULL"):
        yield from _all(lambda: _COMPARE[kind](old, new, False), "FORWARD")


def _all(compare: Callable[[], Iterable[Change]], rule: str) -> list[_Found]:
    try:
        return [_Found(change, rule) for change in compare()]
    except _UNREADABLE:
        return []


def _line(one: _Found, numbers: Sequence[int]) -> str:
    versions = f"version{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"
    if not one.change.breaks:
        return f"{one.change.place} {one.change.what}: some registries refuse that ({one.rule})"
    if one.rule == "BACKWARD":
        consequence = f"a reader with the new schema can't read events of {versions}"
    else:
        consequence = f"a reader with {versions} can't read events of the new schema"
    return f"{one.change.place} {one.change.what}: {consequence} ({one.rule})"
