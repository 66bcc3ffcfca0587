"""Whether messages of one Protobuf schema can be read by another one, as far as its text tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from KafkaLibrary.serialization.registry.compatibility.changes import Change, Source

_WORD = re.compile(r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[\w.]+|\S""", re.DOTALL)
_LABELS = ("optional", "required", "repeated")
_SAME_ON_THE_WIRE = (
    frozenset(("int32", "uint32", "int64", "uint64", "bool")),
    frozenset(("sint32", "sint64")),
    frozenset(("string", "bytes")),
    frozenset(("fixed32", "sfixed32")),
    frozenset(("fixed64", "sfixed64")),
)
_SCALARS = frozenset(("double", "float")).union(*_SAME_ON_THE_WIRE)
_LAST_NUMBER = 536_870_911


class _Field(NamedTuple):
    name: str
    type: str
    label: str

    @property
    def short_type(self) -> str:
        """The type without the names around it, which may stand there or not."""
        return self.type.rpartition(".")[2]


@dataclass(slots=True)
class _Message:
    fields: dict[int, _Field] = field(default_factory=dict)
    numbers: list[range] = field(default_factory=list)
    """Those that are reserved."""
    names: set[str] = field(default_factory=set)


def changes(reader: Source, writer: Source, reader_is_new: bool) -> Iterator[Change]:
    """What keeps a reader from messages of the writer's schema, and what some registries refuse besides."""
    read, written = _Text(reader.text).messages(), _Text(writer.text).messages()
    for name, message in written.items():
        if name not in read:
            yield Change(name, "was removed" if reader_is_new else "is a new message")
            continue
        yield from _fields(name, read[name], message, reader_is_new)


def _fields(name: str, reader: _Message, writer: _Message, reader_is_new: bool) -> Iterator[Change]:
    for number, one in reader.fields.items():
        place = f"{name}.{one.name} = {number}"
        other = writer.fields.get(number)
        if other is None:
            if one.label == "required":
                yield Change(place, "is required now" if reader_is_new else "was removed, and was required")
            continue
        old, new = (other, one) if reader_is_new else (one, other)
        if not _is_read(one, other):
            yield Change(place, f"changed from {_shown(old)} to {_shown(new)}")
        elif (old.short_type, old.label == "repeated") != (new.short_type, new.label == "repeated"):
            yield Change(place, f"changed from {_shown(old)} to {_shown(new)}", breaks=False)
        if old.name != new.name:
            yield Change(place, f"changed its name from {old.name} to {new.name}", breaks=False)
    if reader_is_new:
        yield from _removed(name, reader, writer)


def _removed(name: str, new: _Message, old: _Message) -> Iterator[Change]:
    for number, one in old.fields.items():
        if number in new.fields:
            continue
        reserved = one.name in new.names and any(number in numbers for numbers in new.numbers)
        if not reserved:
            what = "was removed, and its number and name are not reserved"
            yield Change(f"{name}.{one.name} = {number}", what, breaks=False)


def _is_read(reader: _Field, writer: _Field) -> bool:
    pair = {reader.short_type, writer.short_type}
    if len(pair) > 1 and not any(pair <= group for group in _SAME_ON_THE_WIRE) and not _is_enum_as_number(pair):
        return False
    one_and_many = (reader.label == "repeated") != (writer.label == "repeated")
    return not one_and_many or reader.type in ("string", "bytes") or reader.type not in _SCALARS


def _is_enum_as_number(pair: set[str]) -> bool:
    # A type with a name of its own may be a message or an enum: only beside a whole number it is known.
    return bool(pair & _SAME_ON_THE_WIRE[0]) and bool(pair - _SCALARS) and not any("<" in one for one in pair)


def _shown(one: _Field) -> str:
    return f"{one.label} {one.type}" if one.label in ("repeated", "required") else one.type


class _Text:
    """The words and signs of a .proto file, read once from front to back."""

    def __init__(self, text: str) -> None:
        self._words: list[str] = [word for word in _WORD.findall(text) if not word.startswith(("//", "/*"))]
        self._at = 0
        self._found: dict[str, _Message] = {}

    def messages(self) -> dict[str, _Message]:
        """All messages by name, those inside others with the others' names in front."""
        while self._more():
            word = self._next()
            if word == "message":
                self._message("")
            elif word in ("enum", "service", "extend"):
                self._skip_block()
            else:
                self._skip_statement(word)
        return self._found

    def _message(self, outer: str) -> None:
        name = outer + self._next()
        message = self._found[name] = _Message()
        self._expect("{")
        self._body(name, message)

    def _body(self, name: str, message: _Message) -> None:
        while (word := self._next()) != "}":
            if word == "message":
                self._message(f"{name}.")
            elif word in ("enum", "extend") and self._peek(1) == "{":
                self._skip_block()
            elif word == "oneof":
                self._next()
                self._expect("{")
                self._body(name, message)
            elif word == "reserved":
                self._reserved(message)
            elif word in ("option", "extensions", ";"):
                self._skip_statement(word)
            else:
                self._field(word, message)

    def _field(self, word: str, message: _Message) -> None:
        label = word if word in _LABELS else ""
        kind = self._next() if label else word
        if kind == "map" and self._peek(0) == "<":
            kind = "map"
            while not kind.endswith(">"):
                kind += self._next()
        name = self._next()
        self._expect("=")
        message.fields[int(self._next(), 0)] = _Field(name, kind.removeprefix("."), label)
        if kind == "group":
            self._skip_block()
        else:
            self._skip_statement("")

    def _reserved(self, message: _Message) -> None:
        while (word := self._next()) != ";":
            if word[0] in "\"'":
                message.names.add(word[1:-1])
            elif word.isdigit():
                first = last = int(word)
                if self._peek(0) == "to":
                    self._next()
                    end = self._next()
                    last = _LAST_NUMBER if end == "max" else int(end)
                message.numbers.append(range(first, last + 1))
            elif word != ",":
                message.names.add(word)  # editions have names without quotes

    def _skip_statement(self, word: str) -> None:
        depth = 0
        while word != ";" or depth:
            depth += (word in ("{", "[")) - (word in ("}", "]"))
            word = self._next()

    def _skip_block(self) -> None:
        while self._next() != "{":
            pass
        depth = 1
        while depth:
            word = self._next()
            depth += (word == "{") - (word == "}")

    def _more(self) -> bool:
        return self._at < len(self._words)

    def _peek(self, ahead: int) -> str:
        return self._words[self._at + ahead]

    def _next(self) -> str:
        word = self._words[self._at]
        self._at += 1
        return word

    def _expect(self, word: str) -> None:
        if self._next() != word:
            raise ValueError(f"no {word} where one should be")
