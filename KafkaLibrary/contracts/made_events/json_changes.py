"""Changes of a JSON value, one for each limit that its schema sets and each fault that it forbids, place by place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from KafkaLibrary.contracts.made_events import leaf_changes, made_texts
from KafkaLibrary.contracts.made_events.changes import Change, Steps, Unmade, put, without
from KafkaLibrary.contracts.made_events.leaf_changes import Place
from KafkaLibrary.contracts.made_events.made_values import ANY, NotMade, ValueMaker
from KafkaLibrary.contracts.made_events.schema_rules import Rules, SchemaRules
from KafkaLibrary.serialization.json_schema.schema import JsonSchema

_PLACES_MOST = 1_000
"""Places that are looked at: a schema whose parts each refer to others twice doubles with each step."""
_DEEPEST = 20
_ITEMS_MOST = 10_000
_UNKNOWN = "noSuchField"
_NO_NAMES = ("", "#", "no such name", "NO_SUCH_NAME", "0")

Changes = Iterator[Change | Unmade]


class JsonChanges:
    """Those of one schema."""

    def __init__(self, schema: JsonSchema) -> None:
        self._root = schema.rules
        self._rules = SchemaRules(schema)
        self.maker = ValueMaker(schema)
        self._places = 0

    def of(self, value: Any) -> Changes:
        """Changes of a value that fits the schema, in the order of its fields and rules."""
        self._places = 0
        yield from self._at(self._root, Place(value, (), value), frozenset())

    def _at(self, part: Any, place: Place, around: frozenset[str]) -> Changes:
        self._places += 1
        if self._places > _PLACES_MOST:
            if self._places == _PLACES_MOST + 1:
                yield Unmade("all others", place.steps, f"the schema has more than {_PLACES_MOST:,} places")
            return
        known = self._rules.of(part)
        is_again = bool(known.references & around) or len(place.steps) > _DEEPEST
        inside = around | known.references
        for rules in (known, *(Rules(one) for one in known.beside)):
            yield from self._alone(rules, place)
            if not is_again:
                yield from self._inside(rules.rules, place, inside)
                yield from self._branches(rules.rules, place, inside, known)

    @staticmethod
    def _alone(known: Rules, place: Place) -> Changes:
        rules, types = known.rules, known.types
        yield from leaf_changes.of_type(place, rules, types)
        yield from leaf_changes.of_words(place, rules)
        if {"number", "integer"} & set(types):
            yield from leaf_changes.of_number(place, rules, types)
        if "string" in types:
            yield from leaf_changes.of_text(place, rules)

    def _inside(self, rules: Mapping[str, Any], place: Place, around: frozenset[str]) -> Changes:
        if isinstance(place.value, Mapping):
            yield from self._fields(rules, place, around)
        elif isinstance(place.value, list):
            yield from self._items(rules, place, around)

    # Fields.

    def _fields(self, rules: Mapping[str, Any], place: Place, around: frozenset[str]) -> Changes:
        value, required = place.value, [str(one) for one in rules.get("required", ())]
        named = _mapping(rules.get("properties"))
        for name in dict.fromkeys((*named, *required)):
            steps = (*place.steps, name)
            if name in value:
                inner = Place(place.whole, steps, value[name])
                yield _removed(inner, is_required=name in required)
                yield from self._at(named.get(name, True), inner, around)
            elif named.get(name) is False:
                yield Place(place.whole, steps, None).broken("unknown field", ANY)
            else:
                yield from self._absent(rules, named.get(name, True), place, name, around)
        for pattern, asked in _mapping(rules.get("patternProperties")).items():
            if not any(self.maker.of_field(rules, one) is asked for one in value):
                name = next(iter(self.maker.names({"patternProperties": {pattern: asked}}, "field")))
                yield from self._absent(rules, asked, place, name, around)
        yield from self._other_fields(rules, place, around)
        yield from self._number_of_fields(rules, place)
        for name, needed in self._needed_beside(rules):
            yield from self._missing_beside(rules, place, name, needed)

    def _completed(self, rules: Mapping[str, Any], place: Place, name: str | int) -> Any:
        """The whole value with what a new field asks for beside it."""
        needed = [one for other, listed in self._needed_beside(rules) if other == name for one in listed]
        missing = [one for one in needed if one not in place.value]
        more = {one: self.maker.value(self.maker.of_field(rules, one)) for one in missing}
        return put(place.whole, place.steps, {**place.value, **more}) if more else place.whole

    def _absent(
        self, rules: Mapping[str, Any], part: Any, place: Place, name: str | int, around: frozenset[str]
    ) -> Changes:
        """A field that the value has not: there, and then changed."""
        steps = (*place.steps, name)
        try:
            made = self.maker.value(part)
            whole = put(self._completed(rules, place, name), steps, made)
        except NotMade as reason:
            yield Unmade("field", steps, str(reason))
            return
        if not self.maker.fits(self._root, whole):
            yield Unmade("field", steps, "with it the value is no longer valid")
            return
        yield Change("with the field", steps, lambda: [whole], True, of=place.whole)
        yield from self._at(part, Place(whole, steps, made), around)

    def _other_fields(self, rules: Mapping[str, Any], place: Place, around: frozenset[str]) -> Changes:
        asked = rules.get("additionalProperties", True)
        name = next((one for one in self.maker.names(rules, _UNKNOWN) if one not in place.value), _UNKNOWN)
        patterns = [*_mapping(rules.get("patternProperties")), *map(_alone, _mapping(rules.get("properties")))]
        names = [one for one in (_UNKNOWN, *_NO_NAMES) if not any(made_texts.finds(p, one) for p in patterns)]
        unknown = next(iter(names), _UNKNOWN)
        other = Place(place.whole, (*place.steps, unknown), None)
        if asked is False or rules.get("unevaluatedProperties") is False:
            yield other.broken("unknown field", ["text"])
        elif isinstance(asked, Mapping) and asked:
            yield from self._absent(rules, asked, place, name, around)
        elif "propertyNames" not in rules:
            yield from other.of("unknown field", ["text"])
        if "propertyNames" in rules:
            names = [one for one in _NO_NAMES if not self.maker.fits(rules["propertyNames"], one)]
            values = [{**place.value, one: inner} for one in names for inner in (1, "text")]
            yield place.broken("wrong field name", values)

    def _number_of_fields(self, rules: Mapping[str, Any], place: Place) -> Iterator[Change]:
        value, required = place.value, rules.get("required", ())
        spare = [name for name in value if name not in required]
        for rule, at_limit, beyond, sign in (
            ("minProperties", "fewest fields", "too few fields", -1),
            ("maxProperties", "most fields", "too many fields", 1),
        ):
            limit = rules.get(rule)
            if isinstance(limit, int) and not isinstance(limit, bool) and limit <= _ITEMS_MOST:
                yield place.valid(at_limit, self._with_fields(rules, value, spare, limit))
                if limit + sign >= 0:
                    yield place.broken(beyond, self._with_fields(rules, value, spare, limit + sign))

    def _with_fields(
        self, rules: Mapping[str, Any], value: Mapping[str, Any], spare: list[str], count: int
    ) -> Iterator[Any]:
        """The same with that many fields."""
        for names in (spare, list(value)):
            leave = set(names[::-1][: max(0, len(value) - count)])
            made = {name: one for name, one in value.items() if name not in leave}
            self._fill(rules, made, count)
            if len(made) == count:
                yield made

    def _fill(self, rules: Mapping[str, Any], made: dict[str, Any], count: int) -> None:
        names = [name for name in _mapping(rules.get("properties")) if name not in made]
        for number in range(count - len(made)):
            name = names.pop(0) if names else next(self.maker.names(rules, f"field{number}"))
            name = f"{name}{number}" if name in made else name
            try:
                made[name] = self.maker.value(self.maker.of_field(rules, name))
            except NotMade:
                made[name] = "text"

    @staticmethod
    def _needed_beside(rules: Mapping[str, Any]) -> Iterator[tuple[str, list[Any]]]:
        for rule in ("dependentRequired", "dependencies"):
            yield from (one for one in _mapping(rules.get(rule)).items() if isinstance(one[1], list))

    def _missing_beside(self, rules: Mapping[str, Any], place: Place, name: str, needed: list[Any]) -> Changes:
        try:
            every = {one: self.maker.value(self.maker.of_field(rules, one)) for one in (name, *needed)}
        except NotMade as reason:
            yield Unmade("missing dependent field", (*place.steps, name), str(reason))
            return
        whole = put(place.whole, place.steps, {**every, **place.value})
        yield Change("with the field", (*place.steps, name), lambda: [whole], True, of=place.whole)
        for one in needed:
            steps = (*place.steps, one)
            yield Change("missing dependent field", steps, lambda s=steps: [without(whole, s)], of=whole)  # type: ignore[misc]

    # Items.

    def _items(self, rules: Mapping[str, Any], place: Place, around: frozenset[str]) -> Changes:
        value = place.value
        listed = rules.get("prefixItems", rules.get("items"))
        count = max(len(listed) if isinstance(listed, list) else 0, 1)
        for index in range(count):
            part, steps = self.maker.of_item(rules, index), (*place.steps, index)
            if index < len(value):
                yield from self._at(part, Place(place.whole, steps, value[index]), around)
            elif index == len(value) and part is not True and part is not False:
                yield from self._absent(rules, part, place, index, around)
        yield from self._number_of_items(rules, place)
        if rules.get("uniqueItems") is True:
            first = value[:1] or self._some(rules, 1)
            yield place.broken("repeated item", [[*value, *first], [*value[:-1], *first], [*first, *first]])
        if "contains" in rules and rules.get("minContains") != 0:
            others = [one for one in value if not self.maker.fits(rules["contains"], one)]
            some = self._some(rules, max(len(value), 1), unlike=rules["contains"])
            yield place.broken("missing item", [others, some, []])

    def _number_of_items(self, rules: Mapping[str, Any], place: Place) -> Iterator[Change]:
        for rule, at_limit, beyond, sign in (
            ("minItems", "fewest items", "too few items", -1),
            ("maxItems", "most items", "too many items", 1),
        ):
            limit = rules.get(rule)
            if not isinstance(limit, int) or isinstance(limit, bool) or limit > _ITEMS_MOST:
                continue
            yield place.valid(at_limit, self._of_length(rules, place.value, limit))
            if limit + sign >= 0:
                yield place.broken(beyond, self._of_length(rules, place.value, limit + sign))

    def _of_length(self, rules: Mapping[str, Any], value: list[Any], length: int) -> Iterator[Any]:
        missing = length - len(value)
        if missing <= 0:
            yield value[:length]
            yield value[len(value) - length :]
        elif value and not rules.get("uniqueItems"):
            yield [*value, *[value[-1]] * missing]
        if missing > 0:
            some = self._some(rules, length + len(value) if rules.get("uniqueItems") else length)
            new = [one for one in some if one not in value] if rules.get("uniqueItems") else some
            yield from (one for one in ([*value, *new[:missing]], some[:length]) if len(one) == length)

    def _some(self, rules: Mapping[str, Any], count: int, unlike: Any = None) -> list[Any]:
        """Items of the list."""
        part = self.maker.of_item(rules, 1 if isinstance(rules.get("items"), Mapping) else 0)
        if unlike is not None:
            return self.maker.several(part, count, lambda one: not self.maker.fits(unlike, one))
        if rules.get("uniqueItems"):
            return self.maker.several(part, count)
        try:
            return [self.maker.value(part)] * count
        except NotMade:
            return []

    # Branches.

    def _branches(self, rules: Mapping[str, Any], place: Place, around: frozenset[str], known: Rules) -> Changes:
        for rule in ("oneOf", "anyOf"):
            listed = rules.get(rule)
            for number, branch in enumerate(listed if isinstance(listed, list) else (), 1):
                label = str(branch.get("title") or number) if isinstance(branch, Mapping) else str(number)
                rest = {name: asked for name, asked in rules.items() if name != rule}
                yield from self._branch(branch, [rest, *known.beside], place, label, around)
            if isinstance(listed, list):
                others = [{"no": "branch"}, *reversed(ANY)]
                fitting = [one for one in others if not any(self.maker.fits(branch, one) for branch in listed)]
                yield place.broken("unknown branch", fitting)
        if "if" in rules:
            is_met = self.maker.fits(rules["if"], place.value)
            rest = {name: asked for name, asked in rules.items() if name not in ("if", "then", "else")}
            ways = [(rules["if"], "then"), ({"not": rules["if"]}, "else")]
            for asked, rule in ways if is_met else ways[::-1]:
                if rule in rules:
                    beside = [rest, asked, *known.beside]
                    yield from self._branch(rules[rule], beside, place, rule, around, fits=is_met is (rule == "then"))
        if "not" in rules:
            yield place.broken("forbidden value", self._forbidden(rules["not"], known))
        for name, asked in _mapping(rules.get("dependentSchemas") or rules.get("dependencies")).items():
            if isinstance(asked, Mapping) and isinstance(place.value, Mapping) and name in place.value:
                yield from self._at(asked, place, around)

    def _branch(
        self, branch: Any, beside: list[Any], place: Place, label: str, around: frozenset[str], *, fits: bool = True
    ) -> Changes:
        if fits and self.maker.fits(branch, place.value):
            yield place.valid("branch", [place.value], label)
            yield from self._at(branch, place, around)
            return
        try:
            made = self.maker.value({"allOf": [branch, *beside]})
        except NotMade as reason:
            yield Unmade(f"branch {label}", place.steps, str(reason))
            return
        whole = put(place.whole, place.steps, made)
        if not self.maker.fits(self._root, whole):
            yield Unmade(f"branch {label}", place.steps, "with it the value is no longer valid")
            return
        yield Change("branch", place.steps, lambda: [whole], True, label, of=place.whole)
        yield from self._at(branch, Place(whole, place.steps, made), around)

    def _forbidden(self, asked: Any, known: Rules) -> Iterator[Any]:
        rest = {name: one for name, one in known.rules.items() if name != "not"}
        for part in ({"allOf": [asked, rest, *known.beside]}, asked):
            try:
                yield self.maker.value(part)
            except NotMade:
                continue
        yield from (one for one in ANY if self.maker.fits(asked, one))


def _removed(place: Place, *, is_required: bool) -> Change:
    steps: Steps = place.steps
    kind = "missing field" if is_required else "left out"

    def contents() -> list[Any]:
        return [without(place.whole, steps)]

    return Change(kind, steps, contents, not is_required, of=place.whole)


def _alone(name: str) -> str:
    """The pattern of this name and no other."""
    return rf"^{re.escape(name)}\Z"


def _mapping(asked: Any) -> Mapping[str, Any]:
    return asked if isinstance(asked, Mapping) else {}
