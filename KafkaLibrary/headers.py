"""Headers as the tester sees them, and when bytes are a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from KafkaLibrary.fields import named_as

RawHeader = tuple[str, bytes | None]

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters, line breaks and tabs apart: they stand in numbers and in other binary content, and in no text."""


def as_text(raw: bytes | None) -> Any:
    """Text where the bytes are UTF-8 without control characters, otherwise the bytes.

    By this alone it is decided what may be searched as text, so that what is read does not change its kind with a
    number: the bytes of 127 are UTF-8, and those of 128 are not.
    """
    if not isinstance(raw, bytes) or isinstance(raw, Unread):
        return raw
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return raw
    return text if is_text(text) else raw


def is_text(decoded: str) -> bool:
    """Whether that is what bytes were meant as which could be decoded."""
    return decoded.isprintable() or not _CONTROL.search(decoded)


class Unread(bytes):
    """Bytes that do not fit the format that was declared for them, be they a text or not. ``reason`` says why."""

    reason: str

    def __new__(cls, raw: bytes, reason: str) -> Unread:
        unread = super().__new__(cls, raw)
        unread.reason = reason
        return unread

    def __getnewargs__(self) -> tuple[bytes, str]:  # type: ignore[override] # copies are made of both
        return bytes(self), self.reason


class Integer(int):
    """A number that a framework wrote in bytes. ``bytes()`` gives those, and so does ``int.from_bytes`` take it:
    suites that made the number of them themselves go on to do so.
    """

    raw: bytes

    def __new__(cls, number: int, raw: bytes) -> Integer:
        made = super().__new__(cls, number)
        made.raw = raw
        return made

    def __bytes__(self) -> bytes:
        return self.raw

    def __getnewargs__(self) -> tuple[int, bytes]:  # type: ignore[override] # copies are made of both
        return int(self), self.raw


class ReadHeader(NamedTuple):
    """The content of a header, and by what it was read: the format, and ``why`` where nothing was declared."""

    content: Any
    format: str = ""
    why: str = ""


HeaderReader = Callable[[str, "bytes | None"], ReadHeader]
"""Takes a header's name and bytes."""


def as_sent(name: str, raw: bytes | None) -> ReadHeader:
    """Text or bytes."""
    return ReadHeader(as_text(raw))


_METHODS = frozenset(("get", "get_all", "items", "keys", "values"))


class Headers(Mapping[str, Any]):
    """The headers of an event: by name the newest one, in order with ``get_all`` and ``pairs``.

    They are numbers, texts or bytes as their formats say, and one without a value is ``None``. They read as attributes
    too, ``${event.headers.source}``; one that is named as a method here can be called as that.
    """

    __slots__ = ("_raw", "_read")

    _raw: tuple[RawHeader, ...]
    _read: HeaderReader

    def __init__(self, raw: Iterable[RawHeader] = (), read: HeaderReader = as_sent) -> None:
        object.__setattr__(self, "_raw", tuple((name, value) for name, value in raw))
        object.__setattr__(self, "_read", read)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("The headers of an event can't be changed.")

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        return named_as(found, self[name]) if name in _METHODS and name in self else found

    def __getattr__(self, name: str) -> Any:
        if name not in Headers.__slots__:  # as they are in a copy under way
            try:
                return self[name]
            except KeyError:
                pass
        known = ", ".join(list(self)[:20]) if name not in Headers.__slots__ else ""
        raise AttributeError(f"There is no header '{name}'; the headers are: {known or 'none'}.")

    def __getitem__(self, name: str) -> Any:
        named = [value for known, value in self._raw if known == name]
        if not named:
            raise KeyError(name)
        return self._read(name, named[newest(name)]).content

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name for name, _ in self._raw))

    def __len__(self) -> int:
        return len({name for name, _ in self._raw})

    @property
    def pairs(self) -> tuple[tuple[str, Any], ...]:
        """All names and values, in their order."""
        return tuple((name, self._read(name, value).content) for name, value in self._raw)

    def get_all(self, name: str) -> list[Any]:
        """All values under this name, in their order."""
        return [self._read(name, value).content for known, value in self._raw if known == name]

    def __repr__(self) -> str:
        return f"Headers({dict(self)!r})"


def newest(name: str) -> int:
    """Where the newest of several headers of a name stands among them: last, but for those that are put in front."""
    from KafkaLibrary.dead_letters.conventions import put_in_front  # noqa: PLC0415 - few events are asked

    return 0 if name in put_in_front() else -1


def raw_pairs(headers: Headers) -> tuple[RawHeader, ...]:
    """Their very bytes."""
    return headers._raw
