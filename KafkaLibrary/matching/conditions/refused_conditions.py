"""Conditions that are refused though they can be read: single quotes, ``and`` in one cell, ``9,99``, ``> abc,def``.

In double quotes an expected text is taken as it stands, so each of them can still be written.
"""

from __future__ import annotations

import re

from KafkaLibrary.matching.one_line_texts import show_text
from KafkaLibrary.matching.operators import (
    OPERATORS,
    ORDERS,
    ExpectedValue,
    Operator,
    decider_of,
    is_document,
    read_document,
    without_quotes,
)
from KafkaLibrary.matching.operators.cell_splitting import any_of_words, find_operator
from KafkaLibrary.matching.operators.foreign_operators import FOREIGN_SIGNS, NEGATION, OPERATOR_FOR
from KafkaLibrary.matching.paths import path_of
from KafkaLibrary.matching.syntax_error import SyntaxFault
from KafkaLibrary.matching.values.other_dates import order_refused

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_CONSTANTS = ("true", "false", "null", "True", "False", "None")
_FIELD = re.compile(r"\$?[^\W\d][\w.]*")
_WITH_COMMA = re.compile(r"[-+]?\d+(\.\d+)*,\d[\d.,]*")
_THOUSANDS = 3
"""Digits between two marks in a number."""
_SIGNS = r"(?:(?:not|length)\s+)?(?:[=!<>]=|[*^$]=|[<>])"
_WORDS = r"(?:(?:not\s+)?(?:contains|matches)|not\s+in)\s"
_ONE_WITH_COMMA = re.compile(r"[-+]?(?:\d+,\d+|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+,\d+)")
_COMPARED = rf"\s+(?:{_SIGNS}(?:\s.*)?|{_WORDS}.*|exists|does\s+not\s+exist)"
_SECOND = re.compile(rf"\s(and|or|&&|\|\|)\s+(\S+{_COMPARED})\Z", re.IGNORECASE | re.DOTALL)
_PATH = r"(?!(?:and|or|not)\s)(?:\$\[[^\]]*\]|\$|[^\W\d])[\w.$\[\]*'-]*"
_NEXT = re.compile(
    rf"(?<=[\s,;])({_PATH}\s+(?:(?:(?:not|length)\s+)?(?:[=!<>]=|[*^$]=)(?:\s.*)?|[<>]\s+-?\d\S*))\Z",
    re.IGNORECASE | re.DOTALL,
)
"""Another condition with nothing but blanks, a comma or a semicolon before it."""
_ARGUMENT = re.compile(r"\s(timeout|within|since|strict|missing_ok|format|schema|limit|count|message)=\S")
_IN_QUOTES = re.compile(r'"[^"]*"')
_PYTHON = re.compile(r"[\[{]\s*'.*[]}]", re.DOTALL)
_SINGLE = re.compile(r"(?:\A|,)\s*('[^',]*')\s*(?=,|\Z)")
_OF_NOTHING = 'The empty text is written `""`. In Robot a cell that begins with `#` is a comment: write `\\#`.'
_LOOK_FOR = ("contains", "^=", "$=", "matches")
_LOOKED_FOR = ("contains", "matches")
"""Operators that stand twice in a row for a slip; any other word may be a part of the text that is looked for."""
_COMPARES = ("==", "in", *ORDERS)
_IN_BRACKETS = re.compile(r"\([^()]*\)|\{[^{}]*\}", re.DOTALL)
_ONE_VALUE = re.compile(r"-?[0-9][A-Za-z0-9.:_-]*")
"""A number, a time or an id: nothing else can be in it, and it is what most conditions expect."""
_RANGE = re.compile(r"(-?\d+)\s*\.{2,3}\s*(-?\d+)")
_IN_SLASHES = re.compile(r"/((?:[^/\\]|\\.)+)/([a-z]*)", re.DOTALL)
_FLAGS = {"i": "i", "m": "m", "s": "s", "x": "x", "g": "", "u": "", "y": "", "d": ""}
"""Those of JavaScript and Perl, and what they are here."""
_BEGINNING = re.compile(rf"\s*({any_of_words({*OPERATORS, *FOREIGN_SIGNS})})(?=\s|\Z)")
_OF_TEXTS = re.compile(r"\s*((?:starts|begins|ends) with|startswith|endswith)(?=\s)", re.IGNORECASE)
_CHAINED = re.compile(r"([^\s\"'\[({]+)\s+(?:(?:and|&&)\s+)?(<=|>=|<|>)\s+(\S.*)", re.DOTALL)
"""An operator where a value was expected: `10 < id < 100`, `id >= 10 and <= 100`."""
_PYTHON_LIST = re.compile(r"\[(?=.*(?:\[|, )[^'\s])(?=.*(?:\[|, )').*\]", re.DOTALL)
"""What Robot writes for a list inside a text, of texts and others: without the quotes it is not the same."""
IN_MARKER = "#?"
"""Stands for the path where a condition is one of an expected document."""
TURNED = {"==": "==", "!=": "!=", ">": "<", ">=": "<=", "<": ">", "<=": ">="}


_GLUED = re.compile(r"\s*(?:\$\.?)?[^\W\d][\w.\[\]*]*(?:[=!<>]=|[<>])\S")

_WITH_ONE_SIGN = re.compile(r"\s*(?:\$\.?)?[^\W\d][\w.\[\]*]*\s?=\s?\S")


def is_condition(text: str) -> bool:
    """Whether a text is written as a condition in one cell is, with or without the spaces."""
    return find_operator(text) is not None or _GLUED.match(text) is not None


def check_is_path(cell: str) -> None:
    """Raises ``SyntaxFault`` for a whole condition where a path is expected in a cell of its own.

    No field of such a name is proposed: a check that it does not exist would pass.
    """
    if is_condition(cell) or _WITH_ONE_SIGN.match(cell):
        advice = f"`Event Should Match` takes conditions: `Event Should Match    EVENT    {show_text(cell.strip())}`."
        raise SyntaxFault("This is a condition, and here a path is expected.", 0, advice)


def check_path(path: str, operator: Operator, expected: object) -> None:
    """Raises ``SyntaxFault`` for a path that is a number, true or null: both sides are the wrong way round."""
    if path in _CONSTANTS and operator.name in TURNED and isinstance(expected, str) and _FIELD.fullmatch(expected):
        write = f"Write `{expected} {TURNED[operator.name]} {path}`. A field of that name is `$.{path}`."
        raise SyntaxFault(f"A condition begins with a path, and this is {path}.", 0, write)
    if not _NUMBER.fullmatch(path):
        return
    turned = TURNED.get(operator.name)
    second = _CHAINED.fullmatch(str(expected)) if turned else None
    if second:
        write = _in_two_cells(second[1], (f"{turned}", path), (second[2], second[3]))
        raise SyntaxFault("A condition has one operator.", 0, write)
    write = f"Write `{show_text(str(expected))} {turned} {path}`. " if turned and expected else ""
    raise SyntaxFault(
        "A condition begins with a path, and this is a number.", 0, f"{write}A field of that name is `$.{path}`."
    )


def _in_two_cells(path: str, *ends: tuple[str, str]) -> str:
    """Both ends of a range, each as a condition. An expected document has one for each of its parts."""
    if path == IN_MARKER:
        return "Both ends of a range are for `Event Should Match`."
    written = "    ".join(f"{path} {name} {expected}" for name, expected in ends)
    return f"Write `{show_text(written)}` in two cells."


_ALWAYS = {
    "is_tombstone": "this: it is true or false",
    "topic": "a topic",
    "partition": "a partition",
    "offset": "an offset",
    "timestamp": "a timestamp",
}
"""Parts of an event that each has, so that nothing follows from whether they exist."""


def check_existence(path: str, operator: Operator) -> None:
    """Raises ``SyntaxFault`` where it is asked whether an event has what each has: a topic, headers, be it none."""
    if path == "headers" and not operator.takes_expected:
        write = "headers == {}" if operator.negated else "headers != {}"
        advice = f"Write `{write}`, or `headers.NAME {operator}` for one of them."
        raise SyntaxFault("An event always has headers, even if there are none.", 0, advice)
    if path in _ALWAYS and not operator.takes_expected:
        write = "is_tombstone == true" if path == "is_tombstone" else f"{path} == VALUE"
        advice = f"Write `{write}`, or `$.{path} {operator}` for a field of that name."
        raise SyntaxFault(f"An event always has {_ALWAYS[path]}.", 0, advice)


def check_expected(path: str, operator: Operator, expected: object) -> None:
    """Raises ``SyntaxFault`` for nothing to compare with, and for what is written as it is in another language."""
    if operator.asks in (*ORDERS, *_LOOK_FOR) and expected == "":
        raise SyntaxFault(f"There is nothing after `{operator}` to compare with.", 0, _OF_NOTHING)
    if not isinstance(expected, str):
        return
    second = _CHAINED.fullmatch(expected) if operator.name in ORDERS else None
    if second:
        write = _in_two_cells(path, (operator.name, second[1]), (second[2], second[3]))
        raise SyntaxFault(f"A condition has one operator, and after `{operator}` is another.", second.start(2), write)
    if operator.name in ORDERS and _WITH_COMMA.fullmatch(expected):
        number = f"`{path} {operator} {_with_point(expected)}`"
        advice = f'Write a point and no separators: {number}. To compare as text write `"{expected}"`.'
        raise SyntaxFault("A number has no comma.", expected.index(","), advice)
    if operator.name in ORDERS:
        _check_date(path, operator, expected)
    if operator.asks == "in":
        _check_list(path, operator, expected)
    if operator.asks == "matches":
        _check_slashes(path, operator, expected)


def _with_point(number: str) -> str:
    """``9,50`` and ``1.234,5`` as JSON has them. In ``1,000`` the comma is between thousands, in ``1,5`` it is not."""
    last = max(number.rfind(","), number.rfind("."))
    whole, fraction = number[:last], number[last + 1 :]
    marks = [sign for sign in number if sign in ",."]
    if len(set(marks)) == 1 and (len(marks) > 1 or len(fraction) == _THOUSANDS):
        return number.replace(marks[0], "")
    return f"{whole.replace(',', '').replace('.', '')}.{fraction}"


def _check_date(path: str, operator: Operator, expected: str) -> None:
    date = order_refused(expected)
    if date is None or (date.is_word and path == "timestamp"):  # of which its own reader tells more
        return
    if date.is_word:
        verdict = f"`{show_text(expected)}` is a text here: it is not a time."
        advice = f"Write a date, such as `{path} {operator} 2026-05-31T17:03:11Z`, from `Get Current Date` for now."
        raise SyntaxFault(verdict, 0, advice)
    ways = " or ".join(f"`{path} {operator} {one}`" for one in date.iso)
    raise SyntaxFault("A date in this form has no order.", 0, f"Write it in ISO 8601: {ways}.")


def _check_list(path: str, operator: Operator, expected: str) -> None:
    if is_document(read_document(expected)):
        return
    if _IN_BRACKETS.fullmatch(expected):
        members = ", ".join(one.strip().strip("'") for one in expected[1:-1].split(","))
        advice = proposed(path, operator.name, members)
        raise SyntaxFault(
            f"The values after `{operator}` take no brackets.", 0, _or_as_text(advice, path, operator, expected)
        )
    if found := _RANGE.fullmatch(expected):
        advice = f"Write `{path} >= {found[1]}    {path} <= {found[2]}` in two cells."
        raise SyntaxFault("A range is not a list of values.", 0, _or_as_text(advice, path, operator, expected))


def _check_slashes(path: str, operator: Operator, expected: str) -> None:
    found = _IN_SLASHES.fullmatch(expected)
    if found and all(flag in _FLAGS for flag in found[2]):
        flags = "".join(dict.fromkeys(_FLAGS[flag] for flag in found[2]))
        pattern = f"(?{flags}){found[1]}" if flags else found[1]
        advice = proposed(path, operator.name, pattern.replace(r"\/", "/"))
        raise SyntaxFault(
            "A regular expression has no slashes around it.", 0, _or_as_text(advice, path, operator, expected)
        )


def proposed(path: str, name: str, expected: str, between: str = " ") -> str:
    """What to write: this condition, or where it would be refused as well, what that refusal advises."""
    operator = OPERATORS[name]
    try:
        if path != IN_MARKER:
            path_of(path)
        if operator.takes_expected:
            check_expected(path, operator, expected)
            if between == " ":
                check_written(path, operator, expected)
            decider_of(operator, ExpectedValue(expected))
    except SyntaxFault as fault:
        return fault.advice or fault.verdict
    return f"Write `{show_text(form(path, operator, expected, between))}`."


def form(path: str, operator: Operator, expected: str, between: str = " ") -> str:
    """A condition in one cell; with more blanks between its parts, in three."""
    parts = [path, operator.name, *([expected] if operator.takes_expected else [])]
    return between.join(parts).rstrip()


def _or_as_text(advice: str, path: str, operator: Operator, expected: str) -> str:
    """The advice, and how the text itself is written, unless it is no regular expression."""
    as_text = f'"{expected}"'
    try:
        decider_of(operator, ExpectedValue(as_text))
    except SyntaxFault as fault:
        return advice or fault.advice
    return f"{advice} For the text write `{show_text(form(path, operator, as_text))}`.".lstrip()


def check_beginning(path: str, operator: Operator, expected: object, *, alone: bool = False) -> None:
    """Raises ``SyntaxFault`` for an expected text that begins with an operator: it would be a part of the text.

    What stands ``alone`` in its cell may come out of a variable, and be any prose.
    """
    if not isinstance(expected, str) or operator.of_length:
        return
    found = _BEGINNING.match(expected) or (operator.name == "!=" and _OF_TEXTS.match(expected))
    if not found:
        return
    word, rest = " ".join(found[1].split()), expected[found.end() :].strip()
    inner = OPERATORS.get(word) or OPERATORS[OPERATOR_FOR.get(word.casefold(), "matches")]
    if _may_be_text(operator, word, inner, rest, alone):
        return
    meant = _meant_by(operator, word, inner)
    advice = proposed(path, meant, rest) if meant else ""
    verdict = f"`{show_text(found[1])}` is an operator, but here it is part of the text."
    raise SyntaxFault(verdict, found.start(1), _or_as_text(advice, path, operator, expected))


def _may_be_text(operator: Operator, word: str, inner: Operator, rest: str, alone: bool) -> bool:
    if not any(map(str.isalpha, word)):
        return word not in OPERATORS and not rest  # `=` or `~` alone are signs like any other
    if not inner.takes_expected and rest:
        return True  # `exists already`
    if not word.isalpha() and not word.replace(" ", "").isalpha():
        return False  # `not ^=`, `length ==`
    if operator.asks in _LOOK_FOR:
        return inner.asks not in _LOOKED_FOR
    if alone and (operator.name == "==" or not inner.takes_expected):
        return True
    return word == "in" and operator.name != "!=" and rest[:1] not in ("[", "(") and "," not in rest


def _meant_by(outer: Operator, word: str, inner: Operator) -> str:
    """The operator that two in a row stand for; empty where that is not certain."""
    glued = outer.name + word
    if glued in OPERATORS or glued in OPERATOR_FOR:
        return glued if glued in OPERATORS else OPERATOR_FOR[glued]
    if outer.name in ("==", inner.name):
        return inner.name
    if outer.name == "!=":
        return inner.name if inner.negated else NEGATION[inner.name]
    if outer.asks == inner.asks:
        return NEGATION[outer.asks]
    return ""


def check_written(path: str, operator: Operator, expected: str, one_only: str = "") -> None:
    """Raises ``SyntaxFault`` with the place in an expected text that was written behind its operator in one cell.

    ``one_only`` is the advice where a second condition can't be given in another cell.
    """
    if _ONE_VALUE.fullmatch(expected) or is_document(read_document(expected)):
        return
    before = f"{path} {operator}"
    check_beginning(path, operator, expected)
    if operator.asks in _COMPARES and without_quotes(expected) is None:
        _check_quotes(before, operator, expected)
    if operator.asks == "==" and _ONE_WITH_COMMA.fullmatch(expected):
        advice = f"Write a point and no separators: `{before} {_with_point(expected)}`."
        advice += f' For the text write `{before} "{expected}"`.'
        raise SyntaxFault("A number has no comma.", expected.index(","), advice)
    if operator.asks == "matches":
        return
    bare = _IN_QUOTES.sub(_blank, expected)
    if argument := _ARGUMENT.search(bare):
        raise _argument(before, expected, argument, one_only)
    if second := _SECOND.search(bare):
        raise _second_condition(before, expected, second, one_only)
    if following := _NEXT.search(bare):
        raise _next_condition(before, expected, following.start(1), one_only)


def _check_quotes(before: str, operator: Operator, expected: str) -> None:
    if operator.asks == "in":
        if _PYTHON_LIST.fullmatch(expected):
            path = before.removesuffix(f" {operator}")
            advice = f"Write three cells: `{path}    {operator}    ${{LIST}}`, or the values alone: `{before} A, B`."
            raise SyntaxFault("A list in a variable is a cell of its own; here it became text.", 0, advice)
        single = _SINGLE.search(expected)
        if single:
            meant = _SINGLE.sub(lambda one: one[0].replace("'", ""), expected)
            raise _single_quotes(f"{before} {meant}", single[1], single.start(1))
    elif len(expected) > 1 and expected[0] == expected[-1] == "'":
        raise _single_quotes(f"{before} {expected[1:-1] or chr(34) * 2}", expected, 0)
    elif _PYTHON.fullmatch(expected):
        advice = (
            f'A list or an object is written as JSON: `["A", "B"]`, `{{"sku": "A"}}`. As a text write `"{expected}"`.'
        )
        raise SyntaxFault("JSON has double quotes.", expected.index("'"), advice)


def _single_quotes(meant: str, quoted: str, place: int) -> SyntaxFault:
    advice = f'Write `{meant}`. A text with these quotes is `"{quoted}"`.'
    return SyntaxFault("Single quotes would be part of the text.", place, advice)


def _argument(before: str, expected: str, found: re.Match[str], one_only: str) -> SyntaxFault:
    first, argument = expected[: found.start()].strip(), expected[found.start(1) :]
    advice = "" if one_only else f"An argument is a cell of its own: write `{before} {first}    {argument}`. "
    advice += f'For a text write `{before} "..."`.'
    return SyntaxFault(f"`{found[1]}=` is part of the text here.", found.start(1), advice)


def _next_condition(before: str, expected: str, place: int, one_only: str) -> SyntaxFault:
    first, other = expected[:place].strip(" ,;"), expected[place:]
    advice = one_only or f"All conditions must hold: write `{before} {first}    {other}` in two cells."
    verdict = "A cell holds one condition; here the second is part of the text."
    return SyntaxFault(verdict, place, f'{advice} For a text write `{before} "..."`.')


def _second_condition(before: str, expected: str, second: re.Match[str], one_only: str) -> SyntaxFault:
    word = second[1]
    if one_only:
        advice = one_only
    elif word.casefold() in ("and", "&&"):
        first, other = expected[: second.start()].strip(), expected[second.start(2) :].strip()
        advice = f"All conditions must hold: write `{before} {first}    {other}` in two cells."
    else:
        advice = _alternatives(before, expected[: second.start()].strip(), expected[second.start(2) :].strip())
    verdict = f"A cell holds one condition; here `{word}` is part of the text."
    return SyntaxFault(verdict, second.start(1), f'{advice} For a text write `{before} "..."`.')


EITHER = (
    "Several values of one field are written `PATH in A, B`. For different fields, use two negative "
    "keywords, or wait for what both events have in common."
)


def _alternatives(before: str, first: str, other: str) -> str:
    """What to write for one condition or another one."""
    found, same = find_operator(other), before.removesuffix(" ==")
    if found and before.endswith(" ==") and other[: found.start()].strip() == same and found[1] == "==":
        return proposed(same, "in", f"{first}, {other[found.end() :].strip()}")
    return EITHER


def _blank(quoted: re.Match[str]) -> str:
    return "_" * len(quoted[0])
