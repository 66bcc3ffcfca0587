"""What the client hands over beside events."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from confluent_kafka import KafkaError

from KafkaLibrary.broker.cluster.admin import Admin
from KafkaLibrary.broker.diagnosis.client_errors import ClientErrors
from KafkaLibrary.broker.reading.reader import Reader
from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.watching.event_source import Batch


class Told(NamedTuple):
    """An error in the shape of an event."""

    code: int
    about: str | None = "orders"

    def error(self) -> KafkaError:
        return KafkaError(self.code)

    def topic(self) -> str | None:
        return self.about

    def partition(self) -> int | None:
        return None if self.about is None else 0

    def offset(self) -> int:
        return 5


@pytest.fixture
def errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("KafkaLibrary.broker.reading.reader.client.Message", Told)


def told(*errors: Told) -> Batch:
    settings = Settings.read("127.0.0.1:1", None, {})
    client_errors = ClientErrors(settings.masked)
    received: Any = list(errors)
    return Reader(settings, Admin(settings, client_errors), client_errors)._sorted(received)


@pytest.mark.usefixtures("errors")
def test_an_error_of_a_partition_is_kept_with_its_place() -> None:
    ((place, reason),) = told(Told(KafkaError.INVALID_RECORD)).failures
    assert place == ("orders", 0)
    assert reason


@pytest.mark.usefixtures("errors")
def test_an_error_that_is_of_no_topic_stops_no_wait() -> None:
    assert told(Told(KafkaError.INVALID_GROUP_ID, None)) == Batch([], [], [], [], [])


@pytest.mark.usefixtures("errors")
def test_a_topic_that_may_not_be_read_is_told_by_its_name() -> None:
    ((topic, reason),) = told(Told(KafkaError.TOPIC_AUTHORIZATION_FAILED)).denied
    assert topic == "orders"
    assert "Kafka did not permit the use of topic 'orders'" in reason
