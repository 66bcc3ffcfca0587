"""What a question that was asked several times may have done."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

import pytest
from confluent_kafka import KafkaError, KafkaException

from KafkaLibrary.broker.cluster.retried_requests import Question

REFUSED = KafkaError.TOPIC_ALREADY_EXISTS
LATE = KafkaError.REQUEST_TIMED_OUT
LOST = KafkaError._TIMED_OUT
SILENT = None


def asked(*codes: int | None) -> Question:
    """A question that was asked so many times, with these errors for answers."""

    def ask(code: int | None) -> Future[Any]:
        future: Future[Any] = Future()
        if code is not None:
            future.set_exception(KafkaException(KafkaError(code)))
        return future

    question = Question(ask)
    for code in codes:
        question(code)
    return question


@pytest.mark.parametrize(
    ("codes", "did_nothing", "did_nothing_before"),
    [
        ((), True, True),
        ((REFUSED,), True, True),
        ((REFUSED, REFUSED), True, True),
        ((SILENT,), False, True),
        ((LATE,), False, True),
        ((LOST,), False, True),
        ((LOST, REFUSED), False, False),
        ((REFUSED, SILENT), False, True),
    ],
)
def test_only_an_answer_of_kafka_itself_says_that_nothing_was_done(
    codes: tuple[int | None, ...], did_nothing: bool, did_nothing_before: bool
) -> None:
    question = asked(*codes)
    assert (question.did_nothing, question.did_nothing_before) == (did_nothing, did_nothing_before)
    assert question.was_asked is bool(codes)


def test_what_was_done_is_not_undone() -> None:
    done: Future[str] = Future()
    done.set_result("made")
    question = Question(lambda _: done)
    assert question(1).result() == "made"
    assert not question.did_nothing
