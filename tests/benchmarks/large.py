"""A large cluster of three brokers: thousands of topics that nobody here asked for, and one of many partitions."""

from __future__ import annotations

import difflib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from statistics import median

from confluent_kafka import Consumer
from confluent_kafka.admin import AdminClient, NewTopic

from KafkaLibrary import KafkaLibrary, connection
from KafkaLibrary.errors import ExpectationFailed
from tests.benchmarks.measuring import Goal, Row, Used, in_turns, timed
from tests.benchmarks.orders import order
from tests.benchmarks.processes import alone
from tests.benchmarks.raw_client import RawClient, Topics, receive
from tests.benchmarks.sizes import Sizes
from tests.kafka.cluster import Cluster
from tests.kafka.distance import Distance

_PARTITIONS = 20
_AT_ONCE = 1_000
"""Partitions that are made by one request: of more the controller tells that they are too many."""
_PATIENCE = 300.0
_PAUSE = 0.5
_FAR = 0.05
_STARTS = 20
# Thousands of logs are made at once, and a node that is busy with that is no node that is away.
_SETTINGS = {"broker.session.timeout.ms": "60000", "controller.quorum.fetch.timeout.ms": "30000"}
_GOAL = Goal("at most 1.5 times one partition", 1.5)
NAMED = "team-{:04}-orders"
MISSING = "team-0001-order"


def measure(bootstrap_servers: str, topics: Topics, sizes: Sizes) -> list[Row]:
    """On a cluster of its own, whatever the others are measured on."""
    assert connection  # what a connection needs is imported
    with Cluster(_SETTINGS, heap="600m") as cluster:
        _fill(cluster, sizes)
        title = f"{sizes.many_topics:,} topics of {_PARTITIONS} partitions: "
        return [*_rows(title, cluster.bootstrap_servers, sizes), *_wide(cluster.bootstrap_servers, sizes)]


def _fill(cluster: Cluster, sizes: Sizes) -> None:
    """Returns when each broker knows all topics."""
    new = [NewTopic(NAMED.format(number), _PARTITIONS, 1) for number in range(sizes.many_topics)]
    new += [NewTopic("narrow", 1, 1), NewTopic("wide", sizes.wide, 1)]
    admin = AdminClient({"bootstrap.servers": cluster.bootstrap_servers})
    for some in _lots(new):
        for made in admin.create_topics(some, request_timeout=_PATIENCE).values():
            made.result()
    until = time.monotonic() + _PATIENCE
    brokers = [AdminClient({"bootstrap.servers": address}) for address in cluster.bootstrap_servers.split(",")]
    while not all(_knows(broker, len(new)) for broker in brokers):
        if time.monotonic() > until:
            raise RuntimeError("The brokers did not learn of all topics.")
        time.sleep(_PAUSE)


def _lots(new: Sequence[NewTopic]) -> Iterator[list[NewTopic]]:
    each = _AT_ONCE // _PARTITIONS
    return (list(new[first : first + each]) for first in range(0, len(new), each))


def _knows(broker: AdminClient, count: int) -> bool:
    listed = broker.list_topics(timeout=_PATIENCE).topics.values()
    return len(listed) >= count and all(part.leader >= 0 for topic in listed for part in topic.partitions.values())


def _rows(title: str, servers: str, sizes: Sizes) -> list[Row]:
    client, topic = RawClient(servers), NAMED.format(1)
    client.meet("narrow")
    offset = client.publish("narrow", order(1), "1")
    library = KafkaLibrary(servers, watch=topic)
    library.start_test()

    admin = AdminClient({"bootstrap.servers": servers})

    consumers: list[Consumer] = []
    others: list[KafkaLibrary] = []

    def first_read() -> None:
        consumers.append(client.consumer("narrow"))
        receive(consumers[-1], offset)

    def first_wait() -> None:
        others.append(KafkaLibrary(servers))
        others[-1].wait_for_event("narrow", "orderId == 1", since="earliest")

    def names() -> list[str]:
        return list(admin.list_topics(timeout=_PATIENCE).topics)

    def near_name() -> None:
        difflib.get_close_matches(MISSING, names())

    def did_you_mean() -> None:
        with suppress(ExpectationFailed):
            library.wait_for_event(MISSING, timeout=0)

    rows: list[Row] = []

    def compare(work: str, by_raw: str, raw: Callable[[], object], by_library: str, own: Callable[[], object]) -> None:
        times = in_turns({"raw": lambda _: timed(raw), "library": lambda _: timed(own)}, sizes.few, warm_up=1)
        rows.append(Row(title + work, by_raw, times["raw"]))
        rows.append(Row(title + work, by_library, times["library"], times["raw"]))

    compare("first wait, connection included", "raw client", first_read, "KafkaLibrary, since=earliest", first_wait)
    compare("their names", "raw client, `list_topics`", names, "KafkaLibrary, `Get Topics`", library.get_topics)
    compare(
        "a name that is none", "raw client, `list_topics` and difflib", near_name,
        "KafkaLibrary, a wait of no time fails", did_you_mean,
    )  # fmt: skip
    for one in [library, *others]:
        one.disconnect_from_all_kafka()
    for consumer in consumers:
        consumer.close()
    used = {name: Used() for name in ("raw", "library")}

    def in_a_process(name: str) -> Callable[[int], float]:
        return lambda _: used[name].add(alone("one_large", name, servers))

    times = in_turns({name: in_a_process(name) for name in used}, sizes.few)
    work = f"{title}all of these in a process"
    return [
        *rows,
        Row(work, "raw client", times["raw"], used=used["raw"]),
        Row(work, "KafkaLibrary", times["library"], times["raw"], used=used["library"]),
    ]


def _wide(servers: str, sizes: Sizes) -> list[Row]:
    """The start of a test, by how many partitions the topic has that is watched."""
    rows = []
    with Distance(servers, 0.0) as distance:
        for delay, address in ((0.0, servers), (_FAR, distance.bootstrap_servers)):
            distance.delay = delay
            libraries = {topic: KafkaLibrary(address, watch=topic) for topic in ("narrow", "wide")}
            times = in_turns({topic: _starts(one) for topic, one in libraries.items()}, sizes.few, warm_up=1)
            for one in libraries.values():
                one.disconnect_from_all_kafka()
            work = f"test's start, Kafka {delay * 1000:.0f} ms away" if delay else "test's start, Kafka near"
            rows += [
                Row(work, "a topic of one partition is watched", times["narrow"]),
                Row(work, f"a topic of {sizes.wide} partitions is watched", times["wide"], times["narrow"], _GOAL),
            ]
    return rows


def _starts(library: KafkaLibrary) -> Callable[[int], float]:
    return lambda _: median(timed(library.start_test) for _ in range(_STARTS))
