"""Operators as other tools write them, ``=``, ``equals``, ``<>``, ``=~``, ``like``, ``between``: what each is here.

Values, too, as code has them: ``b'PAID'``, ``PAID # when the money is there``, ``7.0`` for 7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from KafkaLibrary.matching.operators.operator_table import OPERATORS

_MEANT: dict[str, tuple[str, ...]] = {
    "==": ("=", "= =", "===", "eq", "equal", "equal to", "equals", "is", "is equal to", "should be", "should equal"),
    "!=": ("! =", "!==", "<>", "inequal", "is not", "isn't", "ne", "not", "should not be", "should not equal", "≠"),
    ">": ("above", "greater", "greater than", "gt", "is greater than", "more than"),
    ">=": ("=>", "≥", "at least", "ge", "gte"),
    "<": ("below", "is less than", "less", "less than", "lt"),
    "<=": ("=<", "≤", "at most", "le", "lte"),
    "contains": ("=*", "contain", "has", "include", "includes", "should contain"),
    "not contains": (),
    "^=": ("=^", "begins with", "should start with", "starts", "starts with", "startswith"),
    "not ^=": (),
    "$=": ("=$", "ends", "ends with", "endswith", "should end with"),
    "not $=": (),
    "matches": ("=~", "match", "regex", "regexp", "should match", "~="),
    "not matches": ("!~", "!=~"),
    "in": ("is in", "is one of", "one of", "should be in"),
    "not in": ("is none of", "is not in", "is not one of", "none of", "should not be in"),
    "exists": ("exist", "is present", "present", "should exist"),
    "does not exist": ("absent", "does not exists", "is missing", "is not present", "missing"),
}
_VERBS = {
    "contains": ("contain", "have", "include"),
    "^=": ("begin with", "start with"),
    "$=": ("end with",),
    "matches": ("match",),
    "exists": ("exist",),
}
_NO = ("does not", "doesn't", "must not", "should not", "shouldn't", "not")
_SIZES = ("has a length of", "has length", "has size", "len", "length", "length of", "should have length")

NEGATION = {
    **{name: OPERATORS[name].asks for name in OPERATORS if OPERATORS[name].negated},
    **{OPERATORS[name].asks: name for name in OPERATORS if OPERATORS[name].negated},
    ">": "<=",
    "<=": ">",
    "<": ">=",
    ">=": "<",
    "length >": "length <=",
    "length <=": "length >",
    "length <": "length >=",
    "length >=": "length <",
}
"""The operator that holds where another one fails, of a single field that is there."""


def _all_meant() -> dict[str, str]:
    meant = {slip: name for name, slips in _MEANT.items() for slip in slips}
    positive = {**meant, **{name: one.name for name, one in OPERATORS.items() if not one.of_length}}
    for written, name in positive.items():
        if not OPERATORS[name].negated and not written.startswith(("is", "should")):
            for spelled in (f"not {written}", f"!{written}", f"is not {written}"):
                meant.setdefault(spelled, NEGATION[name])
    for name, verbs in _VERBS.items():
        for spelled in (f"{no} {verb}" for no in _NO for verb in verbs):
            meant.setdefault(spelled, NEGATION[name])
    for size in _SIZES:
        meant.setdefault(size, "length ==")
        for written, name in positive.items():
            if f"length {name}" in OPERATORS:
                meant.setdefault(f"{size} {written}", f"length {name}")
    return {slip: name for slip, name in meant.items() if slip not in OPERATORS}


OPERATOR_FOR = _all_meant()
"""The operator that each slip stands for."""
EMPTY_FOR = {"is empty": "length ==", "should be empty": "length =="} | dict.fromkeys(
    ("is not empty", "isn't empty", "not empty", "should not be empty"), "length >"
)
"""What asks for a length of 0, or for more."""
LIKE_FOR = {"like": True, "is like": True, "ilike": True} | dict.fromkeys(
    ("not like", "is not like", "not ilike", "does not like", "!like"), False
)
"""Patterns as SQL has them, and whether they are to fit."""
ABOUT = ("about", "approx", "approximately", "close to", "is about", "~", "≈")
BETWEEN = ("between", "is between", "in range", "should be between")
NOT_BETWEEN = ("is not between", "not between", "not in range", "should not be between")
CODE = ("evaluate", "then", "validate")
"""Operators of AssertionEngine that run their expected value."""
FOREIGN_SIGNS = tuple(slip for slip in (*OPERATOR_FOR, *ABOUT) if not any(map(str.isalnum, slip)) and slip != "!")

FOREIGN_OPERATORS = sorted(
    {*OPERATOR_FOR, *EMPTY_FOR, *LIKE_FOR, *ABOUT, *BETWEEN, *NOT_BETWEEN, *CODE, *map(str.casefold, OPERATORS)},
    key=lambda slip: (-len(slip), slip),
)

_OF_REGEX = re.compile(r"[()\[\]\\|^$+{}]|\.\*")
_ANY, _ONE = "%*", "_?"


def from_like(text: str) -> tuple[str, str]:
    """The operator, and what it expects, that do what a pattern of SQL or of a shell does."""
    if _OF_REGEX.search(text):
        return "matches", text
    part = text.strip(_ANY)
    if not part:
        return "exists", ""
    if set(part) & set(_ANY + _ONE):
        signs = {**dict.fromkeys(_ANY, ".*"), **dict.fromkeys(_ONE, "."), ".": "[.]"}
        return "matches", f"^{''.join(signs.get(sign, sign) for sign in text)}$"
    front, back = text[0] in _ANY, text[-1] in _ANY
    return {(True, True): "contains", (True, False): "$=", (False, True): "^="}.get((front, back), "=="), part


_BOUNDS = re.compile(
    r"[\[(]?\s*(-?[^\s,;()\[\]]+?)\s*(?:,|;|\.{2,3}|\band\b|\bto\b|&&?|\s)\s*(-?[^\s,;()\[\]]+)\s*[\])]?", re.IGNORECASE
)


def bounds(text: str) -> tuple[str, str]:
    """The least and the most that a text such as ``5 and 10`` names, or words for them."""
    found = _BOUNDS.fullmatch(text.strip())
    return (found[1], found[2]) if found else ("LEAST", "MOST")


_AS_IN_CODE = (
    (r"""[bBfFrRuU]{1,2}(["'])(?P<value>.+)\1""", "a text is written without Python's letter and quotes"),
    (r"(?P<value>.*\S)\s+(?:#|//)(?:\s.*)?", "a comment needs two blanks in front of its #"),
    (r"(?P<value>[+-]?[0-9]+)\.0+", "the text has no decimals"),
)


def values_in_code(text: str, asks: str) -> Iterator[tuple[str, str]]:
    """The value in a text that looks as in code, and a sentence on that: for an operator, and each of several."""
    for pattern, said in _AS_IN_CODE if asks in ("==", "in") else _AS_IN_CODE[:1]:
        texts = [one.strip() for one in (text.split(",") if asks == "in" else [text])]
        found = [re.fullmatch(pattern, one, re.DOTALL) for one in texts]
        if any(found):
            yield ", ".join(one["value"] if one else texts[place] for place, one in enumerate(found)), said
