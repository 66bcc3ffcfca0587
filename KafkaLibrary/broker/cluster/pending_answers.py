"""Answers of the admin client that are still to come: facts of topics, their names, and offsets of partitions."""

from __future__ import annotations

import concurrent.futures
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import confluent_kafka as client

from KafkaLibrary.broker.cluster.error_codes import MISSING, NO_LEADER, passes
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.watching.event_source import Place, TopicFacts

Error = client.KafkaError
_NO_ID = str(client.Uuid(0, 0))
"""What a broker tells that knows no ids of topics."""


class TopicFactsAnswer:
    """The facts of topics that were asked for."""

    def __init__(self, futures: Mapping[str, Any]) -> None:
        self._futures = futures

    def answer(self) -> dict[str, TopicFacts | None] | None:
        if not all(future.done() for future in self._futures.values()):
            return None
        return {name: facts for name, future in self._futures.items() for facts in _facts_if_answered(future)}


class TopicNamesAnswer:
    """The names of all topics, which were asked for."""

    def __init__(self, future: concurrent.futures.Future[Any]) -> None:
        self._future = future

    def answer(self) -> Collection[str] | None:
        if not self._future.done():
            return None
        return [] if self._future.exception() else list(self._future.result().topics)


class OffsetAnswer:
    """The future of an offset. Where a leader died, the client gives the offset -1001 and no error: no answer."""

    def __init__(self, future: Any, least: int) -> None:
        self._future = future
        self._least = least

    @property
    def is_told(self) -> bool:
        """Whether there is an answer, and it has the offset."""
        answered = self._future.done() and self._future.exception() is None
        return answered and self._future.result().offset >= self._least

    def done(self) -> bool:
        """Whether there is an answer."""
        return bool(self._future.done())

    def note_when_told(self, told: list[str], name: str) -> None:
        """Put the name on the list as soon as there is an answer."""
        self._future.add_done_callback(lambda _: told.append(name))

    def result(self, timeout: float) -> Any:
        answer = self._future.result(timeout)
        if answer.offset < self._least:
            raise client.KafkaException(Error(Error._TIMED_OUT, "no leader reported the offset"))
        return answer


class OffsetAnswers:
    """The futures of several offsets as one: its result puts into ``told`` what each tells, nothing for no partition.

    It raises for one whose reason passes when the others are told, so that those left are asked again together.
    """

    def __init__(self, futures: Mapping[Place, Any], told: dict[Place, int | None]) -> None:
        self._futures = dict(futures)
        self._told = told
        self._passing: client.KafkaException | None = None

    def done(self) -> bool:
        """Whether there is an answer to each."""
        return all(future.done() for future in self._futures.values())

    def result(self, timeout: float) -> None:
        until = Deadline(timeout)
        for place, future in list(self._futures.items()):
            try:
                self._told[place] = future.result(until.remaining()).offset
            except client.KafkaException as problem:
                error = problem.args[0]
                if error.code() in MISSING:
                    self._told[place] = None
                elif error.code() == NO_LEADER or passes(error):
                    self._passing = problem
                else:
                    raise
            del self._futures[place]
        if self._passing is not None:
            raise self._passing


def facts_of(description: Any) -> TopicFacts:
    """What the client's description says of a topic."""
    told = str(description.topic_id)
    return TopicFacts("" if told == _NO_ID else told, tuple(sorted(part.id for part in description.partitions)))


def _facts_if_answered(future: Any) -> Iterable[TopicFacts | None]:
    problem = future.exception()
    if problem is None:
        yield facts_of(future.result())
    elif isinstance(problem, client.KafkaException) and problem.args[0].code() in MISSING:
        yield None


def least_offset(spec: Any) -> int:
    """The least offset that answers this question. -1 does for a time: there is no event that late."""
    from confluent_kafka.admin import OffsetSpec  # noqa: PLC0415 - slow, so at first use

    return 0 if spec in (OffsetSpec.earliest(), OffsetSpec.latest()) else -1
