"""How long Kafka took lately decides what is fixed where it is near, and what a failure tells."""

from __future__ import annotations

import pytest

from KafkaLibrary import deadline
from KafkaLibrary.deadline import LATE, Deadline, Pace, answered_late, answered_late_before


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(deadline, "time", made)
    return made


def paced(*seconds: float) -> Pace:
    made = Pace()
    made.note(5 * seconds[0])  # the first includes the connection
    for one in seconds:
        made.note(one)
    return made


def test_a_kafka_that_was_never_asked_is_near() -> None:
    assert Pace().more(8) == 0


def test_a_near_kafka_is_allowed_no_more() -> None:
    assert paced(0.02, 0.09).more(8) == 0


def test_a_far_one_is_allowed_its_usual_answers_and_the_slowest(clock: Clock) -> None:
    assert paced(0.15, 0.15, 0.75).more(3) == pytest.approx(3 * 0.15 + 0.75)


def test_one_that_is_silent_for_longer_than_it_ever_takes_is_allowed_no_more(clock: Clock) -> None:
    pace = paced(0.3)
    clock.now += 0.7
    assert pace.more() > 0
    clock.now += 0.2
    assert pace.more() == 0


def test_one_that_was_not_heard_in_this_call_is_allowed_no_more(clock: Clock) -> None:
    pace = paced(0.3)
    clock.now += 0.1
    assert pace.more(since=clock.now) == 0
    pace.heard()
    assert pace.more(since=clock.now) > 0


def test_a_question_is_not_repeated_before_its_answer_can_have_come(clock: Clock) -> None:
    pace = paced(0.15, 0.15, 0.75)
    clock.now += 60
    assert pace.answer() == pytest.approx(0.9)
    assert paced(0.05).answer() == 0


def test_what_was_long_ago_counts_no_more(clock: Clock) -> None:
    pace = paced(0.9)
    for _ in range(50):
        pace.note(0.01)
    assert pace.more() == 0


@pytest.mark.parametrize("seconds", [0.2, 1.0, 5.0])
def test_a_question_of_the_last_moment_has_as_long_as_answers_take(clock: Clock, seconds: float) -> None:
    pace = Pace()
    given = Deadline(seconds, pace)
    clock.now += seconds
    near = given.at_least(1.0).remaining()
    assert near == pytest.approx(max(LATE, 1.0 - seconds))
    for _ in range(3):
        pace.note(0.4)
    assert given.at_least(1.0).remaining() == pytest.approx(min(1.8, max(LATE + 0.8, 1.8 - seconds)))


def test_a_delay_is_told_where_much_of_the_time_went_there(clock: Clock) -> None:
    pace = paced(0.9)
    given = Deadline(1.0, pace)
    assert answered_late_before(given).startswith("Before that, Kafka answered after 0.9 s:")
    assert not answered_late(Deadline(1.0))
    clock.now += 1
    pace.note(0.9)
    assert answered_late(given) == "Kafka answered after 0.9 s: it is far away or busy. Allow more time."
    patient = Deadline(5.0, pace)
    clock.now += 1
    pace.note(0.9)
    assert not answered_late(patient)
