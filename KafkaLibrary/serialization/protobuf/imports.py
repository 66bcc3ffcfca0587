"""What a Protobuf file imports, and where the imported files stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as File

from KafkaLibrary.errors import KeywordMisused, did_you_mean
from KafkaLibrary.serialization.schemas.schema_files import SchemaFile

MOST_FOLDERS_UP = 4
GOOGLES_OWN = "google/protobuf/"
"""Files that come with the compiler."""
_META = "Meta %s_meta = 1088;"
COMMON = {
    "confluent/meta.proto": 'syntax = "proto3"; package confluent; import "google/protobuf/descriptor.proto"; '
    "message Meta { string doc = 1; map<string, string> params = 2; repeated string tags = 3; "
    "repeated Rule rules = 4; } "
    "message Rule { string name = 1; string doc = 2; string expr = 3; string sql = 4; } "
    + " ".join(
        f"extend google.protobuf.{kind}Options {{ {_META % name} }}"
        for kind, name in {
            "File": "file", "Message": "message", "Field": "field", "Enum": "enum", "EnumValue": "enum_value",
        }.items()
    ),
    "confluent/type/decimal.proto": 'syntax = "proto3"; package confluent.type; '
    "message Decimal { bytes value = 1; uint32 precision = 2; int32 scale = 3; }",
    "google/type/date.proto": 'syntax = "proto3"; package google.type; '
    "message Date { int32 year = 1; int32 month = 2; int32 day = 3; }",
    "google/type/timeofday.proto": 'syntax = "proto3"; package google.type; '
    "message TimeOfDay { int32 hours = 1; int32 minutes = 2; int32 seconds = 3; int32 nanos = 4; }",
}  # fmt: skip
"""Files that Confluent's serializers and Connect converter import and no registry keeps: both sides bring them.

The numbers are those of confluent-kafka's own descriptors and of googleapis.
"""

_TOKEN = re.compile(
    r"""//[^\n]* | /\*.*?\*/ | [\s\ufeff]+
    | (?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*') | (?P<word>[\w.]+) | (?P<sign>.)""",
    re.DOTALL | re.VERBOSE,
)
_MODIFIERS = ("public", "weak", "option")
_UNSAFE = re.compile(r"""^/ | \\ | (^|/)\.{0,2}(/|$) | ^[A-Za-z]: | [\x00-\x1f]""", re.VERBOSE)


@dataclass(frozen=True, slots=True)
class Found:
    """A Protobuf file under the folder that its imports start from, with all that it imports, by import path.

    ``files`` are those that were read, itself first.
    """

    path: str
    references: dict[str, str]
    files: tuple[SchemaFile, ...]

    @property
    def text(self) -> str:
        return self.files[0].text


def imports_of(text: str) -> list[str]:
    """The import paths of a Protobuf file, whether or not the rest of it can be compiled."""
    imports: list[str] = []
    statement: list[str] = []
    for part in _tokens(text):
        if part not in (";", "{", "}"):
            if len(statement) < 4:
                statement.append(part)
            continue
        words = [word for word in statement if word not in _MODIFIERS]
        if part == ";" and len(words) == 2 and words[0] == "import" and words[1][0] in "\"'":
            imports.append(words[1][1:-1])
        statement = []
    return imports


def with_common(references: Mapping[str, str], imported: Iterable[str]) -> dict[str, str]:
    """The references, and of the common files those that they or the schema import and that are not among them."""
    wanted = {*imported, *(one for text in references.values() for one in imports_of(text))}
    return {**{path: text for path, text in COMMON.items() if path in wanted}, **references}


def says_its_syntax(text: str) -> bool:
    return next(_tokens(text), "") in ("syntax", "edition")


def _tokens(text: str) -> Iterator[str]:
    return (found[0] for found in _TOKEN.finditer(text) if found.lastgroup)


def check_imports(main: str, name: str, sources: dict[str, str]) -> None:
    """Raises ``KeywordMisused`` where a file imports one that is not there or may not be."""
    for path, text in sources.items():
        where = name if path == main else f"{name} by its import '{path}'"
        for wanted in imports_of(text):
            refuse_unsafe(wanted, name)
            if wanted not in sources:
                refuse_missing(wanted, where, [one for one in sources if one != main])


def refuse_missing(path: str, name: str, known: list[str]) -> None:
    """Of what is not given only Google's own files can be imported."""
    if not path.startswith(GOOGLES_OWN):
        there = f"Its references are: {', '.join(known[:10])}." if known else "It has no references."
        raise KeywordMisused(
            f"The schema {name} imports '{path}', which is not there.\n{there} {did_you_mean(path, known)}".rstrip()
        )


def refuse_unsafe(path: str, name: str) -> None:
    """An import is a path with slashes below the folder that all of them start from, nothing else."""
    if _UNSAFE.search(path):
        raise KeywordMisused(
            f"The schema {name} imports '{path}', which is not a path below the schema's folder.\n"
            "An import is relative, with slashes and no '..', such as shop/order.proto."
        )


def find(path: File) -> Found:
    """The file with its imports, from its own folder or the nearest above that has them all."""
    path = path.parent.resolve() / path.name
    main = SchemaFile.read(path)
    missing = ""
    for folder in _folders(path):
        relative = path.relative_to(folder).as_posix()
        imported, lacking = _collect(folder, relative, main.text, f"'{path.name}'")
        if not lacking:
            references = {name: file.text for name, file in imported.items()}
            return Found(relative, references, (main, *imported.values()))
        missing = missing or lacking
    raise KeywordMisused(
        f"The schema '{path.name}' imports '{missing}', which is not there.\n"
        f"Searched from '{path.parent}' and from the folders above it."
    )


def _folders(path: File) -> Iterator[File]:
    """The file's own folder and the nearest above it, without the root of the file system, unless it stands there."""
    yield path.parent
    for folder in list(path.parent.parents)[:MOST_FOLDERS_UP]:
        if folder != folder.parent:
            yield folder


def _collect(folder: File, main: str, text: str, name: str) -> tuple[dict[str, SchemaFile], str]:
    """All that is imported, by import path; and the first import that is not there."""
    imported: dict[str, SchemaFile] = {}
    todo = imports_of(text)
    while todo:
        wanted = todo.pop(0)
        refuse_unsafe(wanted, name)
        if wanted in imported or wanted == main:
            continue
        file = folder / wanted
        if not _is_file(file):
            if wanted.startswith(GOOGLES_OWN) or wanted in COMMON:
                continue
            return {}, wanted
        if not file.resolve().is_relative_to(folder):
            raise KeywordMisused(f"The schema {name} imports '{wanted}', which leads out of '{folder}'.")
        imported[wanted] = SchemaFile.read(file)
        todo += imports_of(imported[wanted].text)
    return imported, ""


def _is_file(path: File) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long for the file system
        return False
