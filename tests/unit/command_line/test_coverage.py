"""``coverage`` as a step of a build: what it ends with where its output or its folder can't be used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from KafkaLibrary.command_line.commands import CLOSED, MISUSED, run
from KafkaLibrary.contracts.coverage import coverage_files
from KafkaLibrary.contracts.coverage.sightings import Item, Sighting, Sightings
from tests.places import ROOT

SEEN = Item("c", "message", "A")


@pytest.fixture
def results(tmp_path: Path) -> Path:
    coverage_files.write(tmp_path, Sightings(frozenset([SEEN]), {SEEN: Sighting(1, "T")}), lambda _: "", 0)
    return tmp_path


def test_a_reader_that_has_left_is_no_coverage_that_is_too_little(results: Path) -> None:
    command = [sys.executable, "-m", "KafkaLibrary", "coverage", str(results), "--at-least=100"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as coverage:
        assert coverage.stdout is not None
        assert coverage.stderr is not None
        coverage.stdout.close()
        assert (coverage.stderr.read(), coverage.wait()) == ("", CLOSED)


def test_a_file_that_can_not_be_written_is_no_coverage_that_is_too_little(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (results / coverage_files.PAGE).unlink()
    (results / coverage_files.PAGE).mkdir()
    assert run(["coverage", str(results)]) == MISUSED
    assert "The coverage can't be merged: " in capsys.readouterr().err
