"""How cost grows, with one thing at a time: each a line in a chart and a sentence on its slope."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median

from KafkaLibrary import KafkaLibrary
from tests.benchmarks.charts import Chart, Point
from tests.benchmarks.measuring import timed
from tests.benchmarks.orders import order
from tests.benchmarks.raw_client import RawClient, Topics, publish_many
from tests.benchmarks.sizes import Sizes

_MARKS = (1, 10, 100, 1_000)


@dataclass(frozen=True, slots=True)
class Growth:
    """One chart, the name of its file and what explains it."""

    name: str
    chart: Chart
    sentence: str


def measure(bootstrap_servers: str, topics: Topics, sizes: Sizes) -> list[Growth]:
    work = _Work(bootstrap_servers, topics, sizes)
    return [
        _growth("since_the_mark", "events since the mark", work.since_mark(),
                "One line for a condition that the bytes rule out, one for a condition that needs the value decoded: "
                "both grow in proportion, the second with one JSON parse an event."),
        _growth("before_the_mark", "events on the topic before the mark", work.before_mark(),
                "Flat: a mark is an offset, and what lies before it is never fetched."),
        _growth("conditions", "conditions", work.conditions(),
                "Nearly flat: the first condition rules out what does not match; only what is left meets the rest."),
        _growth("value_size", "bytes of a value", work.value_sizes(),
                "Flat while the round trip is most of it, then in proportion: the bytes cross the network twice."),
        _growth("topics", "topics watched", work.watched(),
                "All marks are asked for in one request at a test's start, whose answer grows with the topics; "
                "a wait judges its own topic alone, but what the client asks and gets for it is about all of them."),
        _growth("partitions", "partitions of the topic", work.partitions(),
                "As with topics: one request for the marks, one offset a partition in its answer, "
                "and fetches about all."),
        _growth("tests_before", "tests run before", work.tests_before(),
                "Flat: a test begins at its own mark, and older chunks of the log are not looked at."),
    ]  # fmt: skip


def _growth(name: str, across: str, lines: dict[str, list[Point]], sentence: str) -> Growth:
    return Growth(name, Chart(f"Cost with {across}", across, "milliseconds", lines), sentence)


class _Work:
    """What is measured, each point a median."""

    def __init__(self, bootstrap_servers: str, topics: Topics, sizes: Sizes) -> None:
        self._servers = bootstrap_servers
        self._topics = topics
        self._sizes = sizes
        self._client = RawClient(bootstrap_servers)

    def since_mark(self) -> dict[str, list[Point]]:
        by_bytes: list[Point] = []
        by_value: list[Point] = []
        for events in self._sizes.backlogs:
            topic = self._backlog(order(number) for number in range(events))
            by_bytes.append((events, self._scan(topic, "note == no such note")))
            by_value.append((events, self._scan(topic, "orderId < -1")))
        return {"==, no decoding": by_bytes, "<, all decoded": by_value}

    def before_mark(self) -> dict[str, list[Point]]:
        points: list[Point] = []
        for events in self._sizes.backlogs:
            topic = self._backlog(order(number) for number in range(events))
            points.append((events, self._round_trips([topic])[1]))
        return {"publish to matched": points}

    def conditions(self) -> dict[str, list[Point]]:
        topic = self._backlog(order(number) for number in range(min(100_000, self._sizes.backlogs[-1])))
        more = ["status == NEW", "customer.name ^= Ada", "items[0].quantity > 1", "orderId >= 0"] * 2
        counts = (1, 2, 5, 9)

        def scan(first: str, count: int) -> float:
            return self._scan(topic, first, *more[: count - 1])

        return {
            "==, no decoding": [(count, scan("note == no such note", count)) for count in counts],
            "<, all decoded": [(count, scan("orderId < -1", count)) for count in counts],
        }

    def value_sizes(self) -> dict[str, list[Point]]:
        points: list[Point] = []
        for size in self._sizes.values:
            topic, value = self._topics.new("sized"), {"orderId": 1, "note": "x" * max(1, size - 30)}
            points.append((size, self._round_trips([topic], value)[1]))
        return {"publish to matched": points}

    def watched(self) -> dict[str, list[Point]]:
        return self._by(self._sizes.topics, lambda count: [self._topics.new("watched") for _ in range(count)])

    def partitions(self) -> dict[str, list[Point]]:
        return self._by(self._sizes.partitions, lambda count: [self._topics.new("wide", count)])

    def _by(self, counts: Sequence[int], make: Callable[[int], list[str]]) -> dict[str, list[Point]]:
        starts: list[Point] = []
        trips: list[Point] = []
        for count in counts:
            start, trip = self._round_trips(make(count))
            starts.append((count, start))
            trips.append((count, trip))
        return {"start of a test": starts, "publish to matched": trips}

    def tests_before(self) -> dict[str, list[Point]]:
        topic = self._topics.new("tests")
        library = KafkaLibrary(self._servers, watch=topic)
        points: list[Point] = []
        done = 0
        for mark in [mark for mark in _MARKS if mark <= self._sizes.suites[-1]]:
            while done < mark:
                library.start_test()
                library.publish_event(topic, order(done))
                library.wait_for_event(topic, f"orderId == {done}")
                done += 1
            points.append((mark, self._repeated(library, topic, done)))
            done += 10
        library.disconnect_from_all_kafka()
        return {"a test: start, publish, wait": points}

    def _repeated(self, library: KafkaLibrary, topic: str, first: int) -> float:
        def test(number: int) -> None:
            library.start_test()
            library.publish_event(topic, order(number))
            library.wait_for_event(topic, f"orderId == {number}")

        return 1000 * median(timed(partial(test, first + number)) for number in range(10))

    def _backlog(self, values: Iterable[str]) -> str:
        topic = self._topics.new("grown")
        publish_many(self._servers, topic, (value.encode() for value in values))
        publish_many(self._servers, topic, [json.dumps({"orderId": -2, "note": "no such note", "status": "NEW",
            "customer": {"name": "Ada"}, "items": [{"quantity": 2}]}).encode()])  # fmt: skip
        return topic

    def _scan(self, topic: str, *conditions: str) -> float:
        def scan() -> None:
            library = KafkaLibrary(self._servers, timeout=120)
            # Of the backlog's last event the conditions beyond the first hold for all but the order's number.
            wanted = [one for one in conditions if one != "orderId >= 0"]
            library.wait_for_event(topic, *wanted, since="earliest")
            library.disconnect_from_all_kafka()

        return 1000 * median(timed(scan) for _ in range(3))

    def _round_trips(self, names: list[str], value: dict[str, object] | None = None) -> tuple[float, float]:
        """Milliseconds that a test's start takes, and from a publish to its event found."""
        library, topic = KafkaLibrary(self._servers, watch=names), names[0]
        starts, trips = [], []
        for number in range(-5, 25):
            start = timed(library.start_test)
            event = order(number) if value is None else {**value, "orderId": number}

            def trip(event: object = event, number: int = number) -> None:
                library.publish_event(topic, event)
                library.wait_for_event(topic, f"orderId == {number}")

            took = timed(trip)
            if number >= 0:
                starts.append(start)
                trips.append(took)
        library.disconnect_from_all_kafka()
        return 1000 * median(starts), 1000 * median(trips)
