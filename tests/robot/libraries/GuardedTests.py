"""Robot keywords for a test of plain Python, whose end a guard of dead letters judges: Robot's own ends are over."""

from __future__ import annotations

from collections.abc import Sequence

from robot.api.deco import keyword, library

from KafkaLibrary import KafkaLibrary


@library(scope="SUITE")
class GuardedTests:
    @keyword
    def a_guarded_test_ends_with(
        self, bootstrap_servers: str, dead_letters: str, letter_on: str = "", **options: object
    ) -> tuple[str, Sequence[str]]:
        """Gives what fails the test, and what the end of its suite warns of. It may write to the topic of letters."""
        kafka = KafkaLibrary(bootstrap_servers, dead_letters=dead_letters, timeout="10 s", **options)
        kafka.start_test("guarded")
        failure = ""
        if letter_on:  # where none has come, nothing has to be read to know that
            kafka.publish_event(letter_on, "a letter", key="guarded")
        try:
            kafka.end_test()
        except AssertionError as unexpected:
            failure = str(unexpected)
        warnings = kafka._session.never_watched()
        kafka.disconnect_from_all_kafka()
        return failure, warnings
