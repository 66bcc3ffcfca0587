"""Twenty topics watched while nothing happens: processor time, and requests to the broker."""

from __future__ import annotations

import json
import time
from typing import Any

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.broker.clients.closing import let_go
from tests.benchmarks.measuring import Goal
from tests.benchmarks.raw_client import Topics
from tests.benchmarks.sizes import Sizes

TOPICS = 20
_TOLD_EVERY = 4000
"""Milliseconds; to make and read these figures takes processor time too."""
_BEGIN = 5.0
"""Seconds until connections are made and first answers are there."""
_CORE = Goal("at most 1 % of a core", 0.01)
_REQUESTS = Goal("at most 50 a second", 50)


def measure(bootstrap_servers: str, topics: Topics, sizes: Sizes) -> str:
    """Lines for the page: a library that waits for what does not come, in the process that measures."""
    names = [topics.new(f"idle-{number}") for number in range(TOPICS)]
    sent: list[tuple[float, int]] = []

    def told(text: str) -> None:
        said: Any = json.loads(text)
        by_broker = [int(broker["tx"]) for broker in said["brokers"].values() if broker["nodeid"] >= 0]
        sent.append((time.monotonic(), max(by_broker, default=0)))

    library = KafkaLibrary(bootstrap_servers, watch=names)
    library.start_test()
    reader = library._session.current.reader
    let_go(reader.clients())
    settings = reader._settings
    reader._settings = settings.with_defaults(settings.bootstrap_servers, statistics_interval_ms=_TOLD_EVERY)
    made = reader._make
    vars(reader)["_make"] = lambda **more: made(stats_cb=told, **more)
    library._session.current.watcher.topics.clear()
    library.watch_topics(*names)
    time.sleep(_BEGIN)
    seconds = sizes.idle_minutes * 60
    began, worked = time.monotonic(), time.process_time()
    library.no_event_should_arrive(names, "$.orderId == 42", within=seconds)
    took = time.monotonic() - began
    share = (time.process_time() - worked) / took
    library.disconnect_from_all_kafka()
    rate = _rate([one for one in sent if one[0] >= began])
    return (
        "| idle watch | measured | goal |\n| --- | ---: | ---: |\n"
        f"| minutes | {took / 60:.1f} | |\n"
        f"| processor time, share of a core | {100 * share:.2f} % | {_CORE.outcome(share)} |\n"
        f"| requests of the reader to the broker it asks most | {rate:.1f} a second | {_REQUESTS.outcome(rate)} |\n"
    )


def _rate(sent: list[tuple[float, int]]) -> float:
    if len(sent) < 2:
        raise RuntimeError("The client told no statistics.")
    (began, first), (ended, last) = sent[0], sent[-1]
    return (last - first) / (ended - began)
