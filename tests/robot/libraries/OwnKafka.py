"""Robot keywords for a Kafka that belongs to one suite, which may treat it badly."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

from robot import result, running
from robot.api.deco import keyword, library

from tests.kafka import Kafka

AT_ONCE = timedelta(0)
START_SECONDS = 90.0


@library(scope="GLOBAL", listener="SELF")
class OwnKafka:
    def __init__(self) -> None:
        self._kafka: Kafka | None = None
        # A server ends with the thread that has started it, so one thread starts all, and stays.
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._start: Future[None] | None = None

    def end_test(self, _: running.TestCase, __: result.TestCase) -> None:
        """What was to start later runs when the next test begins."""
        self._wait_until_started()

    @keyword
    def start_own_kafka(self, after: timedelta = AT_ONCE) -> str:
        """At the same address with the same data, where it ran before. Gives its address."""
        if self._kafka is None:
            self._kafka = Kafka()
        kafka = self._kafka

        def start() -> None:
            threading.Event().wait(after.total_seconds())
            kafka.start()

        self._start = self._thread.submit(start)
        if not after:
            self._wait_until_started()
        return kafka.bootstrap_servers

    @keyword
    def kill_own_kafka(self) -> None:
        self._running().kill()

    @keyword
    def pause_own_kafka(self) -> None:
        self._running().pause()

    @keyword
    def resume_own_kafka(self) -> None:
        self._running().resume()

    @keyword
    def stop_own_kafka(self) -> None:
        self._running().close()
        self._kafka = None

    def _wait_until_started(self) -> None:
        if self._start is not None:
            start, self._start = self._start, None
            start.result(START_SECONDS)

    def _running(self) -> Kafka:
        assert self._kafka is not None, "The suite has not started a Kafka."
        return self._kafka
