"""Drafts of JSON Schema (`$schema`): which one a schema is of, and whether it is written as that draft asks."""

from __future__ import annotations

import difflib
from typing import Any

from jsonschema.exceptions import SchemaError
from jsonschema.validators import (
    Draft3Validator,
    Draft4Validator,
    Draft6Validator,
    Draft7Validator,
    Draft201909Validator,
    Draft202012Validator,
    validator_for,
)
from referencing import Resource
from referencing.jsonschema import specification_with

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.serialization.json_schema.pointers import Steps

USUAL: Any = Draft202012Validator
_DRAFTS = "draft-04, draft-06, draft-07, 2019-09 and 2020-12"
_OTHERS: dict[str, Any] = {
    "draft-07": Draft7Validator,
    "2019-09": Draft201909Validator,
    "2020-12": Draft202012Validator,
    "draft-06": Draft6Validator,
    "draft-04": Draft4Validator,
}
"""The likelier ones first."""
RULES_OF_ALL = frozenset(rule for draft in _OTHERS.values() for rule in draft.VALIDATORS)
"""Rules of any draft."""
_BESIDE_CONTAINS = ("maxContains", "minContains")
_LIMITS = ("exclusiveMaximum", "exclusiveMinimum")
_GIVEN_UP = ("dependencies", "$recursiveRef")
"""Rules of older drafts that later ones pass over, without a word."""


def named_draft(name: str) -> Any:
    """The draft of that name, such as ``draft-07``."""
    return _OTHERS[name]


def draft_of(content: Any, name: str, otherwise: Any) -> Any:
    """The draft that a schema names, or the other one. Raises ``KeywordMisused`` for one that is not known."""
    named = content.get("$schema") if isinstance(content, dict) else None
    if named is None:
        return otherwise
    unknown: Any = None
    draft = validator_for({"$schema": named}, default=unknown) if isinstance(named, str) else unknown
    if draft is None or draft is Draft3Validator:
        raise KeywordMisused(f"The schema {name} is of an unknown draft, '{named}'.\nThe drafts are {_DRAFTS}.")
    return draft


def inner_draft(content: Any, name: str, around: Any) -> Any:
    """The draft of a part, which is that of what is around it unless it names one that is known."""
    named = content.get("$schema") if isinstance(content, dict) else None
    draft = validator_for({"$schema": named}, default=around) if isinstance(named, str) else around
    return draft_of(content, name, around) if draft is Draft3Validator else draft


def resource_of(content: Any, draft: Any) -> Resource[Any]:
    """The schema as something that references can lead into."""
    return specification_with(str(draft.META_SCHEMA["$schema"])).create_resource(content)


def is_written_as(draft: Any, content: Any) -> bool:
    """Whether all that the draft knows of is written as it asks."""
    try:
        return bool(draft(draft.META_SCHEMA).is_valid(content))
    except RecursionError:
        return False


def hides_siblings(draft: Any) -> bool:
    """Whether nothing counts beside a reference."""
    return draft not in (Draft201909Validator, Draft202012Validator)


def is_unknown(rule: str, draft: Any) -> bool:
    """Whether a rule is one of other drafts only: this one passes over it, without a word."""
    if rule in _BESIDE_CONTAINS:
        return draft in (Draft4Validator, Draft6Validator, Draft7Validator)
    if rule in _LIMITS and draft is Draft4Validator:  # there it is true or false, and counts with the limit beside it
        return False
    return rule in RULES_OF_ALL and rule not in draft.VALIDATORS


def rule_meant(word: Any, draft: Any) -> str:
    """The rule of the draft that a word is but for a slip of the pen, ``requierd``; empty for any other word.

    Words that no draft knows are notes for other tools, ``x-owner``, and many begin as a rule does: ``enumNames``.
    """
    if not isinstance(word, str) or word in RULES_OF_ALL or word in _NOTES or word.startswith("x-"):
        return ""
    folded = word.casefold()
    return next((rule for rule in draft.VALIDATORS if _is_slip(folded, rule.casefold())), "")


_NOTES = frozenset(
    ("id", "$id", "if", "then", "else", "title", "default", "examples", "example", "definitions", "$defs")
)
_NEAR = 0.84


def _is_slip(word: str, rule: str) -> bool:
    if word == rule or (len(word) == len(rule) and sorted(word) == sorted(rule)):
        return True
    return difflib.SequenceMatcher(None, word, rule, autojunk=False).ratio() >= _NEAR


def check_form(content: Any, draft: Any, name: str, steps: Steps = ()) -> None:
    """Raises ``KeywordMisused`` with the place of a rule that is not written as the draft asks.

    ``steps`` lead to the schema from the beginning of its document.
    """
    try:
        draft.check_schema(content)
    except SchemaError as problem:
        first: Any = problem
        while first.context:  # Of several forms of a rule the drafts give the usual one first.
            first = first.context[0]
        problem.path.extendleft(reversed(steps))
        raise KeywordMisused(
            f"The schema {name} can't be used: at {problem.json_path} {first.message[:200]}."
            f"{_of_another(content, draft)}"
        ) from None
    except RecursionError:
        raise KeywordMisused(f"The schema {name} can't be used: it is nested too deeply.") from None


def check_rules(content: dict[str, Any], draft: Any, name: str, place: str) -> None:
    """Raises ``KeywordMisused`` for a rule that only an older draft has: this one would pass over it."""
    for rule in _GIVEN_UP:
        if rule in content and rule not in draft.VALIDATORS:
            raise KeywordMisused(
                f"The schema {name} can't be used: at {place} is `{rule}`, which checks nothing in its draft."
                f"{_of_another({rule: content[rule]}, draft)}"
            )


def _of_another(content: Any, draft: Any) -> str:
    """The draft that a schema is written in, where it is another than it was taken for."""
    known = name_of(draft)
    for name, other in _OTHERS.items():
        takes_all = isinstance(content, dict) and any(rule in other.VALIDATORS for rule in content)
        if other is not draft and takes_all and is_written_as(other, content):
            address = other.META_SCHEMA["$schema"]
            return f'\nIt was read as {known}, and is written as in {name}: say so in it, "$schema": "{address}".'
    return ""


def name_of(draft: Any) -> str:
    """How a draft is called, such as ``draft-07``."""
    return next((name for name, known in _OTHERS.items() if known is draft), str(draft.__name__))
