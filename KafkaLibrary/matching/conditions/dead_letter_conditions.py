"""Conditions of the keywords on dead letters: of which event one is, whose group gave it up, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from KafkaLibrary.dead_letters import DeadLetter, times_by_application, waits_for_a_retry
from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.matching.conditions.condition import Condition, Conditions
from KafkaLibrary.matching.operators import OPERATORS, ExpectedValue, check_of, decider_of
from KafkaLibrary.matching.paths import Path
from KafkaLibrary.matching.paths.grammar import ParsedPath


def letters() -> Conditions:
    """Any event that tells of its death."""

    def find(event: Event) -> list[Any]:
        death = event.dead_letter
        return [death] if death else []

    return Conditions([_condition("its death", "exists", None, find)])


def letter_of(died: Event, *, group: str = "", reason: str = "", by: str = "origin") -> Conditions:
    """The dead letter of this event.

    ``by`` says how it is known: by the place that it tells of as its ``origin``, or by its ``key`` or its ``value``
    where the framework tells none. ``reason`` is a part of the error's class or of its message.
    """
    return Conditions([_BY[by](died), *_of(group, reason)])


def letters_that_tell(group: str, reason: str) -> Conditions:
    """Letters of this group, and for this reason, where they are given."""
    return Conditions(_of(group, reason))


def _of(group: str, reason: str) -> list[Condition]:
    asked = []
    if group:
        asked.append(_condition("the group that gave it up", "==", group, _told(lambda death: death.group)))
    if reason:
        told = _told(lambda death: ": ".join(part for part in (death.error, death.message) if part))
        asked.append(_condition("the reason", "contains", reason, told))
    return asked


_REPLACED = "\ufffd".encode()
"""What stands in a text in place of bytes that are none."""
_CLOCKS_DIFFER = 1000
"""Milliseconds between machines: so much older a letter may be than what died."""


def _by_origin(died: Event) -> Condition:
    # Whatever headers say, it is not its own letter; and where it is one, what died before it is none of it.
    before = {died.place, *(death.place for death in _deaths(died.dead_letter))} if died.dead_letter else {died.place}

    def find(event: Event) -> list[Any]:
        letter = event.dead_letter
        if event.place in before:
            return []
        if letter is None:
            if waits_for_a_retry(event.topic, event.raw_headers):
                return []
            is_later = event.timestamp_ms >= died.timestamp_ms - _CLOCKS_DIFFER
            if is_later and _has_bytes(event, died):
                raise Undecodable(f"It has the key and value of {died.place}, and no header says that it died.")
            return []
        deaths = [death for death in _deaths(letter) if _may_be(death, died) or _has_later_time(death, died)]
        places = [death.place for death in deaths]
        if died.place not in places:
            _check_tells_another(event, letter, deaths, died)
        return places

    return _condition("the event that died", "==", died.place, find)


def _check_tells_another(event: Event, letter: DeadLetter, deaths: Sequence[DeadLetter], died: Event) -> None:
    """Raises ``Undecodable`` where what it tells leaves open whether it is the letter of this event."""
    if _has_bytes(event, died) and any(_has_own_time(death, died) for death in _deaths(letter)):
        raise Undecodable(
            f"It names {died.place} and has its value, but an older time: the application may give events times of "
            "their own, or the topic was recreated."
        )
    for death in deaths:
        if _leaves_open(death, died) and _has_bytes(event, died):
            raise Undecodable(f"It has the value of {died.place}, and names only {death.place}.")
        if death.is_of_made_event and _may_come_from(death, event, died):
            raise Undecodable(
                f"{death.framework} made {death.place}, which died: it may be made from {died.place}. "
                "by=key and by=value find it where that is kept."
            )


def _has_bytes(letter: Event, died: Event) -> bool:
    """Whether it holds what the event held. Some frameworks lose the key, some damage what is not text."""
    has_value = letter.raw_value == died.raw_value or _is_left_of(died.raw_value, letter.raw_value)
    return has_value and letter.raw_key in (died.raw_key, None)


def _is_left_of(raw: bytes | None, written: bytes | None) -> bool:
    """Whether this is how bytes look that were read as text, as consumers of text do by default, and written again."""
    if raw is None or written is None or _REPLACED not in written:
        return False
    return written == raw.decode(errors="replace").encode()


def _leaves_open(death: DeadLetter, died: Event) -> bool:
    """Whether it tells too little of a place that may be this one."""
    told = (death.topic, death.partition, death.offset)
    place = (died.topic, died.partition, died.offset)
    return all(one in (None, other) for one, other in zip(told, place, strict=True))


def _may_come_from(death: DeadLetter, letter: Event, died: Event) -> bool:
    """Whether what died may be made from this event: it has its time, and where that is lost its value."""
    if death.timestamp_ms is not None and died.timestamp is not None:
        return True  # the same time, or it would not be compared
    return letter.raw_value == died.raw_value


def _by_key(died: Event) -> Condition:
    if died.raw_key is None:
        raise KeywordMisused(f"{died.place} has no key: so do others, and by=key would match any of them.")
    return _condition("key", "==", died.raw_key, _after(died, lambda event: event.raw_key))


def _by_value(died: Event) -> Condition:
    if died.raw_value is None:
        raise KeywordMisused(f"{died.place} is a tombstone: by=value would match any other. Use by=key.")
    return _condition("value", "==", died.raw_value, _after(died, lambda event: event.raw_value))


def _after(died: Event, part: Callable[[Event], Any]) -> Callable[[Event], list[Any]]:
    """The part of an event that came later. Of an older one nothing is known: the same key may have died before."""

    def find(event: Event) -> list[Any]:
        found = part(event)
        if event.place == died.place:
            return []
        if _names(event, died):
            return [part(died)]  # It is its letter, though the framework has kept neither key nor value.
        if found == part(died) and event.timestamp_ms < died.timestamp_ms:
            raise Undecodable(f"It is older than {died.place}, so its death may be an earlier one: set since=.")
        if found != part(died) and _may_have_lost_it(event, died):
            raise Undecodable(f"It has what is left of {died.place} where a framework loses the key or damages bytes.")
        return [found]

    return find


def _names(event: Event, died: Event) -> bool:
    """Whether its headers name this very event."""
    letter = event.dead_letter
    return letter is not None and any(one.place == died.place and _may_be(one, died) for one in _deaths(letter))


def _may_have_lost_it(event: Event, died: Event) -> bool:
    """Whether it holds the rest of the event, and its headers leave open of which event it is."""
    letter = event.dead_letter
    if letter is None and waits_for_a_retry(event.topic, event.raw_headers):
        return False
    is_open = letter is None or any(_leaves_open(death, died) for death in _deaths(letter))
    is_later = event.timestamp_ms >= died.timestamp_ms - _CLOCKS_DIFFER
    return is_open and is_later and _has_bytes(event, died)


_BY: dict[str, Callable[[Event], Condition]] = {"origin": _by_origin, "key": _by_key, "value": _by_value}
WAYS = tuple(_BY)
"""How a dead letter may be known."""


def _may_be(death: DeadLetter, died: Event) -> bool:
    """Whether a place means this event: a topic that was recreated has the same places once more."""
    return None in (death.timestamp_ms, died.timestamp) or death.timestamp_ms == died.timestamp_ms


def _has_own_time(death: DeadLetter, died: Event) -> bool:
    """Whether it is of that place, and the time tells no more: an application may give its events times of its own."""
    return death.place == died.place and times_by_application(death.framework)


def _has_later_time(death: DeadLetter, died: Event) -> bool:
    """Likewise, and the time is later: then it is not of a topic that was there before."""
    later = death.timestamp_ms is not None and death.timestamp_ms > died.timestamp_ms
    return later and _has_own_time(death, died)


def _told(part: Callable[[DeadLetter], str]) -> Callable[[Event], list[Any]]:
    def find(event: Event) -> list[Any]:
        if event.dead_letter is None:
            raise Undecodable("No header says that it died.")
        found = [text for death in _deaths(event.dead_letter) if (text := part(death))]
        if not found:
            raise Undecodable(f"{event.dead_letter.framework} does not say.")
        return found

    return find


def _deaths(letter: DeadLetter) -> Iterator[DeadLetter]:
    yield letter
    yield from reversed(letter.earlier)


def _condition(text: str, operator: str, expected: Any, find: Callable[[Event], Sequence[Any]]) -> Condition:
    chosen = OPERATORS[operator]
    # Each is a text only, whatever it looks like.
    wanted = f'"{expected}"' if isinstance(expected, str) else expected
    decider = decider_of(chosen, ExpectedValue(wanted))

    def finder(event: Event, exact: bool = False) -> list[Any]:
        return list(find(event))

    path = Path(text, "dead letter", finder, ParsedPath("dead letter", ()))
    return Condition(path, chosen, expected, False, decider, check_of(decider))
