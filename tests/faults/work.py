"""The library at work while a fault happens: a process of its own, for a crash must be seen as one.

Each kind of work is a thread with a library object of its own, and tells what it saw, one JSON document a line.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import cycle
from pathlib import Path
from typing import Any, TextIO

from KafkaLibrary import KafkaLibrary, session
from KafkaLibrary.errors import ExpectationFailed, KafkaLibraryError
from KafkaLibrary.watching import marks
from tests.faults.truth import PACE

WAIT = 20.0
TRANSACTION_SIZE = 5
PUBLISHED_AT_ONCE = 10
WAITED_AT_ONCE = 5
_AGAIN = 0.05


class Teller:
    """Writes what was seen, as it was seen, so that nothing is lost with the process."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._lock = threading.Lock()

    def tell(self, kind: str, **facts: Any) -> None:
        with self._lock:
            self._file.write(json.dumps({"kind": kind, **facts}) + "\n")
            self._file.flush()


class Work:
    """One library object, and what one thread does with it until it is told to stop."""

    def __init__(self, asked: argparse.Namespace, teller: Teller, stopping: threading.Event, name: str) -> None:
        self.library = KafkaLibrary(asked.servers, timeout="10 s", transaction_timeout_ms=15_000)
        self.tell = teller.tell
        self.stopping = stopping
        self.name = name
        self._random = random.Random(name)  # the same plan in every run
        self._writer_began = asked.began
        self.waited, self.published, self.transactions = asked.waited, asked.published, asked.transactions
        self.mark = self.library.watch_topics(self.waited)
        self.marked = time.monotonic()
        self._count = 0

    def number(self, earliest: float, latest: float) -> int:
        """An event of the writer that is due between so many seconds from now."""
        due = time.monotonic() - self._writer_began + self._random.uniform(earliest, latest)
        return max(0, int(due / PACE))

    def ids(self, count: int) -> list[str]:
        self._count += count
        return [f"{self.name}-{number}" for number in range(self._count - count, self._count)]

    def mark_anew(self) -> bool:
        try:
            self.mark = self.library.watch_topics(self.waited)
            self.marked = time.monotonic()
        except KafkaLibraryError as reason:
            self.tell("away", during="watch_topics", reason=str(reason))
            return False
        return True

    def asked(self, keyword: Callable[..., Any], *arguments: Any, seconds: float, **named: Any) -> dict[str, Any]:
        """What a keyword gave, or why it failed, and the times that it is judged by."""
        began = time.monotonic()
        facts: dict[str, Any] = {"marked": self.marked, "began": began, "deadline": began + seconds}
        try:
            facts["gave"] = keyword(*arguments, since=self.mark, **named)
            return {**facts, "passed": True}
        except KafkaLibraryError as reason:
            expected = isinstance(reason, ExpectationFailed)
            return {**facts, "passed": False, "expectation": expected, "reason": str(reason), "gave": None}

    # What the threads do, again and again

    def publish(self) -> None:
        """Several at once and one alone, in turns; each is told with the place that was acknowledged."""
        for keyword, count in ((self.library.publish_events, PUBLISHED_AT_ONCE), (self.library.publish_event, 1)):
            ids, began = self.ids(count), time.monotonic()
            values = [{"id": one} for one in ids]
            try:
                given: Any = keyword(self.published, values if count > 1 else values[0], timeout=f"{WAIT} s")
            except KafkaLibraryError as reason:
                self.tell("unacknowledged", ids=ids, began=began, reason=str(reason))
                continue
            events = given if count > 1 else [given]
            places = [(event.partition, event.offset) for event in events]
            self.tell("published", ids=ids, began=began, places=places)
            self.stopping.wait(_AGAIN)

    def wait_for_one(self) -> None:
        number = self.number(0.0, 1.0)
        seen = self.asked(
            self.library.wait_for_event, self.waited, f"number == {number}", timeout=f"{WAIT} s", seconds=WAIT
        )
        event = seen.pop("gave")
        self.tell("wait", number=number, place=event and (event.partition, event.offset), **seen)

    def wait_for_several(self) -> None:
        if not self.mark_anew():
            return
        number = self.number(0.2, 1.0)
        wanted = [str(one) for one in range(number, number + WAITED_AT_ONCE)]
        seen = self.asked(
            self.library.wait_for_events, self.waited, WAITED_AT_ONCE, f"number in {','.join(wanted)}",
            timeout=f"{WAIT} s", seconds=WAIT,
        )  # fmt: skip
        events = seen.pop("gave") or []
        places = {event.value["number"]: (event.partition, event.offset) for event in events}
        self.tell("waits", number=number, places=list(places.items()), count=len(events), **seen)

    def deny_soon(self) -> None:
        self._deny(self._random.uniform(0.2, 1.5))

    def deny_soon_from_a_new_mark(self) -> None:
        if self.mark_anew():
            self._deny(self._random.uniform(0.2, 1.5))

    def deny_long(self) -> None:
        self._deny(4.0)

    def _deny(self, within: float) -> None:
        # Half of these events are due before the time is over, half of them after it.
        number = self.number(within / 4, 2 * within)
        seen = self.asked(
            self.library.no_event_should_arrive, self.waited, f"number == {number}", within=f"{within} s",
            seconds=within,
        )  # fmt: skip
        seen.pop("gave")
        self.tell("none", number=number, **seen)
        self._leave_the_old_topic(seen)

    def count_exactly(self) -> None:
        within = self._random.uniform(0.2, 1.5)
        number = self.number(0.0, 1.5 * within)
        seen = self.asked(
            self.library.event_count_should_be, self.waited, 1, f"number == {number}", within=f"{within} s",
            seconds=within,
        )  # fmt: skip
        events = seen.pop("gave") or []
        places = [(event.partition, event.offset) for event in events]
        self.tell("count", number=number, places=places, **seen)
        self._leave_the_old_topic(seen)

    def _leave_the_old_topic(self, seen: dict[str, Any]) -> None:
        if not seen["passed"] and "made again" in seen["reason"]:
            self.mark_anew()

    def take_stock(self) -> None:
        number = self.number(-1.0, -0.2)
        seen = self.asked(self.library.get_events, self.waited, f"number >= {number}", seconds=0)
        events = seen.pop("gave") or []
        self.tell("stock", number=number, numbers=[event.value["number"] for event in events], **seen)
        self.stopping.wait(_AGAIN)

    def transact(self) -> None:
        ids, began = self.ids(TRANSACTION_SIZE), time.monotonic()
        ending = "abort" if self._random.random() < 0.3 else "commit"
        outcome = "unknown"
        try:
            self.library.begin_kafka_transaction(timeout=f"{WAIT} s")
            self.library.publish_events(self.transactions, [{"id": one} for one in ids], timeout=f"{WAIT} s")
            getattr(self.library, f"{ending}_kafka_transaction")(timeout=f"{WAIT} s")
            outcome = ending
        except KafkaLibraryError as reason:
            self.tell("away", during="transaction", reason=str(reason))
            self.library.start_test()  # ends what was left open
            self.library.disconnect_from_kafka()
        self.tell("transaction", ids=ids, began=began, outcome=outcome)

    def be_consumed(self) -> None:
        (one,) = self.ids(1)
        began = time.monotonic()
        facts: dict[str, Any] = {"ids": [one], "began": began}
        try:
            event = self.library.publish_event(self.published, {"id": one}, timeout=f"{WAIT} s")
            self.tell("published", places=[(event.partition, event.offset)], **facts)
            self.library.wait_until_event_is_consumed(event, f"{self.published}-group", timeout=f"{WAIT} s")
        except KafkaLibraryError as reason:
            self.tell("consumed", passed=False, reason=str(reason), **facts)
        else:
            self.tell("consumed", passed=True, **facts)

    def go_on(self, what: str) -> None:
        try:
            for one in cycle(what.split(",")):
                if self.stopping.is_set():
                    break
                getattr(self, one)()
        except Exception as problem:  # noqa: BLE001 - whatever it is, the run has to show it
            self.tell("broken", during=what, reason=repr(problem))
        finally:
            self.library.disconnect_from_kafka()


USUAL = (
    "publish", "transact", "wait_for_one",
    "deny_soon,count_exactly,take_stock,wait_for_several,deny_soon_from_a_new_mark,deny_long",
)  # fmt: skip
"""What the threads do, each of them one after the other."""
_BESIDE = 10
"""The brokers go first: without their leader, a reading client takes all of a core, and they live on the same two."""


def set_clock_back(seconds: float) -> None:
    """For this process alone: what the library takes for the time is that much behind."""
    clock, behind = time.time, timedelta(seconds=seconds)

    class Behind(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Behind:
            moment = datetime.now(tz) - behind
            return cls.fromtimestamp(moment.timestamp(), tz)

    time.time = lambda: clock() - seconds
    for module in (marks, session):
        module.datetime = Behind  # type: ignore[attr-defined]


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    if asked.clock_behind:
        set_clock_back(asked.clock_behind)
    os.nice(_BESIDE)
    stopping = threading.Event()
    with asked.told.open("w", encoding="utf-8") as file:
        teller = Teller(file)
        works = {name: Work(asked, teller, stopping, f"{asked.waited}-{name}") for name in asked.work}
        threads = [threading.Thread(target=work.go_on, args=(name,)) for name, work in works.items()]
        for thread in threads:
            thread.start()
        teller.tell("ready")
        sys.stdin.read()  # until it is closed
        stopping.set()
        for thread in threads:
            thread.join()
        teller.tell("done")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.faults.work", description=__doc__)
    for name in ("servers", "waited", "published", "transactions"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--began", type=float, required=True)
    parser.add_argument("--told", type=Path, required=True)
    parser.add_argument("--clock-behind", type=float, default=0.0)
    parser.add_argument("work", nargs="+", help="each for a thread, with commas between what it does in turn")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
