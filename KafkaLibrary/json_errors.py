"""What is wrong with a text that should be JSON, and what a tester may have meant where it breaks off."""

from __future__ import annotations

import re
from typing import Any, NoReturn

from KafkaLibrary.errors import in_own_cells

_TEXT = 'A text has double quotes: "PAID".'
_CLOSED = ("}", "]", '"')
_DICTIONARY = (
    "A text ends at its next double quote. If a variable in this JSON may contain a double quote or a backslash, "
    "give a dictionary (VAR &{value}) instead of text."
)
_ARGUMENT = re.compile(r"[a-z_]+=")
_ENDS = ("}", "]")
_SHORT = 60
_PYTHON = re.compile(r"(?:True|False|None)\b")


class NoJson(ValueError):
    """A text says what JSON can't, or what would be lost."""


def no_constant(name: str) -> NoReturn:
    """To be called for NaN and infinities."""
    raise NoJson(f"{name} is not a JSON number")


def each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which each name stands once; of several JSON takes the last, and the others would be lost."""
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NoJson(f"the name '{twice}' is twice in one object")
    return content


def json_problem(problem: ValueError | ArithmeticError) -> str:
    """What a text is that was read as JSON with this outcome."""
    if isinstance(problem, ArithmeticError):
        return "not readable as JSON: it has a number that is too large"
    if type(problem) is ValueError:  # all others are of kinds of their own
        return "not readable as JSON: it has a number with too many digits"
    return f"not JSON: {problem}"


def json_advice(text: str, place: int | None) -> str:
    """What to write instead, by what stands at the place where the text stops being JSON."""
    if place is None:
        return ""
    return _in_own_cells(text[:place].strip(), text[place:].strip()) or _slip_at(text, place)


def _in_own_cells(before: str, rest: str) -> str:
    """The remedy where the JSON is whole, and a named argument follows in its cell."""
    is_whole = before.endswith(_ENDS) and all(before.count(a) == before.count(b) for a, b in ("{}", "[]"))
    if not is_whole or not _ARGUMENT.match(rest):
        return ""
    return in_own_cells(before if len(before) <= _SHORT else f"{before[0]}…{before[-1]}", rest)


def _slip_at(text: str, place: int) -> str:
    rest = text[place:]
    if _ended_too_early(text[:place], rest):
        return _DICTIONARY
    if text.strip() and (not rest.strip() or _is_open_text(rest)):
        return "The JSON is not closed. Robot ends a cell at two spaces: write only one inside it."
    if rest[:1] in ("\n", "\r"):
        return "Robot turns \\n in a cell into a line break: write \\\\n inside JSON."
    if rest[:1] == "'":
        return f"JSON has double quotes, not single ones. {_TEXT}"
    is_word = rest[:1].isalpha() and not text[:place].rstrip().endswith(_CLOSED)
    instead = "JSON writes true, false and null." if _PYTHON.match(rest) else _TEXT
    return instead if is_word else ""


def _ended_too_early(before: str, rest: str) -> bool:
    """Whether a text has ended, and goes on; or has a backslash that JSON does not know."""
    if rest[:1] == "\\" or not before.rstrip().endswith('"'):
        return rest[:1] == "\\"
    # Behind a blank a letter alone: a comma may be missing there.
    return rest[:1].isalpha() if before[-1:].isspace() else rest[:1] not in ("", ",", "}", "]", ":", "\n", "\r")


def _is_open_text(rest: str) -> bool:
    """Whether a text begins here that never ends."""
    return rest[0] == '"' and '"' not in rest[1:].replace('\\"', "")
