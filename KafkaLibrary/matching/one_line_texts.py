"""How messages show values, texts and paths: in one line, cut, nothing unseen in it; ``^`` marks a place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from KafkaLibrary.matching.by_type import ByType

VALUE_MOST = 60
"""Characters of a value that a message shows."""
REASON_MOST = 300
"""Room for why an event can't be read: the schema, the place, and the bytes that it begins with."""

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SMALLEST = -30
"""Digits behind the point down to which a number is written without an exponent."""
_BEFORE_THE_PLACE = 20
_CONSTANT = r"true|false|null|True|False|None"
_NEEDS_QUOTES = re.compile(rf'{NUMBER.pattern}|{_CONSTANT}|\s.*|.*\s|".*|', re.DOTALL)


def show_text(text: str, most: int = VALUE_MOST) -> str:
    """The text in one line, cut to about ``most`` characters, its control characters escaped."""
    shown = _in_one_line(text[: most + 1])
    return shown if len(shown) <= most else shown[:most] + "…"


def _in_one_line(text: str) -> str:
    return text if text.isprintable() else "".join(map(_escape, text))


def _escape(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode()


KINDS: dict[type, str] = {
    bool: "boolean", int: "number", float: "number", str: "text", type(None): "null", list: "list", dict: "object",
    bytes: "bytes", Decimal: "number",
}  # fmt: skip
"""What the types of values are called."""


def kind_of(value: Any) -> str:
    """The type of a value, in brackets to stand behind it; empty where it has no name."""
    kind = next((KINDS[base] for base in type(value).__mro__ if base in KINDS), "")
    return f" ({kind})" if kind else ""


def show_value(value: Any, most: int = VALUE_MOST) -> str:
    """The value as JSON spells it. Only a text that could be taken for another type is put in quotes."""
    if isinstance(value, str):
        if _NEEDS_QUOTES.fullmatch(value[: most + 1]):
            return f'"{show_text(value, most)}"'
        return show_text(value, most)
    return show_text("".join(_pieces(value, most)), most)


def show_values(values: Iterable[Any], most: int = VALUE_MOST) -> str:
    """Several values of one path, the first of them and how many more there are."""
    known = list(values)
    if len(known) == 1:
        return show_value(known[0], most)
    room = max(12, most // 3)
    shown = ", ".join(show_value(value, room) for value in known[:3])
    return shown if len(known) <= 3 else f"{shown} and {len(known) - 3} more"


def around_difference(found: Any, expected: Any) -> tuple[Any, Any]:
    """Both as they are, but for long texts: they begin shortly before the place where they differ."""
    if isinstance(found, str) and isinstance(expected, str):
        both = enumerate(zip(found, expected, strict=False))
        start = next((at for at, (one, other) in both if one != other), min(len(found), len(expected)))
        start -= _BEFORE_THE_PLACE
        if start > _BEFORE_THE_PLACE:
            return f"…{found[start:]}", f"…{expected[start:]}"
    return found, expected


def json_text(value: Any) -> str:
    """What JSON writes for one number, boolean or null; a text as it is; of others Python's own text."""
    return _TEXTS[type(value)](value)


def _integer_text(number: int) -> str:
    try:
        return str(number)
    except ValueError:  # Python refuses to write integers of thousands of digits in one go.
        return str(Decimal(number))


def _decimal_text(number: Decimal) -> str:
    """Python writes an exponent for what is smaller than a millionth, and JSON's writers seldom do."""
    text = str(number)
    return f"{number:f}" if "E-" in text and number.adjusted() >= _SMALLEST else text


_TEXTS: ByType[Callable[[Any], str]] = ByType(
    {
        str: str,
        bool: lambda value: "true" if value else "false",
        type(None): lambda value: "null",
        int: _integer_text,
        float: repr,
        Decimal: _decimal_text,
        datetime: lambda moment: moment.isoformat(sep=" "),
        date: date.isoformat,
        bytes: lambda raw: repr(raw[: VALUE_MOST * 4]),
        object: str,
    }
)


def _pieces(value: Any, most: int) -> Iterator[str]:
    """The JSON text of a value in pieces, no more of them than fill ``most`` characters."""
    waiting: list[tuple[str, Any]] = [("", value)]
    length = 0
    while waiting and length <= most:
        before, item = waiting.pop()
        piece = before
        if isinstance(item, dict):
            piece += "{"
            inner = [(f', "{name}": ', field) for name, field in islice(item.items(), most)]
            waiting += _enclosed(inner, "}")
        elif isinstance(item, (list, tuple)):
            piece += "["
            waiting += _enclosed([(", ", element) for element in item[:most]], "]")
        elif isinstance(item, str):
            piece += f'"{item[: most + 1]}"'
        elif item is not _NOTHING:
            piece += json_text(item)
        length += len(piece)
        yield piece


_NOTHING = object()


def _enclosed(inner: list[tuple[str, Any]], end: str) -> list[tuple[str, Any]]:
    """What stands in a list or object, the first of it last, for a stack."""
    if inner:
        inner[0] = (inner[0][0][2:], inner[0][1])
    return [(end, _NOTHING), *reversed(inner)]


def show_path(steps: Iterable[str | int], root: str = "$") -> str:
    """The path text of names and indexes, with brackets and quotes where a name needs them."""
    return root + "".join(map(_show_step, steps))


def _show_step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    if is_plain_name(step):
        return f".{step}"
    return f"[{quoted(step)}]"


def quoted(name: str) -> str:
    """The name as it stands between brackets."""
    return "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'"


def is_plain_name(text: str) -> bool:
    """Whether the text may stand in a path without quotes."""
    return bool(text) and all(map(is_name_character, text))


def is_name_character(character: str) -> bool:
    """Letters, marks and digits of any script, and the signs that plain names may hold."""
    return character in "_-$@\u200c\u200d" or unicodedata.category(character)[0] in "LMN"


def with_caret(text: str, place: int) -> str:
    """The text in one line and a caret under one place of it, both indented."""
    start = max(0, place - 60)
    before = ("…" if start else "") + _in_one_line(text[start:place])
    return f"    {before}{show_text(text[place:], most=50)}\n    {' ' * _width(before)}^"


def _width(text: str) -> int:
    """Columns of the text in a fixed-width font."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
