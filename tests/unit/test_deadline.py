"""One deadline for one call."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from KafkaLibrary.deadline import LATE, SLICE, Deadline


class Clock:
    """Stands still until it is set."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Iterator[Clock]:
    standing = Clock()
    with patch("KafkaLibrary.deadline.time", standing):
        yield standing


def test_a_deadline_has_not_passed_before_its_moment(clock: Clock) -> None:
    deadline = Deadline(5)
    clock.now += 4.9
    assert not deadline.passed


def test_a_deadline_has_passed_at_its_moment(clock: Clock) -> None:
    deadline = Deadline(5)
    clock.now += 5
    assert deadline.passed


def test_what_remains_never_falls_below_zero(clock: Clock) -> None:
    deadline = Deadline(5)
    clock.now += 50
    assert deadline.remaining() == 0


def test_a_slice_is_short_enough_to_hear_a_timeout(clock: Clock) -> None:
    assert Deadline(5).slice() == SLICE <= 0.2


def test_the_last_slice_ends_at_the_deadline(clock: Clock) -> None:
    deadline = Deadline(5)
    clock.now += 4.98
    assert deadline.slice() == pytest.approx(0.02)


def test_a_question_at_the_last_moment_has_time_for_its_answer(clock: Clock) -> None:
    assert Deadline(0).at_least(1).remaining() == 1


def test_a_question_at_the_last_moment_of_a_longer_call_has_a_moment(clock: Clock) -> None:
    deadline = Deadline(5)
    clock.now += 5
    assert deadline.at_least(1).remaining() == pytest.approx(LATE)


def test_a_later_deadline_is_of_the_same_call(clock: Clock) -> None:
    deadline = Deadline(5)
    clock.now += 5
    later = deadline.at_least(1)
    assert (later.seconds, later.elapsed(), later.at_least(1) is later) == (5, 5, True)


def test_what_a_message_tells_beside_has_its_own_time_at_most(clock: Clock) -> None:
    deadline = Deadline(5)
    assert deadline.beside(1).remaining() == 1
    clock.now += 4.9
    assert deadline.beside(1).remaining() == pytest.approx(LATE)


def test_a_deadline_that_is_far_enough_stays(clock: Clock) -> None:
    deadline = Deadline(5)
    assert deadline.at_least(1) is deadline


@pytest.mark.parametrize("late", [0.0, 0.001, 0.2])
def test_a_call_without_a_time_of_its_own_tells_what_it_was_given(clock: Clock, late: float) -> None:
    """Not what a slow machine left of it: 0.3 seconds, not 0.299."""
    deadline = Deadline(0)
    clock.now += late
    assert round(deadline.beside(0.3).seconds, 9) == 0.3
