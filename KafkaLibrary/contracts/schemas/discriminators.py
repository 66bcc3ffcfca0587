"""What the `discriminator` of a schema asks: the field whose value names the one schema that a value has to fit.

JSON Schema passes over it. Here each alternative gets what its name asks of that field, so that a value is held
against the schema that it names, and against no other that it fits as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from KafkaLibrary.contracts.documents.documents import Documents, Found
from KafkaLibrary.contracts.documents.places import Document, Place, Unfollowed

_BRANCHES = ("oneOf", "anyOf")
_FOLDERS = (("components", "schemas"), ("definitions",), ("$defs",))
"""Where schemas stand under their names."""
_DESCRIBING = {
    "allOf", "title", "description", "deprecated", "example", "examples", "default", "$comment", "externalDocs",
    "nullable", "readOnly", "writeOnly",
}  # fmt: skip
"""Members of a schema that only describes another one."""
_PARTS = ("payload", "schema")
"""Steps within a message: no schema is called so."""
OF_KIND = {"$comment": "these mean one alternative"}
"""Stands beside values that are told by no rule of the contract, so that nobody waits for each of them."""
_TRUTHS = {"true": True, "false": False}
_WHOLE = re.compile(r"-?\d{1,19}", re.ASCII)
_SIGNS = re.compile(r"[-_.: ]")
_SUFFIX = re.compile(r"(?:\.schema)?\.(?:json|ya?ml)#?$", re.IGNORECASE)
MAPPING = ("discriminator", "mapping")
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Branch:
    """One of the schemas that a value may name. ``names`` are the values of the field that mean it, if any."""

    found: Found
    names: tuple[str, ...]


class Discriminator(NamedTuple):
    """Of one schema: the field, the rule with the alternatives, and these. Without a rule others inherit from it.

    After the alternatives come those that only its mapping refers to, and that can't be read.
    """

    field: str
    rule: str
    branches: tuple[Branch, ...]
    names: Mapping[Any, tuple[str, ...]]
    """Of the alternatives by their places, since a document may have thousands."""


def field_of(schema: Any) -> str:
    """The field that tells which schema is meant, as AsyncAPI writes it or OpenAPI does; empty where there is none."""
    named = schema.get("discriminator") if isinstance(schema, Mapping) else None
    name = named.get("propertyName") if isinstance(named, Mapping) else named
    return name if isinstance(name, str) else ""


def kind_of(field: str, names: Sequence[str], rules: Collection[str]) -> dict[str, Any]:
    """A schema of objects whose field has one of these values. ``rules`` are those of its draft: not all know const."""
    values = [value for name in names for value in (name, *_unquoted(name))]
    asked = {"const": values[0]} if len(values) == 1 and "const" in rules else {"enum": values, **OF_KIND}
    return {"required": [field], "properties": {field: asked}}


class Discriminators:
    """Those of one contract."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._known: dict[Any, Discriminator | None] = {}
        self._heirs_of: dict[Any, list[Found]] = {}
        self._open: set[Any] = set()
        """Those that are being read: a schema that leads back to one of them says no more of it."""
        self._referring: dict[str, dict[str, list[Found]]] = {}
        """Schemas of a document by what stands last in the references of their `allOf`."""

    def of(self, schema: Any, place: Place) -> Discriminator | None:
        """That of this schema; nothing where it has none, or nothing to choose from."""
        field = field_of(schema)
        if not field:
            return None
        if place.key in self._open:
            return None
        if place.key not in self._known:
            self._open.add(place.key)
            branches, rule = self._branches(schema, place, field)
            self._open.discard(place.key)
            names = {one.found.place.key: one.names for one in branches}
            self._known[place.key] = Discriminator(field, rule, branches, names) if branches else None
        return self._known[place.key]

    def _branches(self, schema: Any, place: Place, field: str) -> tuple[tuple[Branch, ...], str]:
        for rule in _BRANCHES:
            listed = schema.get(rule)
            if isinstance(listed, list) and listed:
                branches = [self._branch(one, place.at(rule, step)) for step, one in enumerate(listed)]
                mapping = self._mapping(schema, place, branches)
                unread = [[to] for _, to in mapping if to.place.steps[:-1] == (*place.steps, *MAPPING)]
                return self._all_named([*branches, *unread], field, mapping, place), rule
        own = [Found(schema, place), *self._heirs(place)]
        each = [*own, *(found for _, found in self._mapping(schema, place, [[one] for one in own]))]
        every = [[one] for one in {one.place.key: one for one in each}.values()]
        if len(every) == 1:
            return (), ""
        return self._all_named(every, field, self._mapping(schema, place, every), place), ""

    def _all_named(
        self, each: Sequence[Sequence[Found]], field: str, mapping: Sequence[tuple[str, Found]], base: Place
    ) -> tuple[Branch, ...]:
        fixed = [list(self._fixed(hops[-1], field)) for hops in each]
        named = [self._named(one, field, mapping, values) for one, values in zip(each, fixed, strict=True)]
        # One may fix several values, of which its name is one: the others are its own where no other has them.
        allowed = [_texts_of(one) for one in fixed]
        times = Counter([name for one in named for name in one.names] + [text for one in allowed for text in one])
        others = ([text for text in texts if times[text] == 1] for texts in allowed)
        told = [
            Branch(one.found, (*one.names, *own)) if one.names else one for one, own in zip(named, others, strict=True)
        ]
        return _with_what_is_left(told, allowed, base)

    def only_describes(self, schema: Any, place: Place) -> bool:
        """Whether it is no heir of what its `allOf` refers to, but that itself, with a description beside it."""
        if not _only_describes(schema, place):
            return False
        base = self._end_of(Found(schema["allOf"][0], place))
        known = self.of(base.content, base.place) if field_of(base.content) else None
        return known is None or place.key not in known.names

    def inherited(self, item: Any, place: Place) -> tuple[Found, Sequence[str], str] | None:
        """Whether the schema at ``place`` inherits from what an item of its `allOf` refers to, by a discriminator.

        Gives that schema, the names that a value of the heir may have, and the field.
        """
        if not isinstance(item, Mapping) or not isinstance(item.get("$ref"), str):
            return None
        try:
            base = self._documents.followed(item, place)
        except Unfollowed:
            return None
        field = field_of(base.content)
        known = self.of(base.content, base.place) if field else None
        if not field or (known is None and any(rule in base.content for rule in _BRANCHES)):
            return None
        below = [place.key, *(one.place.key for one in self._heirs(place))]
        own = [known.names[key] for key in below if key in known.names] if known is not None else []
        if known is not None and known.rule and place.key not in known.names:
            return None
        are_known = bool(own) and all(own)
        return base, tuple(dict.fromkeys(name for names in own for name in names)) if are_known else (), field

    def _branch(self, item: Any, place: Place) -> list[Found]:
        """An alternative, and all that its reference leads through."""
        hops = [Found(item, place)]
        while (reference := _reference_of(hops[-1])) is not None:
            try:
                found = self._documents.referred(reference, hops[-1].place.document)
            except Unfollowed:
                break
            if len(hops) > _DEEPEST:
                break
            hops.append(found)
        return hops

    def _named(
        self, hops: Sequence[Found], field: str, mapping: Sequence[tuple[str, Found]], fixed: Sequence[list[Any]]
    ) -> Branch:
        """With the names that mean it: those of the mapping, and its own. Fixed values of the field count before."""
        found = hops[-1]
        keys = {one.place.key for one in hops}
        mapped = [value for value, to in mapping if to.place.key in keys]
        elsewhere = {value for value, to in mapping if to.place.key not in keys}
        own = [name for one in hops for name in _names(one)]
        inner = self._within(found, field)
        if inner:  # where one of these has no name, they alone ask for what they are
            own = [name for one in inner for name in one.names]
            own, mapped = (own, mapped) if all(one.names for one in inner) else ([], [])
        names = tuple(dict.fromkeys([*mapped, *(name for name in own if name not in elsewhere)]))
        if fixed:
            names = tuple(name for name in names if all(name in values for values in fixed)) or tuple(
                text
                for text in _texts_of(fixed)
                if text not in elsewhere and _simple(text) in {_simple(name) for name in own}
            )
        return Branch(found, names)

    def _within(self, found: Found, field: str) -> list[Branch]:
        """What an alternative chooses from itself by the same field: the values of these mean it, and not its name."""
        known = self.of(found.content, found.place) if field_of(found.content) == field else None
        return [one for one in known.branches if not _is_null(one.found.content)] if known is not None else []

    def _fixed(self, found: Found, field: str, around: frozenset[Any] = frozenset()) -> Iterator[list[Any]]:
        """The values that a schema itself lets the field have, each time that it says so."""
        left, seen = [found], {*around}
        while left:
            schema, place, _ = self._end_of(left.pop())
            if not isinstance(schema, Mapping) or place.key in seen:
                continue
            seen.add(place.key)
            properties, listed = schema.get("properties"), schema.get("allOf")
            if isinstance(properties, Mapping) and field in properties:
                asked = self._end_of(Found(properties[field], place.at("properties", field))).content
                if isinstance(asked, Mapping) and "const" in asked:
                    yield [asked["const"]]
                elif isinstance(asked, Mapping) and isinstance(asked.get("enum"), list):
                    yield asked["enum"]
            if isinstance(listed, list):
                left += [Found(one, place.at("allOf", step)) for step, one in enumerate(listed)]
            # What is being read chooses among those that are asked here.
            for rule in _BRANCHES if place.key not in self._open and not around else ():
                yield from self._fixed_by_each(schema.get(rule), place.at(rule), field, frozenset(seen))

    def _fixed_by_each(self, listed: Any, place: Place, field: str, around: frozenset[Any]) -> Iterator[list[Any]]:
        """The values of all alternatives together, where each has some; null has no fields."""
        if not isinstance(listed, list) or not listed:
            return
        those = (Found(one, place.at(step)) for step, one in enumerate(listed) if not _is_null(one))
        each = [list(self._fixed(one, field, around)) for one in those]
        if all(each):
            yield [value for lists in each for value in lists[0] if all(value in others for others in lists)]

    def _end_of(self, found: Found) -> Found:
        """What its reference leads to, or nothing where that is nowhere."""
        try:
            return self._documents.followed(found.content, found.place)
        except Unfollowed:
            return Found(None, found.place)

    def _mapping(
        self, schema: Mapping[str, Any], place: Place, each: Sequence[Sequence[Found]]
    ) -> list[tuple[str, Found]]:
        """The values of the field that the document gives to schemas, by their reference or their name."""
        named = schema["discriminator"]
        listed = named.get("mapping") if isinstance(named, Mapping) else None
        found: list[tuple[str, Found]] = []
        for value, to in listed.items() if isinstance(listed, Mapping) else ():
            meant = self._mapped_to(str(to), place, each)
            # What can't be read stands for itself: nothing is known of a value that names it.
            found.append((str(value), meant or Found({"$ref": str(to)}, place.at(*MAPPING, value))))
        return found

    def _mapped_to(self, to: str, place: Place, each: Sequence[Sequence[Found]]) -> Found | None:
        for reference in (f"#/components/schemas/{to}", to):
            with suppress(Unfollowed):
                return self._documents.followed({"$ref": reference}, place)
        # An alternative that can't be read is known by the words that refer to it.
        for hops in each:
            if _reference_of(hops[-1]) == to:
                return hops[-1]
        # Of schemas in other files, or under `definitions`, a name is one of the alternatives; so is the end of an
        # address, which nobody asks.
        called = {to, _end_of_address(to)}
        return next((hops[-1] for hops in each if any(called & {*_names(one)} for one in hops)), None)

    def _heirs(self, place: Place) -> list[Found]:
        """The schemas of the document that have this one in their `allOf`, and those that have these."""
        if place.key not in self._heirs_of:
            found: dict[Any, Found] = {}
            left = [place]
            while left:
                base = left.pop()
                new = [one for one in self._direct_heirs(base) if one.place.key not in found]
                found |= {one.place.key: one for one in new}
                left += [one.place for one in new]
            self._heirs_of[place.key] = list(found.values())
        return self._heirs_of[place.key]

    def _direct_heirs(self, base: Place) -> Iterator[Found]:
        if not base.steps:
            return
        for document in {one.uri: one for one in (self._documents.main, base.document)}.values():
            for found in self._referring_in(document).get(str(base.steps[-1]), ()):
                # Only what is called so is followed: each other reference may lead into a file that nobody needs.
                if any(self._end_of(Found(one, found.place)).place.key == base.key for one in found.content["allOf"]):
                    yield found

    def _referring_in(self, document: Document) -> dict[str, list[Found]]:
        if document.uri not in self._referring:
            by_name: dict[str, list[Found]] = {}
            for folder in _FOLDERS:
                schemas = _at(document.content, folder)
                for name, schema in schemas.items() if isinstance(schemas, Mapping) else ():
                    for last in set(_last_of_references(schema)):
                        by_name.setdefault(last, []).append(Found(schema, Place(document, (*folder, name))))
            self._referring[document.uri] = by_name
        return self._referring[document.uri]


def _with_what_is_left(told: Sequence[Branch], allowed: Sequence[list[str]], base: Place) -> tuple[Branch, ...]:
    """One that nothing names has of the values that it may have only those that mean no other; a base has none."""
    meant = {name for one in told for name in one.names}
    left = [[text for text in texts if text not in meant] for texts in allowed]
    return tuple(
        Branch(one.found, tuple(own)) if meant and own and not one.names and one.found.place.key != base.key else one
        for one, own in zip(told, left, strict=True)
    )


def _simple(name: str) -> str:
    """`ORDER_CREATED` in a list of values is what a schema is called as `OrderCreated`."""
    return _SIGNS.sub("", name).casefold()


def _end_of_address(to: str) -> str:
    return _SUFFIX.sub("", to.rpartition("/")[2])


def _only_describes(schema: Any, place: Place) -> bool:
    """Whether a schema without a name is what the one item of its `allOf` is, with a description beside it."""
    listed = schema.get("allOf") if isinstance(schema, Mapping) else None
    is_alone = isinstance(listed, list) and len(listed) == 1 and not _is_named(place)
    return is_alone and all(name in _DESCRIBING or str(name).startswith("x-") for name in schema)


def _is_named(place: Place) -> bool:
    """Whether a schema stands in a file of its own, or under its name among others."""
    steps = place.steps[:-1] if place.steps[-1:] == ("schema",) else place.steps
    return not steps or steps[-2:-1] in (("schemas",), ("definitions",), ("$defs",))


def _reference_of(found: Found) -> str | None:
    """What an alternative refers to."""
    content = found.content["allOf"][0] if _only_describes(*found[:2]) else found.content
    reference = content.get("$ref") if isinstance(content, dict) else None
    return reference if isinstance(reference, str) else None


def _texts_of(fixed: Sequence[list[Any]]) -> list[str]:
    """The texts that all of these lists have."""
    each = [dict.fromkeys(one for one in values if isinstance(one, str)) for values in fixed]
    return [text for text in each[0] if all(text in others for others in each)] if each else []


def _is_null(schema: Any) -> bool:
    return isinstance(schema, Mapping) and schema.get("type") in ("null", ["null"])


def _unquoted(name: str) -> list[bool | int]:
    """A mapping has texts alone; its field may be a number or a truth value all the same."""
    if name in _TRUTHS:
        return [_TRUTHS[name]]
    return [int(name)] if _WHOLE.fullmatch(name) else []


def _last_of_references(schema: Any) -> Iterator[str]:
    listed = schema.get("allOf") if isinstance(schema, Mapping) else None
    for item in listed if isinstance(listed, list) else ():
        reference = item.get("$ref") if isinstance(item, Mapping) else None
        if isinstance(reference, str):
            yield reference.rpartition("/")[2]


def _names(found: Found) -> list[str]:
    """How a schema is called where it stands: by its name among others, or that of its file; also without package."""
    if not found.place.steps:
        return _names_of_file(found)
    steps = [one for one in found.place.steps if one not in _PARTS]
    name = steps[-1] if steps else ""
    if not isinstance(name, str) or (len(steps) > 1 and steps[-2] == "properties"):
        return []
    return _short_too(name)


def _names_of_file(found: Found) -> list[str]:
    """`Created.schema.json` is called `Created`, and as its title says: which of them is meant nothing tells."""
    title = found.content.get("title") if isinstance(found.content, Mapping) else None
    name = found.place.document.path.stem
    names = [*_short_too(name.removesuffix(".schema")), *([title] if isinstance(title, str) and title else [])]
    return list(dict.fromkeys(names))


def _short_too(name: str) -> list[str]:
    return [name, name.rpartition(".")[2]] if "." in name else [name]


def _at(content: Any, steps: Sequence[str]) -> Any:
    for step in steps:
        content = content.get(step) if isinstance(content, Mapping) else None
    return content
