"""The table of formats that need no schema, and how values, keys and headers are written where none is declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from KafkaLibrary.errors import KeywordMisused, Undecodable, unsendable
from KafkaLibrary.event import Event
from KafkaLibrary.headers import Headers, raw_pairs
from KafkaLibrary.json_errors import json_advice
from KafkaLibrary.secrets.robot_secret import refuse_hidden
from KafkaLibrary.serialization.schemaless import json_format, text_format
from KafkaLibrary.serialization.schemaless.format import Format
from KafkaLibrary.serialization.schemaless.numbers_and_uuids import PRIMITIVES

WriteHeader = Callable[[str, Any], "bytes | None"]
"""Takes a header's name and value."""


def _write_json(value: Any) -> bytes:
    if isinstance(value, str):
        refuse_broken_json(value, "format=json")
        return text_format.write(value)
    return json_format.write(value)


FORMATS = {
    "json": Format("json", _write_json, json_format.read, json_format.read_exact, json_format.read_own),
    "text": Format("text", text_format.write, *[text_format.read] * 3),
    "bytes": Format("bytes", text_format.write_bytes, *[text_format.read_bytes] * 3),
    **PRIMITIVES,
}


def write_value(value: Any) -> bytes:
    """The bytes of a value where no format is declared.

    Texts and bytes go out as they are, everything else as JSON. A text that begins like JSON and isn't is refused.
    """
    if type(value) is dict:  # most are, where many are published at once
        return json_format.write(value)
    if isinstance(value, str):
        if value.lstrip()[:1] in ("{", "["):
            refuse_broken_json(value, "format=text")
        return text_format.write(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    return json_format.write(value)


def check_value(value: Any) -> None:
    """Raises ``KeywordMisused`` for what is no value in any format."""
    if value is None:
        raise KeywordMisused("A value is missing: only 'Publish Tombstone' publishes an event without one.")
    if isinstance(value, Event):
        raise KeywordMisused(
            "The value is an event.\nPublish ${event.value}, or its exact bytes: ${event.raw_value} with format=bytes."
        )


def write_key(key: Any) -> bytes:
    """The bytes of a key where no format is declared: texts and bytes as they are, everything else as JSON."""
    if isinstance(key, str):
        return text_format.write(key)
    if isinstance(key, bytes | bytearray | memoryview):
        return bytes(key)
    return json_format.write(key, "key")


def refuse_broken_json(text: str, asked: str) -> None:
    """Raises ``KeywordMisused`` with the place where a text stops being JSON."""
    try:
        json_format.check_text(text)
    except ValueError as problem:
        shown = _shown_at(text, getattr(problem, "pos", None))
        advice = json_advice(text, getattr(problem, "pos", None))
        if asked == "format=text":
            advice = f"{advice} Give format=text to publish it as it is.".lstrip()
        raise KeywordMisused(f"The value is not JSON: {problem}.{shown}\n{advice}") from None
    except RecursionError:
        raise KeywordMisused("The value is not usable as JSON: it is nested too deeply.") from None


def read_whole(raw: bytes) -> Any:
    """The value of JSON that is written by a schema or an envelope: exact, and refused where some would be lost."""
    try:
        return json_format.read_whole(raw)
    except Undecodable as problem:
        raise KeywordMisused(f"The value is {problem}.") from None


def _shown_at(text: str, at: int | None) -> str:
    if at is None:
        return ""
    start = max(0, at - 40)
    shown = text[start : at + 20].encode("unicode_escape").decode()
    before = text[start:at].encode("unicode_escape").decode()
    return f"\n    {shown}\n    {' ' * len(before)}^"


def write_headers(headers: Any, write: WriteHeader | None = None) -> list[tuple[str, bytes | None]]:
    """The headers of an event, from a dictionary, a JSON object as text or a list of pairs, in their order.

    Those that an event has go out with their very bytes, others as ``write`` says.
    """
    written = write or write_header
    return [(_header_name(name), written(name, value)) for name, value in header_pairs(headers)]


def header_pairs(headers: Any) -> list[tuple[Any, Any]]:
    """Names and values as they were given."""
    if headers is None or headers == "":
        return []
    refuse_hidden(headers, "headers=")
    if isinstance(headers, str):
        try:
            headers = json_format.read_whole(text_format.write(headers), str)  # with each digit as it is written
        except Undecodable as problem:
            raise KeywordMisused(f"headers= is {problem}.\n{_HEADER_ADVICE}") from None
    if isinstance(headers, Headers):
        pairs: Iterable[Any] = raw_pairs(headers)
    elif isinstance(headers, Mapping):
        pairs = headers.items()
    elif isinstance(headers, list | tuple) and all(isinstance(p, list | tuple) and len(p) == 2 for p in headers):
        pairs = headers
    else:
        raise KeywordMisused(f"headers= can't be {type(headers).__name__}.\n{_HEADER_ADVICE}")
    return list(pairs)


_SENT = "Give the text that the system under test would send."
_HEADER_ADVICE = "Give a dictionary, a JSON object, or a list of pairs if a name occurs more than once."


def _header_name(name: Any) -> str:
    if not isinstance(name, str):
        raise KeywordMisused(f"A header's name is a text, not {type(name).__name__} ({name!r}).")
    problem = unsendable(name)
    if problem:
        raise KeywordMisused(f"A header's name {problem}: {name!r}.\nRemove that character.")
    return name


def write_header(name: str, value: Any) -> bytes | None:
    """The bytes of a header of which nothing was declared: texts and bytes as they are, numbers as JSON."""
    if value is None or isinstance(value, bytes):
        return value
    if isinstance(value, float | Decimal) and not Decimal(value).is_finite():
        raise KeywordMisused(f"The header '{name}' can't be {value}, which is not a finite number.\n{_SENT}")
    if isinstance(value, Decimal):
        return str(value).encode()
    if isinstance(value, str | bool | int | float):
        return text_format.write(value)
    raise KeywordMisused(f"The header '{name}' can't be {type(value).__name__}: a header is text or bytes.\n{_SENT}")
