"""Importing the library is cheap, and describing it or a dry run asks Kafka nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

SLOW = [
    "KafkaLibrary.command_line",
    "click",
    "confluent_kafka",
    "confluent_kafka.admin",
    "confluent_kafka.schema_registry",
    "confluent_kafka.avro",
    "fastavro",
    "google.protobuf",
    "grpc_tools",
    "httpx",
    "httpx2",
    "jsonpath_ng",
    "jsonschema",
    "ply",
    "requests",
]
"""Modules that are imported on first use: some take longer than all else together."""

MOST_MODULES = 88
"""Beyond those of the Kafka client and of Robot: 50 when this was written, 134 when all was imported at once."""
AT_FIRST_USE = (
    "KafkaLibrary.connection",
    "KafkaLibrary.broker.cluster.admin",
    "KafkaLibrary.matching",
    "KafkaLibrary.reporting.checks",
    "KafkaLibrary.reporting.evidence",
    "KafkaLibrary.reporting.waits",
    "KafkaLibrary.serialization",
)
OF_SCHEMAS = (
    "KafkaLibrary.serialization.registry.writer_schema",
    "KafkaLibrary.serialization.registry.known_schemas",
    "KafkaLibrary.serialization.registry.registry",
    "KafkaLibrary.serialization.schemas.schema_argument",
)

SUITE = """\
*** Settings ***
Library    KafkaLibrary    bootstrap_servers=127.0.0.1:1    watch=orders

*** Test Cases ***
An Event
    Watch Topics    orders
    Wait For Event    orders    $.orderId == 42    timeout=5 s
"""
NO_CLIENT = """\
import sys
import confluent_kafka, confluent_kafka.admin, confluent_kafka.cimpl

def refuse(*_, **__):
    print("A CLIENT WAS MADE")
    raise SystemExit(99)

for place in (confluent_kafka, confluent_kafka.cimpl, confluent_kafka.admin):
    for name in ("Consumer", "Producer", "AdminClient"):
        if hasattr(place, name):
            setattr(place, name, refuse)
"""


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A new Python in the folder of the project."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])


@pytest.fixture(scope="module")
def imported() -> set[str]:
    done = run("import sys, KafkaLibrary; KafkaLibrary.KafkaLibrary(); print(*sorted(sys.modules))")
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize("name", SLOW)
def test_importing_the_library_does_not_import_what_is_slow(imported: set[str], name: str) -> None:
    assert name not in imported


def test_importing_the_library_imports_few_modules_of_its_own_and_others() -> None:
    code = (
        "import sys, confluent_kafka, robot.api; before = set(sys.modules); import KafkaLibrary; "
        "KafkaLibrary.KafkaLibrary(); print(*(set(sys.modules) - before))"
    )
    added = run(code).stdout.split()
    assert len(added) <= MOST_MODULES, sorted(added)
    assert not [name for name in added if name.startswith(AT_FIRST_USE)]


def test_a_test_without_schemas_imports_nothing_of_them() -> None:
    code = (
        "import sys, KafkaLibrary; kafka = KafkaLibrary.KafkaLibrary('embedded'); "
        "event = kafka.publish_event('orders', {'orderId': 42}); kafka.wait_for_event('orders', 'orderId == 42'); "
        "kafka.event_field_should_be(event, 'orderId', 42); print(*sys.modules)"
    )
    imported = set(run(code).stdout.split())
    assert "KafkaLibrary.connection" in imported
    assert not imported & set(OF_SCHEMAS)


def test_importing_the_library_starts_no_thread() -> None:
    done = run("import threading, KafkaLibrary; KafkaLibrary.KafkaLibrary(); print(threading.active_count())")
    assert done.stdout == "1\n"


def test_importing_the_library_says_nothing() -> None:
    done = run("import KafkaLibrary; KafkaLibrary.KafkaLibrary()")
    assert (done.stdout, done.stderr) == ("", "")


def test_libdoc_makes_no_client(tmp_path: Path) -> None:
    page = tmp_path / "page.json"
    code = f"{NO_CLIENT}from robot.libdoc import libdoc_cli\nlibdoc_cli(sys.argv[1:])"
    done = run(code, "KafkaLibrary::127.0.0.1:1::watch=orders", str(page))
    assert (done.returncode, page.is_file()) == (0, True), done.stdout + done.stderr


def test_a_dry_run_makes_no_client(tmp_path: Path) -> None:
    (tmp_path / "suite.robot").write_text(SUITE, encoding="utf-8")
    code = f"{NO_CLIENT}from robot import run_cli\nrun_cli(sys.argv[1:])"
    done = run(code, "--dryrun", "--output", "NONE", "--log", "NONE", "--report", "NONE", str(tmp_path))
    assert (done.returncode, "1 test, 1 passed" in done.stdout) == (0, True), done.stdout + done.stderr


def test_the_refusal_of_clients_works_for_this_test_of_it() -> None:
    code = f"{NO_CLIENT}from KafkaLibrary import KafkaLibrary\nKafkaLibrary('127.0.0.1:1').get_topics()"
    assert "A CLIENT WAS MADE" in run(code).stdout


CHATTY = """\
*** Settings ***
Library    KafkaLibrary    bootstrap_servers=embedded

*** Test Cases ***
An Event
    Publish Event    orders    {"orderId": 42}
    ${event}=    Wait For Event    orders    orderId == 42
    Event Field Should Be    ${event}    orderId    42
"""


def test_a_keyword_that_passes_leaves_one_message_in_the_log(tmp_path: Path) -> None:
    (tmp_path / "suite.robot").write_text(CHATTY, encoding="utf-8")
    output = tmp_path / "output.xml"
    code = "from robot import run_cli; import sys; run_cli(sys.argv[1:])"
    done = run(code, "--output", str(output), "--log", "NONE", "--report", "NONE", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    keywords = [one for one in ElementTree.parse(output).iter("kw") if one.get("owner") == "KafkaLibrary"]
    # The assignment of ${event} is a message of Robot's.
    assert [len(one.findall("msg")) for one in keywords] == [1, 2, 1]
