"""Texts that a schema asks for: of a length, of a format, and such that a pattern finds something in them."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

FORMATS: Mapping[str, tuple[str, ...]] = {
    "date": ("2024-02-29", "2026-01-31"),
    "time": ("23:59:60Z", "10:15:30Z"),
    "date-time": ("2024-02-29T23:59:59.999Z", "2026-01-31T10:15:30Z"),
    "email": ("a@b.example",),
    "idn-email": ("ä@b.example",),
    "ipv4": ("255.255.255.255", "10.0.0.1"),
    "ipv6": ("::", "2001:db8::1"),
    "regex": ("^a+$",),
    "uuid": ("ffffffff-ffff-ffff-ffff-ffffffffffff", "9f0a6a5d-4b7c-4c8e-8e20-1f0c2d846a3e"),
    "uri": ("https://a.example/b",),
    "hostname": ("a.example",),
    "duration": ("P1D",),
}  # fmt: skip
"""Texts of each format, the first one at its edge: a leap day, the last second, the largest."""
NOT_OF_FORMATS: Mapping[str, tuple[str, ...]] = {
    "date": ("2023-02-29",),
    "time": ("24:00:00Z",),
    "date-time": ("2023-02-29T10:15:30Z",),
    "email": ("no address",),
    "idn-email": ("no address",),
    "ipv4": ("256.0.0.1",),
    "ipv6": ("2001:db8::g",),
    "regex": ("(",),
    "uuid": ("9f0a6a5d-4b7c-4c8e-8e20-1f0c2d846a3g",),
}
"""The nearest text that is none."""
LONGEST = 1_000_000
"""Characters of a text that is made: Kafka takes events of about as many bytes."""
_MORE = (0, 1, 2, 3)
_SIGNS = "aA0 -_.:/@#,;+*~éx1Zz\n"
_REPEATS_MOST = 10_000


def of_rules(rules: Mapping[str, Any]) -> Iterator[str]:
    """Texts that may be what the rules ask, the likelier first."""
    least, most = _length(rules, "minLength", 0), _length(rules, "maxLength", LONGEST)
    formats = FORMATS.get(str(rules.get("format")), ())
    yield from formats[::-1]
    pattern = rules.get("pattern")
    if isinstance(pattern, str):
        yield from matching(pattern, least)
    elif not formats and least <= LONGEST:
        yield ("text" if most >= 4 else "text"[:most]).ljust(least, "x")


def of_length(text: str, length: int, rules: Mapping[str, Any]) -> Iterator[str]:
    """Texts of that very length, made of one that is right."""
    if not 0 <= length <= LONGEST:
        return
    if len(text) >= length:
        yield text[:length]
        yield text[len(text) - length :]
    else:
        yield text.ljust(length, text[-1] if text else "x")
        yield text.rjust(length, text[0] if text else "x")
    pattern = rules.get("pattern")
    if isinstance(pattern, str):
        yield from (one for one in matching(pattern, length) if len(one) == length)
        yield from (one.ljust(length, "x")[:length] for one in matching(pattern, 0))


def unlike(text: str, pattern: Any) -> Iterator[str]:
    """Texts in which the pattern finds nothing, near to one in which it does."""
    try:
        search = re.compile(pattern).search
    except (re.error, TypeError, RecursionError):
        return
    for one in _near(text):
        if search(one) is None:
            yield one


def finds(pattern: str, name: str) -> bool:
    """Whether a pattern finds something in the name of a field; what can't be read finds nothing."""
    try:
        return re.search(pattern, name) is not None
    except (re.error, RecursionError):
        return False


def _near(text: str) -> Iterator[str]:
    for sign in ("#", " ", "é", "0", "x", "_"):
        if text:
            yield sign + text[1:]
            yield text[:-1] + sign
            yield sign * len(text)
        yield text + sign
        yield sign + text
    yield ""


def _length(rules: Mapping[str, Any], rule: str, usual: int) -> int:
    try:
        return int(rules.get(rule, usual))
    except (TypeError, ValueError, OverflowError):
        return usual


def matching(pattern: str, length: int) -> Iterator[str]:
    """Texts in which the pattern finds something, at least nearly of that length. They are to be proved."""
    try:
        tree = _parser.parse(pattern)
    except (re.error, RecursionError, OverflowError):
        return
    shortest = ""
    for more in dict.fromkeys((*_MORE, max(0, length - 4), length)):
        for number in range(2):
            try:
                text = _Writer(more, number).of(tree)
            except (RecursionError, _Unknown):
                return
            shortest = shortest or text
            yield text
    for more in range(length - len(shortest) + 1) if length <= _REPEATS_MOST and len(shortest) < length else ():
        yield _Writer(more, 0).of(tree)


class _Unknown(Exception):
    """A part of a pattern that is not written here."""


_parser: Any = importlib.import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")


class _Writer:
    """Writes one text for a pattern: each repeat as often as it must, and ``more`` times, where it may."""

    def __init__(self, more: int, branch: int) -> None:
        self._more = more
        self._branch = branch
        self._groups: dict[int, str] = {}

    def of(self, tree: Any) -> str:
        return "".join(self._one(str(kind), inner) for kind, inner in tree)

    def _one(self, kind: str, inner: Any) -> str:
        write = _WRITERS.get(kind)
        if write is None:
            raise _Unknown(kind)
        return write(self, inner)

    def _repeated(self, inner: Any) -> str:
        least, most, tree = inner
        count = min(int(most), int(least) + self._more, _REPEATS_MOST)
        return self.of(tree) * count if count else ""

    def _group(self, inner: Any) -> str:
        group, _, _, tree = inner
        text = self.of(tree)
        self._groups[group] = text
        return text

    def _one_of(self, inner: Any) -> str:
        branches = inner[1]
        return self.of(branches[min(self._branch, len(branches) - 1)])


_WRITERS: Mapping[str, Callable[[_Writer, Any], str]] = {
    "LITERAL": lambda _, inner: chr(inner),
    **dict.fromkeys(("AT", "ASSERT", "ASSERT_NOT"), lambda _, __: ""),  # Whether they are met is shown by the proof.
    "ANY": lambda _, __: "x",
    "NOT_LITERAL": lambda _, inner: next(sign for sign in _SIGNS if ord(sign) != inner),
    "IN": lambda _, inner: _sign_in(inner),
    **dict.fromkeys(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"), _Writer._repeated),
    "SUBPATTERN": _Writer._group,
    "ATOMIC_GROUP": _Writer.of,
    "BRANCH": _Writer._one_of,
    "GROUPREF": lambda writer, inner: writer._groups.get(inner, ""),
}


def _sign_in(inner: Any) -> str:
    is_not = any(str(one) == "NEGATE" for one, _ in inner)
    inside = [one for one in inner if str(one[0]) != "NEGATE"]
    firsts: list[str] = [
        chr(asked if str(one) == "LITERAL" else asked[0]) for one, asked in inside if str(one) != "CATEGORY"
    ]
    for sign in (*(() if is_not else firsts), *_SIGNS, *map(chr, range(33, 591))):
        if any(_takes(one, sign) for one in inside) is not is_not:
            return str(sign)
    raise _Unknown("IN")


def _takes(one: Any, sign: str) -> bool:
    kind, asked = str(one[0]), one[1]
    if kind == "LITERAL":
        return bool(ord(sign) == asked)
    if kind == "RANGE":
        return bool(asked[0] <= ord(sign) <= asked[1])
    found = _CATEGORIES.get(str(asked).removeprefix("CATEGORY_"))
    return found is not None and re.match(found, sign) is not None


_CATEGORIES = {"DIGIT": r"\d", "NOT_DIGIT": r"\D", "SPACE": r"\s", "NOT_SPACE": r"\S", "WORD": r"\w", "NOT_WORD": r"\W"}
