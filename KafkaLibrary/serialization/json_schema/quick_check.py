"""Whether a value of JSON fits a schema, fast: exact, or no answer.

Schemas become Python functions here. They know the rules that most schemas have, and give the answer that jsonschema
would give. Where that is not sure, they raise ``Unsure``: then jsonschema is asked, which also tells what is wrong.
"""

from __future__ import annotations

import decimal
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from jsonschema import FormatChecker

Check = Callable[[Any], bool]
_DIGITS = decimal.Context(prec=10_000)
_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,), "array": (list,), "object": (dict,), "boolean": (bool,), "null": (type(None),),
    "number": (int, Decimal), "integer": (int,),
}  # fmt: skip
_SCALARS = (str, bool, int, type(None))
_NOT_RULES = frozenset(("definitions", "$defs", "$schema"))


class Unsure(Exception):
    """Only jsonschema can tell."""


def quick_check(schema: Any, draft: Any, formats: FormatChecker) -> Check | None:
    """What tells whether a value of exact JSON fits the schema, which stands alone; nothing for other rules."""
    try:
        return _Compiler(schema, draft, formats).of(schema)
    except (Unsure, re.error, RecursionError):
        return None


class _Compiler:
    def __init__(self, root: Any, draft: Any, formats: FormatChecker) -> None:
        self._root = root
        self._draft = draft
        self._formats = formats
        self._known: dict[str, Check] = {}

    def of(self, schema: Any) -> Check:
        if schema is True or schema is False:
            return lambda _: schema
        if not isinstance(schema, Mapping) or (schema is not self._root and "$schema" in schema):
            raise Unsure
        checks = [self._rule(rule, asked, schema) for rule, asked in schema.items() if self._counts(rule)]
        if len(checks) == 1:
            return checks[0]
        return lambda value: _all(checks, value)

    def _counts(self, rule: str) -> bool:
        return rule not in _NOT_RULES and rule in self._draft.VALIDATORS

    def _rule(self, rule: str, asked: Any, schema: Mapping[str, Any]) -> Check:
        make = getattr(self, f"_{rule.removeprefix('$')}", None)
        if make is None:
            raise Unsure
        made: Check = make(asked, schema)
        return made

    # What leads to other schemas

    def _ref(self, asked: str, _: Any) -> Check:
        if asked != "#" and not asked.startswith("#/definitions/"):
            return _unsure
        if asked not in self._known:
            self._known[asked] = self._later(asked)
            target = self._root if asked == "#" else self._root["definitions"][asked.removeprefix("#/definitions/")]
            self._known[asked] = self.of(target)
        return self._known[asked]

    def _later(self, reference: str) -> Check:
        """For a schema that leads back to itself: it is made when it is first used."""
        return lambda value: self._known[reference](value)  # noqa: PLW0108 - another one stands there by then

    def _allOf(self, asked: Any, _: Any) -> Check:  # noqa: N802 - named as the rule
        checks = [self.of(one) for one in asked]
        return lambda value: _all(checks, value)

    def _anyOf(self, asked: Any, _: Any) -> Check:  # noqa: N802
        checks = [self.of(one) for one in asked]
        return lambda value: any(check(value) for check in checks)

    def _oneOf(self, asked: Any, _: Any) -> Check:  # noqa: N802
        checks = [self.of(one) for one in asked]
        return lambda value: sum(check(value) for check in checks) == 1

    def _not(self, asked: Any, _: Any) -> Check:
        check = self.of(asked)
        return lambda value: not check(value)

    def _if(self, asked: Any, schema: Mapping[str, Any]) -> Check:
        check, then, other = self.of(asked), self.of(schema.get("then", True)), self.of(schema.get("else", True))
        return lambda value: then(value) if check(value) else other(value)

    # Of any value

    def _type(self, asked: Any, _: Any) -> Check:
        names = [asked] if isinstance(asked, str) else list(asked)
        types = tuple(one for name in names for one in _TYPES[name])
        takes_bool = "boolean" in names
        only_whole = "integer" in names and "number" not in names

        def check(value: Any) -> bool:
            if value is True or value is False:
                return takes_bool
            if only_whole and isinstance(value, Decimal):
                raise Unsure  # 5.0 is an integer
            return isinstance(value, types)

        return check

    def _enum(self, asked: Any, _: Any) -> Check:
        if not all(isinstance(one, _SCALARS) for one in asked):
            raise Unsure
        # To Python true is 1.
        known = {(isinstance(one, bool), one) for one in asked}

        def check(value: Any) -> bool:
            if isinstance(value, Decimal):
                raise Unsure
            return isinstance(value, _SCALARS) and (isinstance(value, bool), value) in known

        return check

    def _const(self, asked: Any, schema: Any) -> Check:
        return self._enum([asked], schema)

    # Of texts

    def _minLength(self, asked: Any, _: Any) -> Check:  # noqa: N802
        return lambda value: not isinstance(value, str) or len(value) >= asked

    def _maxLength(self, asked: Any, _: Any) -> Check:  # noqa: N802
        return lambda value: not isinstance(value, str) or len(value) <= asked

    def _pattern(self, asked: Any, _: Any) -> Check:
        search = re.compile(asked).search
        return lambda value: not isinstance(value, str) or search(value) is not None

    def _format(self, asked: Any, _: Any) -> Check:
        conforms = self._formats.conforms
        return lambda value: conforms(value, asked)

    # Of numbers

    def _minimum(self, asked: Any, schema: Mapping[str, Any]) -> Check:
        if schema.get("exclusiveMinimum") is True:  # as draft-04 has it
            return self._exclusiveMinimum(asked, schema)
        return lambda value: not _is_number(value) or value >= asked

    def _maximum(self, asked: Any, schema: Mapping[str, Any]) -> Check:
        if schema.get("exclusiveMaximum") is True:
            return self._exclusiveMaximum(asked, schema)
        return lambda value: not _is_number(value) or value <= asked

    def _exclusiveMinimum(self, asked: Any, _: Any) -> Check:  # noqa: N802
        return lambda value: not _is_number(value) or value > asked

    def _exclusiveMaximum(self, asked: Any, _: Any) -> Check:  # noqa: N802
        return lambda value: not _is_number(value) or value < asked

    def _multipleOf(self, asked: Any, _: Any) -> Check:  # noqa: N802
        by = Decimal(asked)
        return lambda value: not _is_number(value) or _DIGITS.remainder(Decimal(value), by) == 0

    # Of objects

    def _required(self, asked: Any, _: Any) -> Check:
        names = tuple(asked)
        return lambda value: not isinstance(value, dict) or all(name in value for name in names)

    def _properties(self, asked: Any, _: Any) -> Check:
        checks = tuple((name, self.of(one)) for name, one in asked.items())

        def check(value: Any) -> bool:
            if isinstance(value, dict):
                for name, inner in checks:
                    if name in value and not inner(value[name]):
                        return False
            return True

        return check

    def _additionalProperties(self, asked: Any, schema: Any) -> Check:  # noqa: N802
        if "patternProperties" in schema:
            raise Unsure
        known, inner = frozenset(schema.get("properties", ())), self.of(asked)

        def check(value: Any) -> bool:
            return not isinstance(value, dict) or all(inner(value[name]) for name in value.keys() - known)

        return check

    def _minProperties(self, asked: Any, _: Any) -> Check:  # noqa: N802
        return lambda value: not isinstance(value, dict) or len(value) >= asked

    def _maxProperties(self, asked: Any, _: Any) -> Check:  # noqa: N802
        return lambda value: not isinstance(value, dict) or len(value) <= asked

    # Of lists

    def _items(self, asked: Any, schema: Any) -> Check:
        if isinstance(asked, list) or "prefixItems" in schema:
            raise Unsure
        inner = self.of(asked)
        return lambda value: not isinstance(value, list) or all(map(inner, value))

    def _minItems(self, asked: Any, _: Any) -> Check:  # noqa: N802
        return lambda value: not isinstance(value, list) or len(value) >= asked

    def _maxItems(self, asked: Any, _: Any) -> Check:  # noqa: N802
        return lambda value: not isinstance(value, list) or len(value) <= asked

    def _uniqueItems(self, asked: Any, _: Any) -> Check:  # noqa: N802
        def check(value: Any) -> bool:
            if not asked or not isinstance(value, list):
                return True
            if not all(isinstance(one, str) for one in value):
                raise Unsure
            return len(set(value)) == len(value)

        return check


def _all(checks: list[Check], value: Any) -> bool:
    for check in checks:  # noqa: SIM110 - twice as fast as `all`
        if not check(value):
            return False
    return True


def _unsure(_: Any) -> bool:
    raise Unsure


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)
