"""The pytest plugin: the fixture ``kafka``, whose tests have marks of their own and leave evidence where they fail.

Each run of pytest imports this module, so it imports nothing else of the library before a test asks for the fixture.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from KafkaLibrary.library import KafkaLibrary
    from KafkaLibrary.pytest_plugin.evidence import EvidenceOfTest

_EVIDENCE: pytest.StashKey[EvidenceOfTest] = pytest.StashKey()
_HELP = "arguments of the library's import for the fixture kafka, NAME=VALUE, such as bootstrap_servers=kafka:9092"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("kafka").addoption("--kafka", action="append", default=[], metavar="NAME=VALUE", help=_HELP)
    parser.addini("kafka", _HELP, type="linelist", default=[])


@pytest.fixture(scope="session")
def kafka_options() -> Mapping[str, Any]:
    """Arguments of the library's import that only a run can know, such as an address: for a project to override."""
    return {}


@pytest.fixture(scope="session")
def kafka_library(request: pytest.FixtureRequest, kafka_options: Mapping[str, Any]) -> Iterator[KafkaLibrary]:
    """One library object for the whole run."""
    from KafkaLibrary.pytest_plugin.import_arguments import imported  # noqa: PLC0415 - for who uses it

    __tracebackhide__ = True  # pytest shows what a function was given, and among the options may be passwords
    library = imported(request.config, kafka_options)
    yield library
    library.disconnect_from_all_kafka()


@pytest.fixture
def kafka(request: pytest.FixtureRequest, kafka_library: KafkaLibrary) -> Iterator[KafkaLibrary]:
    """The library, in a test of its own: waits look from here on, and what the test leaves open is ended behind it."""
    from KafkaLibrary.pytest_plugin.evidence import EvidenceOfTest  # noqa: PLC0415 - for who uses it

    with EvidenceOfTest(kafka_library, request.node.warn) as evidence:
        request.node.stash[_EVIDENCE] = evidence
        kafka_library.start_test(request.node.name)
        yield kafka_library
        kafka_library.end_test()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    evidence = item.stash.get(_EVIDENCE, None)
    if evidence is not None and report.failed and call.when == "call":
        evidence.add_to(report, item.config)
    return report
