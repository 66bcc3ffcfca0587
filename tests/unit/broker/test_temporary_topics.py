"""Which topics are temporary ones that a run left behind: their names tell, and nothing else looks like one."""

from __future__ import annotations

import time

import pytest

from KafkaLibrary.broker.temporary_topics import A_DAY, left_behind, temporary_name

NOW = 1_800_000_000
OLD = NOW - A_DAY - 1


@pytest.mark.parametrize("prefix", ["test", "a", "orders.dev-1_x", "x.kafkalibrary.1700000000.00000000", "p" * 150])
def test_one_of_more_than_a_day_ago_was_left_behind(prefix: str) -> None:
    name = f"{prefix}.kafkalibrary.{OLD}.0123abcd"
    assert left_behind([name], NOW) == [name]


@pytest.mark.parametrize(
    "name",
    [
        f"test.kafkalibrary.{NOW - A_DAY}.0123abcd",
        f"test.kafkalibrary.{NOW}.0123abcd",
        # By a clock that is ahead, or was never set.
        f"test.kafkalibrary.{NOW + A_DAY}.0123abcd",
        "test.kafkalibrary.9999999999.0123abcd",
        "test.kafkalibrary.0000000000.0123abcd",
        "test.kafkalibrary.1000000000.0123abcd",
        # Of somebody else.
        f"test.kafkalibrary.{OLD}.0123abcd.dlq",
        f"test.kafkalibrary.{OLD}.0123ABCD",
        f"test.kafkalibrary.{OLD}.0123abc",
        f"test.kafkalibrary.{OLD}.0123abcde",
        f"test.kafkalibrary.{OLD}.0123abcg",
        f"test.kafkalibrary.{OLD}.0123abcd\n",
        f"test.kafkalibrary.0{OLD}.0123abcd",
        f"test.kafkalibrary.{OLD // 10}.0123abcd",
        f"test.kafkalibrary.{OLD}.5.0123abcd",
        f"test.kafkalibrary.{chr(0x0661) * 10}.0123abcd",
        f"test.KafkaLibrary.{OLD}.0123abcd",
        f"test_kafkalibrary_{OLD}_0123abcd",
        f"testkafkalibrary.{OLD}.0123abcd",
        f".kafkalibrary.{OLD}.0123abcd",
        f"kafkalibrary.{OLD}.0123abcd",
        f"{'p' * 151}.kafkalibrary.{OLD}.0123abcd",
        "orders",
        "",
    ],
)
def test_every_other_topic_stays(name: str) -> None:
    assert left_behind([name], NOW) == []


def test_what_is_made_here_is_known_again_after_a_day() -> None:
    name = temporary_name("orders")
    assert left_behind([name], time.time() + A_DAY + 2) == [name]
    assert left_behind([name], time.time() + A_DAY - 60) == []


def test_no_two_have_the_same_name() -> None:
    assert len({temporary_name("orders") for _ in range(100)}) == 100
