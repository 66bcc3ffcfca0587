"""Frames: the magic byte and the schema's id in front of a value, or a header with that id.

A zero, the schema's id in four bytes, big-endian, and behind it the value; or the same in a header,
where the id may be a GUID of 16 bytes behind a one. Protobuf puts the place of the message in its file between:
how many indexes there are and each of them, as zigzag varints, or a single zero for the first message.
Source: Confluent's documentation of the wire format.

Apicurio's serializers and converters put the id into headers of their own, in eight bytes, where they are told to (its
converter for Kafka Connect always does unless told otherwise): the id of the schema's content, which Confluent's
interface of that registry goes by too, or the "globalId" of the version, which it does not. The value then is the bare
bytes, and may begin like a frame. Seen with Apicurio's converter 2.5.11 and its serializers 3.1.7.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.lazy_module import LazyModule

if TYPE_CHECKING:
    import uuid
else:
    uuid = LazyModule("uuid")

RawHeaders = Sequence[tuple[str, bytes | str | None]]

_BY_ID, _BY_GUID = 0, 1
_ID_BYTES = 5
_GUID_BYTES = 17
_MOST_INDEXES = 100
_VARINT_BITS = 63
_APICURIO_BYTES = 8
_APICURIO_PROTOBUF_TYPE = "apicurio.protobuf.type"
HEADERS = {"value": "__value_schema_id", "key": "__key_schema_id"}


class GlobalId(NamedTuple):
    """The id that Apicurio gives to one version of one artifact: the same schema under two names has two of them."""

    number: int

    def __str__(self) -> str:
        return f"of globalId {self.number}"


SchemaId = int | str | GlobalId
"""What a schema is found by: its id, its GUID, or Apicurio's globalId."""


class Frame(NamedTuple):
    """The id of a schema, and where behind it the value begins.

    ``rest`` is what stands in the header behind the id, where that is in a header. ``message`` is the name of the
    Protobuf message where a header says it, without its package.
    """

    schema: SchemaId
    start: int
    rest: bytes = b""
    message: str | None = None

    @property
    def in_header(self) -> bool:
        return self.start == 0


def frame_of(raw: bytes, headers: RawHeaders, part: str) -> Frame | None:
    """The frame of a key or value, in a header or in front of it; nothing where there is none."""
    if headers:
        in_header = _FRAMES_IN_HEADERS[part]
        for name, content in reversed(headers):
            if name in in_header and isinstance(content, bytes):
                return in_header[name](content, headers)
    if len(raw) >= _ID_BYTES and raw[0] == _BY_ID:
        schema = int.from_bytes(raw[1:_ID_BYTES], "big")
        if schema:  # Registries count from 1, and a small number of eight bytes begins like this.
            return Frame(schema, _ID_BYTES)
    return None


def tells_schema(name: str, part: str) -> bool:
    """Whether a header of that name tells which schema the key or value was written with."""
    return name in _FRAMES_IN_HEADERS[part]


def telling_header(headers: RawHeaders, part: str) -> str:
    """The name of the header that tells which schema it was."""
    return next((name for name, _ in reversed(headers) if tells_schema(name, part)), "")


def _frame_in_header(content: bytes, headers: RawHeaders) -> Frame | None:
    if len(content) >= _GUID_BYTES and content[0] == _BY_GUID:
        return Frame(str(uuid.UUID(bytes=content[1:_GUID_BYTES])), 0, content[_GUID_BYTES:])
    if len(content) >= _ID_BYTES and content[0] == _BY_ID:
        return Frame(int.from_bytes(content[1:_ID_BYTES], "big"), 0, content[_ID_BYTES:])
    return None


def _apicurio(part: str, make: Callable[[int], SchemaId]) -> Callable[[bytes, RawHeaders], Frame | None]:
    def frame(content: bytes, headers: RawHeaders) -> Frame | None:
        if len(content) != _APICURIO_BYTES:
            return None
        said = next((said for name, said in reversed(headers) if name == _APICURIO_PROTOBUF_TYPE), None)
        message = said.decode(errors="replace") if isinstance(said, bytes) else said
        return Frame(make(int.from_bytes(content, "big")), 0, message=message)

    return frame


_FRAMES_IN_HEADERS: dict[str, dict[str, Callable[[bytes, RawHeaders], Frame | None]]] = {
    part: {
        header: _frame_in_header,
        f"apicurio.{part}.contentId": _apicurio(part, int),
        f"apicurio.{part}.globalId": _apicurio(part, GlobalId),
    }
    for part, header in HEADERS.items()
}


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
