"""Avro: events in its binary form, read and written by a schema.

Bytes come from anywhere: a value that doesn't fit its schema is refused, and never ends a test run or becomes
another value. So types become Python functions here, which are hardly slower than a reader in C and know the byte
and the field where they stop.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path as File
from typing import Any

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.serialization.avro.least_sizes import Sizes
from KafkaLibrary.serialization.avro.misfits import Findings
from KafkaLibrary.serialization.avro.one_field import Pick, Pickers
from KafkaLibrary.serialization.avro.reading import Broken, Ended, Readers
from KafkaLibrary.serialization.avro.types import Types
from KafkaLibrary.serialization.avro.writing import Writers
from KafkaLibrary.serialization.schemas.schema_files import SchemaFile
from KafkaLibrary.serialization.schemas.violations import Misfit, Violation


class AvroSchema:
    """A schema with the named types that it refers to."""

    kind = "avro"

    def __init__(self, text: str, name: str, references: Sequence[str] = ()) -> None:
        """``references`` are texts of schemas that define what this one refers to, in any order.

        Raises ``KeywordMisused`` where it is no usable schema.
        """
        self.name = name
        self.text = text
        self.references = tuple(references)
        self._files: tuple[SchemaFile, ...] = ()
        types = Types(name)
        try:
            root = types.add(text)
            for reference in self.references:
                types.add(reference)
            types.complete()
            sizes = Sizes(types)
            readers = Readers(types, sizes)
            self._read = readers.of(root)
            self.pickers, self.types, self.root = Pickers(types, sizes, readers), types, root
            self._write = Writers(types, sizes).of(root)
        except RecursionError:
            types.refuse("", "it is nested too deeply")
        self.full_name = types.find(root).name

    @classmethod
    def of_file(cls, path: File) -> AvroSchema:
        """Types that are not in it are looked up in the files of its folder that are named as they are."""
        main = SchemaFile.read(path)
        others = _neighbours(main)
        schema = cls(main.text, f"'{path.name}'", [other.text for other in others])
        schema._files = (main, *others)
        return schema

    def is_current(self) -> bool:
        """Whether no file of it has changed since it was read."""
        return all(file.is_current() for file in self._files)

    def read(self, raw: bytes, start: int = 0) -> Any:
        """The value of the bytes from ``start`` on. Raises ``Undecodable``."""
        try:
            value, end = self._read(raw, start)
        except Broken as problem:
            raise self._undecodable(problem) from None
        except (IndexError, struct.error):
            raise self._undecodable(Ended(raw)) from None
        except RecursionError:
            raise Undecodable(f"not Avro of the schema {self.name}: it is nested too deeply") from None
        if end != len(raw):
            raise self._undecodable(Broken(f"the value ends before what is left over, {_bytes(len(raw) - end)},", end))
        return value

    def picker(self, steps: Sequence[str | int]) -> Pick | None:
        """What reads the field at these names alone, where that can be done; ``ValueError`` for broken bytes."""
        pick = self.pickers.of(self.root, steps)
        if pick is None:
            return None
        found = pick

        def read(raw: bytes, start: int) -> list[Any]:
            try:
                return found(raw, start)
            except (IndexError, struct.error, Broken) as problem:
                raise ValueError from problem

        return read

    def write(self, value: Any) -> bytes:
        """The bytes of a value. Raises ``Misfit`` with all that does not fit."""
        out, found = self._written(value)
        if found:
            raise Misfit(self.name, found)
        return bytes(out)

    def violations(self, value: Any) -> list[Violation]:
        """All that does not fit the schema."""
        return self._written(value)[1]

    def _written(self, value: Any) -> tuple[bytearray, list[Violation]]:
        out, found = bytearray(), Findings()
        try:
            self._write(value, out, found)
        except RecursionError:
            raise KeywordMisused(
                f"The value can't be written with the schema {self.name}: it is nested too deeply or contains itself."
            ) from None
        return out, found.violations

    def _undecodable(self, problem: Broken) -> Undecodable:
        place = f" in {_path(problem.steps)}" if problem.steps else ""
        return Undecodable(f"not Avro of the schema {self.name}: {problem.what} at byte {problem.at}{place}")


def _path(steps: list[str | int]) -> str:
    path = "$" + "".join(_STEPS[step.__class__](step) for step in reversed(steps))
    return path if len(path) <= 200 else f"{path[:100]}…{path[-100:]}"


def _bytes(count: int) -> str:
    return "1 byte" if count == 1 else f"{count} bytes"


_STEPS = {
    int: lambda step: f"[{step}]",
    str: lambda step: f".{step}" if step.isidentifier() else f"[{step[:50]!r}]",
}


def _neighbours(main: SchemaFile) -> list[SchemaFile]:
    """The files that define what a schema refers to, and what they refer to in their turn."""
    folder = main.path.parent.resolve()
    types, found = Types(f"'{main.path.name}'"), [main]
    types.add(main.text)
    looked_up: set[File] = {main.path.resolve()}
    while paths := [path for name in types.missing() for path in _files_of(folder, name) if path not in looked_up]:
        for path in paths:
            looked_up.add(path)
            file = SchemaFile.read(path)
            Types(f"'{path.name}'").add(file.text)  # A fault in it is told by its own name.
            types.add(file.text)
            found.append(file)
    return found[1:]


def _files_of(folder: File, name: str) -> list[File]:
    """The file named as the type, or as the type without its namespace."""
    for one in dict.fromkeys((name, name.rpartition(".")[2])):
        path = (folder / f"{one}.avsc").resolve()
        if path.is_relative_to(folder) and path.is_file():
            return [path]
    return []
