"""What a request that was sent several times may have done."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

import pytest
from confluent_kafka import KafkaError, KafkaException

from KafkaLibrary.broker.cluster.retried_requests import RetriedRequest

REFUSED = KafkaError.TOPIC_ALREADY_EXISTS
LATE = KafkaError.REQUEST_TIMED_OUT
LOST = KafkaError._TIMED_OUT
SILENT = None


def asked(*codes: int | None) -> RetriedRequest:
    """A request that was asked so many times, with these errors for answers."""

    def ask(code: int | None) -> Future[Any]:
        future: Future[Any] = Future()
        if code is not None:
            future.set_exception(KafkaException(KafkaError(code)))
        return future

    request = RetriedRequest(ask)
    for code in codes:
        request(code)
    return request


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
    request = asked(*codes)
    assert (request.did_nothing, request.did_nothing_before) == (did_nothing, did_nothing_before)
    assert request.was_asked is bool(codes)


def test_what_was_done_is_not_undone() -> None:
    done: Future[str] = Future()
    done.set_result("made")
    request = RetriedRequest(lambda _: done)
    assert request(1).result() == "made"
    assert not request.did_nothing
