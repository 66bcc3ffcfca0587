"""Avro schemas from files: types that one does not define are looked up in the files beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path as File

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.serialization.avro.types import Types


@dataclass(frozen=True, slots=True)
class Source:
    """A file with a schema, as it was when it was read."""

    path: File
    text: str
    stamp: tuple[int, int]

    @classmethod
    def read(cls, path: File) -> Source:
        stamp = _stamp(path)  # Before the text: what changes in between is read again.
        try:
            return cls(path, path.read_bytes().decode("utf-8-sig"), stamp)
        except (OSError, UnicodeDecodeError) as problem:
            raise KeywordMisused(f"The schema '{path}' can't be read: {problem}.") from None

    def is_current(self) -> bool:
        return _stamp(self.path) == self.stamp


def neighbours(main: Source) -> list[Source]:
    """The files that define what a schema refers to, and what they refer to in their turn."""
    folder = main.path.parent.resolve()
    types, found = Types(f"'{main.path.name}'"), [main]
    types.add(main.text)
    looked_up: set[File] = {main.path.resolve()}
    while paths := [path for name in types.missing() for path in _files(folder, name) if path not in looked_up]:
        for path in paths:
            looked_up.add(path)
            source = Source.read(path)
            Types(f"'{path.name}'").add(source.text)  # A fault in it is told by its own name.
            types.add(source.text)
            found.append(source)
    return found[1:]


def _files(folder: File, name: str) -> list[File]:
    """The file named as the type, or as the type without its namespace."""
    for one in dict.fromkeys((name, name.rpartition(".")[2])):
        path = (folder / f"{one}.avsc").resolve()
        if path.is_relative_to(folder) and path.is_file():
            return [path]
    return []


def _stamp(path: File) -> tuple[int, int]:
    try:
        known = path.stat()
    except OSError:
        return 0, -1
    return known.st_mtime_ns, known.st_size
