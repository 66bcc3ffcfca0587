"""What a wait in vain tells of the commits it saw, and how lag is summed up."""

from __future__ import annotations

from typing import Any

import pytest

from KafkaLibrary.broker.groups.committed_offsets import check_group
from KafkaLibrary.broker.groups.lag_and_reset import Lag, PartitionLag
from KafkaLibrary.broker.groups.waiting_until_consumed import Consumption, Progress
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import ExpectationFailed, KafkaUnusable, KeywordMisused
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.serialization.topics.topic_formats import TopicFormats
from KafkaLibrary.watching.event_source import TopicFacts


def seen(*offsets: int | None) -> Progress:
    """The offsets of looks that were a second apart."""
    progress = Progress()
    for second, offset in enumerate(offsets):
        progress.saw(offset, float(second))
    return progress


@pytest.mark.parametrize("offsets", [(), (None,), (None, None)])
def test_no_commit_is_told_as_nothing(offsets: tuple[None, ...]) -> None:
    assert seen(*offsets).told(8, "orders[0]", 3.0) == "It has committed nothing on orders[0]."


def test_an_offset_that_did_not_change_stayed() -> None:
    assert seen(7, 7, 7).told(8, "orders[0]", 3.0) == "Its committed offset stayed at 7; 8 or more was expected."


def test_offset_zero_is_a_commit() -> None:
    assert "stayed at 0;" in seen(0, 0).told(1, "orders[0]", 2.0)


def test_one_change_is_told_with_when_and_how_long_ago() -> None:
    assert seen(5, 5, 7).told(8, "orders[0]", 2.5) == (
        "Its committed offset changed once, from 5 to 7 at +2.00 s, 0.50 seconds ago; 8 or more was expected."
    )


def test_the_first_commit_changes_nothing_to_an_offset() -> None:
    assert "changed once, from nothing to 3 at +1.00 s" in seen(None, 3).told(8, "orders[0]", 2.0)


def test_a_commit_that_went_back_or_away_is_told_too() -> None:
    told = seen(5, 3, None).told(8, "orders[0]", 2.0)
    assert "changed 2 times, from 5 to 3 at +1.00 s, nothing at +2.00 s" in told


def test_of_many_changes_the_last_are_told() -> None:
    told = seen(*range(8)).told(9, "orders[0]", 7.0)
    assert "changed 7 times, from 0 to the last of them 3 at +3.00 s" in told
    assert "2 at +2.00 s" not in told


def test_lag_is_the_sum_of_the_partitions_and_never_below_zero_in_any() -> None:
    behind = PartitionLag(("orders", 0), 2, 2, 5)
    new = PartitionLag(("orders", 1), None, 10, 14)
    ahead = PartitionLag(("orders", 2), 9, 9, 7)  # it read an open transaction
    assert ([one.lag for one in (behind, new, ahead)], Lag((behind, new, ahead)).total) == ([3, 4, 0], 7)


def test_no_partition_is_no_lag() -> None:
    assert Lag(()).total == 0


def test_a_partition_says_where_its_lag_is_counted_from() -> None:
    assert PartitionLag(("orders", 0), 2, 2, 5).text == "orders[0]: committed 2, end 5, lag 3"
    assert PartitionLag(("orders", 1), None, 10, 14).text == (
        "orders[1]: nothing committed, so counted from 10; end 14, lag 4"
    )


ANSWERS_IN = 0.01


class Cluster:
    """One whose first answers come from a broker that does not know of the topic yet."""

    def __init__(self, unknowing: int) -> None:
        self._unknowing = unknowing

    def describe(self, topics: list[str], deadline: Deadline) -> dict[str, TopicFacts | None]:
        self._unknowing -= 1
        if deadline.remaining() < ANSWERS_IN:
            raise KafkaUnusable("It gave no answer.")
        return dict.fromkeys(topics, None if self._unknowing >= 0 else TopicFacts("id", (0,)))

    @staticmethod
    def ends(places: list[Any], _: Deadline, *, committed: bool) -> dict[Any, int]:
        return dict.fromkeys(places, 8)

    @staticmethod
    def read(group: str, places: list[Any], _: Deadline) -> dict[Any, int]:
        return dict.fromkeys(places, 8)

    @staticmethod
    def pause(_: float) -> None: ...


def consumed(cluster: Any) -> int:
    event = Event(PlainRecord(("orders", 0, 7), (1, 1000), None, b"NEW"), TopicFormats(None).of("orders"), "id")
    return Consumption(cluster, cluster, cluster, cluster).wait_until_consumed(event, "shop", Deadline(0.2))


def test_a_broker_that_does_not_know_the_topic_yet_is_no_proof_that_it_was_deleted() -> None:
    assert consumed(Cluster(unknowing=3)) == 8


def test_a_topic_that_no_broker_knows_for_a_while_was_deleted() -> None:
    with pytest.raises(ExpectationFailed, match="its topic was deleted"):
        consumed(Cluster(unknowing=10**9))


@pytest.mark.parametrize("group", ["shop\ud800", "shop\0x"])
def test_a_group_whose_id_has_no_bytes_is_refused(group: str) -> None:
    with pytest.raises(KeywordMisused, match=r"^The consumer group's id has (half of|a NUL)"):
        check_group(group)
