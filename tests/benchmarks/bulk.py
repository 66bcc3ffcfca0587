"""Many dictionaries published at once, every event acknowledged with its offset."""

from __future__ import annotations

from collections.abc import Callable

from tests.benchmarks.measuring import Goal, Row, Used, in_turns
from tests.benchmarks.processes import alone
from tests.benchmarks.raw_client import Topics
from tests.benchmarks.sizes import Sizes

CONTENDERS = {
    "plain": "raw client and orjson, no callback",
    "callback": "raw client and orjson, a callback in Python",
    "library": "KafkaLibrary, `Publish Events`",
}


def measure(bootstrap_servers: str, topics: Topics, sizes: Sizes) -> list[Row]:
    work = f"{sizes.bulk:,} dictionaries published"
    topic = topics.new("bulk")
    used = {name: Used() for name in CONTENDERS}

    def contender(name: str) -> Callable[[int], float]:
        return lambda _: used[name].add(alone("one_bulk", name, bootstrap_servers, topic, str(sizes.bulk)))

    times = in_turns({name: contender(name) for name in CONTENDERS}, sizes.few, warm_up=1)
    raw = times["plain"]
    goals = {"library": Goal("at most 2.22 (0.45 of raw)", 1 / 0.45)}
    return [
        Row(work, title, times[name], None if name == "plain" else raw, goals.get(name), used[name])
        for name, title in CONTENDERS.items()
    ]
