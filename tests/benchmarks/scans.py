"""A million events that don't match, read from the beginning: by the library, by the client alone, and by kcat."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import chain

from tests.benchmarks.measuring import Row, Times, in_turns
from tests.benchmarks.raw_client import Topics, publish_many
from tests.places import ROOT

EVENTS = 1_000_000
ROUNDS = 3
NOWHERE = 19_999
"""A quantity that the last event alone has."""
WORK = "1,000,000 events read, all but the last without a match"
KCAT = "kcat -C -b {bootstrap_servers} -t {topic} -o beginning -e -q | jq -c 'select(.quantity == 19999)'"

CONTENDERS = {
    "client": "consume(500), and nothing looked at",
    "decoded": "consume(500) and orjson, one field compared",
    "screened": "KafkaLibrary, `$.quantity == 19999`",
    "judged": "KafkaLibrary, `$.quantity >= 19999`",
}


def measure(bootstrap_servers: str, topics: Topics) -> list[Row]:
    topic = topics.new("scan")
    publish_many(bootstrap_servers, topic, chain(_events(), [_event(EVENTS, NOWHERE)]))
    peaks: dict[str, list[float]] = {name: [] for name in CONTENDERS}

    def contender(name: str) -> Callable[[int], float]:
        def run(_: int) -> float:
            seconds, peak = in_a_process(name, bootstrap_servers, topic)
            peaks[name].append(peak)
            return seconds

        return run

    times = in_turns({name: contender(name) for name in CONTENDERS}, ROUNDS, warm_up=1)
    rows = [
        Row(WORK, CONTENDERS["client"], times["client"]),
        Row(WORK, CONTENDERS["decoded"], times["decoded"], times["client"].median),
        Row(WORK, CONTENDERS["screened"], times["screened"], times["client"].median, "at most 2 times the client"),
        Row(WORK, CONTENDERS["judged"], times["judged"], times["decoded"].median, "at most 1.43 times orjson"),
    ]
    failed = Times([in_a_process("failing", bootstrap_servers, topic)[0] for _ in range(ROUNDS)])
    rows.append(
        Row("1,000,000 events read, failed wait, after its deadline", "KafkaLibrary", failed, goal="at most 1 s")
    )
    if shutil.which("kcat") and shutil.which("jq"):
        piped = Times([_piped(bootstrap_servers, topic)])
        rows.append(Row(WORK, "kcat and jq, to the library's `==`", piped, times["screened"].median, "at least 3"))
    for name in ("client", "screened", "judged"):
        sys.stderr.write(f"  peak memory, {CONTENDERS[name]}: {max(peaks[name]):.0f} MB\n")
    return rows


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


def _events() -> Iterator[bytes]:
    return (_event(number, random.randrange(NOWHERE)) for number in range(EVENTS))


def in_a_process(name: str, bootstrap_servers: str, topic: str, registry: str = "") -> tuple[float, float]:
    """Seconds, and the peak of the process's memory in MB."""
    given = [name, bootstrap_servers, topic, str(EVENTS + 1), *([registry] if registry else [])]
    command = [sys.executable, "-m", "tests.benchmarks.one_scan", *given]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    seconds, peak = said.split()
    return float(seconds), float(peak)


def _piped(bootstrap_servers: str, topic: str) -> float:
    command = KCAT.format(bootstrap_servers=bootstrap_servers, topic=topic)
    began = time.perf_counter()
    found = subprocess.run(["sh", "-c", command], check=True, capture_output=True, text=True).stdout
    assert str(NOWHERE) in found
    return time.perf_counter() - began
