"""The frame that serializers of a schema registry put around a value: which schema it was written with.

A zero, the schema's id in four bytes, big-endian, and behind it the value; or the same in a header,
where the id may be a GUID of 16 bytes behind a one. Protobuf puts the place of the message in its file between:
how many indexes there are and each of them, as zigzag varints, or a single zero for the first message.
Source: Confluent's documentation of the wire format.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from KafkaLibrary.at_first_use import AtFirstUse
from KafkaLibrary.errors import Undecodable

if TYPE_CHECKING:
    import uuid
else:
    uuid = AtFirstUse("uuid")

RawHeaders = Sequence[tuple[str, bytes | str | None]]

_BY_ID, _BY_GUID = 0, 1
_ID_BYTES = 5
_GUID_BYTES = 17
_MOST_INDEXES = 100
_VARINT_BITS = 63
HEADERS = {"value": "__value_schema_id", "key": "__key_schema_id"}


class Frame(NamedTuple):
    """The id of a schema, a number or a GUID, and where behind it the value begins.

    ``rest`` is what stands in the header behind the id, where that is in a header.
    """

    schema: int | str
    start: int
    rest: bytes = b""

    @property
    def in_header(self) -> bool:
        return self.start == 0


def frame_of(raw: bytes, headers: RawHeaders, part: str) -> Frame | None:
    """The frame of a key or value, in a header or in front of it; nothing where there is none."""
    if headers:
        wanted = HEADERS[part]
        for name, content in reversed(headers):
            if name == wanted and isinstance(content, bytes):
                return _frame_in_header(content)
    if len(raw) >= _ID_BYTES and raw[0] == _BY_ID:
        schema = int.from_bytes(raw[1:_ID_BYTES], "big")
        if schema:  # Registries count from 1, and a small number of eight bytes begins like this.
            return Frame(schema, _ID_BYTES)
    return None


def _frame_in_header(content: bytes) -> Frame | None:
    if len(content) >= _GUID_BYTES and content[0] == _BY_GUID:
        return Frame(str(uuid.UUID(bytes=content[1:_GUID_BYTES])), 0, content[_GUID_BYTES:])
    if len(content) >= _ID_BYTES and content[0] == _BY_ID:
        return Frame(int.from_bytes(content[1:_ID_BYTES], "big"), 0, content[_ID_BYTES:])
    return None


def framed(schema: int, value: bytes, indexes: Sequence[int] | None = None) -> bytes:
    """The value in its frame; ``indexes`` tell which message of a Protobuf schema it is."""
    between = b"" if indexes is None else write_indexes(indexes)
    return bytes([_BY_ID]) + schema.to_bytes(4, "big") + between + value


def write_indexes(indexes: Sequence[int]) -> bytes:
    """The place of a message in its file."""
    if list(indexes) == [0]:
        return b"\0"
    return b"".join(map(_varint, [len(indexes), *indexes]))


def read_indexes(raw: bytes, start: int) -> tuple[tuple[int, ...], int]:
    """The place of a message in its file, and where behind it the value begins."""
    count, place = _read_varint(raw, start)
    if count == 0:
        return (0,), place
    if not 0 < count <= _MOST_INDEXES:
        raise Undecodable(f"The frame is broken at byte {start}: it names a message by {count} indexes.")
    found = []
    for _ in range(count):
        index, place = _read_varint(raw, place)
        found.append(index)
    return tuple(found), place


def _varint(number: int) -> bytes:
    rest = (number << 1) ^ (number >> _VARINT_BITS)
    written = bytearray()
    while rest > 0x7F:
        written.append(rest & 0x7F | 0x80)
        rest >>= 7
    written.append(rest)
    return bytes(written)


def _read_varint(raw: bytes, start: int) -> tuple[int, int]:
    found = shift = 0
    for place in range(start, min(start + 10, len(raw))):
        found |= (raw[place] & 0x7F) << shift
        shift += 7
        if raw[place] < 0x80:
            return (found >> 1) ^ -(found & 1), place + 1
    raise Undecodable(f"The frame breaks off at byte {len(raw)}: the message's place in the schema is not complete.")


def first_bytes(raw: bytes, most: int = 16) -> str:
    """How the bytes begin, in hexadecimal."""
    return raw[:most].hex(" ") + (" …" if len(raw) > most else "")
