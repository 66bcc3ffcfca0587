"""Avro schemas from files: types that one does not define are looked up in the files beside it."""

from __future__ import annotations

from pathlib import Path as File

from KafkaLibrary.serialization.avro.types import Types
from KafkaLibrary.serialization.schemas.schema_files import SchemaFile


def neighbours(main: SchemaFile) -> list[SchemaFile]:
    """The files that define what a schema refers to, and what they refer to in their turn."""
    folder = main.path.parent.resolve()
    types, found = Types(f"'{main.path.name}'"), [main]
    types.add(main.text)
    looked_up: set[File] = {main.path.resolve()}
    while paths := [path for name in types.missing() for path in _files(folder, name) if path not in looked_up]:
        for path in paths:
            looked_up.add(path)
            file = SchemaFile.read(path)
            Types(f"'{path.name}'").add(file.text)  # A fault in it is told by its own name.
            types.add(file.text)
            found.append(file)
    return found[1:]


def _files(folder: File, name: str) -> list[File]:
    """The file named as the type, or as the type without its namespace."""
    for one in dict.fromkeys((name, name.rpartition(".")[2])):
        path = (folder / f"{one}.avsc").resolve()
        if path.is_relative_to(folder) and path.is_file():
            return [path]
    return []
