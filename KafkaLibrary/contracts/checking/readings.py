"""What the bytes of a value, a key or a header may mean to a schema: they say themselves, or the schema asks for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from KafkaLibrary.contracts.schemas import schema_formats
from KafkaLibrary.contracts.schemas.parts import Part
from KafkaLibrary.errors import KafkaLibraryError, Undecodable
from KafkaLibrary.event import Decoded, Event, WindowedKey, as_text

_WITHOUT_FIELDS = ("text", "bytes")
_PREFIX = 5
"""Bytes of a registry's frame in front of a value."""
_JSON_TYPES: Mapping[type, str] = {
    bool: "boolean", int: "number", float: "number", Decimal: "number", dict: "object", list: "array", str: "string",
    type(None): "null",
}  # fmt: skip


_RULES: Mapping[str, frozenset[str]] = {
    "object": frozenset((
        "additionalProperties", "dependencies", "dependentRequired", "dependentSchemas", "maxProperties",
        "minProperties", "patternProperties", "properties", "propertyNames", "required", "unevaluatedProperties",
    )),
    "array": frozenset((
        "additionalItems", "contains", "items", "maxItems", "minItems", "prefixItems", "unevaluatedItems",
        "uniqueItems",
    )),
    "number": frozenset(("exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf")),
    "string": frozenset(("maxLength", "minLength", "pattern")),
}  # fmt: skip
"""Rules that ask something of one type only, and pass over values of others."""


class Unfit(Exception):
    """The bytes can't be what the schema describes; its text says why."""


class NotRead(Exception):
    """Nobody here can read what the schema describes; its text says why."""


def values_of(event: Event, part: Part, content_type: str) -> list[Any]:
    """What the value is, the likelier reading first. Raises ``Unfit`` and ``NotRead``."""
    try:
        decoded = event.decoded(exact=True)
    except Undecodable as reason:
        return _read_by(part, event.raw_value) or _unfit(str(reason))
    if decoded.format == "tombstone":
        return [None]
    if schema_formats.is_unread(content_type):
        raise NotRead(f"its content type is {content_type}, which is not read here")
    if decoded.format in _WITHOUT_FIELDS:
        return _without_fields(event, part, decoded, content_type)
    if part.kind != "json-schema" or decoded.format != "json":
        return [decoded.content]
    whole = as_text(event.raw_value)
    if schema_formats.is_text(content_type):
        return [as_asked(whole, part.content, part.content)]
    may_be_text = not content_type and not isinstance(decoded.content, dict | list)
    return [decoded.content, whole] if may_be_text else [decoded.content]


def _without_fields(event: Event, part: Part, decoded: Decoded, content_type: str) -> list[Any]:
    if part.kind != "json-schema":
        return _read_by(part, event.raw_value) or _unfit(decoded.note)
    if decoded.format != "text" or schema_formats.is_json(content_type):
        return _unfit(decoded.note)
    if schema_formats.is_text(content_type) or not _is_passed_over(decoded.content, part):
        return [decoded.content]
    return _unfit(decoded.note)


def _is_passed_over(text: Any, part: Part) -> bool:
    """Whether a text fits only because no rule is about texts: each is about an object, a list or a number."""
    types = types_of(part.content, part.content)
    return bool(types) and "string" not in types and part.codec is not None and not part.codec.schema.violations(text)


def _unfit(reason: str) -> list[Any]:
    raise Unfit(reason.split("\n", maxsplit=1)[0].rstrip(".") or "it is neither JSON nor of its schema")


def _read_by(part: Part, raw: bytes | None) -> list[Any]:
    """The value by the contract's own schema, where the bytes are written by it, in a frame or without one."""
    if raw is None or part.codec is None or part.kind == "json-schema":
        return []
    for start in (0, _PREFIX) if raw[:1] == b"\0" else (0,):
        try:
            content = part.codec.read(raw[start:])
            # Protobuf passes over fields that it does not know: then the bytes are not of this schema.
            if part.kind == "avro" or len(part.codec.write(content)) == len(raw) - start:
                return [content]
        except KafkaLibraryError:
            continue
    return []


def keys_of(event: Event, part: Part) -> list[Any]:
    """What the key is. Raises ``Unfit``."""
    raw = event.raw_key
    if raw is None:
        return [None]
    own = _read_by(part, raw)
    try:
        key = event.key
    except Undecodable as reason:
        return own or _unfit(str(reason))
    if isinstance(key, WindowedKey):
        key = key.key
    if own:
        return [*own, key]
    return [as_asked(key, part.content, part.content) if part.kind == "json-schema" else _json_or_text(key)]


def headers_of(event: Event, part: Part) -> dict[str, Any]:
    """The headers as an object, each as the type that is asked of it; of several of one name the last."""
    known = _properties(part.content, part.content)
    found = {}
    for name, read in event.read_headers():
        content = read.content
        found[name] = as_asked(content, known.get(name), part.content)
    return found


def _properties(schema: Any, root: Any, depth: int = 0) -> dict[str, Any]:
    if not isinstance(schema, Mapping) or depth > 20:
        return {}
    found: dict[str, Any] = {}
    for one in [_referred(schema, root), *schema.get("allOf", ())]:
        found |= _properties(one, root, depth + 1)
    own = schema.get("properties")
    return {**found, **(own if isinstance(own, Mapping) else {})}


def as_asked(content: Any, schema: Any, root: Any) -> Any:
    """A text as the number, the truth value or the object that the schema asks for, where it is one."""
    if not isinstance(content, str):
        return content
    types = types_of(schema, root)
    if not types or "string" in types:
        return content
    read = _json_or_text(content)
    kind = "null" if read is None else _JSON_TYPES.get(type(read), "string")
    return read if kind in types else content


def _json_or_text(content: Any) -> Any:
    if not isinstance(content, str):
        return content
    try:
        return json.loads(content, parse_float=Decimal, parse_constant=lambda _: content)
    except (ValueError, RecursionError):
        return content


def types_of(schema: Any, root: Any, depth: int = 0) -> set[str]:
    """The types that a schema is about, as it says or as its rules are; ``number`` stands for integers, too."""
    if not isinstance(schema, Mapping) or depth > 20:
        return set()
    named = schema.get("type")
    types = {named} if isinstance(named, str) else set(named or ())
    if "const" in schema or "enum" in schema:
        listed = [schema["const"]] if "const" in schema else schema["enum"]
        types |= {_JSON_TYPES.get(type(one), "string") for one in listed}
    types = types or {kind for kind, rules in _RULES.items() if not rules.isdisjoint(schema)}
    inner = [_referred(schema, root), *(one for rule in ("allOf", "anyOf", "oneOf") for one in schema.get(rule, ()))]
    for one in inner:
        types |= types_of(one, root, depth + 1)
    return {"number" if one == "integer" else one for one in types}


def _referred(schema: Mapping[str, Any], root: Any) -> Any:
    reference = schema.get("$ref")
    if not isinstance(reference, str) or not isinstance(root, Mapping):
        return None
    if reference == "#":
        return root
    return root.get("definitions", {}).get(reference.removeprefix("#/definitions/"))
