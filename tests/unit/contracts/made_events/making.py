"""Changes of a value, proved by the library's own check of the schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from KafkaLibrary.contracts.made_events.changes import Judgement, Proved, Unmade, proved
from KafkaLibrary.contracts.made_events.json_changes import JsonChanges
from KafkaLibrary.errors import KafkaLibraryError
from KafkaLibrary.serialization.json_schema.schema import JsonSchema

DRAFT_07 = "http://json-schema.org/draft-07/schema#"


def schema_of(content: Mapping[str, Any], draft: str = DRAFT_07) -> JsonSchema:
    return JsonSchema(json.dumps({"$schema": draft, **content}, default=float), "'made.json'")


def made(content: Mapping[str, Any], base: Any = ..., draft: str = DRAFT_07) -> tuple[list[Proved], list[Unmade]]:
    """What is made of a value, by default one that is made of the schema, too."""
    schema = schema_of(content, draft)
    changes = JsonChanges(schema)
    whole = changes.maker.value(schema.rules) if base is ... else base
    assert not schema.violations(whole), whole

    def judge(value: Any) -> Judgement:
        try:
            found = schema.violations(value)
        except KafkaLibraryError as reason:
            return Judgement(None, str(reason))
        return Judgement(not found, "; ".join(one.rule for one in found))

    every = list(proved(changes.of(whole), judge))
    return [one for one in every if isinstance(one, Proved)], [one for one in every if isinstance(one, Unmade)]


def values(content: Mapping[str, Any], kind: str, base: Any = ..., draft: str = DRAFT_07) -> list[Any]:
    """The values of one kind."""
    return [one.content for one in made(content, base, draft)[0] if one.change.kind == kind]


def differences(one: Any, other: Any, steps: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The places at which two values differ: where they are both objects or lists of one length, those inside."""
    if isinstance(one, dict) and isinstance(other, dict):
        names = list(dict.fromkeys((*one, *other)))
        missing = [(*steps, name) for name in names if name not in one or name not in other]
        both = [name for name in names if name in one and name in other]
        return [*missing, *(found for name in both for found in differences(one[name], other[name], (*steps, name)))]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [found for place, (a, b) in enumerate(zip(one, other, strict=True))
                for found in differences(a, b, (*steps, place))]  # fmt: skip
    return [] if one == other and isinstance(one, bool) is isinstance(other, bool) else [steps]
