"""`windowed:` keys, as the serializers of Kafka Streams write them: a key in any format, and its window behind it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Decoded, FirstLook, WindowedKey
from KafkaLibrary.headers import is_text
from KafkaLibrary.serialization.frames import RawHeaders
from KafkaLibrary.serialization.keys_and_values.key_or_value import Depth, Part, Written
from KafkaLibrary.serialization.schemaless import json_format
from KafkaLibrary.serialization.values.phrases import short
from KafkaLibrary.serialization.values.times import units_of, units_text

_TIME = struct.Struct(">q")
_text = units_text(3, "Z")
_milliseconds = units_of(3, zoned=True)


class Layout(NamedTuple):
    """What stands behind the key: moments in milliseconds by name, in their order, and bytes that say nothing."""

    moments: tuple[str, ...]
    behind: bytes = b""

    @property
    def size(self) -> int:
        return len(self.moments) * _TIME.size + len(self.behind)


LAYOUTS = {
    "windowed": Layout(("start",)),
    "session-windowed": Layout(("end", "start")),
    "windowed-store": Layout(("start",), bytes(4)),
}
"""Of topics, of session windows anywhere, and of the changelogs of window stores, which number what one key has."""


class Windowed:
    """Keys with windows. ``length`` of a window in milliseconds gives its end, where only the start is written."""

    def __init__(self, name: str, inner: Part, length: int | None = None) -> None:
        self.name = f"{name}:{inner.name}"
        self._layout = LAYOUTS[name]
        self._inner = inner
        self._length = length
        self.first_look = FirstLook(None, is_json=False)

    def encoder(self, topic: str) -> Callable[[Any], bytes] | None:
        return None

    def write(self, value: Any, topic: str) -> Written:
        fields = self._fields(value)
        times = {name: self._time(name, fields[name]) for name in self._layout.moments if name in fields}
        self._check(fields, times)
        inner = self._inner.write(fields["key"], topic)
        window = b"".join(_TIME.pack(times[name]) for name in self._layout.moments)
        return Written((inner.raw or b"") + window + self._layout.behind, inner.headers)

    def read(self, raw: bytes, headers: RawHeaders, depth: Depth) -> Decoded:
        size = self._layout.size
        if len(raw) < size:
            there = f"{len(raw)} byte{'' if len(raw) == 1 else 's'}"
            raise Undecodable(f"not a key with its window: {there}, and its window alone has {size}")
        split = len(raw) - size
        moments = _TIME.iter_unpack(raw[split : len(raw) - len(self._layout.behind)])
        times = {name: number for name, (number,) in zip(self._layout.moments, moments, strict=True)}
        if self._length is not None and "end" not in times:
            times["end"] = times["start"] + self._length
        window = {name: _moment(name, times[name]) for name in ("start", "end") if name in times}
        if times["start"] > times.get("end", times["start"]):
            raise Undecodable("not a key with its window: that would end before it begins")
        key = self._inner.read(raw[:split], headers, depth)
        if isinstance(key.content, str) and not is_text(key.content):  # another window may stand between
            raise Undecodable("not a key with its window: the key before the window has control characters, not text")
        return Decoded(WindowedKey(key=key.content, **window), self.name, key.note, key.schema)

    def _fields(self, value: Any) -> Mapping[Any, Any]:
        if isinstance(value, str) and value.lstrip().startswith("{"):
            try:
                value = json_format.read_whole(value.encode())
            except Undecodable as problem:
                raise KeywordMisused(f"The key is {problem}.\n{self._advice}") from None
        if not isinstance(value, Mapping):
            raise KeywordMisused(f"format={self.name} needs a key with its window, not {short(value)}.\n{self._advice}")
        unknown = [str(name) for name in value if name not in ("key", "start", "end")]
        missing = [name for name in ("key", *sorted(self._layout.moments, reverse=True)) if value.get(name) is None]
        if unknown or missing:
            wrong = [f"{name} is missing" for name in missing] + [f"there is no {name}" for name in unknown]
            raise KeywordMisused(f"The key does not fit format={self.name}: {', '.join(wrong)}.\n{self._advice}")
        return value

    @property
    def _advice(self) -> str:
        end = ', "end": "2026-05-31T17:04:10Z"' if "end" in self._layout.moments else ""
        return f'Example: {{"key": "a", "start": "2026-05-31T17:03:00Z"{end}}}.'

    def _time(self, name: str, given: Any) -> int:
        number = None if isinstance(given, bool) else _milliseconds(given)
        if number is None or not -(2**63) <= number < 2**63:
            raise KeywordMisused(
                f"The {name} of a window is a date-time with its zone, or milliseconds since 1970, "
                f"not {short(given)}.\n{self._advice}"
            )
        return number

    def _check(self, fields: Mapping[Any, Any], times: Mapping[str, int]) -> None:
        """An end that is not written has to be the one that would be read again."""
        if times["start"] > times.get("end", times["start"]):
            raise KeywordMisused(f"The window would end before it begins.\n{self._advice}")
        if fields.get("end") is None or "end" in times:
            return
        if self._length is None:
            raise KeywordMisused(
                "The end of this window is not written: Kafka Streams writes only the start.\nOmit it, or set "
                "window_size= to 'Set Topic Format'."
            )
        if self._time("end", fields["end"]) != times["start"] + self._length:
            raise KeywordMisused(
                f"The window would end at {_text(times['start'] + self._length)}, not at {short(fields['end'])}.\n"
                "Its size is the window_size= of 'Set Topic Format'."
            )


def _moment(name: str, number: int) -> str:
    shown = _text(number)
    if not isinstance(shown, str):
        raise Undecodable(f"not a key with its window: the {name} of that would be beyond the calendar")
    return shown
