"""A value in ``log.html``: JSON on lines of its own, HTML escaped, fields marked, unseen characters spelled out.

All that came from an event goes through here before it stands in HTML.
"""

from __future__ import annotations

import codecs
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from html import escape
from itertools import accumulate
from typing import NamedTuple

from KafkaLibrary.errors import KafkaUnusable, Undecodable
from KafkaLibrary.event import Decoded, Event
from KafkaLibrary.matching import Steps, show_path, show_text
from KafkaLibrary.matching.paths import UNSTRUCTURED
from KafkaLibrary.reporting.evidence.json_tokens import Kind, NotJson, Token, tokens_in, tokens_of

TEXT_MOST = 1000
"""Characters of one text inside a value, so that the fields behind a long one are seen."""
_LOOKED_AT = 4
"""Bytes that are read for each character that there is room for: no 50 MB are taken apart to show 4 kB of them."""
MARK = '<mark style="background:#fc05;color:inherit">'
"""Where styles don't count, a mark has the browser's own yellow."""
_INDENT = "  "
_PATHS_MOST = 3
_PATH_MOST = 100


class Shown(NamedTuple):
    """``length`` in characters as they are seen, without what HTML adds."""

    html: str
    length: int


class _Piece(NamedTuple):
    """One token, and ``before`` it what puts it on a line of its own.

    ``opens`` are the steps to the field whose mark begins with it.
    """

    before: str
    text: str
    opens: Steps | None = None
    closes: bool = False
    start: int = -1


def html_text(text: str) -> str:
    """Text for HTML. What is written from right to left moves nothing around it."""
    safe = escape(text, quote=False)
    if text.isascii() or not any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text):
        return safe
    return f"<bdi>{safe}</bdi>"


_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))


def visible(text: str, most: int | None = None) -> str:
    """The text with its control characters, marks of direction and the like spelled out; lines stay lines.

    Only as much of it as ``most`` characters can show.
    """
    first = text if most is None else text[:most]
    if first.isprintable():
        return first
    spelled = list(map(_spell, first))
    if most is not None:
        del spelled[bisect_right(list(accumulate(map(len, spelled))), most) :]
    return "".join(spelled)


def _spell(character: str) -> str:
    if character.isprintable() or character == "\n":
        return character
    if "\udc80" <= character <= "\udcff":  # a byte that is no text
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")


def show_event_value(event: Event, marked: Collection[Steps], most: int) -> Shown:
    """The value of an event in ``most`` characters, and the fields at ``marked`` in marks."""
    raw = event.raw_value
    page = _Page(marked, most)
    whole = _made_elsewhere(event, most)
    if whole is not None:
        return page.draw(tokens_of(whole.content))
    if raw is None:
        return page.draw([Token(Kind.ONE, "tombstone")])
    raw = raw.removeprefix(codecs.BOM_UTF8)
    first = raw[: most * _LOOKED_AT]
    is_whole = len(first) == len(raw)
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(first, is_whole)
        tokens = tokens_in(text, is_whole=is_whole)
    except (NotJson, UnicodeDecodeError):
        return _unlike_json(event, first, page, len(raw) - len(first))
    return page.draw(tokens, text, len(raw) - len(text.encode()))


def _made_elsewhere(event: Event, most: int) -> Decoded | None:
    """What the bytes alone don't show: a CloudEvent, a part of which may stand in headers, what a tester's own
    function made of bytes that look like JSON, and what came in an envelope, most of which is a schema.
    """
    if not event.raw_headers and len(event.raw_value or b"") > most * _LOOKED_AT:
        return None
    try:
        decoded = event.decoded(exact=True)
    except (Undecodable, KafkaUnusable):
        return None
    is_made = decoded.around is not None or decoded.format.startswith(("cloudevents", "own:"))
    return decoded if is_made and decoded.content is not None else None


def _unlike_json(event: Event, first: bytes, page: _Page, unread: int) -> Shown:
    try:
        decoded = event.decoded(exact=True)
    except (Undecodable, KafkaUnusable):
        decoded = None
    is_raw = decoded is None or (decoded.format in _SHOWN_AS_IT_IS and not decoded.schema)
    if decoded is None or is_raw or isinstance(decoded.content, bytes):
        text = first.decode(errors="surrogateescape")
        return page.draw([Token(Kind.ONE, text, 0)], text, unread, shorten=False)
    return page.draw(tokens_of(decoded.content))


_SHOWN_AS_IT_IS = UNSTRUCTURED | {"json"}


class _Page:
    """One value in the making."""

    def __init__(self, marked: Collection[Steps], most: int) -> None:
        self._marked = frozenset(marked)
        self._unseen = set(marked)
        self._room = self._most = most
        self._parts: list[str] = []
        self._open_marks = 0

    def draw(self, tokens: Iterable[Token], text: str | None = None, unread: int = 0, *, shorten: bool = True) -> Shown:
        """``text`` is where the tokens stand, if they do, and ``unread`` how many bytes there are behind it.

        With ``shorten`` no text inside takes more than ``TEXT_MOST`` characters.
        """
        for piece in _pieces(tokens, self._marked):
            # A text that breaks off where the reading ended is cut once, not twice.
            ends = text is not None and unread > 0 and piece.start + len(piece.text) == len(text)
            written = self._write(piece, shorten=shorten and not ends)
            if written is not None:
                rest = "" if text is None else text[piece.start + written :]
                left_out = f"{_bytes(rest) + unread:,} more bytes" if text is not None else "more"
                return self._finished(left_out)
        return self._finished(f"{unread:,} more bytes" if unread else "")

    def _write(self, piece: _Piece, *, shorten: bool) -> int | None:
        """The piece, as far as there is room. Gives the characters written where that was not all of it."""
        if len(piece.before) > self._room:
            return 0
        self._parts.append(piece.before)
        self._room -= len(piece.before)
        if piece.opens is not None:
            self._parts.append(MARK)
            self._open_marks += 1
            self._unseen.discard(piece.opens)
        wanted = piece.text[:TEXT_MOST] if shorten else piece.text
        shown = visible(wanted, self._room)
        self._parts.append(html_text(shown))
        self._room -= len(shown)
        written = _spelled_by(shown, wanted)
        if written < len(wanted):
            return written
        if len(wanted) < len(piece.text):
            self._parts.append(f"<i>… {len(piece.text) - len(wanted):,} more characters</i>")
        if piece.closes:
            self._parts.append("</mark>")
            self._open_marks -= 1
        return None

    def _finished(self, left_out: str) -> Shown:
        self._parts.append("</mark>" * self._open_marks)
        if left_out:
            self._parts.append(f"<i>… {left_out}{self._marks_left_out()}</i>")
        return Shown("".join(self._parts), self._most - self._room)

    def _marks_left_out(self) -> str:
        paths = sorted(show_text(show_path(steps), _PATH_MOST) for steps in self._unseen)
        return f", {html_text(', '.join(paths[:_PATHS_MOST]))} among them" if paths else ""


def _spelled_by(shown: str, text: str) -> int:
    """How many characters of the text the shown ones spell."""
    if text.startswith(shown):
        return len(shown)
    return bisect_right(list(accumulate(len(_spell(character)) for character in text[: len(shown)])), len(shown))


def _bytes(text: str) -> int:
    return len(text.encode(errors="surrogateescape"))


def _pieces(tokens: Iterable[Token], marked: Collection[Steps]) -> Iterator[_Piece]:
    steps: list[str | int] = []  # to what was last seen in each list or object that is open
    is_first = is_named = False
    for token in tokens:
        if token.kind is Kind.CLOSE:
            steps.pop()
            before = "" if is_first else _new_line(steps)
            yield _Piece(before, token.text, closes=tuple(steps) in marked, start=token.start)
            is_first = False
            continue
        before = ""
        if steps and not is_named:
            before = "," * (not is_first) + _new_line(steps)
            steps[-1] = token.name if isinstance(steps[-1], str) else steps[-1] + 1
        there = tuple(steps)
        is_marked = there in marked
        opens = there if is_marked and not is_named else None
        if token.kind is Kind.NAME:
            yield _Piece(before, f"{token.text}: ", opens, start=token.start)
            is_named = True
            continue
        yield _Piece(before, token.text, opens, closes=is_marked and token.kind is Kind.ONE, start=token.start)
        is_named, is_first = False, token.kind is Kind.OPEN
        if is_first:
            steps.append("" if token.text == "{" else -1)


def _new_line(steps: list[str | int]) -> str:
    return "\n" + _INDENT * len(steps)
