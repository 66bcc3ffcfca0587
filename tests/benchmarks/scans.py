"""A backlog since the mark of which only the last event matches: read by the library, the client alone, and kcat."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from itertools import chain

from tests.benchmarks.measuring import Goal, Row, Times, Used, in_turns
from tests.benchmarks.processes import Taken, alone, piped
from tests.benchmarks.raw_client import Topics, publish_many
from tests.benchmarks.sizes import Sizes

EVENTS = 1_000_000
NOWHERE = 19_999
"""A quantity that the last event alone has."""
_MILLION = 1_000_000
_KCAT = "kcat -C -b {bootstrap_servers} -t {topic} -o beginning -e -q"
PIPES = {
    "kcat-grep": _KCAT + " | grep '\"quantity\": 19999'",
    "kcat-jq": _KCAT + " | jq -c 'select(.quantity == 19999)'",
}
NEEDED = {"kcat-grep": ("kcat", "grep"), "kcat-jq": ("kcat", "jq")}

CONTENDERS = {
    "client": "consume(500), and nothing looked at",
    "decoded": "consume(500) and orjson, one field compared",
    "screened": "KafkaLibrary, `$.quantity == 19999`, no decoding needed",
    "judged": "KafkaLibrary, `$.quantity >= 19999`, every event decoded",
    "five screened": "KafkaLibrary, the first and four more conditions",
    "five judged": "KafkaLibrary, the second and four more conditions",
    "kcat-grep": "kcat and grep",
    "kcat-jq": "kcat and jq",
}
_BASES = {"decoded": "client", "screened": "client", "judged": "decoded", "five screened": "client",
          "five judged": "decoded", "kcat-grep": "screened", "kcat-jq": "judged"}  # fmt: skip
_EXPLAINED = Goal("at most 1 s", 1, in_seconds=True)
_GOALS = {
    "screened": Goal("at most 1.67 (0.6 of the client)", 1 / 0.6),
    "judged": Goal("at most 1.25 (0.8 of orjson)", 1 / 0.8),
    "kcat-grep": Goal("at least the library's `==`", 1, at_least=True),
    "kcat-jq": Goal("at least 3 times the library's `>=`", 3, at_least=True),
}


def measure(bootstrap_servers: str, topics: Topics, sizes: Sizes) -> list[Row]:
    rows: list[Row] = []
    for events in sizes.backlogs:
        rows += _of(events, bootstrap_servers, topics, sizes)
    return rows


def missing_tools() -> list[str]:
    """Programs that are compared with and are not installed."""
    return [tool for tool in ("kcat", "grep", "jq") if shutil.which(tool) is None]


def _of(events: int, bootstrap_servers: str, topics: Topics, sizes: Sizes) -> list[Row]:
    topic = backlog(bootstrap_servers, topics, events)
    work = f"{events:,} events since the mark, the last matches"
    used = {name: Used() for name in CONTENDERS if _installed(name)}

    def run(name: str) -> Taken:
        if name in PIPES:
            return piped(PIPES[name].format(bootstrap_servers=bootstrap_servers, topic=topic), str(NOWHERE))
        return in_a_process(name, bootstrap_servers, topic, events=events)

    def contender(name: str) -> Callable[[int], float]:
        return lambda _: used[name].add(run(name))

    times = in_turns({name: contender(name) for name in used}, sizes.few, warm_up=1)
    rows = []
    for name, found in times.items():
        base = times[_BASES[name]] if name in _BASES else None
        # A pipe's process starts with its clock; of few events that is most of it.
        goal = _GOALS.get(name) if events >= _MILLION else None
        rows.append(Row(work, CONTENDERS[name], found, base, goal, used[name]))
    failed = Used()
    seconds = [failed.add(in_a_process("failing", bootstrap_servers, topic, events=events)) for _ in range(2)]
    nothing = f"{events:,} events, none matches: the failed wait after its deadline"
    rows.append(Row(nothing, "KafkaLibrary, explanation included", Times(seconds), goal=_EXPLAINED, used=failed))
    return rows


def _installed(name: str) -> bool:
    return all(shutil.which(tool) for tool in NEEDED.get(name, ()))


def backlog(bootstrap_servers: str, topics: Topics, events: int) -> str:
    """A topic with that many events and one that matches behind them."""
    topic = topics.new("scan")
    publish_many(bootstrap_servers, topic, chain(_events(events), [_event(events, NOWHERE)]))
    return topic


def _event(number: int, quantity: int) -> bytes:
    order = {
        "eventId": f"{random.getrandbits(128):032x}",
        "orderId": number,
        "status": "NEW",
        "quantity": quantity,
        "total": round(random.random() * 1000, 2),
        "customer": {"id": f"C-{number % 1000}", "name": "Ada Lovelace", "email": "ada@example.com"},
        "items": [{"sku": "P-7", "count": 2}, {"sku": "P-8", "count": 1}],
        "placedAt": "2026-11-22T12:00:00.000Z",
        "note": "Please leave the parcel with the neighbours.",
    }
    return json.dumps(order).encode()


def _events(events: int = EVENTS) -> Iterator[bytes]:
    return (_event(number, random.randrange(NOWHERE)) for number in range(events))


def in_a_process(name: str, bootstrap_servers: str, topic: str, registry: str = "", events: int = EVENTS) -> Taken:
    """What one scan took; the topic has one event more than ``events``."""
    return alone("one_scan", name, bootstrap_servers, topic, str(events + 1), *([registry] if registry else []))
