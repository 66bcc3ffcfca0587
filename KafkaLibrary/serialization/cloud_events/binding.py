"""CloudEvents as they travel through Kafka: attributes in headers (binary) or around the data in JSON (structured).

Versions 1.0 and 0.3 are read, 1.0 is written. Batches are not for Kafka.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.serialization.cloud_events.attributes import REQUIRED, problems_of, written_time
from KafkaLibrary.serialization.schemaless import json_format
from KafkaLibrary.serialization.values.phrases import short

if TYPE_CHECKING:
    import uuid
else:
    uuid = LazyModule("uuid")

Pairs: TypeAlias = Sequence[tuple[str, bytes | str | None]]
Member: TypeAlias = Literal["data", "data_base64"]

STRUCTURED = "application/cloudevents+json"
_STRUCTURED_BYTES = STRUCTURED.encode()
_VERSIONS = ("1.0", "0.3")
_ENVELOPE = b"application/cloudevents+json; charset=UTF-8"
_ADVICE = "Give `type` and `source`; `id`, `time`, `subject`, `dataschema`, extensions and `data` are optional."


class GivenEvent(NamedTuple):
    """What a tester gives for a CloudEvent, checked. Texts, integers, booleans and bytes are its attributes."""

    attributes: dict[str, Any]
    data: Any
    has_data: bool


def mode_of(headers: Pairs) -> Literal["binary", "structured"] | None:
    """How the event is a CloudEvent, by its headers alone. Structured events may have the headers of binary ones."""
    mode: Literal["binary", "structured"] | None = None
    for name, value in headers:
        if name == "ce_specversion":
            mode = None if value is None else "binary"
        elif len(name) == 12 and name.lower() == "content-type" and _is_structured(value):
            return "structured"
    return mode


def is_json(content_type: str | None) -> bool:
    """Whether data of this type is JSON; without a type it is."""
    if content_type is None:
        return True
    subtype = _media_type(content_type).partition("/")[2]
    return subtype == "json" or subtype.endswith("+json")


def envelope_of_binary(headers: Pairs, data: Any, has_data: bool) -> dict[str, Any]:
    """The attributes of the headers, texts all of them, with the data that the value was read as."""
    envelope: dict[str, Any] = {}
    content_type = None
    for name, value in headers:
        if name[:3] == "ce_":
            if value is not None and name != "ce_data":
                envelope[name[3:]] = _header_text(name, value)
        elif len(name) == 12 and name.lower() == "content-type":
            content_type = None if value is None else _header_text(name, value)
    if content_type is not None:
        envelope["datacontenttype"] = content_type
    _check_read(envelope, "ce_")
    if has_data:
        envelope["data"] = data
    return envelope


def split_structured(document: Any) -> tuple[dict[str, Any], Any, Member | None]:
    """The attributes of a read JSON document, its data, and the member that had it.

    Data of ``data_base64`` are bytes; so are those of ``data`` where version 0.3 says that they are base64.
    Raises ``Undecodable`` where the document is no CloudEvent.
    """
    if not isinstance(document, dict):
        raise Undecodable("not a CloudEvent: its JSON is not an object")
    if "data" in document and "data_base64" in document:
        raise Undecodable("not a CloudEvent: it has data and data_base64")
    attributes = {
        name: value for name, value in document.items() if value is not None and name not in ("data", "data_base64")
    }
    _check_read(attributes)
    if document.get("data_base64") is not None:
        return attributes, _from_base64(document["data_base64"], "data_base64"), "data_base64"
    if "data" not in document:
        return attributes, None, None
    data = document["data"]
    if attributes["specversion"] == "0.3" and str(attributes.get("datacontentencoding")).lower() == "base64":
        return attributes, _from_base64(data, "data"), "data_base64"
    return attributes, data, "data"


def attributes_of(value: Mapping[Any, Any]) -> GivenEvent:
    """What a tester gives, with `specversion` and `id` where they were left out; an attribute that is None is unset.

    Raises ``KeywordMisused`` that names all that is wrong.
    """
    if not isinstance(value, Mapping):
        raise KeywordMisused(f"A CloudEvent can't be {type(value).__name__}: give a dictionary.\n{_ADVICE}")
    given = {name: part for name, part in value.items() if part is not None and name not in ("data", "data_base64")}
    problems = problems_of(given)
    data, has_data = value.get("data"), "data" in value
    if value.get("data_base64") is not None:
        if has_data:
            problems.append("`data` and `data_base64` can't both be given.")
        try:
            data, has_data = _bytes_of(value["data_base64"]), True
        except Undecodable:
            problems.append("`data_base64` must be base64 text or bytes.")
    if problems:
        raise KeywordMisused("\n    ".join(["The CloudEvent can't be published:", *problems]) + f"\n{_ADVICE}")
    begun = {"specversion": "1.0", "id": str(uuid.uuid4())}
    return GivenEvent({name: _kept(part) for name, part in {**begun, **given}.items()}, data, has_data)


def write_binary(
    attributes: Mapping[str, Any], data: bytes | None, content_type: str | None = None
) -> tuple[bytes | None, list[tuple[str, bytes]]]:
    """The value and the headers; the attribute `datacontenttype` wins over ``content_type``. No data is no value."""
    headers = [
        (f"ce_{name}", _attribute_text(value).encode())
        for name, value in attributes.items()
        if name != "datacontenttype"
    ]
    content_type = attributes.get("datacontenttype") or content_type
    if content_type:
        headers.append(("content-type", content_type.encode()))
    return data, headers


def write_structured(
    attributes: Mapping[str, Any], data: Any, content_type: str | None = None, *, has_data: bool = True
) -> tuple[bytes, list[tuple[str, bytes]]]:
    """The value and its header. Bytes go out as base64, JSON data as they are, other data as the text that they are."""
    content_type = attributes.get("datacontenttype") or content_type
    document = {name: _json_attribute(value) for name, value in attributes.items()}
    if content_type:
        document["datacontenttype"] = content_type
    if isinstance(data, bytes | bytearray | memoryview):
        document["data_base64"] = _base64(data)
    elif has_data:
        if not isinstance(data, str) and not is_json(content_type):
            raise KeywordMisused(
                f"The data of the CloudEvent can't be {type(data).__name__}: as '{content_type}' it is a text or bytes."
            )
        document["data"] = data
    return json_format.write(document, "CloudEvent"), [("content-type", _ENVELOPE)]


def _is_structured(value: bytes | str | None) -> bool:
    if isinstance(value, bytes):
        return value.partition(b";")[0].strip().lower() == _STRUCTURED_BYTES
    return value is not None and _media_type(value) == STRUCTURED


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _header_text(name: str, value: bytes | str) -> str:
    try:
        return value.decode() if isinstance(value, bytes) else value
    except UnicodeDecodeError:
        raise Undecodable(f"not a CloudEvent: its header {name} is not UTF-8 text") from None


def _check_read(attributes: Mapping[str, Any], prefix: str = "") -> None:
    missing = [f"{prefix}{name}" for name in REQUIRED if name not in attributes]
    if missing:
        raise Undecodable(f"not a CloudEvent: it has no {' and no '.join(missing)}")
    for name in REQUIRED:
        value = attributes[name]
        if not isinstance(value, str) or not value:
            raise Undecodable(f"not a CloudEvent: {prefix}{name} is {short(value)}, but must be a non-empty text")
    version = attributes["specversion"]
    if version not in _VERSIONS:
        raise Undecodable(
            f"not a CloudEvent of version {' or '.join(_VERSIONS)}: {prefix}specversion is {short(version)}"
        )


_KEPT: dict[type, Callable[[Any], Any]] = {
    datetime: written_time,
    bytearray: bytes,
    memoryview: bytes,
}


def _kept(value: Any) -> Any:
    for kind, made in _KEPT.items():
        if isinstance(value, kind):
            return made(value)
    return value


def _attribute_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _base64(value) if isinstance(value, bytes) else str(value)


def _json_attribute(value: Any) -> Any:
    return _base64(value) if isinstance(value, bytes) else value


def _base64(raw: bytes | bytearray | memoryview) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes_of(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | bytearray | memoryview) else _from_base64(value, "data_base64")


def _from_base64(text: Any, member: str) -> bytes:
    try:
        if isinstance(text, str):
            return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        pass
    raise Undecodable(f"not a CloudEvent: {member} is not base64 text")
