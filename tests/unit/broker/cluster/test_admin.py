"""Questions to the cluster: asked again where the reason of a failure passes."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any, NamedTuple

import pytest
from confluent_kafka import KafkaError, KafkaException, TopicPartition, Uuid
from confluent_kafka.admin import OffsetSpec

from KafkaLibrary import deadline
from KafkaLibrary.broker.cluster import admin as admin_room
from KafkaLibrary.broker.cluster.admin import Admin
from KafkaLibrary.broker.cluster.pending_answers import facts_of
from KafkaLibrary.broker.diagnosis import client_errors
from KafkaLibrary.broker.diagnosis.client_errors import ClientErrors
from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaUnusable

PLACE = ("orders", 0)


def an_admin() -> Admin:
    settings = Settings.read("127.0.0.1:1", None, {})
    return Admin(settings, ClientErrors(settings.masked))


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


def test_for_what_was_told_nothing_is_waited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many topics are asked about together, and told together: each of them costs as little as can be."""
    admin, waited = an_admin(), []
    monkeypatch.setattr(admin, "_result", lambda *arguments: waited.append(arguments))
    places = {(f"orders-{number}", 0): offset(number) for number in range(3)}
    admin._client = Answering(places)  # type: ignore[assignment]
    found = admin.offsets(dict.fromkeys(places, OffsetSpec.latest()), Deadline(5), committed=True)
    assert list(found.values()) == [0, 1, 2]
    assert not waited


def test_what_does_not_pass_is_told_at_once() -> None:
    answers = iter([failed(KafkaError.GROUP_ID_NOT_FOUND)])
    with pytest.raises(KafkaException):
        an_admin().wait(lambda _: next(answers), Deadline(5), "ask")


class Offset(NamedTuple):
    offset: int


def offset(number: int) -> Future[Any]:
    future: Future[Any] = Future()
    future.set_result(Offset(number))
    return future


def told(number: int, spec: Any) -> Future[Any]:
    """What an admin client answers of one place, as the connection's admin hands it on."""
    admin = an_admin()
    admin._client = Answering({PLACE: offset(number)})  # type: ignore[assignment]
    handed: Future[Any] = admin.ask_offsets({PLACE: spec}, 1, committed=True)[PLACE]
    return handed


class Answering:
    """An admin client that gives these answers, one after the other, and the last one from then on."""

    def __init__(self, *answers: Mapping[tuple[str, int], Future[Any]]) -> None:
        self._answers = list(answers)

    def list_offsets(self, *_: Any, **__: Any) -> dict[TopicPartition, Future[Any]]:
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        return {TopicPartition(*place): future for place, future in answer.items()}

    @staticmethod
    def poll(_: float) -> int:
        return 0

    @staticmethod
    def list_topics(*_: Any, **__: Any) -> None:
        raise KafkaException(KafkaError(KafkaError._TRANSPORT))


@pytest.mark.parametrize("spec", [OffsetSpec.latest(), OffsetSpec.earliest(), OffsetSpec.for_timestamp(5)])
def test_an_offset_that_no_leader_told_is_no_answer(spec: Any) -> None:
    with pytest.raises(KafkaException) as problem:
        told(-1001, spec).result(1)
    assert problem.value.args[0].code() == KafkaError._TIMED_OUT


@pytest.mark.parametrize("spec", [OffsetSpec.latest(), OffsetSpec.earliest()])
def test_no_end_and_no_beginning_is_below_zero(spec: Any) -> None:
    with pytest.raises(KafkaException):
        told(-1, spec).result(1)


def test_that_there_is_no_event_so_late_is_an_answer() -> None:
    assert told(-1, OffsetSpec.for_timestamp(5)).result(1).offset == -1


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for module in (admin_room, client_errors, deadline):
        monkeypatch.setattr(module, "time", made)
    return made


@pytest.mark.parametrize(("trouble", "more"), [("", 4), ("before", 0), ("meanwhile", 0)])
def test_how_long_kafka_was_away_is_not_how_far_away_it_is(clock: Clock, trouble: str, more: float) -> None:
    settings = Settings.read("127.0.0.1:1", None, {})
    errors = ClientErrors(settings.masked)
    admin = Admin(settings, errors)
    for _ in range(3):
        admin.pace.note(0.0)
    future: Future[Any] = Future()
    admin._client = Answering({PLACE: future})  # type: ignore[assignment]
    for moment in ("before", "meanwhile"):
        if moment == trouble:
            errors.told(KafkaError(KafkaError._TRANSPORT))
        if moment == "before":
            clock.now += 1
            admin.ask_offsets({PLACE: OffsetSpec.latest()}, 5, committed=True)
            clock.now += 2
    clock.now += 2
    future.set_result(Offset(7))
    assert (admin.pace.more(), admin.pace.heard_at) == (more, clock.now)


def test_offsets_that_no_leader_told_are_asked_for_again() -> None:
    admin = an_admin()
    admin._client = Answering({PLACE: offset(-1001)}, {PLACE: offset(7)})  # type: ignore[assignment]
    assert admin.offsets({PLACE: OffsetSpec.latest()}, Deadline(5), committed=True) == {PLACE: 7}


def test_offsets_that_no_leader_tells_until_the_deadline_make_kafka_unusable() -> None:
    admin = an_admin()
    admin._client = Answering({PLACE: offset(-1001)})  # type: ignore[assignment]
    with pytest.raises(KafkaUnusable, match="could not be used to ask for the offsets of 'orders'"):
        admin.offsets({PLACE: OffsetSpec.latest()}, Deadline(0.2), committed=True)


class Rounds(Answering):
    """An admin client that answers each question for offsets with the next round, for the places it is asked for."""

    def __init__(self, *rounds: Mapping[int, Future[Any]]) -> None:
        super().__init__()
        self._rounds = list(rounds)
        self.asked: list[list[int]] = []

    def list_offsets(self, wanted: Mapping[TopicPartition, Any], **_: Any) -> dict[TopicPartition, Future[Any]]:
        answers = self._rounds.pop(0)
        self.asked.append([part.partition for part in wanted])
        return {part: answers[part.partition] for part in wanted}


def offsets(client: Rounds, partitions: int) -> dict[tuple[str, int], int]:
    admin = an_admin()
    admin._client = client  # type: ignore[assignment]
    wanted = {("orders", number): OffsetSpec.latest() for number in range(partitions)}
    return admin.offsets(wanted, Deadline(5), committed=True)


@pytest.mark.parametrize("code", [KafkaError.LEADER_NOT_AVAILABLE, KafkaError._NOENT, KafkaError._TRANSPORT])
def test_partitions_whose_reason_passes_are_asked_again_together(code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Admin, "describe", lambda _, topics, __: dict.fromkeys(topics, "there"))
    client = Rounds(
        {0: failed(code), 1: offset(1), 2: failed(code), 3: failed(code)},
        {0: failed(code), 2: offset(2), 3: failed(code)},
        {0: offset(0), 3: offset(3)},
    )
    assert offsets(client, 4) == {("orders", number): number for number in range(4)}
    assert client.asked == [[0, 1, 2, 3], [0, 2, 3], [0, 3]]


@pytest.mark.parametrize("code", [KafkaError.UNKNOWN_TOPIC_OR_PART, KafkaError._UNKNOWN_PARTITION])
def test_a_partition_that_is_missing_is_left_out(code: int) -> None:
    client = Rounds(
        {0: failed(code), 1: failed(KafkaError.LEADER_NOT_AVAILABLE), 2: offset(2)},
        {1: offset(1)},
    )
    assert offsets(client, 3) == {("orders", 1): 1, ("orders", 2): 2}
    assert client.asked == [[0, 1, 2], [1]]


def test_a_partition_whose_reason_does_not_pass_is_told_at_once() -> None:
    client = Rounds(
        {0: failed(KafkaError.LEADER_NOT_AVAILABLE), 1: offset(1), 2: failed(KafkaError.INVALID_REQUEST)},
    )
    with pytest.raises(KafkaUnusable, match="refused a request about topic 'orders'"):
        offsets(client, 3)
    assert client.asked == [[0, 1, 2]]


def test_a_partition_that_may_not_be_asked_about_is_told_at_once() -> None:
    client = Rounds({0: failed(KafkaError.TOPIC_AUTHORIZATION_FAILED), 1: offset(1)})
    with pytest.raises(KafkaUnusable, match="denied"):
        offsets(client, 2)
    assert client.asked == [[0, 1]]


def test_what_passes_but_not_in_time_makes_kafka_unusable() -> None:
    with pytest.raises(KafkaUnusable, match=r"could not be used to ask within 0\.2 seconds"):
        an_admin().wait(lambda _: failed(KafkaError.OFFSET_NOT_AVAILABLE), Deadline(0.2), "ask")


@pytest.mark.parametrize(("told", "known"), [(Uuid(0, 0), ""), (Uuid(1, 2), str(Uuid(1, 2)))])
def test_a_broker_that_knows_no_ids_tells_none(told: Uuid, known: str) -> None:
    assert facts_of(Description(told, [])).id == known


class Description(NamedTuple):
    """What the client tells of a topic."""

    topic_id: Uuid
    partitions: list[Any]
