"""A fast look at values before they become events: it leaves out those that certainly don't match.

Two looks, the cheaper first. By bytes: whatever a JSON value is spelled like, some of its signs
stand in the raw text; where they don't, the event does not match, and nothing has to be decoded. By value: the
text is decoded and a plain path looked up, without making an event. What neither can tell is a candidate,
and the conditions themselves judge it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import FirstLook, Pick, Record
from KafkaLibrary.matching.conditions import Condition, Conditions
from KafkaLibrary.matching.equality import is_document, read_text
from KafkaLibrary.matching.numbers import is_number

Decide = Callable[[list[Any], bool], Any]
Raw = bytes | None
Screened = Iterable[int]

_BETWEEN = b"\n"
"""Stands in no pattern, so that none is found across two values."""
_JOINED_MOST = 4_000_000
_ESCAPE = b"\\u"
"""Any sign of a text can be spelled by one; the other escapes begin with a backslash, which no pattern has."""

_UNREADABLE = (ValueError, TypeError, RecursionError, Undecodable)
_NO_TEXT = b"\0"
"""Begins what is not spelled as JSON, and stands in no JSON text."""


class Screen:
    """What conditions can tell of values that are not events yet.

    With ``judge_all`` those that could not be judged are candidates, too: a proof has to know of them,
    and to know that a value can be read, it has to be read.
    """

    def __init__(self, conditions: Conditions, *, judge_all: bool) -> None:
        self._judge_all = judge_all
        self._has_picked = False
        self._pattern = None if judge_all else _pattern_of(conditions)
        self._steps = [(steps, one.decide) for one in conditions if (steps := one.path.plain_steps)]
        self._checks = [(get, one.decide) for one in conditions if (get := one.path.get_plainly) is not None]

    @property
    def leaves_out_unread(self) -> bool:
        """Whether it may leave out a value that nobody can read."""
        return self._pattern is not None or self._has_picked

    def candidates(self, records: Sequence[Record], values: Sequence[Raw], size: int, look: FirstLook) -> Screened:
        """The places of those that may match. ``size`` is what the values have together in bytes, or more."""
        by_bytes = self._pattern if look.is_json else None
        read = look.read if self._checks else None
        if by_bytes is None and read is None:
            return range(len(values))
        apart = look.apart(records) if look.apart and records else ()
        places: Screened = range(len(values))
        if by_bytes is not None:
            places = self._by_bytes(values, by_bytes, size)
        if read is not None:
            pick = self._picking(look)
            if pick is not None:
                places = self._by_field(values, places, *pick)
            places = self._by_value(values, places, read)
        return sorted({*places, *apart}) if apart else places

    @staticmethod
    def _by_bytes(values: Sequence[Raw], pattern: re.Pattern[bytes], size: int) -> Screened:
        search = pattern.search
        # One search in all of them, unless they are so large that a copy costs more.
        if size <= _JOINED_MOST and None not in values:
            joined = _BETWEEN.join(values)  # type: ignore[arg-type] # none is missing
            # A search for one byte costs next to nothing, one for two as much as that for the pattern.
            if (
                search(joined) is None
                and _NO_TEXT not in joined
                and (_ESCAPE[:1] not in joined or _ESCAPE not in joined)
            ):
                return ()
        return [
            place for place, raw in enumerate(values) if raw and (search(raw) or _ESCAPE in raw or raw[:1] == _NO_TEXT)
        ]

    def _picking(self, look: FirstLook) -> tuple[Pick, Decide] | None:
        """How to look at one field alone. What stands behind it is not read, so no proof can be had of it."""
        if look.pick is not None and not self._judge_all:
            for steps, decide in self._steps:
                pick = look.pick(steps)
                if pick is not None:
                    self._has_picked = True
                    return pick, decide
        return None

    @staticmethod
    def _by_field(values: Sequence[Raw], places: Screened, pick: Pick, decide: Decide) -> Screened:
        found: list[int] = []
        for place in places:
            try:
                field = pick(values[place])
            except _UNREADABLE:
                found.append(place)
                continue
            if field is None or decide(field, False) is not False:
                found.append(place)
        return found

    def _by_value(self, values: Sequence[Raw], places: Screened, read: Callable[[Any], Any]) -> Screened:
        found: list[int] = []
        (get, decide), *others = self._checks
        for place in places:
            raw = values[place]
            try:
                if raw is None:
                    raise TypeError("a tombstone")
                content = read(raw)
            except _UNREADABLE:  # the slow way tells it better
                found.append(place)
                continue
            # Most events are out by the first of them.
            if decide(get(content), False) is not False and not any(
                decide_other(get_other(content), False) is False for get_other, decide_other in others
            ):
                found.append(place)
        return found


# Patterns: of one condition, what its field is spelled with at least.


def _pattern_of(conditions: Conditions) -> re.Pattern[bytes] | None:
    """The longest of their patterns: it is found least often where nothing matches."""
    found = [pattern for condition in conditions if (pattern := _pattern(condition))]
    return re.compile(max(found, key=len)) if found else None


def _pattern(condition: Condition) -> bytes:
    make = _PATTERNS.get(condition.operator.name)
    return make(condition.expected) if make and condition.path.asks_value else b""


def _of_equal(expected: Any) -> bytes:
    if not isinstance(expected, str):
        return _of_number(expected) if is_number(expected) else b""
    wanted = read_text(expected)
    if wanted.is_constant or is_document(wanted.document):
        return b""
    if wanted.number is None:
        return _of_text(wanted.text)
    # The field may be a number, or a text that is spelled like it.
    return _of_number(wanted.number.exact) if wanted.text == str(wanted.number.exact) else b""


def _of_part(expected: Any) -> bytes:
    """A part that no number, boolean or null contains can stand in a text only."""
    if not isinstance(expected, str):
        return b""
    wanted = read_text(expected)
    if wanted.is_constant or is_document(wanted.document) or not set(wanted.text) - _OF_OTHERS:
        return b""
    return _of_text(wanted.text)


_OF_OTHERS = set("0123456789+-.eEtruefalsnNaInfity")
_ESCAPED = re.compile(r'[\x00-\x1f"\\/\x7f\ud800-\udfff]')
"""Signs that a JSON text may or must spell in another way than as themselves, beside by ``\\u``."""
_LEAST, _LEAST_DIGITS = 3, 2
"""Signs; what is shorter stands in nearly every event by chance."""
_MOST_DIGITS = 100


def _of_text(text: str) -> bytes:
    longest = max(_ESCAPED.split(text), key=len).encode()
    return re.escape(longest) if len(longest) >= _LEAST else b""


def _of_number(value: Any) -> bytes:
    """Its digits, with a point anywhere between them: an exponent moves the point and nothing else.

    Zeros at the end are written out, or left to an exponent.
    """
    if isinstance(value, float):
        return b""  # a double stands for every number that is rounded to it
    _, digits, exponent = Decimal(value).as_tuple()
    written = "".join(map(str, digits))
    counted = written.rstrip("0")
    if not isinstance(exponent, int) or not _LEAST_DIGITS <= len(counted) <= _MOST_DIGITS:
        return b""
    pattern = r"\.?".join(counted)
    zeros = exponent + len(written) - len(counted)
    if 0 < zeros <= _MOST_DIGITS:
        pattern += rf"(?:0{{{zeros}}}|[0.]*[eE])"
    return pattern.encode()


_PATTERNS: dict[str, Callable[[Any], bytes]] = {
    "==": _of_equal,
    "contains": _of_part,
    "^=": _of_part,
    "$=": _of_part,
}
"""Operators that hold only where something of what is expected stands in the text."""
