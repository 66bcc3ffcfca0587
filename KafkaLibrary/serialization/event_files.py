"""Files with events, for publishing and saving: JSON Lines, a JSON array, or events that were saved whole."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path as File
from types import NoneType
from typing import Any, Protocol

from KafkaLibrary.errors import KeywordMisused, Undecodable, unsendable
from KafkaLibrary.event import Event, as_text
from KafkaLibrary.serialization.schemaless import json_format
from KafkaLibrary.serialization.values.phrases import short

_ALWAYS_EXACT = (str, int, NoneType)
"""Types of which a fast reading loses nothing. Of fractions, and of what may have some inside, it may."""
_INK = re.compile(r"[^ \t\r\n]")
SAVED = "kafka-event"
"""The member that tells a saved event from a plain value where it is a whole number, the version of the layout."""
_LAYOUT = 1
_MEMBERS = (
    'Key, value and the values of headers are a text, null, or {"base64": "..."} for bytes that are not text; '
    "headers are a list of pairs, and timestamp is milliseconds since 1970, more than 0, or null for now."
)


@dataclass(frozen=True, slots=True)
class FileEvent:
    """One event of a file. A plain value has neither key nor timestamp, and is text; a saved one is bytes as it was.

    ``place`` is the line of a plain value, or its element in an array.
    """

    value: bytes | str | None
    key: bytes | None = None
    headers: tuple[tuple[str, bytes | None], ...] = ()
    timestamp: int | None = None
    place: str = field(default="", compare=False)


class Finds(Protocol):
    """A path into an event."""

    @property
    def text(self) -> str: ...

    def find(self, event: Event, exact: bool = False) -> list[Any]: ...


def read(path: File) -> list[FileEvent]:
    """All events of a file. Raises ``KeywordMisused`` with the line that can't be read."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise KeywordMisused(f"The file '{path}' can't be read: {problem}.") from None
    if text.lstrip().startswith("["):
        try:
            elements = _elements(text)
        except RecursionError:
            raise KeywordMisused(f"The file '{path}' can't be read: it is nested too deeply.") from None
        if elements is not None:
            return [_event(element, path, f"element {number}") for number, element in enumerate(elements, 1)]
        _refuse_broken_array(text, path)
    lines = enumerate(text.split("\n"), 1)
    return [_event(line.strip().encode(), path, f"line {number}") for number, line in lines if line.strip()]


def _refuse_broken_array(text: str, path: File) -> None:
    """Raises ``KeywordMisused`` with the place where an array breaks off; not where its first line is one by itself."""
    try:
        json_format.read(text.lstrip().partition("\n")[0].encode())
    except Undecodable:
        try:
            json.loads(text)
        except json.JSONDecodeError as problem:
            where = f"line {problem.lineno} is not JSON: {problem.msg}, column {problem.colno}"
            raise KeywordMisused(f"The file '{path}' can't be published: {where}.") from None
        except (ValueError, RecursionError):  # what has no place is told by its line
            return


def write(path: File, events: Iterable[Event]) -> None:
    """Save events whole, a line each."""
    try:
        with path.open("wb") as file:
            for event in events:
                file.write(line_of(event) + b"\n")
    except OSError as problem:
        raise KeywordMisused(f"The file '{path}' can't be written: {problem}.") from None


def line_of(event: Event) -> bytes:
    """An event as it is saved: whole, in one line of JSON."""
    return json_format.write(_whole(event))


def _whole(event: Event) -> dict[str, Any]:
    return {
        SAVED: _LAYOUT,
        "topic": event.topic,
        "partition": event.partition,
        "offset": event.offset,
        "timestamp": event.timestamp_ms if event.timestamp_ms >= 0 else None,
        "key": _written(event.raw_key),
        "headers": [[name, _written(part)] for name, part in event.raw_headers],
        "value": _written(event.raw_value),
    }


def _written(part: bytes | None) -> Any:
    content = as_text(part)
    return {"base64": base64.b64encode(content).decode()} if isinstance(content, bytes) else content


def field_of(event: Event, path: Finds, index: int) -> Any:
    """The key that a path finds in a value. Raises ``KeywordMisused`` where it finds none, null or several."""
    try:
        found = path.find(event, False)
        if not all(isinstance(one, _ALWAYS_EXACT) for one in found):
            found = path.find(event, True)
    except Undecodable as reason:
        raise KeywordMisused(f"The key of value {index + 1} can't be found by {path.text}: {reason}.") from None
    if len(found) != 1 or found[0] is None:
        there = "null" if found == [None] else f"{len(found) or 'no'} field"
        raise KeywordMisused(
            f"Value {index + 1} has {there} at {path.text}, so it gets no key.\n"
            "key= is a path that finds one field in each value, or a list with a key for each value."
        )
    return found[0]


def _elements(text: str) -> list[bytes] | None:
    """The very text of each element of a JSON array, nothing where the text is no single array."""
    decoder = json.JSONDecoder()
    at = text.index("[") + 1
    elements: list[bytes] = []
    try:
        while True:
            at = _after_blank(text, at)
            if text[at] == "]" and not elements:
                break
            _, end = decoder.raw_decode(text, at)
            elements.append(text[at:end].encode())
            at = _after_blank(text, end)
            if text[at] == "]":
                break
            if text[at] != ",":
                return None
            at += 1
    except (ValueError, IndexError):
        return None
    return elements if not text[at + 1 :].strip() else None


def _after_blank(text: str, at: int) -> int:
    ink = _INK.search(text, at)
    return ink.start() if ink else len(text)


def _event(written: bytes, path: File, place: str) -> FileEvent:
    try:
        value = json_format.read(written)
    except Undecodable as problem:
        raise KeywordMisused(f"The file '{path}' can't be published: {place} is {problem}.") from None
    if isinstance(value, dict) and type(value.get(SAVED)) is int:
        return _saved(value, path, place)
    return FileEvent(written.decode(), place=place)


def _saved(saved: dict[str, Any], path: File, place: str) -> FileEvent:
    if saved[SAVED] != _LAYOUT:
        raise KeywordMisused(
            f"The file '{path}' can't be published: {place} has the layout {saved[SAVED]} of a saved event.\n"
            f"This version reads the layout {_LAYOUT}; save the events with it, or publish them with the one that "
            f"saved them. 'Publish Event' publishes a plain value with a field {SAVED}."
        )
    try:
        return _as_it_was(saved)
    except ValueError as problem:
        raise KeywordMisused(
            f"The file '{path}' can't be published: {place} is not a saved event: {problem}.\n{_MEMBERS}"
        ) from None


def _as_it_was(saved: dict[str, Any]) -> FileEvent:
    if "value" not in saved:
        raise ValueError("it has no value")
    value, key = _bytes(saved["value"], "value"), _bytes(saved.get("key"), "key")
    return FileEvent(value, key, _headers(saved.get("headers", [])), _timestamp(saved.get("timestamp")))


def _headers(pairs: Any) -> tuple[tuple[str, bytes | None], ...]:
    if not isinstance(pairs, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        raise ValueError("its headers are not a list of pairs")
    if not all(isinstance(name, str) for name, _ in pairs):
        raise ValueError("the name of a header is not a text")
    for name, _ in pairs:
        if problem := unsendable(name):
            raise ValueError(f"the name of a header {problem}")
    return tuple((name, _bytes(part, f"header {name!r}")) for name, part in pairs)


def _timestamp(part: Any) -> int | None:
    if part is None or (type(part) is int and 0 < part < 2**63):  # to the client zero means now
        return part
    raise ValueError(f"its timestamp can't be {short(part)}: it counts milliseconds since 1970, and 0 would be now")


def _bytes(part: Any, which: str) -> bytes | None:
    if part is None:
        return None
    try:
        if isinstance(part, str):
            return part.encode()
        if isinstance(part, dict) and part.keys() == {"base64"}:
            return base64.b64decode(part["base64"], validate=True)
    except (TypeError, ValueError) as problem:
        raise ValueError(f"its {which} can't be read: {problem}") from None
    raise ValueError(f"its {which} is not what 'Save Events' writes")
