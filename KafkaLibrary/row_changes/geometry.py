"""Geometries of databases: from the bytes in which a connector writes them, WKB, to the text that they show, and back.

The text is WKT, ``POINT(1 2)``, and where the place has a system of coordinates EWKT, ``SRID=4326;POINT(1 2)``.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Sequence
from typing import Any, NamedTuple

_NAMES = ("POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION")
POINT, _LINE, _POLYGON, _POINTS, _LINES, _POLYGONS, _COLLECTION = range(1, 8)
_PARTS = {_POINTS: POINT, _LINES: _LINE, _POLYGONS: _POLYGON}
"""What those are made of that have parts of one kind."""
_Z, _M, _SRID = 0x80000000, 0x40000000, 0x20000000
_AXES = {"": 2, "Z": 3, "M": 3, "ZM": 4}
_OF_ISO = ("", "Z", "M", "ZM")
"""Kinds of ISO's form: 1 is a point, 1001 one with a height."""
_DEEPEST = 50


class Geometry(NamedTuple):
    """``coordinates`` are those of a point, lists of them, or the geometries of which it is a collection."""

    kind: int
    axes: str
    coordinates: Any
    srid: int | None = None

    @property
    def text(self) -> str:
        before = f"SRID={self.srid};" if self.srid is not None else ""
        return before + _text(self, name=True)


def _text(one: Geometry, *, name: bool) -> str:
    axes = f" {one.axes} " if one.axes else ""
    named = _NAMES[one.kind - 1] + axes if name else ""
    if not one.coordinates:
        return f"{named if axes else named + ' '}EMPTY".lstrip()
    if one.kind == POINT:
        inside = _numbers(one.coordinates)
    elif one.kind == _LINE:
        inside = ",".join(map(_numbers, one.coordinates))
    elif one.kind == _POLYGON:
        inside = ",".join(f"({','.join(map(_numbers, ring))})" for ring in one.coordinates)
    else:
        inside = ",".join(_text(part, name=one.kind == _COLLECTION) for part in one.coordinates)
    return f"{named}({inside})"


def _numbers(point: Sequence[float]) -> str:
    return " ".join(repr(number).removesuffix(".0") for number in point)


# From bytes


def from_wkb(raw: bytes, srid: int | None = None) -> Geometry | None:
    """The geometry; nothing for bytes that are none, and for kinds with curves."""
    try:
        found, end = _read(raw, 0, _DEEPEST)
    except (struct.error, IndexError, ValueError):
        return None
    if end != len(raw):
        return None
    return found._replace(srid=srid) if srid is not None else found


def _read(raw: bytes, at: int, left: int) -> tuple[Geometry, int]:
    if not left or raw[at] > 1:
        raise ValueError(at)
    order = "<" if raw[at] else ">"
    (code,) = struct.unpack_from(f"{order}I", raw, at + 1)
    at += 5
    srid = None
    if code & _SRID:
        (srid,) = struct.unpack_from(f"{order}i", raw, at)
        at += 4
    flags = ("Z" if code & _Z else "") + ("M" if code & _M else "")
    thousands, kind = divmod(code & ~(_Z | _M | _SRID), 1000)
    if not POINT <= kind <= _COLLECTION or thousands >= len(_OF_ISO):
        raise ValueError(code)
    axes = flags or _OF_ISO[thousands]
    form = f"{order}{_AXES[axes]}d"

    def point(at: int) -> tuple[tuple[float, ...], int]:
        return struct.unpack_from(form, raw, at), at + struct.calcsize(form)

    def points(at: int) -> tuple[list[Any], int]:
        return _several(raw, at, order, point)

    if kind == POINT:
        found, at = point(at)
        empty = all(map(math.isnan, found))
        return Geometry(kind, axes, () if empty else found, srid), at
    if kind == _LINE:
        inside, at = points(at)
    elif kind == _POLYGON:
        inside, at = _several(raw, at, order, points)
    else:
        inside, at = _several(raw, at, order, lambda place: _read(raw, place, left - 1))
        if any(part.kind != _PARTS.get(kind, part.kind) for part in inside):
            raise ValueError(kind)
    return Geometry(kind, axes, inside, srid), at


def _several(raw: bytes, at: int, order: str, one: Any) -> tuple[list[Any], int]:
    (count,) = struct.unpack_from(f"{order}I", raw, at)
    at += 4
    if count > len(raw) - at:  # each takes more than a byte
        raise ValueError(count)
    found = []
    for _ in range(count):
        part, at = one(at)
        found.append(part)
    return found, at


def to_wkb(one: Geometry) -> bytes:
    """As connectors write it; the system of coordinates stands beside it."""
    flags = (_Z if "Z" in one.axes else 0) | (_M if "M" in one.axes else 0)
    head = b"\1" + struct.pack("<I", one.kind | flags)
    form = f"<{_AXES[one.axes]}d"

    def points(those: Sequence[Sequence[float]]) -> bytes:
        return struct.pack("<I", len(those)) + b"".join(struct.pack(form, *one) for one in those)

    inside = one.coordinates
    if one.kind == POINT:
        return head + struct.pack(form, *(inside or (float("nan"),) * _AXES[one.axes]))
    if one.kind == _LINE:
        return head + points(inside)
    count = struct.pack("<I", len(inside))
    return head + count + b"".join(map(points if one.kind == _POLYGON else to_wkb, inside))


# From text

_BEGINS = re.compile(rf"\s*(?:SRID\s*=\s*(\d{{1,9}})\s*;\s*)?(?=(?:{'|'.join(_NAMES)})Z?M?\b)", re.IGNORECASE)
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_PAIR = re.compile(rf"\(\s*({_NUMBER})\s*,\s*({_NUMBER})\s*\)", re.ASCII)
"""PostgreSQL's own way to show a point."""
_TOKEN = re.compile(rf"\s*([A-Za-z]+|{_NUMBER}|[(),])")
_NAMED = re.compile(rf"({'|'.join(sorted(_NAMES, key=len, reverse=True))})(Z?M?)")


def from_text(text: str) -> Geometry | None:
    """The geometry that a text is; nothing for another text."""
    pair = _PAIR.fullmatch(text.strip())
    if pair:
        return Geometry(POINT, "", (float(pair[1]), float(pair[2])))
    begins = _BEGINS.match(text)
    if begins is None:
        return None
    tokens = _tokens(text[begins.end() :])
    if tokens is None:
        return None
    try:
        found = _Parser(tokens).whole()
    except (ValueError, IndexError):
        return None
    return found._replace(srid=int(begins[1]) if begins[1] else None)


def _tokens(text: str) -> list[str] | None:
    text, place, found = text.rstrip(), 0, []
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None:
            return None
        found.append(token[1].upper())
        place = token.end()
    return found


class _Parser:
    """Raises ``ValueError`` and ``IndexError`` for what is no geometry."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    def whole(self) -> Geometry:
        found = self._named(_DEEPEST)
        if self._at != len(self._tokens):
            raise ValueError(self._at)
        return found

    def _next(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1]

    def _is_next(self, *wanted: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at] in wanted

    def _take(self, wanted: str) -> None:
        if self._next() != wanted:
            raise ValueError(wanted)

    def _named(self, left: int) -> Geometry:
        named = _NAMED.fullmatch(self._next())
        if named is None or not left:
            raise ValueError(left)
        axes = named[2] or (self._next() if self._is_next("Z", "M", "ZM") else "")
        return self._of(_NAMES.index(named[1]) + 1, axes, left)

    def _of(self, kind: int, axes: str, left: int) -> Geometry:
        if self._is_next("EMPTY"):
            self._at += 1
            return Geometry(kind, axes, ())
        if kind == POINT:
            self._take("(")
            found: Any = self._point()
            self._take(")")
        elif kind == _LINE:
            found = self._several(self._point)
        elif kind == _POLYGON:
            found = self._several(lambda: self._several(self._point))
        elif kind == _COLLECTION:
            found = self._several(lambda: self._named(left - 1))
        else:
            found = self._several(lambda: self._part(_PARTS[kind], axes))
        return _with_axes(Geometry(kind, axes, found))

    def _part(self, kind: int, axes: str) -> Geometry:
        """Points of several may stand there without brackets of their own."""
        if kind == POINT and not self._is_next("(", "EMPTY"):
            return Geometry(kind, axes, self._point())
        return self._of(kind, axes, 1)

    def _several(self, one: Any) -> list[Any]:
        self._take("(")
        found = [one()]
        while self._is_next(","):
            self._at += 1
            found.append(one())
        self._take(")")
        return found

    def _point(self) -> tuple[float, ...]:
        found = []
        while not self._is_next(",", ")"):
            found.append(float(self._next()))
        if not 2 <= len(found) <= 4:
            raise ValueError(found)
        return tuple(found)


def _with_axes(one: Geometry) -> Geometry:
    """A third coordinate is a height unless it is told to be a measure. All points have as many."""
    sizes = set(_sizes(one))
    axes = one.axes or {2: "", 3: "Z", 4: "ZM"}.get(max(sizes, default=2), "")
    if sizes - {_AXES[axes]}:
        raise ValueError(axes)
    if one.kind in _PARTS:
        return one._replace(axes=axes, coordinates=[part._replace(axes=axes) for part in one.coordinates])
    return one._replace(axes=axes)


def _sizes(one: Geometry) -> list[int]:
    if one.kind == POINT:
        return [len(one.coordinates)] if one.coordinates else []
    if one.kind == _LINE:
        return list(map(len, one.coordinates))
    if one.kind == _POLYGON:
        return [len(point) for ring in one.coordinates for point in ring]
    return [size for part in one.coordinates for size in _sizes(part)]


def same(one: Geometry, wanted: Geometry) -> bool:
    """Whether both are the same place. A system of coordinates counts where it is asked for."""
    return _plain(one) == _plain(wanted) and wanted.srid in (None, one.srid)


def _plain(one: Geometry) -> Any:
    inside = one.coordinates
    if one.kind > _POLYGON:
        return one.kind, one.axes, [_plain(part) for part in inside]
    return one.kind, one.axes, inside or ()
