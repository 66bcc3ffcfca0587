"""Questions to the cluster: asked again where the reason of a failure passes."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

import pytest
from confluent_kafka import KafkaError, KafkaException

from KafkaLibrary.broker.admin import Admin
from KafkaLibrary.broker.settings import Settings
from KafkaLibrary.broker.trouble import Trouble
from KafkaLibrary.deadline import Deadline


def an_admin() -> Admin:
    settings = Settings.read("127.0.0.1:1", None, {})
    return Admin(settings, Trouble(settings.masked))


def failed(code: int) -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(KafkaException(KafkaError(code)))
    return future


def answered(answer: str) -> Future[Any]:
    future: Future[Any] = Future()
    future.set_result(answer)
    return future


@pytest.mark.parametrize(
    "code",
    [
        KafkaError.NOT_COORDINATOR,
        KafkaError.COORDINATOR_LOAD_IN_PROGRESS,
        KafkaError._TRANSPORT,
        # What was asked of a broker that was silent for a while, when it is back.
        KafkaError._DESTROY_BROKER,
    ],
)
def test_what_passes_is_asked_again(code: int) -> None:
    answers = iter([failed(code), failed(code), answered("5")])
    assert an_admin().wait(lambda _: next(answers), Deadline(5), "ask") == "5"


def test_what_does_not_pass_is_told_at_once() -> None:
    answers = iter([failed(KafkaError.GROUP_ID_NOT_FOUND)])
    with pytest.raises(KafkaException):
        an_admin().wait(lambda _: next(answers), Deadline(5), "ask")
