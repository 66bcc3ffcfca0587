"""Leaves out records that certainly don't match, by their raw bytes and by one quick look at their JSON.

Two looks, the cheaper first. By bytes: whatever a JSON value is spelled like, some of its signs
stand in the raw text; where they don't, the event does not match, and nothing has to be decoded. By value: the
text is decoded and a plain path looked up, without making an event. What neither can tell is a candidate,
and the conditions themselves judge it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import Any

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import FirstLook, Pick, Record
from KafkaLibrary.matching.conditions import Condition, Conditions
from KafkaLibrary.matching.screening.columns import Columns, InColumns, KeptColumns
from KafkaLibrary.matching.screening.required_bytes import Signs, signs_of

Decide = Callable[[list[Any], bool], Any]
Raw = bytes | None
Screened = Iterable[int]

_BETWEEN = b"\n"
"""Stands in no text that is looked for, so that none is found across two values."""
_JOINED_MOST = 4_000_000
_ESCAPE = b"\\u"
"""Any sign of a text can be spelled by one; the other escapes begin with a backslash, which is never looked for."""

_UNREADABLE = (ValueError, TypeError, RecursionError, Undecodable)
_NO_TEXT = b"\0"
"""Begins what is not spelled as JSON, and stands in no JSON text."""


class Screen:
    """What conditions can tell of values that are not events yet.

    With ``judge_all`` those that could not be judged are candidates, too: a proof has to know of them,
    and to know that a value can be read, it has to be read.
    """

    def __init__(self, conditions: Conditions, *, judge_all: bool, kept: KeptColumns | None = None) -> None:
        """``kept`` are the columns that earlier waits may have left, and this one may leave."""
        self._judge_all = judge_all
        self._kept = kept
        self._in_columns = InColumns(conditions, judge_all=judge_all)
        self._has_picked = False
        self._signs = None if judge_all else signs_of(conditions)
        self._steps = [(steps, one.decide) for one in conditions if (steps := one.path.plain_steps)]
        self._outs = [(out, one.path.plain_steps) for one in conditions if (out := _out_by(one)) is not None]

    @property
    def leaves_out_unread(self) -> bool:
        """Whether it may leave out a value that nobody can read."""
        return self._signs is not None or self._has_picked or self._in_columns.has_left_out_unjudged

    def candidates(
        self,
        records: Sequence[Record],
        values: Sequence[Raw],
        size: int,
        look: FirstLook,
        columns: Columns | None = None,
    ) -> Screened:
        """The places of those that may match. ``size`` is what the values have together in bytes, or more.

        ``columns`` are those of just these events.
        """
        if self._kept is not None and columns is not None and look.read is not None:
            told = self._in_columns.candidates(self._kept, columns, records, values, look)
            if told is not None:
                return told
        is_bare = (self._signs is None or not look.is_json) and (look.read is None or not self._outs)
        if is_bare and look.enveloped is None:
            return range(len(values))
        apart = look.apart(records, values) if look.apart else ()
        enveloped = look.enveloped.places(values) if look.enveloped else ()
        if not apart and not enveloped:
            return self._looked_at(values, size, look)
        others = sorted({*range(len(values))}.difference(apart, enveloped))
        rest = self._looked_at([values[place] for place in others], size, look) if others else ()
        inside = {*enveloped}.difference(apart)
        return sorted({*apart, *(others[place] for place in rest), *self._in_envelopes(values, inside, look)})

    def _looked_at(self, values: Sequence[Raw], size: int, look: FirstLook) -> Screened:
        places: Screened = range(len(values))
        if self._signs is not None and look.is_json:
            places = self._by_bytes(values, self._signs, size)
        if look.read is not None and self._outs:
            pick = self._picking(look)
            if pick is not None:
                places = self._by_field(values, places, *pick)
            places = self._by_value(values, places, look.read, [out for out, _ in self._outs])
        return places

    def _in_envelopes(self, values: Sequence[Raw], places: Screened, look: FirstLook) -> Screened:
        if look.enveloped is None:
            return places
        names = look.enveloped.names
        outs = [out for out, steps in self._outs if steps is not None and not (steps and steps[0] in names)]
        return self._by_value(values, places, look.enveloped.read, outs) if outs else places

    @staticmethod
    def _by_bytes(values: Sequence[Raw], signs: Signs, size: int) -> Screened:
        stand_in = signs.stand_in
        # One search in all of them, unless they are so large that a copy costs more.
        if size <= _JOINED_MOST and None not in values:
            joined = _BETWEEN.join(values)  # type: ignore[arg-type] # none is missing
            # A search for one byte costs next to nothing, one for two as much as that for the signs.
            if _NO_TEXT not in joined and (_ESCAPE[:1] not in joined or _ESCAPE not in joined):
                starts = signs.starts(joined)
                if starts is not None:
                    return _at(starts, values)
        return [
            place
            for place, raw in enumerate(values)
            if raw and (stand_in(raw) or _ESCAPE in raw or raw[:1] == _NO_TEXT)
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

    @staticmethod
    def _by_value(
        values: Sequence[Raw], places: Screened, read: Callable[[Any], Any], outs: Sequence[Callable[[Any], bool]]
    ) -> Screened:
        found: list[int] = []
        is_out, *others = outs
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
            if is_out(content) or (others and any(is_out_too(content) for is_out_too in others)):
                continue
            found.append(place)
        return found


def _out_by(condition: Condition) -> Callable[[Any], bool] | None:
    """Whether a decoded value certainly does not meet the condition; nothing where only an event can tell."""
    get, decide = condition.path.get_plainly, condition.decide
    if get is None:
        return None
    if condition.check is None or len(condition.path.plain_steps or ()) != 1:
        return lambda content: decide(get(content), False) is False
    (name,), check = condition.path.plain_steps or (), condition.check
    out_without = decide([], False) is False

    # The same without a list of results: every event of a wait may come through here.
    def is_out(content: Any) -> bool:
        if not isinstance(content, dict):
            return decide(get(content), False) is False
        return check(content[name], False) is False if name in content else out_without

    return is_out if isinstance(name, str) else lambda content: decide(get(content), False) is False


def _at(starts: Iterator[int], values: Sequence[Any]) -> Screened:
    """The places of the values in which these places of all of them together are."""
    first = next(starts, None)
    if first is None:
        return ()
    ends = list(accumulate(len(raw) + len(_BETWEEN) for raw in values))
    return sorted({bisect_right(ends, start) for start in chain((first,), starts)})
