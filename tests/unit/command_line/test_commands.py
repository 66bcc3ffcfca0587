"""The command line as a whole: its help, its exit statuses, and what it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.command_line import topics
from KafkaLibrary.command_line.commands import COMMANDS, MISUSED, UNUSABLE, run
from tests.places import ROOT

NOBODY = "--bootstrap-servers=127.0.0.1:1"


def in_python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)


def test_without_click_it_says_what_to_install() -> None:
    done = in_python(
        "import sys; sys.modules['click'] = None; from KafkaLibrary.__main__ import main; sys.exit(main())"
    )
    assert (done.returncode, done.stdout) == (MISUSED, "")
    assert "pip install 'robotframework-kafka-events[cli]'" in done.stderr


def test_it_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "KafkaLibrary", "--help"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stderr) == (0, "")
    for name in COMMANDS:
        assert f"  {name}" in done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_each_subcommand_has_a_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    assert f"Usage: python -m KafkaLibrary {name}" in capsys.readouterr().out


def test_the_nearest_name_is_proposed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["topic"]) == MISUSED
    assert "There is no command 'topic'. Did you mean 'topics'?" in capsys.readouterr().err


def test_kafka_that_is_unreachable_has_a_status_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["topics", NOBODY, "--timeout=0.3 s"]) == UNUSABLE
    said = capsys.readouterr()
    assert said.out == ""
    assert "127.0.0.1:1" in said.err


def test_without_an_address_it_says_how_to_give_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KAFKA_BOOTSTRAP_SERVERS", raising=False)
    assert run(["topics"]) == MISUSED
    assert "Give --bootstrap-servers=HOST:PORT, or set KAFKA_BOOTSTRAP_SERVERS." in capsys.readouterr().err


@pytest.mark.parametrize(
    "given",
    ["hunter2", "sasl.password:hunter2", "sasl.pasword=hunter2", "=hunter2", "timeout=hunter2", "watch=hunter2"],
)
def test_a_slip_in_a_property_shows_nothing_of_what_may_be_secret(
    given: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["topics", NOBODY, "-X", given]) == MISUSED
    said = capsys.readouterr()
    assert said.err
    assert "hunter2" not in said.err + said.out


@pytest.mark.parametrize("given", ["--bootstrap-servers=embedded", "-Xbootstrap.servers= Embedded", "--config"])
def test_the_embedded_broker_is_refused(given: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "client.properties"
    file.write_text("bootstrap.servers=embedded\n", encoding="utf-8")
    assert run(["topics", *([given, str(file)] if given == "--config" else [given])]) == MISUSED
    said = capsys.readouterr()
    assert (said.out, "lives inside one run" in said.err) == ("", True)


def test_an_address_in_a_file_that_is_named_is_nearer_than_the_environment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "client.properties"
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")
    asked = ["topics", f"--config={file}", "--timeout=0.3 s"]
    for content, options, address in [
        ("bootstrap.servers=127.0.0.1:2\n", [], "127.0.0.1:2"),
        ("bootstrap.servers=127.0.0.1:2\n", ["--bootstrap-servers=127.0.0.1:3"], "127.0.0.1:3"),
        ("client.id=me\n", [], "127.0.0.1:1"),
    ]:
        file.write_text(content, encoding="utf-8")
        assert run([*asked, *options]) == UNUSABLE
        assert address in capsys.readouterr().err


def test_a_fault_of_the_library_is_not_taken_for_an_event_that_is_not_there(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(topics.command, "callback", broken)
    assert run(["topics", "--bootstrap-servers=127.0.0.1:1"]) == UNUSABLE
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_the_embedded_broker_of_a_test_run_is_told_to_end_with_it(
    kafka: KafkaLibrary, capsys: pytest.CaptureFixture[str]
) -> None:
    address = kafka.kafka_should_be_reachable()["bootstrap_servers"]
    assert run(["peek", "orders", f"--bootstrap-servers={address}"]) == UNUSABLE
    said = capsys.readouterr().err
    assert f"The server at {address} is the embedded broker of a test run" in said
    assert "bootstrap_servers=embedded" not in said
