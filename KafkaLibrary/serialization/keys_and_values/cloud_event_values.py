"""Values that are CloudEvents: attributes and data together, in whichever mode they came."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Decoded, Fields, FirstLook
from KafkaLibrary.serialization.cloud_events import binding as cloud_events
from KafkaLibrary.serialization.frames import RawHeaders
from KafkaLibrary.serialization.keys_and_values.key_or_value import Depth, Found, Part, Written
from KafkaLibrary.serialization.schemaless import formats, json_format, text_format

_JSON = "application/json"
_BYTES = "application/octet-stream"
_TYPES = {
    "json": _JSON,
    "json-schema": _JSON,
    "text": "text/plain; charset=UTF-8",
    "avro": "application/avro",
    "protobuf": "application/protobuf",
}
"""What ``datacontenttype`` says of data in a format, where the tester says nothing."""


class CloudEvent:
    """CloudEvents whose data are written and read as ``data`` says."""

    def __init__(self, data: Part, *, structured: bool = False) -> None:
        self._data = data
        self._structured = structured
        mode = "cloudevents-structured" if structured else "cloudevents"
        self.name = mode if isinstance(data, Found) else f"{mode}:{data.name}"
        self.first_look = FirstLook(None, is_json=False)

    # To bytes

    def encoder(self, topic: str) -> None:
        """There are headers in both modes."""

    def write(self, value: Any, topic: str) -> Written:
        given = cloud_events.attributes_of(_mapping(value))
        written = self._written(given.data, topic) if given.has_data else Written(None)
        content_type = given.attributes.get("datacontenttype") or self._type_of(given.data, given.has_data)
        if not self._structured:
            raw, headers = cloud_events.write_binary(given.attributes, written.raw, content_type)
        else:
            data = _inside(written.raw, content_type)
            raw, headers = cloud_events.write_structured(given.attributes, data, content_type, has_data=given.has_data)
        return Written(raw, (*written.headers, *headers))

    def _written(self, data: Any, topic: str) -> Written:
        if data is None and isinstance(self._data, Found):
            return Written(b"null")
        return self._data.write(data, topic)

    def _type_of(self, data: Any, has_data: bool) -> str | None:
        if not has_data:
            return None
        if not isinstance(self._data, Found):
            return _TYPES.get(self._data.name, _BYTES)
        if isinstance(data, bytes | bytearray | memoryview):
            return _BYTES
        is_text = isinstance(data, str) and data.lstrip()[:1] not in ("{", "[")
        return _TYPES["text"] if is_text else _JSON

    # And back

    def read(self, raw: bytes | None, headers: RawHeaders, depth: Depth) -> Decoded:
        """Raises ``Undecodable`` for what is no CloudEvent, or has data that don't fit."""
        if cloud_events.mode_of(headers) == "binary":
            return self._from_binary(raw, headers, depth)
        if raw is None:
            raise Undecodable("not a CloudEvent: it has neither a value nor the headers of one")
        return self._from_structured(raw, headers, depth)

    def _from_binary(self, raw: bytes | None, headers: RawHeaders, depth: Depth) -> Decoded:
        data = Decoded(None, "") if raw is None else self._data.read(raw, headers, depth)
        envelope = cloud_events.envelope_of_binary(headers, data.content, raw is not None)
        return _decoded(_with_bytes_as_text(envelope), data, "binary", depth)

    def _from_structured(self, raw: bytes, headers: RawHeaders, depth: Depth) -> Decoded:
        attributes, content, member = cloud_events.split_structured(getattr(json_format, depth)(raw))
        data = Decoded(content, "")
        if isinstance(content, bytes):
            data = self._data.read(content, _without_types(headers), depth)
        envelope = dict(attributes) if member is None else {**attributes, "data": data.content}
        return _decoded(_with_bytes_as_text(envelope), data, "structured", depth)


def _mapping(value: Any) -> Any:
    if not isinstance(value, str) or value.lstrip()[:1] != "{":
        return value
    formats.refuse_broken_json(value, "format=cloudevents")
    read = formats.read_whole(text_format.write(value))
    return read if isinstance(read, Mapping) else value


def _inside(raw: bytes | None, content_type: str | None) -> Any:
    """The data as they stand in a structured event: JSON as such, text as a text, all else as bytes."""
    if raw is None:
        return None
    try:
        if cloud_events.is_json(content_type):
            return json_format.read_whole(raw)
        if str(content_type).startswith("text/"):
            return raw.decode()
    except (Undecodable, UnicodeDecodeError):
        pass
    return raw


def _without_types(headers: RawHeaders) -> RawHeaders:
    """The headers, without what says of the event itself that it is a CloudEvent."""
    return [(name, value) for name, value in headers if name.lower() != "content-type"]


def _with_bytes_as_text(envelope: dict[str, Any]) -> dict[str, Any]:
    if isinstance(envelope.get("data"), bytes):
        envelope["data_base64"] = base64.b64encode(envelope.pop("data")).decode()
    return envelope


def _decoded(envelope: dict[str, Any], data: Decoded, mode: str, depth: Depth) -> Decoded:
    inside = " ".join(filter(None, [data.format, data.schema and f"by {data.schema}"]))
    content = Fields(envelope) if depth == "read_own" else envelope
    return Decoded(content, "cloudevents", data.note, f"{mode} mode" + (f", data as {inside}" if inside else ""))


class FoundValue(Found):
    """As ``Found``, and before all else by the headers of a CloudEvent."""

    def __init__(self, known: Any) -> None:
        super().__init__("value", known)
        self._cloud_event = CloudEvent(Found("value", known, envelopes=False))

    def read(self, raw: bytes | None, headers: RawHeaders, depth: Depth) -> Decoded:
        if headers and cloud_events.mode_of(headers):
            try:
                return self._cloud_event.read(raw, headers, depth)
            except Undecodable:  # it only looks like one
                pass
        return Decoded(None, "tombstone") if raw is None else super().read(raw, headers, depth)
