"""All schemas that a value can be checked against, through each `$ref`: each is read once, before the first value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote, urldefrag

from referencing.exceptions import Unresolvable

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.serialization.json_schema import pointers
from KafkaLibrary.serialization.json_schema.drafts import (
    check_form,
    check_rules,
    hides_siblings,
    inner_draft,
    resource_of,
    rule_meant,
)
from KafkaLibrary.serialization.json_schema.pointers import Steps

_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
_OF_NAMES = frozenset(("dependencies", "dependentSchemas", "patternProperties", "properties"))
_OF_DATA = frozenset(("const", "dependentRequired", "enum", "required", "type"))
_BESIDE_IF = ("then", "else")


class _Subschema(NamedTuple):
    """A schema within a document, and how references in it are followed."""

    content: Any
    resolver: Any
    draft: Any
    name: str
    steps: Steps
    is_checked: bool


class Reach:
    """Goes through schemas, from one document on, which messages name like this.

    ``advice`` is what to do where that document lacks what is referred to.
    """

    def __init__(self, document: Any, name: str, advice: str = "") -> None:
        self._document = document
        self._name = name
        self._advice = advice
        self._seen: set[tuple[int, Any]] = set()
        self._kept: list[Any] = []
        """What was seen, so that no id is given away."""
        self.misspelt = ""
        """The first rule that none is, but nearly one: where it stands, and what was meant."""

    def check(self, reference: str, resolver: Any, draft: Any) -> None:
        """Raises ``KeywordMisused`` where a schema that can be reached from this reference can't be used.

        What can't be read from here, such as an address on the net, is left to the value that asks for it.
        """
        subschemas = list(self._referred(reference, resolver, draft, self._name))
        while subschemas:
            one = subschemas.pop()
            if (id(one.content), one.draft) in self._seen or isinstance(one.content, bool):
                continue
            self._seen.add((id(one.content), one.draft))
            self._kept.append(one.content)
            subschemas += self._inside(one)

    def _inside(self, one: _Subschema) -> Iterator[_Subschema]:
        draft = inner_draft(one.content, one.name, one.draft)
        if not isinstance(one.content, dict):
            raise KeywordMisused(
                f"The schema {one.name} can't be used: at {_place(one.steps)} a schema is expected: an object, true "
                "or false."
            )
        if not one.is_checked or draft is not one.draft:
            check_form(one.content, draft, one.name, one.steps)
        check_rules(one.content, draft, one.name, _place(one.steps))
        for rule in one.content:
            meant = "" if self.misspelt else rule_meant(rule, draft)
            if meant:
                self.misspelt = f"at {_place(one.steps)} is `{rule}`, which checks nothing. Did you mean `{meant}`?"
        resolver = one.resolver
        hides_all = "$ref" in one.content and hides_siblings(draft)
        for rule, asked in one.content.items():
            if rule in _REFERENCES and rule in draft.VALIDATORS:
                if not isinstance(asked, str):  # of which draft-04 says nothing
                    raise KeywordMisused(
                        f"The schema {one.name} can't be used: at {_place((*one.steps, rule))} a reference is "
                        "expected: a text."
                    )
                yield from self._referred(asked, resolver, draft, one.name)
            elif not hides_all and (rule in draft.VALIDATORS or rule in _BESIDE_IF):
                for steps, inner in _schemas_in(rule, asked):
                    within = resolver.in_subresource(resource_of(inner, draft))
                    yield _Subschema(inner, within, draft, one.name, (*one.steps, *steps), is_checked=True)

    def _referred(self, reference: str, resolver: Any, draft: Any, name: str) -> Iterator[_Subschema]:
        """What a reference leads to; nothing where that can't be read."""
        address, fragment = urldefrag(reference)
        try:
            document = resolver.lookup(address or "#").contents
        except (Unresolvable, KeywordMisused):
            return
        named = name if not address else self._named(document, address)
        try:
            steps = _steps_of(document, fragment, named)
            found = resolver.lookup(reference)
        except pointers.Nowhere as nowhere:
            advice = self._advice if document is self._document else ""
            raise KeywordMisused(
                f"The schema {named} refers to '{reference}', which it does not contain: {nowhere.reason}{advice}"
            ) from None
        except Unresolvable:
            return
        yield _Subschema(found.contents, found.resolver, draft, named, steps, is_checked=False)

    def _named(self, document: Any, address: str) -> str:
        return self._name if document is self._document else f"'{unquote(address.rpartition('/')[2])}'"


def _steps_of(document: Any, fragment: str, name: str) -> Steps:
    """Where in its document a reference leads; the document itself where only its own reader can tell."""
    try:
        return pointers.steps_of(document, fragment, name)
    except pointers.Nowhere:
        if unquote(fragment).startswith("/"):
            raise
        return ()


def _schemas_in(rule: str, asked: Any) -> Iterator[tuple[Steps, Any]]:
    """The schemas that a rule applies, each with the way to it."""
    if rule in _OF_DATA:
        return
    if rule in _OF_NAMES:
        inner: Any = asked.items()
    elif isinstance(asked, list):
        inner = enumerate(asked)
    else:
        inner = ()
        if isinstance(asked, dict):
            yield (rule,), asked
    for step, schema in inner:
        if isinstance(schema, dict):  # beside names that other names ask for
            yield (rule, step), schema


def _place(steps: Steps) -> str:
    return f"#{pointers.pointer_to(steps)}"
