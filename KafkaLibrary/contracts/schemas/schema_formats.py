"""`schemaFormat` and `contentType` of a contract: which kind of schema is meant, in which draft."""

from __future__ import annotations

import re
from typing import NamedTuple

_FORMAT = re.compile(r"(?P<type>[^;\s]+?)(?:\+(?:json|yaml))?\s*(?:;\s*version\s*=\s*\"?(?P<version>[^;\"\s]+)\"?\s*)?")
_DRAFTS = {
    "draft-04": "draft-04", "draft-4": "draft-04", "4": "draft-04", "draft-06": "draft-06", "draft-6": "draft-06",
    "draft-07": "draft-07", "draft-7": "draft-07", "7": "draft-07", "2019-09": "2019-09", "draft-2019-09": "2019-09",
    "2020-12": "2020-12", "draft-2020-12": "2020-12",
}  # fmt: skip
_AVRO = re.compile(r"application/(?:vnd\.apache\.|x-)?avro|avro/binary", re.IGNORECASE)
_PROTOBUF = re.compile(r"application/(?:vnd\.google\.|x-|vnd\.google\.x-)?protobuf", re.IGNORECASE)


class SchemaFormat(NamedTuple):
    """``draft`` is that of a JSON Schema; ``nullable`` says whether `nullable` has a meaning, as in OpenAPI 3.0."""

    kind: str
    draft: str = ""
    nullable: bool = False


USUAL = SchemaFormat("json-schema", "draft-07")
AVRO = SchemaFormat("avro")
PROTOBUF = SchemaFormat("protobuf")


def schema_format(name: object) -> SchemaFormat | None:
    """What a `schemaFormat` stands for, whatever its version where that changes nothing; nothing for an unknown one."""
    if name is None:
        return USUAL
    found = _FORMAT.fullmatch(str(name).strip())
    if found is None:
        return None
    kind, version = found["type"].lower(), found["version"] or ""
    if _AVRO.fullmatch(kind):
        return AVRO
    if _PROTOBUF.fullmatch(kind):
        return PROTOBUF
    return _json_schema(kind, version)


def _json_schema(kind: str, version: str) -> SchemaFormat | None:
    if kind == "application/schema":
        draft = _DRAFTS.get(version.lower() or "draft-07")
        return None if draft is None else SchemaFormat("json-schema", draft)
    if kind == "application/vnd.oai.openapi":
        is_old = version.startswith("3.0")
        return SchemaFormat("json-schema", "draft-07" if is_old else "2020-12", nullable=is_old)
    return USUAL if kind == "application/vnd.aai.asyncapi" else None


def is_json(content_type: str) -> bool:
    """Whether a content type says that bytes are JSON."""
    kind = _plain(content_type)
    return kind in ("application/json", "text/json") or kind.endswith("+json")


def is_text(content_type: str) -> bool:
    """Whether it says that they are text of which nothing more is known."""
    return _plain(content_type) == "text/plain"


def is_unread(content_type: str) -> bool:
    """Whether it is a form that is not read here, such as XML and YAML: its schema describes more than the text."""
    kind = _plain(content_type)
    return kind.endswith(("/xml", "+xml", "/yaml", "/x-yaml", "+yaml", "/csv", "/html"))


def _plain(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()
