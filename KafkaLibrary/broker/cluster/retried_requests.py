"""Requests that are sent again when no answer comes, and whether an earlier one has changed the cluster already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import confluent_kafka as client

Error = client.KafkaError


class RetriedRequest:
    """One that may be sent several times. Called, it is sent, and gives the future of the answer."""

    def __init__(self, ask: Callable[..., Any]) -> None:
        self._ask = ask
        self._futures: list[Any] = []

    def __call__(self, how: Any) -> Any:
        self._futures.append(self._ask(how))
        return self._futures[-1]

    @property
    def was_asked(self) -> bool:
        return bool(self._futures)

    @property
    def did_nothing(self) -> bool:
        """Whether Kafka refused it each time: then nothing has come of it, and nothing will."""
        return all(map(_was_refused, self._futures))

    @property
    def did_nothing_before(self) -> bool:
        """The same of all but the last time."""
        return all(map(_was_refused, self._futures[:-1]))


def _was_refused(future: Any) -> bool:
    """Whether Kafka itself has answered, and not done what it was asked; the client's own errors are negative."""
    if not future.done():
        return False
    problem = future.exception()
    return (
        isinstance(problem, client.KafkaException)
        and problem.args[0].code() > 0
        and problem.args[0].code() != Error.REQUEST_TIMED_OUT
    )
