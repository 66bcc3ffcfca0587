r"""What a readable condition may have been meant for: ``^\d{4}$`` by ``^d{4}$``, ``in 50, 51`` by ``== 50 or 51``.

Each may be right as it stands, so nothing is refused. A doubt, or a hint in a failure, needs an event that the other
meaning fits, or a form that hardly anybody writes on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaUnusable, Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.matching.conditions.condition import Condition
from KafkaLibrary.matching.one_line_texts import show_text
from KafkaLibrary.matching.operators import (
    OPERATORS,
    ExpectedValue,
    decider_of,
    is_document,
    members_of,
    read_document,
    without_quotes,
)
from KafkaLibrary.matching.operators.foreign_operators import values_in_code
from KafkaLibrary.matching.operators.lost_backslashes import is_likely, restored
from KafkaLibrary.matching.operators.several_values import PARTS, SIGNS_BETWEEN, all_in, several_in
from KafkaLibrary.matching.operators.text_search import may_take_long_on
from KafkaLibrary.matching.paths import path_of
from KafkaLibrary.matching.syntax_error import SyntaxFault
from KafkaLibrary.matching.values.json_texts import Null

_LONGEST = 500
_LOOKING = 0.1
"""Seconds in which an event is looked for that shows what is meant."""
_EQUALITY = ("==", "in")


class Meaning(NamedTuple):
    """Another meaning: what is said of it, and whether an event has it.

    It is ``likely`` where the form alone speaks for it. An event by which it is ``rebutted`` shows that the condition
    is meant as it stands.
    """

    said: str
    holds: Callable[[Event], bool | None]
    """Nothing where that was not found out."""
    likely: bool = False
    rebutted: Callable[[Event], bool] | None = None

    def is_rebutted(self, among: Iterable[Event]) -> bool:
        """Whether one of the events does, of those that can be looked at soon: each may be of megabytes."""
        until = Deadline(_LOOKING)
        for event in among if self.rebutted else ():
            if self.rebutted and self.rebutted(event):
                return True
            if until.passed:
                break
        return False


def meanings_of(condition: Condition) -> Iterator[Meaning]:
    """All that it may have been meant for, the likeliest first."""
    operator, expected = condition.operator, condition.expected
    if not operator.takes_expected or operator.of_length or condition.path.origin in ("timestamp", "trace"):
        return
    yield from _unset(condition)
    if not isinstance(expected, str) or len(expected) > _LONGEST or without_quotes(expected) is not None:
        return
    yield from _unset_inside(condition, expected)
    if operator.asks == "matches":
        yield from _with_backslashes(condition, expected)
    if not condition.strict:
        yield from _several(condition, expected)
        yield from _as_pattern(condition, expected)
        yield from _yes_or_no(condition, expected)
        yield from _words(condition, expected)
        yield from _with_signs(condition, expected)
        yield from _turned(condition, expected)


def asked_as(condition: Condition, name: str, expected: Any) -> Condition:
    """The same path with another operator or another expected value. Raises ``SyntaxFault``."""
    operator, path = OPERATORS[name], condition.path
    wanted = ExpectedValue(expected, condition.strict, part=path.part)
    return replace(condition, operator=operator, expected=expected, decide=decider_of(operator, wanted), check=None)


def _negated_as(condition: Condition, name: str) -> str:
    """The operator that asks for that, or where the condition is negated for the opposite."""
    return {"==": "!="}.get(name, f"not {name}") if condition.operator.negated else name


def holds_quickly(condition: Condition, event: Event) -> bool | None:
    """Whether the event meets it; nothing, where that can't be read, or might take long."""
    with suppress(Undecodable, KafkaUnusable, RecursionError):
        return None if may_take_long(condition, event) else condition.holds(event)
    return None


def may_take_long(condition: Condition, event: Event) -> bool:
    """Whether to look for its pattern in what this event has may take long."""
    if not condition.may_take_long:
        return False
    with suppress(Undecodable, KafkaUnusable):
        found = condition.path.find(event)
        return any(may_take_long_on(condition.expected_text, one) for one in found if isinstance(one, (str, bytes)))
    return False


# Nothing, where a variable should have had a value


def _unset(condition: Condition) -> Iterator[Meaning]:
    nothing = _nothing_in(condition)
    if nothing is None:
        return
    operator, path = condition.operator, show_text(condition.path.text)
    if operator.asks in PARTS:
        value, meant = "that text", '"None"'
    else:
        value, meant = ("null", "null") if nothing else ("the empty text", '""')
    also = "" if nothing else ", or a cell that begins with `#`"
    write = meant if operator.asks == "in" else f"{path} {operator} {meant}"
    said = (
        f"{path} is compared with {nothing or 'nothing'}, which is what a variable without a value becomes{also}. "
        f"For {value} write `{write}`"
    )

    def finds(event: Event, is_wanted: Callable[[Any], bool]) -> bool:
        with suppress(Undecodable, KafkaUnusable):
            return any(map(is_wanted, condition.path.find(event)))
        return False

    def is_there(found: Any) -> bool:
        return found is not None and not isinstance(found, Null) and found != ""

    def is_meant(found: Any) -> bool:
        return not is_there(found) and (found == "") is (nothing == "")

    yield Meaning(
        said,
        # Whatever it should have been, this might be the value.
        lambda event: finds(event, is_there) is not condition.operator.negated,
        likely=True,
        rebutted=lambda event: finds(event, is_meant),
    )


def _nothing_in(condition: Condition) -> Any:
    """What a variable without a value has made of the expected value or a member of it; nothing where none has.

    Who means null writes ``null``, and the empty text is ``""``.
    """
    operator, expected = condition.operator, condition.expected
    if operator.asks == "in":
        if isinstance(expected, str) and is_document(read_document(expected)):
            return None  # in JSON null is written on purpose
        with suppress(SyntaxFault):
            members = members_of(expected, condition.strict)
            return next((_MADE[one] for one in members if isinstance(one, str | None) and one in _MADE), None)
        return None
    if operator.asks not in ("==", *PARTS) or not isinstance(expected, str | None) or expected not in _MADE:
        return None
    return _MADE[expected]


_MADE: dict[str | None, str] = {None: "None", "None": "None", "": ""}
"""What is compared where a variable is None or empty, in a cell of its own or inside one."""

_INSIDE = re.compile(r"(?<![^\W_])None(?![^\W_])")


def _unset_inside(condition: Condition, expected: str) -> Iterator[Meaning]:
    """``order-None``, where a part of the text was to come out of a variable."""
    inside = _INSIDE.search(expected)
    if condition.operator.asks not in ("==", "^=", "$=", "contains") or expected == "None" or not inside:
        return
    front, back = expected[: inside.start()].casefold(), expected[inside.end() :].casefold()

    def has_more(found: Any) -> bool:
        text = found.casefold() if isinstance(found, str) else ""
        return len(text) > len(front) + len(back) and text.startswith(front) and text.endswith(back)

    def may_be_equal(event: Event) -> bool:
        with suppress(Undecodable, KafkaUnusable):
            return any(map(has_more, condition.path.find(event))) is not condition.operator.negated
        return False

    said = (
        "`None` in it is what a variable without a value becomes. If the text is meant, write "
        f'`{show_text(condition.path.text)} {condition.operator} "{show_text(expected)}"`'
    )
    yield Meaning(said, may_be_equal)


# A backslash that Robot took away


def _with_backslashes(condition: Condition, pattern: str) -> Iterator[Meaning]:
    """The pattern with a backslash where one may have been. ``^d{2}x`` may be right: in double quotes it is."""
    likely = is_likely(pattern)
    for one in restored(pattern):
        if one != pattern:
            with suppress(SyntaxFault):
                meant = asked_as(condition, _negated_as(condition, "matches"), one)
                write = show_text(f"{condition.path.text} {condition.operator} {one}".replace("\\", "\\\\"))
                said = f"Robot removes a single backslash: write two, `{write}`. For the letter itself write it in [ ]"
                yield Meaning(said, partial(holds_quickly, meant), likely)
                likely = False
    if re.search(r"[()\[\]$^|?+*{}]", pattern):
        literally = asked_as(condition, _negated_as(condition, "contains"), f'"{pattern}"')
        said = (
            f"`{show_text(pattern)}` is read as a regular expression. For the text write `{show_text(literally.text)}`"
        )
        yield Meaning(said, partial(holds_quickly, literally))


_OF_PATTERN = re.compile(r"\^.+|.+\$|.*(?:\.[*+]|\\[dswb]).*", re.DOTALL)


def _as_pattern(condition: Condition, expected: str) -> Iterator[Meaning]:
    """``status contains ^PA``, ``status $= ID$``."""
    bounds = {"contains": ("", ""), "^=": ("^", ""), "$=": ("", "$")}.get(condition.operator.asks)
    if bounds is None or not _OF_PATTERN.fullmatch(expected):
        return
    front, back = bounds
    pattern = f"{front}{expected.removeprefix(front)}".removesuffix(back) + back
    path, name = show_text(condition.path.text), _negated_as(condition, "matches")
    yield from _meant(condition, [(name, pattern)], f"A regular expression is written `{path} {name} {{0}}`")


# Several values in one text


def _several(condition: Condition, expected: str) -> Iterator[Meaning]:
    operator, path = condition.operator, show_text(condition.path.text)
    document = read_document(expected)
    if is_document(document):
        if (
            operator.asks == "=="
            and isinstance(document, list)
            and not any(isinstance(one, (list, dict)) for one in document)
        ):
            yield from _one_of(condition, [str(one) for one in document])
        return
    members = several_in(expected, operator.asks)
    if operator.asks in _EQUALITY and members:
        yield from _one_of(condition, members)
    elif operator.asks in PARTS and len(members) > 1:
        pattern = "|".join(map(re.escape, members))
        pattern = {"^=": f"^({pattern})", "$=": f"({pattern})$"}.get(operator.asks, pattern)
        name = _negated_as(condition, "matches")
        if (name, pattern) != (operator.name, expected):
            said = f"One of several texts is written `{path} {name} {{0}}`"
            signs = tuple(sign for sign in SIGNS_BETWEEN if sign in expected)
            yield from (_unless_there(condition, one, signs) for one in _meant(condition, [(name, pattern)], said))
    all_of = all_in(expected) if operator.asks in PARTS and operator.asks != "matches" else []
    if all_of and not operator.negated:
        cells = "    ".join(f"{path} {operator} {show_text(one)}" for one in all_of)
        yield from _meant(
            condition,
            [(operator.name, one) for one in all_of],
            f"All of several are written `{cells}`; double quotes keep it one text",
        )


def _unless_there(condition: Condition, meaning: Meaning, signs: Sequence[str]) -> Meaning:
    """Of ``Dear Ada, hello`` beside ``Dear Bob, hello``: a comma that the event's text has is part of such a text."""

    def holds(event: Event) -> bool | None:
        with suppress(Undecodable, KafkaUnusable):
            texts = [one for one in condition.path.find(event) if isinstance(one, str)]
            if any(sign in text for sign in signs for text in texts):
                return condition.operator.negated
            return meaning.holds(event)
        return False

    return meaning._replace(holds=holds)


def _one_of(condition: Condition, members: Sequence[str]) -> Iterator[Meaning]:
    name, text = _negated_as(condition, "in"), ", ".join(members)
    if name != condition.operator.name or text != condition.expected:
        path = show_text(condition.path.text)
        yield from _meant(
            condition,
            [(name, text)],
            f"Several values are written `{path} {name} {{0}}`; double quotes keep it one text",
        )


def _meant(condition: Condition, asked: Sequence[tuple[str, str]], said: str) -> Iterator[Meaning]:
    with suppress(SyntaxFault):
        conditions = [asked_as(condition, name, expected) for name, expected in asked]
        told = said.replace("{0}", show_text(asked[0][1]))
        yield Meaning(told, lambda event: _all(holds_quickly(one, event) for one in conditions))


def _all(decided: Iterable[bool | None]) -> bool | None:
    found = list(decided)
    return False if False in found else None if None in found else True


# Other words for true and false

_WORDS = {"yes": True, "y": True, "on": True, "1": True, "no": False, "n": False, "off": False, "0": False}


def _yes_or_no(condition: Condition, expected: str) -> Iterator[Meaning]:
    truth = _WORDS.get(expected.strip().casefold())
    if condition.operator.asks != "==" or truth is None:
        return
    meant = asked_as(condition, condition.operator.name, truth)
    said = f"true and false are written so: `{show_text(meant.text)}`"

    def holds(event: Event) -> bool | None:
        with suppress(Undecodable, KafkaUnusable):
            is_of_truth = any(isinstance(one, bool) for one in condition.path.find(event))
            return (meant if is_of_truth else condition).holds(event)
        return False

    yield Meaning(said, holds)


_NULLS = ("nil", "undefined", "(null)", "<null>", "nothing")
_ANYTHING = ("*", ".*", ".+")
_ANY = ("any", "anything")
"""One of several modes may have that name: ``mode != any`` asks for the others."""


def _words(condition: Condition, expected: str) -> Iterator[Meaning]:
    """``refund == nil``, ``note == empty``, ``status == *``"""
    word, path = expected.strip().casefold(), show_text(condition.path.text)
    if condition.operator.asks != "==":
        return
    if word in _NULLS:
        yield from _meant(
            condition, [(condition.operator.name, "null")], f"Null is written `{path} {condition.operator} {{0}}`"
        )
    elif word == "empty":
        name = "length >" if condition.operator.negated else "length =="
        yield from _meant(condition, [(name, "0")], f"What is empty is written `{path} {name} {{0}}`")
    elif word in _ANYTHING or (word in _ANY and not condition.operator.negated):
        name = "does not exist" if condition.operator.negated else "exists"
        said = f"Whatever it is, it is there: write `{path} {name}`, or the word in double quotes"
        for one in _meant(condition, [(name, "")], said):
            yield one._replace(rebutted=lambda event: holds_quickly(condition, event) is not condition.operator.negated)


# A sign too many, both sides turned round, times as people say them

_SIGNS = ".,;:!?$@#<>=\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
_QUOTES = "'\""
_FIELD = re.compile(r"(?:\$\.)?[^\W\d][\w.]*")


def _with_signs(condition: Condition, expected: str) -> Iterator[Meaning]:
    """``status == PAID;``"""
    name = condition.operator.name
    for value, why in values_in_code(expected, condition.operator.asks):
        path = show_text(condition.path.text)
        yield from _meant(condition, [(name, value)], f"`{path} {name} {{0}}` is meant: {why}; double quotes keep it")
    bare = expected.strip().strip(_SIGNS)
    if (bare[:1] in _QUOTES) is not (bare[-1:] in _QUOTES):  # one of a pair
        bare = bare.strip(_QUOTES)
    if condition.operator.asks not in _EQUALITY or bare == expected.strip() or not bare:
        return  # a part may end where no word does: `10.`, `.pdf`, `order:`
    with suppress(SyntaxFault):
        meant = asked_as(condition, name, bare)
        said = f"`{show_text(expected)}` has a sign too many: `{show_text(meant.text)}`; double quotes keep it"
        yield Meaning(said, partial(holds_quickly, meant))


def _turned(condition: Condition, expected: str) -> Iterator[Meaning]:
    """``PAID == status``."""
    steps = condition.path.plain_steps
    if condition.operator.name != "==" or not steps or len(steps) > 1 or not _FIELD.fullmatch(expected):
        return
    with suppress(SyntaxFault):
        # Not among the paths that are kept for the next time: what is expected is another text in each test.
        meant = replace(asked_as(condition, "==", str(steps[0])), path=path_of.__wrapped__(expected))
        said = f"The path comes first: `{show_text(meant.text)}`"
        yield Meaning(said, partial(holds_quickly, meant))
