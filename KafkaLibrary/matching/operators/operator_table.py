"""The table of operators with ``*=`` for ``contains``, ``not`` and ``length``; many results of a path, and none."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any

from KafkaLibrary.matching.one_line_texts import show_value
from KafkaLibrary.matching.operators.equality import Check, equal_to, is_document, read_document, text_as_it_is
from KafkaLibrary.matching.operators.expected_value import ExpectedValue
from KafkaLibrary.matching.operators.ordering import ordering
from KafkaLibrary.matching.operators.text_search import (
    any_of,
    containment,
    ends_with,
    matches,
    starts_with,
    text_operator,
)
from KafkaLibrary.matching.syntax_error import SyntaxFault
from KafkaLibrary.matching.values.decisions import Decision, Unjudged, settled
from KafkaLibrary.matching.values.json_texts import text_in
from KafkaLibrary.matching.values.not_sent import UNJUDGED, is_not_sent
from KafkaLibrary.matching.values.numbers import double, is_number, read_number

ORDERS = (">", ">=", "<", "<=")


Decider = Callable[[list[Any], bool], Decision]
"""Takes all results of a path, none for a missing field, and whether their numbers are exact."""


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator.

    In messages ``phrase`` leads to the expected value and ``unmet`` to the one found instead.
    With ``negated`` all results must fail the check that ``make`` gives, and there must be one.
    With ``of_length`` the length of each result is looked at instead of itself, where it has one.
    """

    name: str
    phrase: str
    make: Callable[[ExpectedValue], Check] | None = field(repr=False, compare=False)
    unmet: str = "was"
    negated: bool = False
    of_length: bool = False

    @property
    def asks(self) -> str:
        """The name of the operator whose check it makes, be it to hold or to fail."""
        return _NEGATED.get(self.name, self.name)

    def looked_at(self, found: list[Any]) -> list[Any]:
        """Of the results of a path what is compared."""
        return [size for one in found if (size := length_of(one)) is not None] if self.of_length else found

    @property
    def takes_expected(self) -> bool:
        return self.make is not None

    def __str__(self) -> str:
        return self.name


def decider_of(operator: Operator, wanted: ExpectedValue) -> Decider:
    """The function that judges what a path found. Raises ``SyntaxFault`` with the place in the expected text."""
    if operator.make is None:
        return _presence(operator, wanted.part)
    wanted.check_kind()
    if operator.of_length:
        of_lengths = decider_of(replace(operator, of_length=False), ExpectedValue(_whole_number(wanted.expected)))
        return lambda found, exact: (
            UNJUDGED if any(map(is_not_sent, found)) else of_lengths(operator.looked_at(found), True)
        )
    check = operator.make(wanted)

    def any_meets(found: list[Any], exact: bool) -> Decision:
        if len(found) == 1:
            return check(found[0], exact)
        return any_of(check(one, exact) for one in found)

    def none_meets(found: list[Any], exact: bool) -> Decision:
        decision = any_meets(found, exact) if found else True
        return not decision if settled(decision) else decision

    decide: Decider = none_meets if operator.negated else any_meets
    if wanted.part == "key" and not wanted.strict:
        return _with_json_text(decide, instead=operator.name[0] in "<>")
    if not operator.negated:
        any_meets.alone = check  # type: ignore[attr-defined] # a function has room for it
    return decide


_OF_NULL = {
    "key": "the key is null, as that of an event without a key: write `key == null` or `key != null`",
    "value": "it is a tombstone, the value of which is null: write `value == null` or `value != null`",
}


def _presence(operator: Operator, part: str) -> Decider:
    """Whether there is a field. A key or value that is null may be meant by both, or by none."""

    def decide(found: list[Any], exact: bool) -> Decision:
        return Unjudged(_OF_NULL[part]) if part and found == [None] else bool(found) is not operator.negated

    return decide


def _with_json_text(decide: Decider, *, instead: bool) -> Decider:
    """The same for a key that is the JSON of a text, with quotes around it, and for the text itself."""

    def decide_key(found: list[Any], exact: bool) -> Decision:
        key = found[0]
        text = text_in(key) if isinstance(key, str) and key[:1] == '"' else None
        return decide(found if text is None else [text] if instead else [*found, text], exact)

    return decide_key


_LONGEST = 2**53
"""No event is so long, and every double below is exact."""


def length_of(value: Any) -> int | None:
    """How many characters a text has, elements a list, fields an object; nothing for what has no length."""
    return len(value) if isinstance(value, (str, list, tuple, dict, bytes)) else None


def _whole_number(expected: Any) -> int:
    read = read_number(expected.strip()) if isinstance(expected, str) else None
    exact = read.exact if read else expected
    if is_number(exact) and 0 <= (size := double(exact)) < _LONGEST and exact == int(size):
        return int(size)
    raise SyntaxFault(f"A length is a whole number, not {show_value(expected)}.", 0, "Write, say, `PATH length == 2`.")


def check_of(decider: Decider) -> Check | None:
    """What it asks of a single result; nothing where it asks more than that."""
    return getattr(decider, "alone", None)


def _equality(wanted: ExpectedValue) -> Check:
    wanted = wanted.on_clock()
    return equal_to(wanted.null_alone, wanted.strict)


def _membership(wanted: ExpectedValue) -> Check:
    members = members_of(wanted.expected, wanted.strict)
    if all(one == "" for one in members):
        raise SyntaxFault("There is no value after `in`.", 0, "Write, say, `status in NEW, PAID`.")
    checks = [_equality(wanted._replace(expected=one)) for one in members]
    return lambda found, exact: any_of(check(found, exact) for check in checks)


def members_of(expected: Any, strict: bool = False) -> list[Any]:
    """What ``in`` asks for, one of which a field has to be."""
    if isinstance(expected, str):
        return _members_of_text(expected)
    if isinstance(expected, (list, tuple, AbstractSet)):
        return [text_as_it_is(one, strict) for one in expected]
    raise SyntaxFault(f"`in` needs a list, not {show_value(expected)}.", 0, "For one value write `==`.")


_BETWEEN_COMMAS = re.compile(r'\s*("[^"]*"|[^,]*?)\s*(,|\Z)')


def _members_of_text(text: str) -> list[Any]:
    document = read_document(text)
    if isinstance(document, dict):
        return [text]
    if is_document(document) and isinstance(document, list):
        # What is a text in JSON stays only a text.
        return [f'"{one}"' if isinstance(one, str) else one for one in document]
    if text.startswith("[") and text.endswith("]"):
        advice = 'Write `A, B`, or a JSON list such as `["A", "B"]`, or give the list in a cell of its own.'
        raise SyntaxFault("The values after `in` are not a JSON list.", 0, advice)
    members: list[Any] = []
    place = 0
    while found := _BETWEEN_COMMAS.match(text, place):
        members.append(found[1])
        place = found.end()
        if not found[2]:
            break
    return members


_LENGTH = "length "
_COMPARING: tuple[Operator, ...] = (
    Operator("==", "should be", _equality),
    Operator("!=", "should not be", _equality, negated=True),
    Operator(">", "should be greater than", ordering(1)),
    Operator(">=", "should be at least", ordering(0, 1)),
    Operator("<", "should be less than", ordering(-1)),
    Operator("<=", "should be at most", ordering(-1, 0)),
)
_CONTAINS = Operator("contains", "should contain", containment)
_ALL: tuple[Operator, ...] = (
    *_COMPARING,
    _CONTAINS,
    Operator("not contains", "should not contain", containment, negated=True),
    Operator("^=", "should start with", text_operator(starts_with)),
    Operator("not ^=", "should not start with", text_operator(starts_with), negated=True),
    Operator("$=", "should end with", text_operator(ends_with)),
    Operator("not $=", "should not end with", text_operator(ends_with), negated=True),
    Operator("matches", "should match", text_operator(matches)),
    Operator("not matches", "should not match", text_operator(matches), negated=True),
    Operator("in", "should be one of", _membership),
    Operator("not in", "should not be one of", _membership, negated=True),
    *(
        replace(one, name=_LENGTH + one.name, phrase=one.phrase.replace("be", "have a length of"), of_length=True)
        for one in _COMPARING
    ),
    Operator("exists", "should exist", None),
    Operator("does not exist", "should not exist", None, "exists and is", negated=True),
)
OPERATORS: dict[str, Operator] = {one.name: one for one in _ALL} | {"*=": _CONTAINS}
"""Every spelling of an operator."""

_NEGATED = {"!=": "==", "length !=": "length ==", "does not exist": "exists"} | {
    name: name.removeprefix("not ") for name in OPERATORS if name.startswith("not ")
}
