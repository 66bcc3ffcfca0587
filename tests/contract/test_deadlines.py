"""Where Kafka can't be used each keyword that asks it fails by its deadline, and says why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest

from KafkaLibrary import KafkaLibrary
from tests.contract.deadlines import ASKING, IN_A_TRANSACTION, Ended, ended, importing
from tests.kafka.listeners import closed, dropping, silent

NO_ANSWER = "did not answer|did not acknowledge it in time"
LOGIN = {"sasl.mechanism": "PLAIN", "sasl.username": "who", "sasl.password": "what"}
ASK_NOBODY = {
    "Answers Should Have Been", "Contract Should Be Covered", "Disconnect From All Kafka", "Disconnect From Kafka",
    "Event Field Should Be", "Event Field Should Exist", "Event Field Should Not Be", "Event Field Should Not Exist",
    "Event Header Should Be", "Event Key Should Be", "Event Should Be Like", "Event Should Match Contract",
    "Event Should Match Schema", "Event Should Match", "Events Should Be In Order", "Events Should Be Unique",
    "Expect Contract Violation", "Expect Dead Letters", "Get Broken Events", "Get Event Field",
    "Get Event Fields", "Get Event Header", "Get Valid Events",
    "Load Contract", "Load Event Template", "Log Contract Coverage", "Outbox Event Should Belong To Row",
    "Set Kafka Timeout", "Set Topic Format", "Stop Answering", "Switch Kafka Connection",
    "Topic Should Be In Contract",
}  # fmt: skip
ASK_THE_REGISTRY = {"Get Schema", "Register Schema", "Schema Should Be Compatible"}
NEVER_FAILS = {"Log Events Of Test"}
AS_ANOTHER = {"Publish Events From File": "Publish Events", "Replay Dead Letter": "Publish Event"}


class Fault(NamedTuple):
    """Where the library is told to look, and what it says."""

    listening: Any
    reason: str
    options: dict[str, Any]
    host: str = "127.0.0.1"


@contextmanager
def nowhere() -> Iterator[int]:
    yield 9092


FAULTS = {
    "a name that nobody knows": Fault(nowhere, "can't be resolved", {}, "nowhere.invalid"),
    "a port that is closed": Fault(closed, "refused", {}),
    "a port that says nothing": Fault(silent, NO_ANSWER, {}),
    "packets that are dropped": Fault(dropping, f"{NO_ANSWER}|refused", {}),  # which Windows can't keep waiting
    "TLS that says nothing": Fault(silent, NO_ANSWER, {"security.protocol": "SSL"}),
    "a login that is not answered": Fault(silent, NO_ANSWER, {"security.protocol": "SASL_PLAINTEXT", **LOGIN}),
}


@pytest.fixture(scope="module", params=FAULTS)
def found(request: pytest.FixtureRequest) -> tuple[Fault, dict[str, Ended]]:
    fault = FAULTS[request.param]
    with fault.listening() as port:
        return fault, ended(ASKING, lambda _: importing(port, fault.host, **fault.options), fault.reason)


@pytest.mark.parametrize("keyword", ASKING)
def test_it_fails_with_the_reason_by_its_deadline(found: tuple[Fault, dict[str, Ended]], keyword: str) -> None:
    fault, calls = found
    assert calls[keyword].in_time, calls[keyword]
    assert re.search(fault.reason, str(calls[keyword].said)), calls[keyword]


def test_no_keyword_is_left_out() -> None:
    names = {name.replace("_", " ").title() for name in KafkaLibrary().get_keyword_names()}
    known = {*ASKING, *IN_A_TRANSACTION, *ASK_NOBODY, *ASK_THE_REGISTRY, *NEVER_FAILS, *AS_ANOTHER}
    assert names - known == set()
