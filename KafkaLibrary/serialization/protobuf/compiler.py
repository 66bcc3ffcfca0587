"""From the text of a Protobuf file to its descriptors, in a pool that no other schema shares."""

from __future__ import annotations

import ast
import base64
import binascii
import os
import re
import tempfile
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path as File
from typing import Any

from google.protobuf.descriptor_pb2 import FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import DecodeError
from grpc_tools import _protoc_compiler

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.serialization.protobuf.imports import (
    check_imports,
    imports_of,
    refuse_missing,
    refuse_unsafe,
    says_its_syntax,
    with_common,
)

_MOST_ERRORS = 10
_LONGEST_ERROR = 300
_OLD_SYNTAX = 'syntax = "proto2"; '
"""Of a file that does not say its syntax. The compiler takes the same, and complains on stderr."""
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]+={0,2}\s*")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A schema in a pool of its own: ``file`` is the descriptor of its main file."""

    pool: Any
    file: Any


def compile_schema(text: str, name: str, references: Mapping[str, str], path: str = "") -> Compiled:
    """``text`` is that of a .proto file, or the base64 of its descriptor, as some registries keep it.

    ``path`` is how the files that it imports would import it. Raises ``KeywordMisused`` with all errors.
    """
    for one in references:
        refuse_unsafe(one, name)
    main = path or _free_name(references)
    descriptor = _descriptor_of(text)
    references = with_common(references, imports_of(text) if descriptor is None else descriptor.dependency)
    if descriptor is None:
        return _in_a_pool(_compiled(main, {**references, main: text}, name), main, name)
    descriptor.name = main
    return _in_a_pool([*_dependencies(descriptor, references, name), descriptor], main, name)


def _free_name(taken: Iterable[str]) -> str:
    number, name = 0, "schema.proto"
    while name in taken:
        number += 1
        name = f"schema{number}.proto"
    return name


def _descriptor_of(text: str) -> Any:
    """The descriptor that the text is the base64 of. A .proto text has signs that base64 has not."""
    if not _BASE64.fullmatch(text):
        return None
    try:
        descriptor = FileDescriptorProto.FromString(base64.b64decode("".join(text.split()), validate=True))
    except (binascii.Error, DecodeError):
        return None
    return descriptor if descriptor.message_type or descriptor.dependency else None


def _dependencies(descriptor: Any, references: Mapping[str, str], name: str) -> list[Any]:
    known: dict[str, Any] = {}

    def add(path: str) -> None:
        if path in known:
            return
        refuse_unsafe(path, name)
        if path not in references:
            refuse_missing(path, name, list(references))
        inner = _descriptor_of(references.get(path, ""))
        if inner is None:
            for one in _compiled(path, dict(references), name):
                known.setdefault(one.name, one)
            return
        inner.name = path
        known[path] = None  # A file that imports itself is found by the pool.
        for further in inner.dependency:
            add(further)
        del known[path]  # It stands behind what it imports.
        known[path] = inner

    for path in descriptor.dependency:
        add(path)
    return [one for one in known.values() if one is not None]


def _in_a_pool(files: Iterable[Any], main: str, name: str) -> Compiled:
    pool: Any = DescriptorPool()
    try:
        for one in files:
            _tell_apart(one.message_type)
            pool.AddSerializedFile(one.SerializeToString())
        return Compiled(pool, pool.FindFileByName(main))
    except (TypeError, KeyError, ValueError) as problem:
        raise KeywordMisused(f"The schema {name} can't be used: {str(problem)[:_LONGEST_ERROR]}") from None


def _tell_apart(messages: Iterable[Any]) -> None:
    """Where fields of a message would share a name in JSON, which the old syntax allows, each has its own."""
    for message in messages:
        names = [field.json_name or _json_name(field.name) for field in message.field]
        if len(set(names)) < len(names):
            for field in message.field:
                field.json_name = field.name
        _tell_apart(message.nested_type)


def _json_name(name: str) -> str:
    return re.sub("_+(.?)", lambda found: found[1].upper(), name)


# The compiler gives either structured errors and Python code with the descriptors in it, or descriptors
# and errors and warnings on stderr. Nothing may go to stderr here, so the descriptors come from the code.


def _compiled(main: str, sources: dict[str, str], name: str) -> list[Any]:
    """The descriptors of the main file and of all that it imports, each behind those it needs."""
    check_imports(main, name, sources)
    with tempfile.TemporaryDirectory(prefix="schema-") as folder:
        try:
            for path, text in sources.items():
                _put(File(folder, *path.split("/")), text)
        except (OSError, ValueError) as problem:
            raise KeywordMisused(f"The schema {name} can't be compiled: {problem}.") from None
        includes = [os.fsencode(folder), os.fsencode(str(resources.files("grpc_tools") / "_proto"))]
        code = _run(main, includes, name, sources)
    return [FileDescriptorProto.FromString(_descriptor_in(one)) for one in code]


def _put(file: File, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes((text if says_its_syntax(text) else _OLD_SYNTAX + text).encode())


def _run(main: str, includes: list[bytes], name: str, sources: dict[str, str]) -> list[bytes]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return [code for _, code in _protoc_compiler.get_protos(main.encode(), includes)]
    except _protoc_compiler.ProtocErrors as problem:
        lines = dict.fromkeys(_told(error, main, sources) for error in problem.errors())
        raise KeywordMisused(_errors(name, list(lines))) from None
    except Exception as problem:
        if type(problem) is not Exception:  # Robot's timeout may be one; the compiler has no class of its own
            raise
        raise KeywordMisused(f"The schema {name} can't be compiled: {problem}.") from None


def _descriptor_in(code: bytes) -> bytes:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            first = node.args[0] if node.func.attr == "AddSerializedFile" else None
            if isinstance(first, ast.Constant) and isinstance(first.value, bytes):
                return first.value
    raise KeywordMisused("This version of grpcio-tools can't be used to compile Protobuf schemas.")


def _told(error: Any, main: str, sources: dict[str, str]) -> str:
    file, line, column = _text(error.filename), int(error.line), int(error.column)
    if line == 0 and not says_its_syntax(sources.get(file, "syntax")):
        column = max(0, column - len(_OLD_SYNTAX))
    place = [] if file == main else [file]
    if line >= 0:
        place.append(f"line {line + 1}, column {column + 1}")
    return ": ".join([part for part in (", ".join(place), _text(error.message)[:_LONGEST_ERROR]) if part])


def _text(part: Any) -> str:
    return part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part)


def _errors(name: str, lines: list[str]) -> str:
    shown = [f"    {' '.join(line.split())}" for line in lines[:_MOST_ERRORS]]
    if len(lines) > len(shown):
        shown.append(f"    ... and {len(lines) - len(shown)} more errors")
    return "\n".join([f"The schema {name} can't be compiled:", *shown])
