"""A JSON Schema of a contract as one that stands alone: with all that its references lead to.

In a contract a reference leads from the file in which it stands, whatever an ``$id`` around it says. What can't be
followed stays in the schema as a reference that nobody can follow: a value that never gets there is not concerned.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from KafkaLibrary.contracts.documents.documents import Documents, Found
from KafkaLibrary.contracts.documents.places import Note, Place, Unfollowed
from KafkaLibrary.contracts.schemas.discriminators import MAPPING, Discriminator, Discriminators, kind_of
from KafkaLibrary.contracts.schemas.foreign_rules import in_rules_of_its_draft, is_nullable, or_null
from KafkaLibrary.contracts.schemas.schema_formats import SchemaFormat
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.serialization.json_schema import drafts

UNFOLLOWED = "unfollowed:"
_LEFT_OUT = frozenset(("$id", "id", "$anchor", "$dynamicAnchor", "$defs", "definitions", "$comment"))
_OF_NAMES = frozenset(("dependencies", "dependentSchemas", "patternProperties", "properties"))
_OF_DATA = frozenset(("const", "dependentRequired", "enum", "required", "type", "default", "examples", "example"))
_DYNAMIC = ("$dynamicRef", "$recursiveRef")


class Bundle:
    """One schema of a contract. ``content`` is the whole, ``unfollowed`` says why by the references that stay."""

    def __init__(
        self,
        found: Found,
        form: SchemaFormat,
        documents: Documents,
        discriminators: Discriminators,
        note: Callable[[Note], None],
    ) -> None:
        """Raises ``KeywordMisused`` where a rule is not written as its draft asks."""
        self._documents = documents
        self._note = note
        self._form = form
        self._parts: dict[Any, str] = {found.place.key: "#"}
        self._definitions: dict[str, Any] = {}
        self._left: list[tuple[str, Found, Any, bool]] = []
        self._discriminators = discriminators
        self.unfollowed: dict[str, str] = {}
        self.refers_to_root = False
        self.draft = self._draft_of(found, drafts.named_draft(form.draft))
        root = self._checked(found, self.draft)
        while self._left:
            name, inner, draft, is_base = self._left.pop()
            own = self._draft_of(inner, draft)
            made = self._checked(inner, own, is_base=is_base)
            if own is not self.draft and isinstance(made, dict):
                made = {**made, "$schema": own.META_SCHEMA["$schema"]}
            self._definitions[name] = made
        self.content = {**root, "definitions": self._definitions} if self._definitions else root

    def _draft_of(self, found: Found, around: Any) -> Any:
        name = f"in {found.place}"
        whole = found.place.document.content
        is_schema_file = isinstance(whole, dict) and "asyncapi" not in whole
        of_file = drafts.inner_draft(whole, name, around) if is_schema_file else around
        return drafts.inner_draft(found.content, name, of_file)

    def _checked(self, found: Found, draft: Any, *, is_base: bool = False) -> Any:
        if isinstance(found.content, bool):
            return {} if found.content else {"not": {}}
        if not isinstance(found.content, dict):
            raise KeywordMisused("it is not a schema, which is an object, true or false")
        made = self._copied(found.content, found.place, draft, is_base=is_base)
        drafts.check_form(made, draft, f"in {found.place.document.name}", found.place.steps)
        return made

    def _copied(self, content: dict[str, Any], place: Place, draft: Any, *, is_base: bool = False) -> dict[str, Any]:
        """``is_base`` leaves out which heirs it has: one of them is meant, and asks the rest."""
        if is_nullable(content, self._form):
            rest = {rule: asked for rule, asked in content.items() if rule != "nullable"}
            return or_null(self._copied(rest, place, draft, is_base=is_base))
        content = in_rules_of_its_draft(content, place, self._form, draft, self._note)
        if "$ref" in content and drafts.hides_siblings(draft):
            self._note_hidden(content, place)
            content = {"$ref": content["$ref"]}
        chooses = self._discriminators.of(content, place) if "$ref" not in content else None
        copied: dict[str, Any] = {}
        for rule, asked in content.items():
            if rule in _LEFT_OUT or (is_base and chooses is not None and rule == chooses.rule):
                continue
            if rule == "allOf" and self._discriminators.only_describes(content, place):
                copied[rule] = [self._inner(one, place.at(rule, 0), draft) for one in asked]
            elif rule == "$ref":
                copied[rule] = self._reference(asked, place, draft)
            elif rule in _DYNAMIC:
                copied["$ref"] = self._kept(f"'{rule}' is not followed in a contract", place)
            elif drafts.is_unknown(rule, draft):
                passed_over = f"it asks nothing in {drafts.name_of(draft)}, so what it says is not checked."
                self._note(Note(place.at(rule), passed_over, is_gap=True))
            else:
                copied[rule] = self._rule(rule, asked, place, draft)
        return copied if chooses is None or is_base else self._choosing(copied, chooses, draft)

    def _choosing(self, copied: dict[str, Any], chooses: Discriminator, draft: Any) -> dict[str, Any]:
        """With what the name of each alternative asks of the field that has it."""
        if chooses.rule:
            listed = copied[chooses.rule]
            unread = chooses.branches[len(listed) :]
            each = [*listed, *(self._copied(one.found.content, one.found.place, draft) for one in unread)]
            branches = zip(each, chooses.branches, strict=True)
            return {
                **copied,
                chooses.rule: [_of_kind(chooses.field, one.names, inner, draft) for inner, one in branches],
            }
        own, *heirs = chooses.branches
        inner = [_of_kind(chooses.field, own.names, {}, draft)] if own.names else []
        inner += [_of_kind(chooses.field, one.names, self._heir(one.found, draft), draft) for one in heirs]
        return {**copied, "anyOf": inner}

    def _heir(self, heir: Found, draft: Any) -> dict[str, Any]:
        """What stands for one that inherits: only a mapping refers to one that can't be read."""
        is_unread = heir.place.steps[-3:-1] == MAPPING
        return self._copied(heir.content, heir.place, draft) if is_unread else {"$ref": self._part(heir, draft)}

    def _inherited(self, asked: Any, place: Place, draft: Any) -> Any:
        """An `allOf`, in which a base that leads back to its heirs is what all of them have."""
        made: list[Any] = []
        for step, one in enumerate(asked):
            base = self._discriminators.inherited(one, place)
            if base is None:
                made.append(self._inner(one, place.at("allOf", step), draft))
                continue
            found, names, field = base
            made.append({"$ref": self._part(found, draft, is_base=True)})
            made += [kind_of(field, names, draft.VALIDATORS)] if names else self._as_named(found, field, place, draft)
        return made

    def _as_named(self, base: Found, field: str, place: Place, draft: Any) -> list[Any]:
        """Of a schema without a name that adds to a base: a value that names an heir has to fit that one as well.

        It may be an heir itself, written where it is used. So other values are only what it says.
        """
        known = self._discriminators.of(base.content, base.place)
        if known is None or place.key in known.names:
            return []
        names = list(dict.fromkeys(name for one in known.branches for name in one.names))
        other = {"not": kind_of(field, names, draft.VALIDATORS)}
        return [{"anyOf": [{"$ref": self._part(base, draft)}, other]}] if names else []

    def _rule(self, rule: str, asked: Any, place: Place, draft: Any) -> Any:
        if rule in _OF_DATA or not (rule in draft.VALIDATORS or rule in ("then", "else")):
            return asked
        if rule == "allOf" and isinstance(asked, list):
            return self._inherited(asked, place, draft)
        if isinstance(asked, list):
            return [self._inner(one, place.at(rule, step), draft) for step, one in enumerate(asked)]
        if rule in _OF_NAMES and isinstance(asked, dict):
            return {name: self._inner(one, place.at(rule, name), draft) for name, one in asked.items()}
        return self._inner(asked, place.at(rule), draft)

    def _inner(self, asked: Any, place: Place, draft: Any) -> Any:
        if not isinstance(asked, dict):
            return asked
        if drafts.inner_draft(asked, f"in {place.document.name}", draft) is not draft:
            return {"$ref": self._part(Found(asked, place), draft)}
        return self._copied(asked, place, draft)

    def _reference(self, asked: Any, place: Place, draft: Any) -> Any:
        if not isinstance(asked, str):
            return asked  # the draft tells what is wrong with it
        try:
            found = self._documents.followed({"$ref": asked}, place)
        except Unfollowed as reason:
            return self._kept(str(reason), place.at("$ref"))
        if found.place.document.kind:
            return self._kept(f"'{asked}' is not a JSON Schema", place.at("$ref"))
        reference = self._part(found, draft)
        self.refers_to_root |= reference == "#"
        return reference

    def _part(self, found: Found, draft: Any, *, is_base: bool = False) -> str:
        """A schema that stands for itself in the whole, and how it is referred to there."""
        key = (*found.place.key, "base") if is_base else found.place.key
        if key not in self._parts:
            name = str(len(self._parts))
            self._parts[key] = f"#/definitions/{name}"
            self._left.append((name, found, draft, is_base))
        return self._parts[key]

    def _kept(self, reason: str, place: Place) -> str:
        name = f"{UNFOLLOWED}{len(self.unfollowed)}"
        note = Note(place, f"{reason}. What it describes is not checked.", is_gap=True)
        self.unfollowed[name] = str(note)
        self._note(note)
        return name

    def _note_hidden(self, content: dict[str, Any], place: Place) -> None:
        hidden = [rule for rule in content if rule in drafts.RULES_OF_ALL and rule not in ("$ref", "definitions")]
        if hidden:
            shown = ", ".join(f"`{rule}`" for rule in hidden[:5])
            self._note(Note(place, f"beside `$ref` {shown} ask nothing in draft-07."))


def _of_kind(field: str, names: Sequence[str], inner: Any, draft: Any) -> Any:
    """An alternative, where a value has to name it. One that can't be read is only asked for a value that names it."""
    reference = inner.get("$ref") if isinstance(inner, dict) else None
    if names and "if" in draft.VALIDATORS and str(reference).startswith(UNFOLLOWED):
        kind = kind_of(field, names, draft.VALIDATORS)
        return {"title": names[0], "if": kind, "then": inner, "else": kind}
    return {"title": names[0], "allOf": [kind_of(field, names, draft.VALIDATORS), inner]} if names else inner
