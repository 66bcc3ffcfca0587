"""Events that were acknowledged without an offset: found by what was sent, or not published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from KafkaLibrary.broker.publishing.unknown_offsets import UNKNOWN, placed
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaUnusable
from KafkaLibrary.event import PlainRecord, Record
from KafkaLibrary.watching.event_source import Place


def an_event(
    offset: int, value: bytes, *, partition: int = 0, headers: tuple[tuple[str, str | bytes], ...] = ()
) -> PlainRecord:
    return PlainRecord(("orders", partition, offset), (1, 1000), b"key", value, headers)


class Log:
    """Partitions with these events."""

    def __init__(self, *events: PlainRecord) -> None:
        self._events = events
        self.asked: Mapping[Place, tuple[int, int]] = {}

    @staticmethod
    def beginnings(places: list[Place], _: Deadline) -> dict[Place, int]:
        return dict.fromkeys(places, 0)

    @staticmethod
    def ends(places: list[Place], _: Deadline, *, committed: bool) -> dict[Place, int]:
        assert not committed  # it may lie in a transaction that is open still
        return dict.fromkeys(places, 100)

    def read(
        self, ranges: Mapping[Place, tuple[int, int]], _: Deadline, *, uncommitted: bool
    ) -> Iterator[list[Record]]:
        assert uncommitted
        self.asked = ranges
        yield [one for one in self._events if one.at[:2] in ranges and one.offset() >= ranges[one.at[:2]][0]]


def offsets(records: list[PlainRecord], log: Log) -> list[int]:
    return [record.offset() for record in placed(records, log, Deadline(1))]


def test_where_all_offsets_are_known_nothing_is_asked() -> None:
    log = Log()
    assert offsets([an_event(3, b"a")], log) == [3]
    assert log.asked == {}


def test_an_event_is_found_by_what_was_sent() -> None:
    log = Log(an_event(4, b"a"), an_event(5, b"b"), an_event(6, b"a", partition=1))
    assert offsets([an_event(UNKNOWN, b"b")], log) == [5]


def test_a_found_event_has_the_time_that_the_broker_gave_it() -> None:
    stamped = an_event(5, b"b")._replace(stamp=(2, 7_000))
    (found,) = placed([an_event(UNKNOWN, b"b")], Log(stamped), Deadline(1))
    assert found.timestamp() == (2, 7_000)


def test_headers_tell_events_apart_whether_they_were_text_or_bytes() -> None:
    log = Log(an_event(4, b"a", headers=(("id", b"1"),)), an_event(5, b"a", headers=(("id", b"2"),)))
    assert offsets([an_event(UNKNOWN, b"a", headers=(("id", "1"),))], log) == [4]


def test_an_event_whose_offset_is_known_is_not_taken_for_another() -> None:
    log = Log(an_event(4, b"a"), an_event(5, b"a"))
    assert offsets([an_event(UNKNOWN, b"a"), an_event(5, b"a")], log) == [4, 5]


def test_of_like_events_the_latest_are_taken_in_their_order() -> None:
    log = Log(an_event(4, b"a"), an_event(7, b"a"), an_event(9, b"a"))
    assert offsets([an_event(UNKNOWN, b"a"), an_event(UNKNOWN, b"a")], log) == [7, 9]


def test_what_lies_before_the_first_of_them_is_not_read() -> None:
    log = Log(an_event(4, b"a"), an_event(8, b"a"))
    assert offsets([an_event(7, b"x"), an_event(UNKNOWN, b"a")], log) == [7, 8]
    assert log.asked == {("orders", 0): (7, 100)}


def test_an_event_that_is_not_there_counts_as_not_published() -> None:
    with pytest.raises(KafkaUnusable) as reason:
        placed([an_event(UNKNOWN, b"a")], Log(an_event(4, b"b")), Deadline(1))
    assert "counts as not published" in str(reason.value)
    assert "orders[0]" in str(reason.value)


def test_fewer_than_were_sent_are_not_enough() -> None:
    with pytest.raises(KafkaUnusable):
        placed([an_event(UNKNOWN, b"a"), an_event(UNKNOWN, b"a")], Log(an_event(4, b"a")), Deadline(1))


def test_an_older_event_like_it_is_not_taken_for_it() -> None:
    older = an_event(3, b"v")._replace(stamp=(1, 1))
    with pytest.raises(KafkaUnusable, match="counts as not published"):
        placed([an_event(UNKNOWN, b"v")], Log(older), Deadline(0))


def test_one_that_is_written_late_is_looked_for_again() -> None:
    class Slow(Log):
        looks = 0

        def read(self, *asked: Any, **how: Any) -> Iterator[list[Record]]:
            self.looks += 1
            return super().read(*asked, **how) if self.looks > 2 else iter(())

    assert placed([an_event(UNKNOWN, b"v")], Slow(an_event(7, b"v")), Deadline(5)) == [an_event(7, b"v")]
