"""Letters of which no header that is known says what died: whether one may be that of an event, by what both have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from typing import Any

from KafkaLibrary import dead_letters
from KafkaLibrary.errors import KafkaUnusable, Undecodable
from KafkaLibrary.event import Event, as_bytes

_CLOCKS_DIFFER = timedelta(seconds=1)
"""Between machines: so much older a letter may be than what died."""
_EPOCH = datetime.fromtimestamp(0, timezone.utc)
_ID = re.compile(r"(?:(?:^|[_.-])(?i:id|uuid|guid|number|ref)|(?<=[a-z0-9])(?:I[dD]|U[uU][iI][dD]|Number|Ref))$")
_JSON_IN_TEXT = re.compile(r"\s*[{\[]")
_LOOKED_AT_MOST = 2000


def earliest(died: datetime) -> datetime:
    """When the letter of what died then may have come, at the earliest."""
    return max(died - _CLOCKS_DIFFER, _EPOCH)


def untold(events: Iterable[Event], died: Event) -> list[Event]:
    """Those that came when the event was there, and of which it is not told which event died."""
    since = died.timestamp_ms - _CLOCKS_DIFFER // timedelta(milliseconds=1)
    own = () if died.dead_letter else (died.topic,)
    return [
        one
        for one in events
        if one.place not in (died.place, *_before(died))
        and one.topic not in own
        and one.timestamp_ms >= since
        and _tells_no_place(one, died)
    ]


def _before(died: Event) -> list[str]:
    death = died.dead_letter
    return [] if death is None else [one.place for one in (death, *death.earlier)]


def _tells_no_place(letter: Event, died: Event) -> bool:
    death = letter.dead_letter
    if death is None:
        return not dead_letters.waits_for_a_retry(letter.topic, letter.raw_headers)
    return all(one.offset is None and one.topic in ("", died.topic) for one in (death, *death.earlier))


def may_be_of(letter: Event, died: Event) -> bool:
    """Whether it may be the letter of this event: nothing that both have says that it is of another one.

    What counts first is the event's place in any header, its bytes, and its ids, wherever the letter has them. Where
    some are the same and others not, and where there is none, the key decides, and without one it may be.
    """
    if _names_place(letter, died) or _holds_bytes(letter, died):
        return True
    same, other = _ids_compared(letter, died)
    if same != other:
        return same
    return None in (letter.raw_key, died.raw_key) or letter.raw_key == died.raw_key


def _names_place(letter: Event, died: Event) -> bool:
    texts = {as_bytes(content) for _, content in letter.raw_headers}
    return died.topic.encode() in texts and str(died.offset).encode() in texts


def _holds_bytes(letter: Event, died: Event) -> bool:
    return bool(died.raw_value) and (died.raw_value or b"") in (letter.raw_value or b"")


def _ids_compared(letter: Event, died: Event) -> tuple[bool, bool]:
    """Whether an id of the event has the same value in the letter, and whether one has another."""
    theirs: dict[str, set[str]] = {}
    for name, value in _ids(_value_of(letter)):
        theirs.setdefault(name, set()).add(value)
    mine = [(name, value) for name, value in _ids(_value_of(died)) if name in theirs]
    return any(value in theirs[name] for name, value in mine), any(value not in theirs[name] for name, value in mine)


def _value_of(event: Event) -> Any:
    with suppress(Undecodable, KafkaUnusable):
        return event.value
    return None


def _ids(document: Any) -> Iterator[tuple[str, str]]:
    """The fields that are called as ids are, at any depth, also in JSON inside a text."""
    waiting, looked_at = [document], 0
    while waiting and looked_at < _LOOKED_AT_MOST:
        value = waiting.pop()
        looked_at += 1
        if isinstance(value, dict):
            waiting.extend(value.values())
            yield from ((name, str(one)) for name, one in value.items() if _is_id(name, one))
        elif isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, str) and _JSON_IN_TEXT.match(value):
            with suppress(ValueError, RecursionError):
                waiting.append(json.loads(value))


def _is_id(name: Any, value: Any) -> bool:
    is_plain = isinstance(value, (str, int)) and not isinstance(value, bool) and value != ""
    return is_plain and isinstance(name, str) and _ID.search(name) is not None
