"""Where the bytes of a Protobuf value break: a walk over them, asked only of bytes that could not be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from KafkaLibrary.serialization.protobuf.descriptors import is_map, is_repeated

MOST_DEEP = 100
"""How many values within each other Protobuf reads."""

_VARINT, _EIGHT_BYTES, _LENGTH, _GROUP, _GROUP_END, _FOUR_BYTES = range(6)
_FIXED = {_EIGHT_BYTES: 8, _FOUR_BYTES: 4}
_LARGEST_TAG = 2**32 - 1
_LONGEST_VARINT = 10
_TEXT, _GROUP_TYPE, _MESSAGE_TYPE, _BYTES_TYPE = 9, 10, 11, 12
_ELEMENT_WIDTHS = {1: 8, 2: 4, 6: 8, 7: 4, 15: 4, 16: 8}
"""Bytes of a packed element by the type of its field; of other types it is a varint."""
_ANY = "google.protobuf.Any"


class Broken(Exception):
    """What is wrong at the first place where bytes are no Protobuf, and the path of the field that it is in."""

    def __init__(self, reason: str, path: str) -> None:
        super().__init__(reason)
        self.path = path


def first_break(raw: bytes, start: int, descriptor: Any, find: Callable[[str], Any]) -> Broken | None:
    """What is wrong in the bytes from ``start`` on. ``find`` gives the descriptor of a type by its name, or None."""
    try:
        _Walk(raw, find).message(start, len(raw), descriptor, "$", 0)
    except Broken as broken:
        return broken
    return None


@dataclass(frozen=True, slots=True)
class _Walk:
    raw: bytes
    find: Callable[[str], Any]

    def message(self, at: int, end: int, descriptor: Any, path: str, depth: int, group: int = 0) -> int:
        """Walks the fields up to ``end``, or to the end of the group with that number."""
        if depth > MOST_DEEP:
            _fail(f"at byte {at} more than {MOST_DEEP} values are nested", path)
        counts: dict[int, int] = {}
        parts: dict[int, tuple[int, int]] = {}
        while at < end:
            number, wire, begin = self._tag(at, end, path)
            if wire == _GROUP_END:
                if number == group:
                    return begin
                _fail(f"at byte {at} a group ends that did not begin", path)
            field = None if descriptor is None else descriptor.fields_by_number.get(number)
            counts[number] = counts.get(number, -1) + 1
            inner = path if field is None else _inner(path, field, counts[number])
            at = self._field(begin, end, number, wire, field, inner, depth)
            if wire == _LENGTH:
                parts[number] = begin, at
        if group:
            _fail(f"it ends at byte {at}, in the middle of a group", path)
        if descriptor is not None and descriptor.full_name == _ANY and parts.keys() >= {1, 2}:
            self._any(parts[1], parts[2], path, depth)
        return at

    def _any(self, address: tuple[int, int], value: tuple[int, int], path: str, depth: int) -> None:
        begin = self._varint(*address, path)[1]
        kind = self.find(self.raw[begin : address[1]].decode().rpartition("/")[2])
        if kind is not None:
            self.message(self._varint(*value, path)[1], value[1], kind, path, depth + 1)

    def _field(self, at: int, end: int, number: int, wire: int, field: Any, path: str, depth: int) -> int:
        if wire == _VARINT:
            return self._varint(at, end, path)[1]
        if wire in _FIXED:
            return self._fixed(at, end, _FIXED[wire], path)
        if wire == _GROUP:
            kind = field.message_type if field is not None and field.type == _GROUP_TYPE else None
            return self.message(at, end, kind, path, depth + 1, number)
        if wire != _LENGTH:
            _fail(f"before byte {at} there is a field of the unknown kind {wire}", path)
        length, begin = self._varint(at, end, path)
        if length > end - begin:
            _fail(f"it should have {length} bytes from byte {begin} on, and there are {end - begin}", path)
        if field is not None:
            self._content(begin, begin + length, field, path, depth)
        return begin + length

    def _content(self, at: int, end: int, field: Any, path: str, depth: int) -> None:
        if field.type == _MESSAGE_TYPE:
            self.message(at, end, field.message_type, path, depth + 1)
        elif field.type == _TEXT:
            try:
                self.raw[at:end].decode()
            except UnicodeDecodeError as problem:
                _fail(f"at byte {at + problem.start} it is not UTF-8 text", path)
        elif field.type == _GROUP_TYPE:
            _fail(f"before byte {at} there is a length, and it should be a group", path)
        elif field.type != _BYTES_TYPE:
            width = _ELEMENT_WIDTHS.get(field.type)
            while at < end:
                at = self._fixed(at, end, width, path) if width else self._varint(at, end, path)[1]

    def _tag(self, at: int, end: int, path: str) -> tuple[int, int, int]:
        tag, begin = self._varint(at, end, path)
        if tag >> 3 == 0 or tag > _LARGEST_TAG:
            _fail(f"at byte {at} there is no field with the number {tag >> 3}", path)
        return tag >> 3, tag & 7, begin

    def _fixed(self, at: int, end: int, width: int, path: str) -> int:
        if end - at < width:
            _fail(f"it should have {width} bytes from byte {at} on, and there are {end - at}", path)
        return at + width

    def _varint(self, at: int, end: int, path: str) -> tuple[int, int]:
        """The number that begins there, and where it ends."""
        number = 0
        for index, byte in enumerate(self.raw[at : min(end, at + _LONGEST_VARINT)]):
            number |= (byte & 0x7F) << (7 * index)
            if byte < 0x80:
                return number, at + index + 1
        if end - at < _LONGEST_VARINT:
            raise Broken(f"it ends at byte {end}, in the middle of a number", path)
        raise Broken(f"at byte {at} there is a number of more than {_LONGEST_VARINT} bytes", path)


def _inner(path: str, field: Any, index: int) -> str:
    return f"{path}.{field.json_name}" + (f"[{index}]" if is_repeated(field) and not is_map(field) else "")


def _fail(reason: str, path: str) -> NoReturn:
    raise Broken(reason, path)
