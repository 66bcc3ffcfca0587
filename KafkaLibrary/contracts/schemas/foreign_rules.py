"""Rules that documents of OpenAPI have and JSON Schema writes otherwise or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from KafkaLibrary.contracts.documents.places import Note, Place
from KafkaLibrary.contracts.schemas.schema_formats import SchemaFormat
from KafkaLibrary.serialization.json_schema.drafts import name_of

_LIMITS = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}


def in_rules_of_its_draft(
    content: dict[str, Any], place: Place, form: SchemaFormat, draft: Any, note: Callable[[Note], None]
) -> dict[str, Any]:
    """The same schema in rules that its draft knows. What has another meaning there, or none, is noted."""
    made = content
    for exclusive, limit in _LIMITS.items():
        if isinstance(content.get(exclusive), bool) and exclusive in draft.VALIDATORS:
            made = _limited(made, exclusive, limit)
            if not form.nullable:
                note(Note(place.at(exclusive), f"it is not a number; read as OpenAPI 3.0 does, beside `{limit}`."))
    if content.get("nullable") is True and not form.nullable:
        note(Note(place.at("nullable"), f"it asks nothing in {name_of(draft)}: null does not fit."))
    if isinstance(content.get("discriminator"), dict):
        name = content["discriminator"].get("propertyName")
        note(Note(place.at("discriminator"), f"in AsyncAPI it is a text; read as '{name}'."))
    return made


def _limited(content: dict[str, Any], exclusive: str, limit: str) -> dict[str, Any]:
    is_exclusive = content[exclusive]
    made = {rule: asked for rule, asked in content.items() if rule != exclusive}
    if is_exclusive and limit in made:
        made[exclusive] = made.pop(limit)
    return made


def is_nullable(content: dict[str, Any], form: SchemaFormat) -> bool:
    """Whether null fits as well: not only what else the schema asks."""
    return content.get("nullable") is True and form.nullable


def or_null(made: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [{"type": "null"}, made]} if made else made
