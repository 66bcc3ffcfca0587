"""Places in the files of a contract, and what is noted of them when it is read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from KafkaLibrary.contracts.documents.lines import Lines
from KafkaLibrary.serialization.json_schema.pointers import Steps, pointer_to
from KafkaLibrary.serialization.schemas.schema_files import SchemaFile


class Document:
    """One file of a contract, as it was read. ``kind`` is ``avro`` or ``protobuf`` for files of such schemas."""

    def __init__(self, file: SchemaFile, content: Any, kind: str, *, is_json: bool) -> None:
        self.file = file
        self.content = content
        self.kind = kind
        self._is_json = is_json

    @property
    def path(self) -> Path:
        return self.file.path

    @property
    def name(self) -> str:
        return self.path.name

    @cached_property
    def uri(self) -> str:
        return self.path.resolve().as_uri()

    @cached_property
    def lines(self) -> Lines | None:
        return None if self.kind == "protobuf" else Lines(self.file.text, is_json=self._is_json)


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a document."""

    document: Document
    steps: Steps = ()

    @property
    def pointer(self) -> str:
        """The JSON pointer, with its ``#``."""
        return f"#{pointer_to(self.steps)}"

    @property
    def line(self) -> int:
        lines = self.document.lines
        return 1 if lines is None else lines.of(self.steps)

    def at(self, *steps: str | int) -> Place:
        """A place within it."""
        return Place(self.document, (*self.steps, *steps))

    @property
    def key(self) -> tuple[str, Steps]:
        """The same for the same place."""
        return self.document.uri, self.steps

    def __str__(self) -> str:
        """File, line and pointer."""
        whole = f"{self.document.name}:{self.line}"
        return f"{whole} {self.pointer}" if self.steps else whole


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader of the contract should know of a place: it asks nothing, can't be followed, is read otherwise."""

    place: Place
    said: str
    is_gap: bool = False
    """Whether something there is not checked because of this."""

    def __str__(self) -> str:
        return f"{self.place}: {self.said}"


class Unfollowed(Exception):
    """A reference of a contract leads nowhere that can be read; its text says why."""
