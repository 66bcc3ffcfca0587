"""Processes of pabot show together what one run shows, in whichever order their files are merged."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary.command_line.commands import run
from KafkaLibrary.contracts.coverage import coverage_files, sightings
from tests.places import ROOT

CONTRACT = """
asyncapi: 3.0.0
info: {title: Payments, version: 1.0.0}
channels:
  payments:
    address: payments
    messages:
      Paid:
        payload:
          type: object
          required: [id, status]
          properties: {id: {type: integer}, status: {enum: [PAID, DECLINED, LATE]}, note: {type: string}}
"""
VALUES = ({"id": 1, "status": "PAID"}, {"id": 2, "status": "DECLINED", "note": "no"})
SUITE = """*** Settings ***
Library    KafkaLibrary    embedded    contract={contract}

*** Test Cases ***
An Event Of The Contract
    Publish Event    payments    {value}
"""


@pytest.fixture(scope="module")
def suites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("suites")
    contract = folder.parent / "payments.asyncapi.yaml"
    contract.write_text(CONTRACT, encoding="utf-8")
    for number, value in enumerate(VALUES):
        text = SUITE.format(contract=contract.as_posix(), value=json.dumps(value))
        (folder / f"suite_{number}.robot").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def of_pabot(suites: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ran(tmp_path_factory.mktemp("pabot"), suites, "pabot.pabot", "--processes", "2", "--no-pabotlib")


def ran(results: Path, suites: Path, module: str, *more: str) -> Path:
    options = ["--pythonpath", str(ROOT), "--outputdir", str(results), "--log", "NONE", "--report", "NONE"]
    command = [sys.executable, "-m", module, *more, *options, str(suites)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=results, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return results


def shown(path: Path) -> Any:
    """What a file says was seen, without when it was."""
    found = sightings.read(path.read_text(encoding="utf-8"), path.name)
    return {item: found.of(item)[0] for item in found.items}


def test_the_processes_of_pabot_show_what_one_run_shows(suites: Path, of_pabot: Path, tmp_path: Path) -> None:
    assert run(["contract", "coverage", str(of_pabot)]) == 0
    merged = shown(of_pabot / coverage_files.DATA)
    assert run(["coverage", str(of_pabot)]) == 0
    assert shown(of_pabot / coverage_files.DATA) == merged
    assert shown(ran(tmp_path, suites, "robot") / coverage_files.DATA) == merged
    assert {item.shown for item, state in merged.items() if item.kind == "value" and state == "published"} == {
        "PAID", "DECLINED",
    }  # fmt: skip


def test_their_files_may_be_merged_in_any_order(of_pabot: Path) -> None:
    files = sorted((of_pabot / "pabot_results").rglob(coverage_files.DATA))
    assert len(files) == len(VALUES)
    parts = [sightings.read(one.read_text(encoding="utf-8"), one.name) for one in files]
    whole = sightings.written(sightings.union(parts))
    for _ in range(10):
        random.shuffle(parts)
        assert sightings.written(sightings.union(parts)) == whole


def test_too_little_ends_with_1(of_pabot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["contract", "coverage", str(of_pabot), "--at-least=100"]) == 1
    assert "Paid: $.status value LATE" in capsys.readouterr().err
