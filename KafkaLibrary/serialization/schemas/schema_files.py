"""Files with schemas, read as text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path as File

from KafkaLibrary.errors import KeywordMisused


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """A file with a schema, as it was when it was read."""

    path: File
    text: str
    stamp: tuple[int, int]

    @classmethod
    def read(cls, path: File, what: str = "schema") -> SchemaFile:
        stamp = _stamp(path)  # Before the text: what changes in between is read again.
        try:
            return cls(path, path.read_bytes().decode("utf-8-sig"), stamp)
        except (OSError, UnicodeDecodeError) as problem:
            raise KeywordMisused(f"The {what} '{path}' can't be read: {problem}.") from None

    def is_current(self) -> bool:
        """Whether it has not changed since."""
        return _stamp(self.path) == self.stamp


def _stamp(path: File) -> tuple[int, int]:
    try:
        known = path.stat()
    except OSError:
        return 0, -1
    return known.st_mtime_ns, known.st_size
