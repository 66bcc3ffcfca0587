"""Two topics whose events are paired: by the library, and read and decoded by the raw client and orjson."""

from __future__ import annotations

from collections.abc import Callable

from tests.benchmarks.measuring import Goal, Row, Used, in_turns
from tests.benchmarks.orders import order
from tests.benchmarks.raw_client import Topics, publish_many
from tests.benchmarks.scans import in_a_process
from tests.benchmarks.sizes import Sizes

CONTENDERS = {
    "flow decoded": "consume(500) and orjson, all events of both",
    "flow paired": "KafkaLibrary, `Events Should Correspond` by $.orderId",
}
_GOAL = Goal("at most 2.0 times the client and orjson", 2.0)


def measure(bootstrap_servers: str, topics: Topics, sizes: Sizes) -> list[Row]:
    pairs = sizes.bulk
    both = [topics.new(name) for name in ("orders", "payments")]
    for topic in both:
        publish_many(bootstrap_servers, topic, (order(number).encode() for number in range(pairs)))
    used = {name: Used() for name in CONTENDERS}

    def contender(name: str) -> Callable[[int], float]:
        # One event fewer than there are on one topic, as scans are told.
        return lambda _: used[name].add(in_a_process(name, bootstrap_servers, ",".join(both), events=pairs - 1))

    times = in_turns({name: contender(name) for name in CONTENDERS}, sizes.few, warm_up=1)
    work, base = f"{pairs:,} pairs of events on two topics", times["flow decoded"]
    return [
        Row(work, CONTENDERS["flow decoded"], base, used=used["flow decoded"]),
        Row(work, CONTENDERS["flow paired"], times["flow paired"], base, _GOAL, used["flow paired"]),
    ]
