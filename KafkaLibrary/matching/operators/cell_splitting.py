"""Splits a cell into path, operator and expected value: spaces and operators count outside brackets only."""

from __future__ import annotations

import re
from collections.abc import Iterable

from KafkaLibrary.matching.operators.operator_table import OPERATORS


def any_of_words(spellings: Iterable[str]) -> str:
    """A pattern for the longest of them that stands in a text, with any blanks between its words."""
    longest_first = sorted(spellings, key=lambda one: (-len(one), one))
    return "|".join(r"\s+".join(map(re.escape, one.split())) for one in longest_first)


_OPERATOR = re.compile(rf"\s+({any_of_words(OPERATORS)})(?=\s|\Z)")


def closing(text: str, place: int) -> int | None:
    """The end of the bracket that opens at ``place``; quotes protect what they enclose."""
    depth = 0
    quote = ""
    at = place
    while at < len(text):
        character = text[at]
        if quote:
            at += character == "\\"
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character in "[]":
            depth += 1 if character == "[" else -1
            if not depth:
                return at + 1
        at += 1
    return None


def end_of_bracket(text: str, place: int) -> int:
    """Where the bracket that opens at ``place`` is closed; the end of the text where it is not."""
    return closing(text, place) or len(text)


def first_part(cell: str) -> str:
    """The cell up to its first space."""
    place = len(cell) - len(cell.lstrip())
    while place < len(cell) and not cell[place].isspace():
        place = end_of_bracket(cell, place) if cell[place] == "[" else place + 1
    return cell[:place]


def find_operator(cell: str) -> re.Match[str] | None:
    """The first operator between spaces, its spelling as group 1."""
    place = len(first_part(cell))
    while place < len(cell):
        if cell[place] == "[":
            place = end_of_bracket(cell, place)
            continue
        if cell[place].isspace() and (found := _OPERATOR.match(cell, place)):
            return found
        place += 1
    return None
