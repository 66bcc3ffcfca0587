"""Splits JSON text into tokens for ``log.html``, each just as it stands there; or a value of another format."""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from KafkaLibrary.matching.one_line_texts import NUMBER, json_text

_SPACE = r"[ \t\n\r]*"
_TEXT = r'"[^"\\]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\]*)*"'
_TOKEN = re.compile(
    rf'{_SPACE}(?:(?P<text>{_TEXT})|(?P<sign>[\[\]{{}}:,])|(?P<word>[^ \t\n\r"\[\]{{}}:,]+))',
    re.DOTALL,
)
_WORDS: Final = frozenset(("true", "false", "null", "NaN", "Infinity", "-Infinity"))
_CLOSES: Final = {"{": "}", "[": "]"}


class Kind(enum.Enum):
    OPEN = "a list or object begins"
    CLOSE = "it ends"
    NAME = "a field's name"
    ONE = "a text, number, boolean or null"


class Token(NamedTuple):
    """``start`` is its place in the text, -1 where there is none."""

    kind: Kind
    text: str
    start: int = -1

    @property
    def name(self) -> str:
        """What a token of the kind NAME spells."""
        return str(json.loads(self.text, strict=False)) if "\\" in self.text else self.text[1:-1]


class NotJson(ValueError):
    """The text is not JSON."""


def tokens_in(text: str, *, is_whole: bool) -> list[Token]:
    """The tokens of a JSON text. One that is not whole may break off anywhere. Raises ``NotJson``."""
    reader = _Reader(text, is_whole)
    at = 0
    while found := _TOKEN.match(text, at):
        reader.take(str(found.lastgroup), found)
        at = found.end()
    rest = text[at:].strip(" \t\n\r")
    if rest:
        reader.break_off(rest, len(text) - len(text[at:].lstrip(" \t\n\r")))
    elif is_whole and not reader.is_complete:
        raise NotJson
    return reader.tokens


class _Reader:
    """What may follow depends on what is open and what came last."""

    def __init__(self, text: str, is_whole: bool) -> None:
        self.tokens: list[Token] = []
        self._until = len(text) + is_whole  # a number that ends there may go on
        self._open: list[str] = []
        self._allowed: frozenset[str] = _VALUE

    @property
    def is_complete(self) -> bool:
        return not self._open and self._allowed is _NOTHING

    def take(self, group: str, found: re.Match[str]) -> None:
        text = found[group]
        step = text if group == "sign" else group
        if step not in self._allowed:
            raise NotJson
        if group == "sign":
            self._sign(text, found.start(group))
        elif group == "text" and self._allowed <= _NAME_OR_END:
            self._add(Kind.NAME, text, found.start(group), _COLON)
        else:
            if group == "word" and found.end() != self._until and not (text in _WORDS or NUMBER.fullmatch(text)):
                raise NotJson
            self._add(Kind.ONE, text, found.start(group), self._behind_a_value())

    def break_off(self, rest: str, start: int) -> None:
        """What is left is a text without its end."""
        if self._until > start + len(rest) or rest[0] != '"' or "text" not in self._allowed:
            raise NotJson
        if not self._allowed <= _NAME_OR_END:
            self._add(Kind.ONE, rest, start, _NOTHING)

    def _sign(self, sign: str, start: int) -> None:
        if sign in _CLOSES:
            self._open.append(sign)
            self._add(Kind.OPEN, sign, start, _NAME_OR_END if sign == "{" else _VALUE | {"]"})
        elif sign == ":":
            self._allowed = _VALUE
        elif sign == ",":
            self._allowed = _NAME if self._open[-1] == "{" else _VALUE
        else:
            self._open.pop()
            self._add(Kind.CLOSE, sign, start, self._behind_a_value())

    def _behind_a_value(self) -> frozenset[str]:
        return frozenset((",", _CLOSES[self._open[-1]])) if self._open else _NOTHING

    def _add(self, kind: Kind, text: str, start: int, allowed: frozenset[str]) -> None:
        self.tokens.append(Token(kind, text, start))
        self._allowed = allowed


_VALUE = frozenset(("text", "word", "{", "["))
_NAME = frozenset(("text",))
_NAME_OR_END = frozenset(("text", "}"))
_COLON = frozenset((":",))
_NOTHING: frozenset[str] = frozenset()


def tokens_of(content: Any) -> Iterator[Token]:
    """The tokens of a decoded value, made one by one as they are asked for."""
    waiting: list[Iterator[Any]] = [iter((content,))]
    while waiting:
        for item in waiting[-1]:
            if isinstance(item, Token):
                yield item
            elif isinstance(item, dict):
                yield Token(Kind.OPEN, "{")
                waiting.append(_fields(item))
                break
            elif isinstance(item, list | tuple):
                yield Token(Kind.OPEN, "[")
                waiting.append(_elements(item))
                break
            else:
                yield Token(Kind.ONE, _quoted(item) if isinstance(item, str) else json_text(item))
        else:
            waiting.pop()


def _fields(content: dict[Any, Any]) -> Iterator[Any]:
    for name, field in content.items():
        yield Token(Kind.NAME, _quoted(str(name)))
        yield field
    yield Token(Kind.CLOSE, "}")


def _elements(content: list[Any] | tuple[Any, ...]) -> Iterator[Any]:
    yield from content
    yield Token(Kind.CLOSE, "]")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
