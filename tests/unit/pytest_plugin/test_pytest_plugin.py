"""The plugin in runs of pytest of its own: what it gives to tests, shows of failures, and costs who does not use it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest

from KafkaLibrary.pytest_plugin.import_arguments import import_arguments
from tests.places import ROOT

PLUGIN = "KafkaLibrary.pytest_plugin"
EMBEDDED = ("--kafka", "bootstrap_servers=embedded", "--kafka", "watch=orders")
# What looks like pytest's own reports: the modules that the plugin asks for, and what it does with them.
REPORTS = """\
import sys, types, pytest
made = types.ModuleType("pytest_html"); made.extras = types.SimpleNamespace(html=lambda page: {"content": page})
sys.modules["pytest_html"] = made
class Html:
    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report):
        for extra in getattr(report, "extras", []):
            print("HTML EXTRA", "<details" in extra["content"], "asked for $.orderId == 2" in extra["content"])
allure = types.ModuleType("allure"); allure.attachment_type = types.SimpleNamespace(HTML="html")
allure.attach = lambda page, name, kind: print("ALLURE", name, kind, page.startswith("<!DOCTYPE html>"))
sys.modules["allure"] = allure
def pytest_configure(config):
    config.pluginmanager.register(Html(), "html")
    config.pluginmanager.register(types.SimpleNamespace(), "allure_pytest")
"""


TESTS = """\
def test_a_wait_fails(kafka):
    kafka.publish_event("orders", {"orderId": 1}, key="k")
    kafka.wait_for_event("orders", "orderId == 2", timeout=0.3)

def test_another_step_fails(kafka):
    kafka.publish_event("orders", {"orderId": 7})
    assert 500 == 200

def test_it_passes(kafka):
    kafka.no_event_should_arrive("orders", within=0.1)
    kafka.publish_event("orders", {"orderId": 8})
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a run says in which tests fail."""
    return run(tmp_path_factory.mktemp("failing"), TESTS, *EMBEDDED, "-s", "-rA", conftest=REPORTS)


def run(tmp_path: Path, tests: str, *options: str, conftest: str = "", settings: str = "", **environment: str) -> str:
    """What a run of pytest in a folder of its own says."""
    (tmp_path / "test_it.py").write_text(tests, encoding="utf-8")
    (tmp_path / "conftest.py").write_text(conftest, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text(f"[pytest]\n{settings}", encoding="utf-8")
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("KAFKA_", "SCHEMA_", "PYTEST_"))}
    mine |= {"PYTHONPATH": str(ROOT), "COLUMNS": "150", **environment}
    command = [sys.executable, "-m", "pytest", "-p", PLUGIN, "-p", "no:cacheprovider", *options, str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, env=mine, capture_output=True, check=False, encoding="utf-8")
    return done.stdout + done.stderr


class TestAFailure:
    def test_it_shows_the_test_and_its_message_and_no_frame_of_the_library(self, said: str) -> None:
        assert '>       kafka.wait_for_event("orders", "orderId == 2", timeout=0.3)' in said
        assert "No event on 'orders' matched within 0.3 seconds:" in said
        assert "KafkaLibrary/keywords" not in said.replace("\\", "/")
        assert "raise failed(" not in said

    def test_it_has_the_events_of_the_test_as_text(self, said: str) -> None:
        assert "Kafka: events of the test" in said
        assert "1 event came on 'orders' since the test began:" in said
        assert '{"orderId": 1}' in said
        assert "<details" not in said

    def test_a_step_that_is_not_of_kafka_has_them_too(self, said: str) -> None:
        assert '{"orderId": 7}' in said

    def test_reports_of_other_plugins_get_a_page(self, said: str) -> None:
        assert "HTML EXTRA True True" in said
        assert said.count("ALLURE Kafka: events of the test html True") == 2

    def test_a_test_that_passes_leaves_nothing_and_sees_nothing_of_those_before(self, said: str) -> None:
        assert "2 failed, 1 passed" in said
        assert '{"orderId": 8}' not in said

    def test_the_frames_are_there_for_who_asks(self, tmp_path: Path) -> None:
        assert "raise failed(" in run(tmp_path, TESTS, *EMBEDDED, "--full-trace", "-k", "wait_fails")

    def test_a_library_of_ones_own_hides_them_too(self, tmp_path: Path) -> None:
        tests = (
            "from KafkaLibrary import KafkaLibrary\n"
            "def test_it():\n    KafkaLibrary('embedded').wait_for_event('orders', 'orderId == 2', timeout=0.3)\n"
        )
        said = run(tmp_path, tests, "-p", f"no:{PLUGIN}")
        assert "No event on 'orders' matched" in said
        assert "raise failed(" not in said


def test_what_is_due_when_a_test_ends_is_told_of_this_test(tmp_path: Path) -> None:
    tests = (
        'def test_first(kafka):\n    kafka.publish_event("orders.dlq", {"orderId": 1})\n'
        "def test_second(kafka):\n    assert True\n"
    )
    settings = "kafka =\n    bootstrap_servers=embedded\n    dead_letters=orders.dlq\n"
    said = run(tmp_path, tests, settings=settings)
    assert "ERROR at teardown of test_first" in said
    assert "dead-lettered" in said
    assert "2 passed, 1 error" in said


class Config:
    """As far as the plugin asks pytest's."""

    def __init__(self, settings: list[str], line: list[str]) -> None:
        self._settings, self._line = settings, line

    def getini(self, _: str) -> list[str]:
        return self._settings

    def getoption(self, _: str) -> list[str]:
        return self._line


def arguments(settings: list[str], line: list[str], **options: object) -> dict[str, object]:
    return import_arguments(cast(pytest.Config, Config(settings, line)), options)


class TestSettings:
    @pytest.fixture(autouse=True)
    def _environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("KAFKA_BOOTSTRAP_SERVERS", raising=False)
        monkeypatch.delenv("SCHEMA_REGISTRY_URL", raising=False)

    def test_they_are_the_arguments_of_the_import(self) -> None:
        found = arguments(["bootstrap_servers=embedded", "watch=orders, payments", "security.protocol = SSL"], [])
        assert found == {"bootstrap_servers": "embedded", "watch": "orders, payments", "security.protocol": "SSL"}

    def test_what_is_nearer_to_the_run_counts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        settings, server = ["bootstrap_servers=settings:1", "timeout=3 s"], "bootstrap_servers"
        assert arguments(settings, [], timeout=4) == {server: "settings:1", "timeout": 4}
        assert arguments(settings, [], bootstrap_servers="fixture:1")[server] == "fixture:1"
        monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "environment:1")
        monkeypatch.setenv("SCHEMA_REGISTRY_URL", "http://registry")
        found = arguments(settings, [], bootstrap_servers="fixture:1")
        assert (found[server], found["schema_registry"]) == ("environment:1", "http://registry")
        assert arguments(settings, ["bootstrap_servers=line:1"])[server] == "line:1"

    def test_without_an_address_it_says_where_to_give_one(self) -> None:
        with pytest.raises(pytest.fail.Exception, match=r"has no address\. Set KAFKA_BOOTSTRAP_SERVERS") as failure:
            arguments([], [])
        assert not failure.value.pytrace
        assert arguments(["config=client.properties"], []) == {"config": "client.properties"}

    def test_what_is_no_argument_is_not_repeated(self) -> None:
        with pytest.raises(pytest.fail.Exception, match="--kafka is NAME=VALUE") as failure:
            arguments([], ["hunter2"])
        assert not failure.value.pytrace
        assert "hunter2" not in str(failure.value)


@pytest.mark.parametrize("wrong", ['"timeout": "soon"', '"config": "", "doubts": "x"', '"self": 1'])
def test_an_import_that_is_refused_shows_no_option(tmp_path: Path, wrong: str) -> None:
    options = f'{{"bootstrap_servers": "127.0.0.1:1", "sasl.password": "hunter2", {wrong}}}'
    conftest = (
        f"import pytest\n@pytest.fixture(scope='session')\ndef kafka_options():\n    return given()\n"
        f"def given():\n    import json\n    return json.loads(open({str(tmp_path / 'options')!r}).read())\n"
    )
    (tmp_path / "options").write_text(options, encoding="utf-8")
    said = run(tmp_path, "def test_it(kafka):\n    pass\n", "--showlocals", conftest=conftest)
    assert "1 error" in said
    assert "hunter2" not in said


def test_a_run_that_does_not_use_it_imports_nothing_for_it(tmp_path: Path) -> None:
    code = (
        "import sys\nMINE = ('KafkaLibrary', 'robot', 'confluent')\n"
        "def test_it():\n    print('MINE', sorted(name for name in sys.modules if name.startswith(MINE)))\n"
    )
    said = run(tmp_path, code, "-s")
    assert "MINE ['KafkaLibrary', 'KafkaLibrary.pytest_plugin', 'KafkaLibrary.version']" in said


def test_the_package_has_the_attributes_that_it_names() -> None:
    code = (
        "import KafkaLibrary; assert 'KafkaLibrary.library' not in __import__('sys').modules; "
        "assert not hasattr(KafkaLibrary, 'NoSuchName'); "
        "from KafkaLibrary import *; print(KafkaLibrary)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == "<class 'KafkaLibrary.library.KafkaLibrary'>\n", done.stderr


WARNED = """\
def test_it_passes_for_a_wrong_path(kafka):
    kafka.publish_event("orders", {"order": {"status": "PAID"}})
    kafka.no_event_should_arrive("orders", "status == PAID", within=0.1)
"""


class TestAWarning:
    def test_it_is_in_the_summary_of_a_run_whose_tests_pass(self, tmp_path: Path) -> None:
        said = run(tmp_path, WARNED, *EMBEDDED)
        assert "1 passed, 1 warning" in said
        assert "KafkaLibraryWarning: " in said
        assert "Did you mean `$.order.status`?" in said.partition("warnings summary")[2]

    def test_a_run_that_refuses_warnings_fails_at_the_keyword(self, tmp_path: Path) -> None:
        said = run(tmp_path, WARNED, *EMBEDDED, "-W", "error::KafkaLibrary.errors.KafkaLibraryWarning")
        assert "1 failed" in said
        assert '>       kafka.no_event_should_arrive("orders", "status == PAID", within=0.1)' in said

    def test_a_test_without_the_fixture_has_none_of_them(self, tmp_path: Path) -> None:
        other = "import logging\ndef test_other():\n    logging.getLogger('RobotFramework').warning('mine')\n"
        said = run(tmp_path, WARNED + other, *EMBEDDED)
        assert "2 passed, 1 warning" in said
        assert "KafkaLibraryWarning: mine" not in said
