"""Templates of answers: values with placeholders such as ``{$.orderId}``, ``{key}`` or ``{headers.source}``.

A placeholder is a path into the question, as conditions have it, in braces. A text that is nothing else takes the
value that is there with its type; within a text it becomes text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Event, Unread
from KafkaLibrary.matching import Null, Path, parse_path, show_value

_ORIGINS = ("key", "value", "headers", "topic", "partition", "offset", "timestamp", "trace", "is_tombstone")
_INSIDE = r"\$[^{}]*|[A-Za-z_][\w.\-\[\]'*]*"
_BRACES = re.compile(rf"\{{\{{|\}}\}}|\{{\s*({_INSIDE})\s*\}}")
_IN_JSON = re.compile(rf'"(?:[^"\\]|\\.)*"|\{{\s*({_INSIDE})\s*\}}')
"""A text of JSON, or a placeholder that stands beside texts."""

Fill = Callable[[Event], Any]


class Template:
    """A value that is made anew for each question. ``text`` shows it in messages."""

    def __init__(self, value: Any) -> None:
        self.text = show_value(value)
        self._fill = _compiled(value, "$")
        self._is_key = isinstance(value, str) and value.strip() == "{key}"

    def filled(self, question: Event) -> Any:
        """The value for this question. Raises ``KeywordMisused`` for a placeholder that finds nothing there."""
        return self._fill(question)

    @property
    def is_whole_key(self) -> bool:
        """Whether it is the question's key and nothing else, which may then keep its bytes."""
        return self._is_key


def quoted(text: str) -> str:
    """The text of a JSON template, in which placeholders that stand beside texts become texts of JSON."""

    def mend(found: re.Match[str]) -> str:
        return found[0] if found[1] is None else json.dumps(f"{{{found[1].strip()}}}")

    return _IN_JSON.sub(mend, text)


def _compiled(value: Any, place: str) -> Fill:
    if isinstance(value, str):
        return _of_text(value, place)
    if isinstance(value, Mapping):
        parts = {name: _compiled(part, f"{place}.{name}") for name, part in value.items()}
        return lambda question: {name: fill(question) for name, fill in parts.items()}
    if isinstance(value, list | tuple):
        items = [_compiled(part, f"{place}[{index}]") for index, part in enumerate(value)]
        return lambda question: [fill(question) for fill in items]
    return lambda question: value


def _of_text(text: str, place: str) -> Fill:
    parts = list(_parts(text, place))
    if len(parts) == 1 and isinstance(parts[0], Path):
        path = parts[0]
        return lambda question: value_at(question, path, place)
    if not any(isinstance(part, Path) for part in parts):
        plain = "".join(map(str, parts))
        return lambda question: plain

    def fill(question: Event) -> str:
        return "".join(_as_text(value_at(question, part, place)) if isinstance(part, Path) else part for part in parts)

    return fill


def _parts(text: str, place: str) -> Iterator[str | Path]:
    end = 0
    for found in _BRACES.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        end = found.end()
        yield found[0][0] if found[1] is None else _path(found[1].strip(), place)
    if end < len(text):
        yield text[end:]


def _path(text: str, place: str) -> Path:
    origin = re.split(r"[.\[]", text, maxsplit=1)[0]
    if not text.startswith("$") and origin not in _ORIGINS:
        raise KeywordMisused(
            f"'{{{text}}}' at {place} of the answer is not a placeholder.\nFor a field of the question write "
            f"{{$.{text}}}, for literal braces {{{{{text}}}}}."
        )
    return parse_path(text)


def value_at(question: Event, path: Path, place: str) -> Any:
    """What the question has there; a list where the path may find several. Raises ``KeywordMisused``."""
    try:
        found = [_checked(one) for one in path.find(question, True)]
    except Undecodable as reason:
        raise KeywordMisused(f"the answer takes {path} from the question, which is {reason}") from None
    if path.may_find_several:
        return found
    if not found:
        near = path.near_names(question)
        beside = f"; there is {', '.join(near[:3])}" if near else ""
        raise KeywordMisused(f"the answer takes {path} from the question for its {place}, and it is missing{beside}")
    return found[0]


def _checked(found: Any) -> Any:
    if isinstance(found, Unread):
        raise Undecodable(found.reason)
    return None if isinstance(found, Null) else _to_write(found)


def _to_write(value: Any) -> Any:
    """A part of the question as a value of the tester's: doubles, but where a double would be another number."""
    if isinstance(value, Mapping):
        return {name: _to_write(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_to_write(part) for part in value]
    if isinstance(value, Decimal) and value.is_finite() and Decimal(repr(float(value))) == value:
        return float(value)
    return value


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        raise KeywordMisused("the answer puts bytes of the question into a text, which can't hold them")
    if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=str)
