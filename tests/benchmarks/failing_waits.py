"""How long after its deadline a wait has failed: it reads on to the end, and ranks the nearest events."""

from __future__ import annotations

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import ExpectationFailed
from tests.benchmarks.measuring import Row, in_turns, timed
from tests.benchmarks.orders import order
from tests.benchmarks.raw_client import RawClient, Topics
from tests.benchmarks.sizes import Sizes

WORK = "failed wait, time after its deadline"
EVENTS = 10_000
_TIMEOUT = 1.0


def measure(bootstrap_servers: str, topics: Topics, sizes: Sizes) -> list[Row]:
    busy, silent = topics.new("busy"), topics.new("silent")
    client = RawClient(bootstrap_servers)
    values = [order(number) for number in range(EVENTS)]

    def failing(topic: str, events: list[str]) -> float:
        library = KafkaLibrary(bootstrap_servers=bootstrap_servers, watch=topic)
        library.start_test()
        client.publish_all(topic, events)
        try:
            return timed(lambda: _fail(library, topic)) - _TIMEOUT
        finally:
            library.disconnect_from_all_kafka()

    contenders = {"silent": lambda _: failing(silent, []), "busy": lambda _: failing(busy, values)}
    times = in_turns(contenders, sizes.few, warm_up=1)
    return [
        Row(WORK, "KafkaLibrary, no event since the mark", times["silent"]),
        Row(WORK, f"KafkaLibrary, {EVENTS:,} events since the mark", times["busy"]),
    ]


def _fail(library: KafkaLibrary, topic: str) -> None:
    try:
        library.wait_for_event(topic, "orderId >= 0", "status == PAID", timeout=_TIMEOUT)
    except ExpectationFailed:
        return
    raise RuntimeError("The wait found what is not there.")
