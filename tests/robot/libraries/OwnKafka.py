"""Robot keywords for a Kafka that belongs to one suite, which may treat it badly."""

from __future__ import annotations

from datetime import timedelta

from robot import result, running
from robot.api.deco import keyword, library

from tests.kafka import Kafka
from tests.robot.libraries.meanwhile import Meanwhile

AT_ONCE = timedelta(0)


@library(scope="GLOBAL", listener="SELF")
class OwnKafka:
    def __init__(self) -> None:
        self._kafka: Kafka | None = None
        self._meanwhile = Meanwhile()

    def end_test(self, _: running.TestCase, outcome: result.TestCase) -> None:
        errors = self._meanwhile.end()
        self._meanwhile = Meanwhile()
        if errors:
            outcome.status = "FAIL"
            outcome.message = f"The suite's own Kafka failed: {errors[0]}\n\n{outcome.message}".rstrip()

    @keyword
    def start_own_kafka(self, after: timedelta = AT_ONCE) -> str:
        """At the same address with the same data, where it ran before. Gives its address."""
        if self._kafka is None:
            self._kafka = Kafka()
        if after:
            self._meanwhile.do(self._kafka.start, after.total_seconds())
        else:
            self._kafka.start()
        return self._kafka.bootstrap_servers

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

    def _running(self) -> Kafka:
        assert self._kafka is not None, "The suite has not started a Kafka."
        return self._kafka
