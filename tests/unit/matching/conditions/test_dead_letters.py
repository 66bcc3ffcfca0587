"""Which events are the dead letter of one, which are not, and which may be."""

from __future__ import annotations

from typing import Any

import pytest

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.matching.conditions.dead_letter_conditions import letter_of
from KafkaLibrary.matching.conditions.unmet_conditions import State
from tests.unit.matching.samples import NOON, JsonOrText, an_event

DIED = an_event({"id": 1}, key=b"42")
CREATED, APPENDED = 1, 2


def letter(
    *headers: tuple[str, bytes | None], value: bytes | None = DIED.raw_value, key: bytes | None = b"42", **asked: Any
) -> State:
    """What the last of the conditions makes of it."""
    time = asked.pop("time", (CREATED, NOON))
    event = Event(PlainRecord(("orders-dlt", 0, 5), time, key, value, headers), JsonOrText())
    return letter_of(asked.pop("died", DIED), **asked).judge(event).findings[-1].state


TOPIC = ("topic_poisoned", b"orders")
CONNECT = (("__connect.errors.topic", b"orders"), ("__connect.errors.partition", b"0"))
PLACE = (*CONNECT, ("__connect.errors.offset", b"0"))


def test_a_letter_that_tells_a_part_of_the_place_may_be_that_of_the_event() -> None:
    assert letter(TOPIC) is State.UNJUDGED
    assert letter(TOPIC, key=None) is State.UNJUDGED
    assert letter(*CONNECT) is State.UNJUDGED
    assert letter(*PLACE) is State.HELD


def test_it_is_not_where_that_part_or_the_value_speaks_against_it() -> None:
    assert letter(TOPIC, value=b"{}") is State.FAILED
    assert letter(("topic_poisoned", b"invoices")) is State.FAILED
    assert letter(CONNECT[0], ("__connect.errors.partition", b"1")) is State.FAILED


def test_a_letter_without_a_header_may_have_lost_the_key() -> None:
    assert letter() is State.UNJUDGED
    assert letter(key=None) is State.UNJUDGED
    assert letter(key=b"43") is State.MISSING


def test_what_is_clearly_older_is_no_letter_of_it() -> None:
    assert letter(time=(CREATED, NOON - 1_000)) is State.UNJUDGED
    assert letter(time=(CREATED, NOON - 60_000)) is State.MISSING


def test_the_event_itself_is_no_letter_of_its_own() -> None:
    for by in ("origin", "key", "value"):
        assert letter_of(DIED, by=by).judge(DIED).findings[0].state is State.MISSING


def test_the_time_that_the_topic_of_letters_puts_is_not_that_of_the_event() -> None:
    assert letter(*PLACE, time=(CREATED, NOON + 1)) is State.MISSING
    assert letter(*PLACE, time=(APPENDED, NOON + 1)) is State.HELD


def test_what_is_older_may_have_died_for_another_one() -> None:
    for by in ("key", "value"):
        assert letter(by=by, time=(CREATED, NOON - 1)) is State.UNJUDGED
        assert letter(by=by, time=(CREATED, NOON)) is State.HELD
    assert letter(by="key", key=b"43", time=(CREATED, NOON - 1)) is State.FAILED


def test_without_headers_the_group_and_the_reason_are_not_known() -> None:
    assert letter(by="key", group="billing") is State.UNJUDGED
    assert letter(by="key", reason="timeout") is State.UNJUDGED


def test_what_many_events_have_tells_none_of_them() -> None:
    with pytest.raises(KeywordMisused, match="has no key"):
        letter_of(an_event({"id": 1}), by="key")
    with pytest.raises(KeywordMisused, match="is a tombstone"):
        letter_of(an_event(None, key=b"42"), by="value")
