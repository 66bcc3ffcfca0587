"""What the client hands over beside events."""

from __future__ import annotations

import concurrent.futures
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest
from confluent_kafka import KafkaError, KafkaException

from KafkaLibrary.broker.cluster.admin import Admin
from KafkaLibrary.broker.cluster.pending_answers import OffsetAnswer, least_offset
from KafkaLibrary.broker.diagnosis.client_errors import ClientErrors
from KafkaLibrary.broker.reading.reader import Reader
from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.watching.event_source import Batch, Place


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
    assert "Kafka denied access to topic 'orders'" in reason


class Future(NamedTuple):
    """The answer about an offset that is there at once."""

    offset: int

    def done(self) -> bool:
        return True

    def exception(self) -> None:
        return None

    def add_done_callback(self, call: Callable[[Any], object]) -> None:
        call(self)

    def result(self, _: float = 0) -> Future:
        return self


class Offsets(Admin):
    """Answers in turn, and notes what it was asked."""

    def __init__(self, *answers: int) -> None:
        self.asked: list[str] = []
        self._answers = iter(answers)

    def ask_offsets(self, wanted: Mapping[Place, Any], _: float, *, committed: bool) -> dict[Place, Any]:
        self.asked.append("ends" if committed else "by time")
        return {place: OffsetAnswer(Future(next(self._answers)), least_offset(spec)) for place, spec in wanted.items()}

    def wait(self, ask: Any, _: Deadline, __: str, first: Any = None, topic: str = "") -> Any:
        try:
            return first.result(0)
        except KafkaException:
            return ask(1).result(0)


@pytest.mark.parametrize(
    ("far", "answers", "asked", "offset"),
    [
        (False, (7, -1), ["ends", "by time"], 7),
        (False, (-1001, 8, 7), ["ends", "ends", "by time"], 7),
        (True, (7, -1), ["ends", "by time"], 7),
        # The first end is none, and meanwhile an event may have come: it lies before the second one.
        (True, (-1001, -1, 8, 7), ["ends", "by time", "ends", "by time"], 7),
    ],
)
def test_where_an_event_is_by_its_time_is_told_after_the_end(
    far: bool, answers: tuple[int, ...], asked: list[str], offset: int
) -> None:
    settings, admin = Settings.read("127.0.0.1:1", None, {}), Offsets(*answers)
    reader = Reader(settings, admin, ClientErrors(settings.masked))
    reader.is_far(far)
    assert reader.offsets_at([("orders", 0)], 1, Deadline(1)) == {("orders", 0): offset}
    assert admin.asked == asked


class Backwards(Offsets):
    """Tells of a time before it tells of the end that was asked for first."""

    def __init__(self, *answers: int) -> None:
        super().__init__(*answers)
        self._end: concurrent.futures.Future[Future] | None = None

    def ask_offsets(self, wanted: Mapping[Place, Any], _: float, *, committed: bool) -> dict[Place, Any]:
        found = super().ask_offsets(wanted, _, committed=committed)
        if self.asked == ["ends"]:
            self._end = concurrent.futures.Future()
            return {place: OffsetAnswer(self._end, 0) for place in found}
        return found

    def wait(self, ask: Any, deadline: Deadline, what: str, first: Any = None, topic: str = "") -> Any:
        if self._end is not None and not self._end.done():
            self._end.set_result(Future(8))
        return super().wait(ask, deadline, what, first, topic)


def test_what_was_told_of_a_time_before_the_end_was_is_asked_again() -> None:
    # No event of that time, then one comes at 7, then the end is 8: a look from there would miss it.
    settings, admin = Settings.read("127.0.0.1:1", None, {}), Backwards(8, -1, 7)
    reader = Reader(settings, admin, ClientErrors(settings.masked))
    reader.is_far(True)
    assert reader.offsets_at([("orders", 0)], 1, Deadline(1)) == {("orders", 0): 7}
    assert admin.asked == ["ends", "by time", "by time"]
