"""`own:` formats of the tester: functions between the bytes of an event and a value, or the bytes of another format."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from KafkaLibrary.errors import KafkaLibraryError, KeywordMisused, Undecodable, did_you_mean, stops_robot
from KafkaLibrary.event import Decoded, FirstLook, own_tree
from KafkaLibrary.serialization.frames import RawHeaders
from KafkaLibrary.serialization.keys_and_values.key_or_value import Depth, Found, Part, Which, Written, beginning
from KafkaLibrary.serialization.schemaless import formats, json_format, text_format
from KafkaLibrary.serialization.values.binary import base64_text
from KafkaLibrary.serialization.values.phrases import short

OWN = "own"
FORM = (
    "Write own:MODULE.FUNCTION for a reader, own:MODULE.FUNCTION, MODULE.FUNCTION for a reader and a writer, or "
    "own:MODULE or own:MODULE.CLASS for one with decode and encode. A keyword's name can replace a function."
)
_KEPT_BYTES = 8_000_000
_KEPT = 5_000
_SAID_MOST = 200

KeywordNamed = Callable[[str], "Callable[[Any], Any] | None"]
"""Gives what runs the Robot keyword of that name; nothing where there is none."""


def no_keyword(name: str) -> None:
    """Where no Robot runs there are none."""


@dataclass(frozen=True, slots=True)
class Functions:
    """What reads and what writes, each of which may be missing."""

    name: str
    decode: Callable[[bytes], Any] | None
    encode: Callable[[Any], Any] | None

    @classmethod
    def named(cls, names: str, keyword_named: KeywordNamed = no_keyword) -> Functions:
        """The functions of these names. Raises ``KeywordMisused`` where there are none."""
        each = [name.strip() for name in names.split(",")]
        if not 1 <= len(each) <= 2 or not all(each):
            raise KeywordMisused(f"own:{names} names no functions.\n{FORM}")
        found = [_found(name, keyword_named) for name in each]
        called = ", ".join(each)
        if len(found) == 1:
            return cls.of(found[0], called)
        for name, one in zip(each, found, strict=True):
            if not callable(one):
                raise KeywordMisused(f"'{name}' is not a function, but {short(one)}.\n{FORM}")
        return cls(called, found[0], found[1])

    @classmethod
    def of(cls, found: Any, name: str) -> Functions:
        """The functions that an object has, or is."""
        has = found() if isinstance(found, type) and _has_functions(found) else found
        if _has_functions(has):
            return cls(name, getattr(has, "decode", None), getattr(has, "encode", None))
        if callable(found):
            return cls(name, found, None)
        raise KeywordMisused(f"'{name}' is not a function, and has neither decode nor encode: {short(found)}.\n{FORM}")

    def decoded(self, raw: bytes) -> Any:
        """What is read. Raises ``Undecodable`` for whatever goes wrong."""
        if self.decode is None:
            raise Undecodable(f"not readable: '{self.name}' has nothing that reads")
        try:
            return self.decode(raw)
        except Exception as problem:
            if stops_robot(problem):
                raise
            raise Undecodable(f"not readable by '{self.name}': {_said(problem)}") from None

    def encoded(self, value: Any) -> bytes:
        """The bytes of a value. Raises ``KeywordMisused`` for whatever goes wrong."""
        if self.encode is None:
            raise KeywordMisused(f"Nothing can be published by own:{self.name}, which can only read.\n{FORM}")
        try:
            written = self.encode(value)
        except Exception as problem:
            if stops_robot(problem):
                raise
            raise KeywordMisused(
                f"'{self.name}' can't write {_kind(value)}: {_said(problem)}.\n"
                "The writer gets the value itself, or bytes if a format follows: "
                f"own:{self.name}:json."
            ) from None
        if isinstance(written, bytes | bytearray | memoryview):
            return bytes(written)
        raise KeywordMisused(f"'{self.name}' returned {_kind(written)}, but an event needs bytes.")


def _kind(value: Any) -> str:
    return "dict" if isinstance(value, dict) else type(value).__name__


def _has_functions(found: Any) -> bool:
    return any(callable(getattr(found, name, None)) for name in ("decode", "encode"))


def _found(name: str, keyword_named: KeywordNamed) -> Any:
    parts = name.split(".")
    hint = ""
    if all(part.isidentifier() for part in parts):
        module, rest = _module(parts)
        if module is not None:
            found, hint = _within(module, rest)
            if not hint:
                return found
    keyword = keyword_named(name)
    if keyword is not None:
        return keyword
    raise KeywordMisused(
        f"There is no function, module or keyword '{name}'. {hint}".rstrip()
        + "\nRobot finds modules in the folders of its option --pythonpath."
    )


def _module(parts: list[str]) -> tuple[Any, list[str]]:
    """The module with as much of the name as there is, and what is left of the name."""
    for end in range(len(parts), 0, -1):
        name = ".".join(parts[:end])
        try:
            return importlib.import_module(name), parts[end:]
        except ModuleNotFoundError as missing:
            if missing.name is None or not f"{name}.".startswith(f"{missing.name}."):
                raise KeywordMisused(f"The module '{name}' can't be imported: {missing}.") from None
        except Exception as problem:
            if stops_robot(problem):
                raise
            raise KeywordMisused(f"The module '{name}' can't be imported: {_said(problem)}.") from None
    return None, parts


def _within(module: Any, rest: list[str]) -> tuple[Any, str]:
    """What the rest of a name leads to; a hint where that is nowhere."""
    found = module
    for name in rest:
        if not hasattr(found, name):
            known = [one for one in dir(found) if not one.startswith("_")]
            return None, f"'{getattr(found, '__name__', name)}' has no '{name}'. {did_you_mean(name, known)}".rstrip()
        found = getattr(found, name)
    return found, ""


def _said(problem: Exception) -> str:
    """One line of what was raised; of a keyword that failed its message alone."""
    text = " ".join(str(problem).split())[:_SAID_MOST].rstrip(".")
    kind = type(problem).__name__
    is_said = kind.endswith("ExecutionFailed") or isinstance(problem, KafkaLibraryError)
    return text if is_said else f"{kind}: {text}".rstrip(": ")


class Own:
    """Keys or values by functions of the tester's. What these give as bytes is read by another format.

    Each function is called once for the same bytes, as long as what it gave is kept.
    """

    def __init__(self, functions: Functions, inside: Part, which: Which) -> None:
        self._functions = functions
        self._inside = inside
        self._is_declared = not isinstance(inside, Found)
        self._which = which
        self._called = f"{OWN}:{functions.name}"
        self.name = f"{self._called}:{inside.name}" if self._is_declared else self._called
        self.first_look = FirstLook(None, is_json=False)
        self._known: dict[bytes, Any] = {}
        self._size = 0

    # To bytes

    def encoder(self, topic: str) -> Callable[[Any], bytes]:
        inner = self._inside.encoder(topic) if self._is_declared else self._given
        if inner is None:
            raise KeywordMisused(f"{self._inside.name} has headers too: write it in front, {_TURNED}")
        write = inner
        return lambda value: self._functions.encoded(write(value))

    def write(self, value: Any, topic: str) -> Written:
        return Written(self.encoder(topic)(value))

    def _given(self, value: Any) -> Any:
        """The value that a function gets: of JSON in a cell what it says."""
        if self._which == "value" and isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
            formats.refuse_broken_json(value, f"{self.name}")
            return json_format.read_plainly(text_format.write(value))
        return value

    # And back

    def read(self, raw: bytes, headers: RawHeaders, depth: Depth) -> Decoded:
        given = self._decoded(raw)
        if isinstance(given, Undecodable):
            raise given
        if isinstance(given, bytes):
            return self._inner(given, headers, depth)
        if isinstance(given, str):
            return Decoded(given, "text", schema=f"after {self._called}")
        return Decoded(own_tree(given) if depth == "read_own" else given, self.name)

    def _inner(self, given: bytes, headers: RawHeaders, depth: Depth) -> Decoded:
        try:
            found = self._inside.read(given, headers, depth)
        except Undecodable as reason:
            raise Undecodable(f"{str(reason).rstrip('.')}, after {self._called}") from None
        if found.format in ("text", "bytes"):
            note = found.note and f"{found.note}, after {self._called}"
            return found._replace(note=note, schema=f"after {self._called}")
        return found._replace(format=self.name if self._is_declared else f"{self.name}:{found.format}")

    def _decoded(self, raw: bytes) -> Any:
        """What the function gave as bytes, a text or a tree; ``Undecodable`` where it gave none of these."""
        made: Any = self._known.get(raw)  # once: another thread may forget it meanwhile
        if made is None:
            try:
                made = self._made(raw)
            except Undecodable as reason:
                made = beginning(reason, raw)
            if self._size > _KEPT_BYTES or len(self._known) >= _KEPT:
                self._known.clear()
                self._size = 0
            self._known[raw] = made
            self._size += len(raw)
        return made

    def _made(self, raw: bytes) -> Any:
        given = self._functions.decoded(raw)
        if isinstance(given, bytes | bytearray | memoryview):
            return bytes(given)
        if given is None:
            raise Undecodable(f"not readable: '{self._functions.name}' returned nothing (None)")
        try:
            if isinstance(given, str):
                return given.encode() if self._is_declared else given
            return _tree(given, "$")
        except (TypeError, UnicodeError) as problem:
            raise Undecodable(f"not readable: '{self._functions.name}' returned no valid value: {problem}") from None
        except RecursionError:
            raise Undecodable(f"not readable: '{self._functions.name}' returned what is nested too deeply") from None


_TURNED = "cloudevents:own:MODULE.FUNCTION."
_PLAIN = (str, bool, int, float, Decimal, type(None))


def _tree(given: Any, place: str) -> Any:
    """A new value of dictionaries, lists, texts and numbers. Raises ``TypeError`` with what is none of these."""
    if isinstance(given, dict):
        return {_name(name, place): _tree(part, f"{place}.{name}") for name, part in given.items()}
    if isinstance(given, list | tuple):
        return [_tree(part, f"{place}[{index}]") for index, part in enumerate(given)]
    if isinstance(given, bytes | bytearray | memoryview):
        return base64_text(bytes(given))
    if isinstance(given, _PLAIN):
        return given
    raise TypeError(f"{place} is {short(given)} ({type(given).__name__})")


def _name(name: Any, place: str) -> str:
    if isinstance(name, str):
        return name
    if isinstance(name, int) and not isinstance(name, bool):  # as they are published, too
        return str(name)
    raise TypeError(f"a name at {place} is {short(name)} ({type(name).__name__})")
