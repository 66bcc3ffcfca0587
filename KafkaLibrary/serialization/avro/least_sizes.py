"""The fewest bytes that a value of each Avro type takes; a record that no value can fill is refused."""

from __future__ import annotations

import math

from KafkaLibrary.serialization.avro.types import Fixed, Primitive, Record, Type, Types, Union

_FIXED = {"null": 0, "float": 4, "double": 8}
_MOST_PARTS = 100_000


class Sizes:
    """The fewest bytes of each type. Raises ``KeywordMisused`` for records that no value can fill."""

    def __init__(self, types: Types) -> None:
        self._types = types
        self._bytes: dict[str, float] = {}
        self._parts: dict[str, float] = {}
        self._measure()
        for name in types.named:
            if self._bytes.get(name) == math.inf:
                types.refuse("", f"the record {name} contains itself without end", _END)
            if self._parts.get(name, 0) > _MOST_PARTS:
                types.refuse("", f"the record {name} has more than {_MOST_PARTS} fields, with those inside of it")

    def of(self, kind: Type) -> int:
        return int(self._bytes_of(kind))

    def _measure(self) -> None:
        records = [named for named in self._types.named.values() if isinstance(named, Record)]
        changed = True
        while changed:
            changed = False
            records.reverse()  # What is inside first, in whatever order they are defined.
            for record in records:
                size = sum(self._bytes_of(field.type) for field in record.fields)
                parts = 1 + sum(self._parts_of(field.type) for field in record.fields)
                if (size, parts) != (self._bytes.get(record.name), self._parts.get(record.name)):
                    self._bytes[record.name], self._parts[record.name] = size, parts
                    changed = True

    def _bytes_of(self, kind: Type) -> float:
        known = self._types.find(kind)
        if isinstance(known, Record):
            return self._bytes.get(known.name, math.inf)
        if isinstance(known, Union):
            return 1 + min(self._bytes_of(branch) for branch in known.branches)
        if isinstance(known, Fixed):
            return known.size
        return _FIXED.get(known.name, 1) if isinstance(known, Primitive) else 1

    def _parts_of(self, kind: Type) -> float:
        """The values that are there whatever the bytes are."""
        known = self._types.find(kind)
        return self._parts.get(known.name, math.inf) if isinstance(known, Record) else 1


_END = 'If it may be absent, write ["null", ...] as the type of the field.'
