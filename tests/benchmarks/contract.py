"""What it costs that each event is held against a contract: a whole Robot suite with and without the guard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.measuring import Goal, Row, Times, in_turns
from tests.benchmarks.processes import processor_time
from tests.benchmarks.raw_client import Topics
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.suites import LIBRARY_TEST, run, write
from tests.kafka.distance import Distance

_GOAL = Goal("at most 1.05 times without the guard", 1.05)
_WITHOUT, _READ, _GUARDED = "without a contract", "contract=", "contract= contract_guard=FAIL"
_ROUNDS = 3
"""Times as many as of others: little is looked for."""
_FETCH = 1
"""The API key of requests for events, which come by the clock and not by test."""
_SETTINGS = "Library    KafkaLibrary    bootstrap_servers={address}    watch={topic}{more}"
_CONTRACT = """\
asyncapi: 3.0.0
info: {title: Orders, version: 1.0.0}
channels:
  orders: {address: %s, messages: {OrderPlaced: {$ref: '#/components/messages/OrderPlaced'}}}
components:
  messages:
    OrderPlaced:
      payload:
        type: object
        required: [orderId, type, status, customer, items]
        properties:
          orderId: {type: integer, minimum: 0}
          type: {const: OrderPlaced}
          status: {enum: [NEW, PAID, SENT]}
          customer: {type: object, required: [id], properties: {id: {type: string}, name: {type: string}}}
          note: {type: string, maxLength: 200}
          items:
            type: array
            minItems: 1
            items:
              type: object
              required: [sku, quantity, price]
              properties: {sku: {type: string}, quantity: {type: integer, minimum: 1}, price: {type: number}}
"""


def measure(bootstrap_servers: str, topics: Topics, sizes: Sizes) -> list[Row]:
    topic = topics.new("contract")
    asked: dict[str, list[int]] = {}
    with TemporaryDirectory() as folder, Distance(bootstrap_servers, 0.0) as seen:
        contract = Path(folder) / "orders.asyncapi.yaml"
        contract.write_text(_CONTRACT % topic, encoding="utf-8")
        given = f"    contract={contract.as_posix()}"
        options = {_WITHOUT: "", _READ: given, _GUARDED: f"{given}    contract_guard=FAIL"}

        def contender(name: str, place: Path) -> Callable[[int], float]:
            library = _SETTINGS.format(address=seen.bootstrap_servers, topic=topic, more=options[name])
            suite = write(place, f"*** Settings ***\n{library}\n", LIBRARY_TEST, sizes.goal_suite, topic=topic)

            def once(_: int) -> float:
                seen.requests.clear()
                seconds = processor_time(lambda: run(suite))
                asked.setdefault(name, []).append(sum(request.key != _FETCH for request in seen.requests))
                return seconds

            return once

        contenders = {name: contender(name, Path(folder) / f"{number}.robot") for number, name in enumerate(options)}
        times = in_turns(contenders, _ROUNDS * sizes.few, warm_up=1)
    bases = {_READ: times[_WITHOUT], _GUARDED: times[_READ]}
    return [_row(name, found, bases.get(name), median(asked[name]), sizes.goal_suite) for name, found in times.items()]


def _row(name: str, found: Times, base: Times | None, asked: float, tests: int) -> Row:
    work = f"Robot suite of {tests:,} tests with events of a contract, processor time"
    goal = _GOAL if name == _GUARDED else None
    return Row(work, f"{name}, {asked / tests:.2f} requests a test", found, base, goal)
