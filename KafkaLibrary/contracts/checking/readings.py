"""What the bytes of a value, a key or a header may mean to a schema: they say themselves, or the schema asks for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from KafkaLibrary.contracts.schemas import schema_formats
from KafkaLibrary.contracts.schemas.parts import Part
from KafkaLibrary.errors import KafkaLibraryError, Undecodable
from KafkaLibrary.event import Decoded, Event, WindowedKey, as_text
from KafkaLibrary.serialization.schemaless import json_format

_WITHOUT_FIELDS = ("text", "bytes")
_DEEPEST = 20
_TEXT = frozenset(("string",))
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
    return _of_json(event, part, decoded, content_type)


def _of_json(event: Event, part: Part, decoded: Decoded, content_type: str) -> list[Any]:
    if decoded.schema and decoded.around is None:
        # Its topic says how a test reads some fields, and the contract describes what is sent.
        return [json_format.read_exact(event.raw_value or b"")]
    whole = as_text(event.raw_value)
    if schema_formats.is_text(content_type):
        return as_asked(whole, types_of_part(part))
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


def _is_passed_over(value: str | None, part: Part) -> bool:
    """Whether a text or null fits only because no rule is about it: each is about an object, a list or a number."""
    types, kind = types_of_part(part), "null" if value is None else "string"
    return bool(types) and kind not in types and part.codec is not None and not part.codec.schema.violations(value)


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
        return _unfit("it is missing") if part.kind == "json-schema" and _is_passed_over(None, part) else [None]
    own = _read_by(part, raw)
    try:
        key = event.key
    except Undecodable as reason:
        return own or _unfit(str(reason))
    if isinstance(key, WindowedKey):
        key = key.key
    if own:
        return [*own, key]
    return as_asked(key, types_of_part(part)) if part.kind == "json-schema" else [_json_or_text(key)]


def headers_of(event: Event, part: Part) -> list[dict[str, Any]]:
    """The headers as an object, each as the type that is asked of it; of several of one name the last.

    Where some may be texts and something else, too, there are two such objects.
    """
    found: dict[str, list[Any]] = {}
    for name, read in event.read_headers():
        found[name] = as_asked(read.content, _types_of_header(part, name))
    most = max(map(len, found.values()), default=1)
    return [{name: several[min(way, len(several) - 1)] for name, several in found.items()} for way in range(most)]


@lru_cache(maxsize=1024)
def types_of_part(part: Part) -> frozenset[str]:
    """What values the part of a message is about, see ``types_of``."""
    return frozenset(types_of(part.content, part.content))


@lru_cache(maxsize=1024)
def _types_of_header(part: Part, name: str) -> frozenset[str]:
    return frozenset(types_of({"anyOf": list(schemas_of_property(name, part.content, part.content))}, part.content))


def schemas_of_property(name: str, schema: Any, root: Any, depth: int = 0) -> Iterator[Any]:
    """All schemas that a field of that name may have to fit, in whichever alternative."""
    if not isinstance(schema, Mapping) or depth > _DEEPEST:
        return
    for one in (_referred(schema, root), *_alternatives(schema), schema.get("then"), schema.get("else")):
        yield from schemas_of_property(name, one, root, depth + 1)
    named, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    own = [named[name]] if name in named else []
    own += [one for pattern, one in patterns.items() if _is_found(pattern, name)]
    yield from own or [schema.get("additionalProperties")]


def _is_found(pattern: str, name: str) -> bool:
    try:
        return re.search(pattern, name) is not None
    except re.error:  # the schema can't be applied, which is told of it
        return False


def lists_values(schema: Any, root: Any, depth: int = 0) -> bool:
    """Whether a schema, or what it refers to or chooses from, says which values there are."""
    if not isinstance(schema, Mapping) or depth > _DEEPEST:
        return False
    if "const" in schema or "enum" in schema:
        return True
    return any(lists_values(one, root, depth + 1) for one in (_referred(schema, root), *_alternatives(schema)))


def _alternatives(schema: Mapping[str, Any]) -> list[Any]:
    return [one for rule in ("allOf", "anyOf", "oneOf") for one in schema.get(rule, ())]


def as_asked(content: Any, types: frozenset[str]) -> list[Any]:
    """A text as the number, the truth value or the object that is asked for, where it is one.

    Where it may be a text as well it is both, the text first.
    """
    if types <= _TEXT or not isinstance(content, str):
        return [content]
    read = _json_or_text(content)
    kind = "null" if read is None else _JSON_TYPES.get(type(read), "string")
    if kind == "string" or kind not in types:
        return [content]
    return [content, read] if "string" in types else [read]


def _json_or_text(content: Any) -> Any:
    if not isinstance(content, str):
        return content
    try:
        return json.loads(content, parse_float=Decimal, parse_constant=lambda _: content)
    except (ValueError, RecursionError):
        return content


def types_of(schema: Any, root: Any, depth: int = 0) -> set[str]:
    """The types that a schema is about, as it says or as its rules are; ``number`` stands for integers, too."""
    if not isinstance(schema, Mapping) or depth > _DEEPEST:
        return set()
    named = schema.get("type")
    types = {named} if isinstance(named, str) else set(named or ())
    if "const" in schema or "enum" in schema:
        listed = [schema["const"]] if "const" in schema else schema["enum"]
        types |= {_JSON_TYPES.get(type(one), "string") for one in listed}
    types = types or {kind for kind, rules in _RULES.items() if not rules.isdisjoint(schema)}
    for one in (_referred(schema, root), *_alternatives(schema)):
        types |= types_of(one, root, depth + 1)
    return {"number" if one == "integer" else one for one in types}


def _referred(schema: Mapping[str, Any], root: Any) -> Any:
    reference = schema.get("$ref")
    if not isinstance(reference, str) or not isinstance(root, Mapping):
        return None
    if reference == "#":
        return root
    return root.get("definitions", {}).get(reference.removeprefix("#/definitions/"))
