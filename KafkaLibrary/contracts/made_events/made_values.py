"""A small value that fits a JSON Schema, or a part of one: each part of it is held against its own schema at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

from KafkaLibrary.contracts.made_events import made_texts, numbers_near
from KafkaLibrary.contracts.made_events.schema_rules import SchemaRules
from KafkaLibrary.errors import KafkaLibraryError
from KafkaLibrary.serialization.json_schema.schema import JsonSchema

_DEEPEST = 25
_WORK_MOST = 20_000
_ITEMS_MOST = 2_000
_TRIES = 40
ANY: tuple[Any, ...] = ("text", 1, True, None, [], {})
"""Values of each type."""


class NotMade(Exception):
    """No value was found; its text says why."""


class ValueMaker:
    """Makes values of one schema."""

    def __init__(self, schema: JsonSchema) -> None:
        self._schema = schema
        self._rules = SchemaRules(schema)
        self._known: dict[int, tuple[Any, Any]] = {}
        """By the id of a part, which is kept with it."""
        self._work = 0

    def fits(self, part: Any, value: Any) -> bool:
        """Whether a value fits a part of the schema. What can't be told does not."""
        try:
            return self._schema.part_fits(part, value)
        except KafkaLibraryError:  # a reference that nobody can follow, a pattern that can't be read
            return False

    def value(self, part: Any) -> Any:
        """A value of a part of the schema, always the same. Raises ``NotMade``."""
        return self._value(part, 0)

    def several(self, part: Any, count: int, like: Callable[[Any], bool] = lambda _: True) -> list[Any]:
        """That many different values, or fewer where no more are found."""
        found: list[Any] = []
        for one in islice(self._candidates(part, 0), count * 2 + _TRIES):
            for near in (one, *_near(one, count)):
                if len(found) < count and like(near) and not _is_in(near, found) and self.fits(part, near):
                    found.append(near)
            if len(found) >= count:
                break
        return found

    def _value(self, part: Any, depth: int) -> Any:
        self._work += 1
        if depth > _DEEPEST or self._work > _WORK_MOST:
            raise NotMade("its schema is nested without end, or too large")
        known = self._known.get(id(part))
        if known is None:
            self._known[id(part)] = part, NotMade("it contains itself without end")
            self._known[id(part)] = part, self._found(part, depth)
            known = self._known[id(part)]
        if isinstance(known[1], NotMade):
            raise known[1]
        return known[1]

    def _found(self, part: Any, depth: int) -> Any:
        for one in islice(self._candidates(part, depth), _TRIES):
            if self.fits(part, one):
                return one
        return NotMade("no value was found that fits its schema")

    def _candidates(self, part: Any, depth: int) -> Iterator[Any]:
        """Values that may fit, the likelier first."""
        rules, beside, _ = known = self._rules.of(part)
        yield from _shown(rules)
        for rule in ("oneOf", "anyOf"):
            listed = rules.get(rule)
            if isinstance(listed, list):
                rest = {name: asked for name, asked in rules.items() if name != rule}
                yield from self._tried([{"allOf": [one, rest, *beside]} for one in listed], depth)
        if "if" in rules:
            rest = {name: asked for name, asked in rules.items() if name not in ("if", "then", "else")}
            ways = [[rules["if"], rules.get("then", True)], [{"not": rules["if"]}, rules.get("else", True)]]
            yield from self._tried([{"allOf": [*one, rest, *beside]} for one in ways], depth)
        kinds = known.types or list(_MAKERS)
        for kind in kinds:
            make = _MAKERS.get(kind)
            if make is not None:
                yield from make(self, rules, depth)
        yield from ANY

    def _tried(self, parts: list[Any], depth: int) -> Iterator[Any]:
        for one in parts:
            try:
                yield self._value(one, depth + 1)
            except NotMade:
                continue

    def _texts(self, rules: Mapping[str, Any], _: int) -> Iterator[str]:
        return made_texts.of_rules(rules)

    def _numbers(self, rules: Mapping[str, Any], _: int, *, is_whole: bool = False) -> Iterator[Any]:
        for limit in (numbers_near.least_of, numbers_near.most_of):
            found = limit(rules, is_whole=is_whole)
            if found is not None:
                yield found[0]
        yield from (1, numbers_near.step_of(rules, 0, is_whole=is_whole), 0)

    def _whole(self, rules: Mapping[str, Any], depth: int) -> Iterator[Any]:
        return self._numbers(rules, depth, is_whole=True)

    def _objects(self, rules: Mapping[str, Any], depth: int) -> Iterator[Any]:
        properties = rules.get("properties", {})
        made = {str(name): self._value(self.of_field(rules, name), depth + 1) for name in rules.get("required", ())}
        self._complete(rules, made, depth)
        least, spare = rules.get("minProperties", 0), [name for name in properties if name not in made]
        number = 0
        while len(made) < least and number < _ITEMS_MOST:
            name = spare.pop(0) if spare else next(iter(self.names(rules, f"field{number}")), f"field{number}")
            number += 1
            try:
                made[name] = self._value(self.of_field(rules, name), depth + 1)
            except NotMade:
                continue
        yield made

    def _complete(self, rules: Mapping[str, Any], made: dict[str, Any], depth: int) -> None:
        """With the fields that those there are ask for."""
        for rule in ("dependentRequired", "dependencies"):
            for name, needed in dict(rules.get(rule, {})).items():
                if name in made and isinstance(needed, list):
                    made |= {
                        one: self._value(self.of_field(rules, one), depth + 1) for one in needed if one not in made
                    }

    @staticmethod
    def names(rules: Mapping[str, Any], usual: str) -> Iterator[str]:
        """Names that a field may have that is not named in the schema."""
        asked = rules.get("propertyNames")
        if isinstance(asked, Mapping):
            listed = asked.get("enum")
            yield from (map(str, listed) if isinstance(listed, list) else made_texts.of_rules(asked))
        for pattern in rules.get("patternProperties", {}):
            yield from made_texts.matching(pattern, len(usual))
        yield usual

    @staticmethod
    def of_field(rules: Mapping[str, Any], name: str) -> Any:
        """The schema of a field."""
        named = rules.get("properties", {})
        if name in named:
            return named[name]
        for pattern, asked in rules.get("patternProperties", {}).items():
            if made_texts.finds(pattern, name):
                return asked
        return rules.get("additionalProperties", True)

    def _arrays(self, rules: Mapping[str, Any], depth: int) -> Iterator[Any]:
        least = int(rules.get("minItems", 0))
        if least > _ITEMS_MOST:
            raise NotMade(f"it is a list of {least:,} items or more")
        listed = rules.get("prefixItems", rules.get("items"))
        first = listed if isinstance(listed, list) else []
        made = [self._value(one, depth + 1) for one in first[: max(least, 0)]]
        contains = rules.get("contains")
        if contains is not None and not any(self.fits(contains, one) for one in made):
            wanted = int(rules.get("minContains", 1))
            part = {"allOf": [contains, self.of_item(rules, len(made))]}
            made += self.several(part, wanted) if rules.get("uniqueItems") else [self._value(part, depth + 1)] * wanted
        part = self.of_item(rules, len(made))
        missing = least - len(made)
        if missing > 0 and rules.get("uniqueItems"):
            made += self.several(part, missing, lambda one: not _is_in(one, made))
        elif missing > 0:
            made += [self._value(part, depth + 1)] * missing
        yield made

    @staticmethod
    def of_item(rules: Mapping[str, Any], index: int) -> Any:
        """The schema of an item."""
        items, first = rules.get("items", True), rules.get("prefixItems")
        if isinstance(items, list):
            first, items = items, rules.get("additionalItems", True)
        if isinstance(first, list) and index < len(first):
            return first[index]
        return items


def _shown(rules: Mapping[str, Any]) -> Iterator[Any]:
    """What the schema itself names: the value that it has to be, or one for an example."""
    if "const" in rules:
        yield rules["const"]
    for rule in ("examples", "enum"):
        listed = rules.get(rule)
        if isinstance(listed, list):
            yield from listed
    for rule in ("example", "default"):
        if rule in rules:
            yield rules[rule]


def _near(one: Any, count: int) -> Iterator[Any]:
    """Others of its type."""
    if isinstance(one, bool):
        yield not one
    elif isinstance(one, int | Decimal):
        yield from (numbers_near.plus(one, number) for number in range(1, count + 1))
        yield from (numbers_near.minus(one, number) for number in range(1, count + 1))
    elif isinstance(one, str):
        yield from (f"{one}{number}" for number in range(1, count + 1))
        yield from (f"{one[:-1]}{sign}" for sign in "abcdef0123456789" if one)
    elif isinstance(one, dict):
        for name, inner in one.items():
            yield from ({**one, name: other} for other in _near(inner, count))
    elif isinstance(one, list):
        yield [*one, *one] if one else [1]


def _is_in(one: Any, others: list[Any]) -> bool:
    return any(one == other and isinstance(one, bool) is isinstance(other, bool) for other in others)


_MAKERS: Mapping[str, Callable[[ValueMaker, Mapping[str, Any], int], Iterator[Any]]] = {
    "string": ValueMaker._texts,
    "object": ValueMaker._objects,
    "integer": ValueMaker._whole,
    "number": ValueMaker._numbers,
    "array": ValueMaker._arrays,
    "boolean": lambda _, __, ___: iter((True, False)),
    "null": lambda _, __, ___: iter((None,)),
}
