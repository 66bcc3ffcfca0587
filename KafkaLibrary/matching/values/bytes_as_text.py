"""A key or header of bytes that are no UTF-8 text: no comparison with a text or a number decides on them."""

from __future__ import annotations

from datetime import datetime, timezone

from KafkaLibrary.event import Unread, as_text
from KafkaLibrary.matching.one_line_texts import show_text
from KafkaLibrary.matching.values.decisions import Unjudged

_SHOWN = 16
_NUMBERS = {2: "a short", 4: "an int", 8: "a long"}
_LOOKED_AT = 10_000
_TEXT_MOST = 30
_TIME = 8
_TIMES = range(946_684_800_000, 4_102_444_800_000)
"""Milliseconds of the years 2000 to 2100."""


def text_of(raw: bytes) -> str | None:
    """The text that the bytes are, if they are one."""
    text = as_text(raw)
    return text if isinstance(text, str) else None


def no_text(raw: bytes) -> Unjudged:
    """What is said of bytes that are none: the bytes, and what they may be."""
    if isinstance(raw, Unread):
        return Unjudged(raw.reason)
    count = "1 byte is" if len(raw) == 1 else f"{len(raw):,} bytes are"
    return Unjudged(f"{count} not text: {raw[:_SHOWN].hex(' ')}{' …' * (len(raw) > _SHOWN)}{_guess(raw)}")


def _as_declared_text(raw: bytes) -> str:
    """Bytes with control characters may be a text all the same, such as lines of a terminal: where that is declared."""
    try:
        text = raw.decode() if len(raw) <= _LOOKED_AT else ""
    except UnicodeDecodeError:
        return ""
    return f"; declared as text {show_text(text, _TEXT_MOST)}" if any(map(str.isalpha, text)) else ""


def _guess(raw: bytes) -> str:
    size = len(raw)
    if size in _NUMBERS:
        return f"; as {_NUMBERS[size]} {int.from_bytes(raw, 'big', signed=True)}"
    start = int.from_bytes(raw[-_TIME:], "big")
    if size <= _TIME or start not in _TIMES:
        return _as_declared_text(raw)
    is_session = size > 2 * _TIME and int.from_bytes(raw[-2 * _TIME : -_TIME], "big") in _TIMES
    kind = "session-windowed" if is_session else "windowed"
    inner = text_of(raw[: -2 * _TIME if is_session else -_TIME])
    moment = datetime.fromtimestamp(start / 1000, timezone.utc).isoformat(timespec="seconds").removesuffix("+00:00")
    if inner is None:
        return f"; the end of them may be a window that begins at {moment}Z, which key={kind}:long and the like read"
    return f"; as key={kind}:text {inner[:20]} from {moment}Z"
