"""Kafka is far away: how many times a keyword goes there and back, one after the other."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from KafkaLibrary import KafkaLibrary, connection
from tests.benchmarks.charts import Chart
from tests.benchmarks.measuring import shown, timed
from tests.benchmarks.orders import order
from tests.benchmarks.peers import PEER, install, version
from tests.benchmarks.raw_client import RawClient, Topics, receive
from tests.benchmarks.sizes import Sizes
from tests.kafka.cluster import Cluster
from tests.kafka.distance import Distance
from tests.kafka.secured import SecuredKafka

DELAYS = (0.02, 0.05, 0.15)
RAW, LIBRARY, THEIRS = "raw client", "KafkaLibrary", "ConfluentKafkaLibrary"
PUBLISH, WAIT = "first publish, connection included", "first wait, connection included"
AFTER, EARLIEST = "first wait after publishing", "first wait, since=earliest, connection included"
WATCH, START = "first test's start with watch=, connection included", "test's start"
AGAIN, IN_A_TEST = "publish again", "publish and wait in a new test"
EVENTS, NONE, THOUSAND = "Get Events", "No Event Should Arrive, within=0 s", "publish 1,000 events"
GOALS: Mapping[str, float] = {
    PUBLISH: 7.1, AFTER: 2.0, WAIT: 6.5, EARLIEST: 8.0, WATCH: 7.0, AGAIN: 1.1, IN_A_TEST: 1.3, START: 1.0,
    EVENTS: 2.0, NONE: 2.0, THOUSAND: 1.5,
}  # fmt: skip
"""Round trips at most."""
_A_RUN = 2000
"""Numbers of orders that one run takes for itself."""
_TESTS = 5
_ROUNDING = 0.05
_LISTENER = "SASL_TLS"
_SCRIPT = str(Path(__file__).with_name("far_peer.py"))
_OF_PEER = {"first": PUBLISH, "again": AGAIN, "wait": WAIT, "in a test": IN_A_TEST, "thousand": THOUSAND}


@dataclass(frozen=True, slots=True)
class Far:
    """What the works took, by contender, work and delay: seconds, run by run; near is a delay of zero."""

    name: str
    """What Kafka it was, as a heading."""
    seconds: Mapping[tuple[str, str], Mapping[float, Sequence[float]]]
    has_goals: bool

    @property
    def file(self) -> str:
        """The name of its chart."""
        return f"distance_{re.sub('[^a-z]+', '_', self.name.lower())}"

    def trips(self, by: str, work: str, delay: float) -> float:
        """How many times the delay is in what is longer than near."""
        taken = self.seconds[by, work]
        return (median(taken[delay]) - median(taken[0.0])) / delay

    @property
    def table(self) -> str:
        """As Markdown."""
        delays = [delay for delay in next(iter(self.seconds.values())) if delay]
        head = ["work", "by", "near", *map(shown, delays), *(f"trips at {shown(delay)}" for delay in delays)]
        head += ["goal"] * self.has_goals
        lines = [head, ["---", "---", *["---:"] * (len(head) - 2)]]
        for (by, work), taken in self.seconds.items():
            trips = [self.trips(by, work, delay) for delay in delays]
            goal = GOALS[work] if by == LIBRARY else None
            told = "" if goal is None else f"at most {goal:g}: {'met' if trips[-1] <= goal + _ROUNDING else 'missed'}"
            times = [shown(median(seconds)) for seconds in taken.values()]
            lines.append([work, by, *times, *(f"{one:.1f}" for one in trips), *[told] * self.has_goals])
        return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)

    @property
    def chart(self) -> Chart:
        """Seconds by delay, a line for each work of the library."""
        lines = {
            work: [(1000 * delay, median(seconds)) for delay, seconds in taken.items() if delay]
            for (by, work), taken in self.seconds.items()
            if by == LIBRARY
        }
        return Chart(f"Time of a keyword by distance, {self.name}", "milliseconds to Kafka and back", "seconds", lines)


def measure(bootstrap_servers: str, topics: Topics, sizes: Sizes) -> tuple[list[Far], str]:
    """Each Kafka in turn, and a sentence on the peer: its version, or why it is left out."""
    assert connection  # what a connection needs is imported
    with TemporaryDirectory() as folder:
        python, problem = install(Path(folder) / "environment")
        peer = "" if problem else python
        found = []
        with Distance(bootstrap_servers, 0.0) as far:
            found.append(_measure("one broker", far, bootstrap_servers, topics, sizes, peer=peer))
        with _secured() as (kafka, far):
            own = Topics(kafka.bootstrap_servers)
            given = kafka.login("ada")
            found.append(_measure("SASL_SSL", far, kafka.bootstrap_servers, own, sizes, peer=peer, properties=given))
        with Cluster() as cluster, Distance(cluster.bootstrap_servers, 0.0) as far:
            own = Topics(cluster.bootstrap_servers)
            found.append(_measure("three brokers", far, cluster.bootstrap_servers, own, sizes, peer=peer))
        return found, f"{PEER} could not be installed: {problem}" if problem else version(python)


@contextmanager
def _secured() -> Iterator[tuple[SecuredKafka, Distance]]:
    """What is encrypted can't be changed on its way, so the brokers themselves send clients to the proxy."""
    kafka = SecuredKafka()
    with Distance(kafka.address(_LISTENER), 0.0, encrypted=True) as far:
        kafka.advertise(_LISTENER, far.bootstrap_servers)
        with kafka:
            yield kafka, far


def _measure(
    name: str, far: Distance, near: str, topics: Topics, sizes: Sizes, *, peer: str,
    properties: Mapping[str, str] | None = None,
) -> Far:  # fmt: skip
    """All works by each contender in turns, near and at each distance."""
    seconds: dict[tuple[str, str], dict[float, list[float]]] = {}
    runs = {LIBRARY: by_library, RAW: by_client}
    if peer:
        runs[THEIRS] = partial(_by_peer, peer)
    given = properties or {}
    scene = Scene(far.bootstrap_servers, topics.new("far"), topics.new("few"), RawClient(near), given)
    for delay in (0.0, *DELAYS):
        far.delay = delay
        warm_up = 0 if delay else 1
        for number in range(warm_up + sizes.few):
            for by, run in runs.items():
                for work, taken in run(scene).items():
                    if number >= warm_up:
                        seconds.setdefault((by, work), {}).setdefault(delay, []).append(taken)
    by_work = sorted(seconds, key=lambda one: list(GOALS).index(one[1]))
    return Far(name, {one: seconds[one] for one in by_work}, has_goals=not given)


class Scene:
    """Where it happens. Events of another application come from near."""

    def __init__(
        self, address: str, topic: str, of_one: str, near: RawClient, properties: Mapping[str, str] | None = None
    ) -> None:
        self.address, self.topic, self.of_one, self.near = address, topic, of_one, near
        self.properties = dict(properties or {})
        for one in (topic, of_one):
            near.meet(one)
        near.publish(of_one, order(0), "0")
        self._number = 0

    def library(self, **more: str) -> KafkaLibrary:
        """One that has not talked to Kafka yet."""
        return KafkaLibrary(self.address, **self.properties, **more)

    def numbers(self) -> Callable[[], int]:
        """Numbers of orders that are given to nobody else."""
        self._number += _A_RUN
        numbers = iter(range(self._number, self._number + _A_RUN))
        return numbers.__next__

    def come(self, number: int) -> int:
        """The order comes from near; gives its offset."""
        return self.near.publish(self.topic, order(number), str(number))


def by_library(scene: Scene) -> dict[str, float]:
    """Seconds by work, in the order in which a suite does them."""
    topic, number, taken = scene.topic, scene.numbers(), dict[str, float]()
    library = scene.library()
    try:
        library.start_test()
        first = number()
        taken[PUBLISH] = timed(lambda: library.publish_event(topic, order(first)))
        taken[AFTER] = timed(lambda: library.wait_for_event(topic, f"orderId == {first}"))
        taken[AGAIN] = timed(lambda: library.publish_event(topic, order(number())))
        starts, rounds = [], []
        for _ in range(_TESTS):
            starts.append(timed(library.start_test))
            rounds.append(timed(lambda: _published_and_found(library, topic, number())))
        taken[START], taken[IN_A_TEST] = median(starts), median(rounds)
        taken[EVENTS] = timed(lambda: library.get_events(topic, f"orderId == {first}"))
        taken[NONE] = timed(lambda: library.no_event_should_arrive(topic, "orderId == 1", within=0))
        orders = [order(number()) for _ in range(1000)]
        taken[THOUSAND] = timed(lambda: library.publish_events(topic, orders))
    finally:
        library.disconnect_from_all_kafka()
    return {**taken, **_first_waits(scene, number)}


def _published_and_found(library: KafkaLibrary, topic: str, number: int) -> None:
    library.publish_event(topic, order(number))
    library.wait_for_event(topic, f"orderId == {number}")


def _first_waits(scene: Scene, number: Callable[[], int]) -> dict[str, float]:
    """Each by a library object that has not talked to Kafka yet."""
    topic, come = scene.topic, number()

    def wait(library: KafkaLibrary) -> float:
        library.start_test()
        scene.come(come)
        return timed(lambda: library.wait_for_event(topic, f"orderId == {come}"))

    def wait_for_any(library: KafkaLibrary) -> float:
        return timed(lambda: library.wait_for_event(scene.of_one, "orderId == 0", since="earliest"))

    return {
        WAIT: _by_a_new_one(scene.library(), wait),
        EARLIEST: _by_a_new_one(scene.library(), wait_for_any),
        WATCH: _by_a_new_one(scene.library(watch=topic), lambda new: timed(new.start_test)),
    }


def _by_a_new_one(library: KafkaLibrary, work: Callable[[KafkaLibrary], float]) -> float:
    try:
        return work(library)
    finally:
        library.disconnect_from_all_kafka()


def by_client(scene: Scene) -> dict[str, float]:
    """What the client alone takes for as much of it as it can."""
    topic, number, taken = scene.topic, scene.numbers(), dict[str, float]()
    offsets: list[int] = []

    def first() -> None:
        client = RawClient(scene.address, scene.properties)
        client.meet(topic)
        publish(client)
        clients.append(client)

    def publish(client: RawClient) -> None:
        one = number()
        offsets.append(client.publish(topic, order(one), str(one)))

    clients: list[RawClient] = []
    taken[PUBLISH] = timed(first)
    client = clients[0]
    taken[AGAIN] = timed(lambda: publish(client))
    orders = [order(number()) for _ in range(1000)]
    taken[THOUSAND] = timed(lambda: client.publish_all(topic, orders))
    offset = scene.come(number())
    consumers = []

    def read() -> None:
        consumers.append(client.consumer(topic, offset))
        receive(consumers[0], offset)

    def round_trip() -> None:
        publish(client)
        receive(consumers[0], offsets[-1])

    try:
        taken[WAIT] = timed(read)
        taken[IN_A_TEST] = median(timed(round_trip) for _ in range(_TESTS))
    finally:
        consumers[0].close()
    return taken


def _by_peer(python: str, scene: Scene) -> dict[str, float]:
    """What ConfluentKafkaLibrary takes for what it has keywords for, in a process of its own that is up already."""
    number = scene.numbers()()
    offset = scene.come(number)
    given = [scene.address, json.dumps(scene.properties), scene.topic, order(number), str(offset)]
    done = subprocess.run([python, _SCRIPT, *given], check=True, capture_output=True, text=True)
    return {_OF_PEER[work]: float(seconds) for work, seconds in json.loads(done.stdout).items()}
