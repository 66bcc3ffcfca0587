"""From the call that publishes an event to the event found among those that arrived."""

from __future__ import annotations

from KafkaLibrary import KafkaLibrary
from tests.benchmarks.measuring import Goal, Row, in_turns, timed
from tests.benchmarks.orders import order
from tests.benchmarks.raw_client import RawClient, Topics, receive
from tests.benchmarks.sizes import Sizes

WORK = "publish an event and find it"
_WARM_UP = 1500
"""A Kafka that was only just started answers slowly, which would flatter the ratio."""
_A_TEST = 5
"""Events published in one test: each wait looks at those since the test's start."""


def measure(bootstrap_servers: str, topics: Topics, sizes: Sizes) -> list[Row]:
    ours, theirs = topics.new("library"), topics.new("raw")
    library = KafkaLibrary(bootstrap_servers=bootstrap_servers, watch=ours)
    client = RawClient(bootstrap_servers)
    consumer = client.consumer(theirs)

    def by_library(number: int) -> float:
        if number % _A_TEST == 0:
            library.start_test()
        value, key, condition = order(number), str(number), f"orderId == {number}"

        def work() -> None:
            library.publish_event(ours, value, key=key)
            library.wait_for_event(ours, condition)

        return timed(work)

    def by_client(number: int) -> float:
        value, key = order(number), str(number)

        def work() -> None:
            offset = client.publish(theirs, value, key)
            if receive(consumer, offset)["orderId"] != number:
                raise RuntimeError("This is another order.")

        return timed(work)

    try:
        times = in_turns(
            {"library": by_library, "raw": by_client}, sizes.round_trips, min(_WARM_UP, 5 * sizes.round_trips)
        )
    finally:
        library.disconnect_from_all_kafka()
        consumer.close()
    return [
        Row(WORK, "raw client", times["raw"]),
        Row(WORK, "KafkaLibrary", times["library"], times["raw"], Goal("at most 1.2 times raw", 1.2)),
    ]
