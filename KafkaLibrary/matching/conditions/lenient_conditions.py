"""Conditions as if types, quotes, blanks, case or units made no difference: a doubt, where that decides otherwise.

By that a keyword tells that it may have passed for a slip: a negative that an event meets but for such a difference,
and a match that is one by such a difference alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from KafkaLibrary.event import Event, as_text
from KafkaLibrary.fields import CountedInterval, Interval
from KafkaLibrary.matching.conditions.condition import Condition
from KafkaLibrary.matching.conditions.match_notes import other_null
from KafkaLibrary.matching.conditions.meanings.beside_an_event import meanings_beside
from KafkaLibrary.matching.conditions.meanings.found_values import leaves_out_what_is_there
from KafkaLibrary.matching.conditions.meanings.of_ids import of_variables
from KafkaLibrary.matching.conditions.meanings.of_markers import of_markers
from KafkaLibrary.matching.conditions.meanings.of_others import of_others
from KafkaLibrary.matching.conditions.other_meanings import Meaning, may_take_long, meanings_of
from KafkaLibrary.matching.conditions.unfit_values import never_equal
from KafkaLibrary.matching.operators import (
    ORDERS,
    Check,
    ExpectedValue,
    Operator,
    equal_to,
    is_document,
    members_of,
    read_document,
    read_text,
    without_quotes,
)
from KafkaLibrary.matching.operators.foreign_operators import from_like
from KafkaLibrary.matching.operators.ordering import NOT_FINITE
from KafkaLibrary.matching.paths import path_of
from KafkaLibrary.matching.values.columns import ranks_of_intervals
from KafkaLibrary.matching.values.json_texts import document_in
from KafkaLibrary.matching.values.numbers import is_number, read_number
from KafkaLibrary.matching.values.numbers_of_people import numbers_of_people
from KafkaLibrary.matching.values.other_dates import is_same_clock, is_same_day
from KafkaLibrary.matching.values.times import read_moment, same_moment


class Leniency(NamedTuple):
    """What is overlooked, each with all before it; ``name`` tells the last."""

    name: str
    case: bool = False
    numbers: bool = False
    several: bool = False


TYPES = Leniency("types, quotes and blanks")
CASE = Leniency("upper and lower case", case=True)
NUMBERS = Leniency("the spelling of numbers", case=True, numbers=True)
SEVERAL = Leniency("signs that stand for several values", case=True, numbers=True, several=True)
_FROM_SMALL = (TYPES, CASE, NUMBERS, SEVERAL)


class DoubtedCondition(NamedTuple):
    """A condition that would decide otherwise if that were overlooked, or if it were read with another ``meaning``."""

    condition: Condition
    leniency: Leniency
    meaning: Meaning | None = None


_BLANKS = " \t\r\n\u00a0\u200b\u200c\u200d\u2060\ufeff"
"""Seen and unseen."""
_BETWEEN_WORDS = re.compile(f"[{_BLANKS}]+")
_QUOTES = ("''", '""', "``", "\u2018\u2019", "\u201c\u201d", "\u00ab\u00bb")
_CONSTANTS = {"true": True, "false": False, "null": None, "none": None}

Meets = Callable[[Any], bool]
"""Whether one result of a path meets a condition loosely."""


class LenientConditions:
    """The conditions of a keyword, judged loosely. One with ``strict=True`` is judged as it is.

    But for null: a tombstone and null in a value are two things that testers mean by one word, whatever types count.
    """

    def __init__(self, conditions: Iterable[Condition], among: Sequence[Event] = ()) -> None:
        self._all, self._among = tuple(conditions), among
        self._judged: dict[Leniency, list[tuple[Condition, Meets | None]]] = {}
        self._meanings = [self._meanings_of(one, among) for one in self._all]

    def _meanings_of(self, condition: Condition, among: Sequence[Event]) -> list[Meaning]:
        """What it may have been meant for. An event ``among`` those read may show that it is meant as it stands."""
        ways = [
            *of_others(condition, self._all),
            *of_markers(condition),
            *of_variables(condition),
            *meanings_of(condition),
        ]
        if ways and leaves_out_what_is_there(condition, among):
            return []
        return [one for one in ways if not one.is_rebutted(among)]

    def likely_meanings(self) -> list[Meaning]:
        """Of each condition what its form alone says that it was meant for."""
        return [likely[0] for ways in self._meanings if (likely := [one for one in ways if one.likely])]

    def nearly_met(self, event: Event) -> DoubtedCondition | None:
        """The first condition that the event fails, where it would meet all loosely, or by another header of a name."""
        if any(may_take_long(one, event) for one in self._all):  # what has not been judged yet is better left alone
            return None
        with_pattern = any(one.may_take_long for one in self._all)
        failed = [one for one in self._all if not one.holds(event)]
        if not failed:
            return None
        meant = [(one, meaning) for one in failed if (meaning := self._meant(one, event))]
        otherwise = [one for one, _ in meant]
        otherwise += [one for one in failed if one.held_by_another(event) or one.decided_by_field(event)]

        if with_pattern and any(one not in otherwise for one in failed):
            return None

        def would_hold(leniency: Leniency) -> bool:
            left = (pair for pair in self._by(leniency) if pair[0] in failed and pair[0] not in otherwise)
            return all(_hold(one, meets, event) for one, meets in left)

        leniency = _smallest(would_hold)
        if not leniency:
            return None
        return DoubtedCondition(meant[0][0], leniency, meant[0][1]) if meant else DoubtedCondition(failed[0], leniency)

    def _meant(self, condition: Condition, event: Event) -> Meaning | None:
        """The meaning with which an event meets the condition."""
        place = next(place for place, one in enumerate(self._all) if one is condition)
        meant = next((one for one in self._meanings[place] if one.holds(event)), None)
        beside = (one for one in meanings_beside(condition, event) if one.holds(event))
        return meant or next((one for one in beside if not one.is_rebutted(self._among)), None)

    def met_by_chance(self, event: Event) -> DoubtedCondition | None:
        """Of an event that meets all the first condition that it would not meet loosely, or with another meaning."""
        for place, condition in enumerate(self._all):
            if condition.may_hold_by_chance:
                ways = [*self._meanings[place], *never_equal(condition, event), *meanings_beside(condition, event)]
                meaning = next((way for way in ways if way.holds(event) is False), None)
                if meaning:
                    return DoubtedCondition(condition, TYPES, meaning)
                if self._is_overlooked(condition, event):
                    return DoubtedCondition(condition, TYPES)

                def would_fail(leniency: Leniency, place: int = place) -> bool:
                    return not _hold(*self._by(leniency)[place], event)

                # The number in `5 EUR` may be greater, and the letters are what was compared all the same.
                if would_fail(TYPES) or would_fail(SEVERAL):
                    return DoubtedCondition(condition, next(filter(would_fail, _FROM_SMALL)))
        return None

    def _is_overlooked(self, condition: Condition, event: Event) -> bool:
        """Whether a name may have been meant that the tester does not ask for as well."""
        meant = condition.overlooked(event)
        return bool(meant) and all(one.path.text != path_of(meant).text for one in self._all)

    def _by(self, leniency: Leniency) -> list[tuple[Condition, Meets | None]]:
        if leniency not in self._judged:
            self._judged[leniency] = [(one, _meets(one, leniency)) for one in self._all]
        return self._judged[leniency]


def _smallest(decides: Callable[[Leniency], bool]) -> Leniency | None:
    """The least to overlook that decides. Most events are out by all of it."""
    return next(filter(decides, _FROM_SMALL)) if decides(SEVERAL) else None


def _hold(condition: Condition, meets: Meets | None, event: Event) -> bool:
    null = other_null(condition, event, condition.path.find(event))
    if null is not None:  # as if it was the null that is asked for
        return not condition.operator.negated if condition.path.origin == "value" else not condition.holds(event)
    if meets is None:
        return condition.holds(event)
    try:
        found = condition.path.find_exactly(event)
        return bool(found) and any(map(meets, found)) is not condition.operator.negated
    except RecursionError:  # what is nested so deeply was hardly meant
        return condition.holds(event)


def differs_by_chance(condition: Condition, found: Any) -> bool:
    """Whether a value that meets a negated condition does so only for what is overlooked."""
    ways = (_meets(condition, how) for how in _FROM_SMALL)
    return any(meets is not None and meets(found) for meets in ways)


def _meets(condition: Condition, how: Leniency) -> Meets | None:
    """How one result is judged loosely; nothing where that is no other judgement."""
    operator, expected = condition.operator, condition.expected
    as_it_is = condition.strict or operator.of_length or condition.may_take_long or condition.path.origin == "timestamp"
    if as_it_is or operator.make is None:
        return None
    if operator.name in ORDERS:
        return in_order(operator, expected, units=how.numbers)
    if operator.asks == "==":
        return lambda found: _alike(found, expected, how)
    if operator.asks == "in":
        members = members_of(expected)
        if how.several:
            members += [word for one in members if isinstance(one, str) for word in one.split()]
        return lambda found: any(_alike(found, one, how) for one in members)
    if operator.asks == "matches":
        return _matching(operator.make, expected, how)
    return _part(operator.make, expected, how)


def in_order(operator: Operator, expected: Any, *, units: bool = False) -> Meets | None:
    """A number meets an order by numbers alone, a text by the number it spells, by letters where both are texts.

    Of them a time is met by times alone. With ``units`` numbers may be spelled as people do, as in ``9,50 EUR``.
    """
    if operator.make is None:
        return None
    is_cell = isinstance(expected, str)
    own = operator.make(ExpectedValue(expected))
    wanted = _spelled(read_text(expected).text, units) if is_cell else expected if is_number(expected) else None
    in_quotes = is_cell and without_quotes(expected) is not None
    if wanted is None:
        of_time = is_cell and not in_quotes and read_moment(expected) is not None
        of_interval = is_cell and not in_quotes and bool(ranks_of_intervals(expected))

        def meets_text(found: Any) -> bool:
            is_interval = of_interval and isinstance(found, (Interval, CountedInterval))
            return (is_interval or not (is_cell and _is_other(found, of_time))) and own(found, True) is True

        return meets_text
    by_number = operator.make(ExpectedValue(wanted))

    def meets(found: Any) -> bool:
        text = as_text(found) if isinstance(found, bytes) else found
        if not isinstance(text, str) or in_quotes or text in NOT_FINITE:
            return (by_number if is_number(found) else own)(found, True) is True
        read = _spelled(text, units)
        return read is not None and by_number(read, True) is True

    return meets


def _is_other(found: Any, of_time: bool) -> bool:
    """Whether a value that stands beside a text by its letters is of another kind: a number, or no time beside one."""
    text = as_text(found) if isinstance(found, bytes) else found
    return is_number(found) or (of_time and isinstance(text, str) and read_moment(text) is None)


def _spelled(text: str, units: bool) -> Any:
    """The number that a text spells, nothing for none."""
    bare = _bare(text)
    read = read_number(bare)
    if read is not None:
        return read.exact
    return next(iter(numbers_of_people(bare)), None) if units else None


def _matching(make: Callable[[ExpectedValue], Check], expected: Any, how: Leniency) -> Meets:
    own = make(ExpectedValue(expected))
    text = read_text(expected).text if isinstance(expected, str) else ""
    folded = make(ExpectedValue(f'"(?i){text}"')) if text and how.case else own

    def meets(found: Any) -> bool:
        if own(found, True) is True or folded(found, True) is True:
            return True
        return how.several and isinstance(found, str) and _fits_like(found.casefold(), text.casefold())

    return meets


def _part(make: Callable[[ExpectedValue], Check], expected: Any, how: Leniency) -> Meets:
    own = make(ExpectedValue(expected))
    text = _folded(read_text(expected).text, how) if isinstance(expected, str) else ""
    text = text.strip(_SIGNS_OF_LIKE) or text if how.several else text
    bare = make(ExpectedValue(f'"{_unquoted(text)}"')) if text else own

    def meets(found: Any) -> bool:
        folded = _folded(found, how) if isinstance(found, str) else found
        if own(found, True) is True or bare(folded, True) is True:
            return True
        return isinstance(found, (list, tuple)) and any(_alike(one, expected, how) for one in found)

    return meets


def _alike(found: Any, expected: Any, how: Leniency) -> bool:
    """Two texts but for what is overlooked; else what texts spell counts for what it is."""
    text = as_text(found) if isinstance(found, bytes) else found
    if isinstance(expected, str):
        document = read_document(expected)
        if isinstance(text, str):
            inner = document_in(text, exact=True) if is_document(document) else None
            if inner is None:
                one, other = _bare(text), _bare(read_text(expected).text)
                return _alike_texts(one, other, how) or same_moment(one, other) is True
            text = inner
        expected = document if is_document(document) else read_text(expected).text
    if how.numbers and is_number(text) is not is_number(expected):
        spelled, exact = (expected, text) if is_number(text) else (text, expected)
        if isinstance(spelled, str) and any(exact == one for one in numbers_of_people(_bare(spelled))):
            return True
    one, other = _typed(text, how), _typed(expected, how)
    if isinstance(one, str) and isinstance(other, str):
        return one == other
    if isinstance(other, str) and not isinstance(one, float):
        return bool(one == other)
    return equal_to(other, False)(one, True) is True  # a float may be what JSON has no number for: `NaN`


def _alike_texts(found: str, expected: str, how: Leniency) -> bool:
    one, other = _folded(found, how), _folded(expected, how)
    if one == other:
        return True
    if how.numbers and (is_same_day(found, expected) or is_same_clock(found, expected)):
        return True
    if how.numbers and one.isdecimal() and other.isdecimal() and one.lstrip("0") == other.lstrip("0"):
        return True
    return how.several and (one in map(_bare, _BETWEEN_SEVERAL.split(other)) or _fits_like(one, other))


_BETWEEN_SEVERAL = re.compile(r"\s*[|,;]\s*|\s+or\s+")
_TESTS: dict[str, Callable[[str, str], bool]] = {
    "==": str.__eq__,
    "contains": lambda text, part: part in text,
    "^=": str.startswith,
    "$=": str.endswith,
}


_SIGNS_OF_LIKE = "%*"
_SIGN_INSIDE = re.compile(r"[\w.:/-][%*?]+\w")
_STARS_MOST = 4
_ENDS_OF_REGEX = re.compile(r"\A/|/\Z|\.(?=\*\Z)|(?<=\A)\.(?=\*)")


def _fits_like(text: str, pattern: str) -> bool:
    """Whether a text is what SQL, a shell or a simple regular expression means by a pattern."""
    plain = _ENDS_OF_REGEX.sub("", pattern)
    front, back = plain.startswith("^"), plain.endswith("$")
    operator, part = from_like(plain[front : len(plain) - back]) if len(plain) > front + back else ("", "")
    if operator == "==":
        operator = {(True, True): "==", (True, False): "^=", (False, True): "$="}.get((front, back), "==")
    if operator == "matches" and _SIGN_INSIDE.search(plain) and len(re.findall(r"[%*]", plain)) < _STARS_MOST:
        pattern = "".join({"%": ".*", "*": ".*", "?": "."}.get(sign) or re.escape(sign) for sign in plain)
        return re.fullmatch(pattern, text, re.DOTALL) is not None
    return operator in _TESTS and _TESTS[operator](text, part)


def _folded(text: str, how: Leniency) -> str:
    return text.casefold() if how.case else text


def _typed(value: Any, how: Leniency) -> Any:
    """A value with all texts in it as what they spell in JSON, without quotes and blanks around them.

    Without case a name is told by its letters and digits alone: ``order_id`` and ``orderId`` are one.
    """
    if isinstance(value, Mapping):
        return {_name(name, how): _typed(one, how) for name, one in value.items()}
    if isinstance(value, (list, tuple, AbstractSet)):
        return [_typed(one, how) for one in value]
    if not isinstance(value, str):
        return value
    bare = _bare(value)
    read = read_number(bare)
    return _CONSTANTS.get(bare.casefold(), _folded(bare, how)) if read is None else read.exact


def _name(name: Any, how: Leniency) -> Any:
    return "".join(filter(str.isalnum, name.casefold())) if how.case and isinstance(name, str) else name


def _bare(text: str) -> str:
    """Without the blanks and the quotes around it, unless that is all."""
    return _BETWEEN_WORDS.sub(" ", _unquoted(text.strip(_BLANKS)).strip(_BLANKS)) or text


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 2 and text[0] + text[-1] in _QUOTES else text
