"""The page of faults is written anew by its command, and what is written by hand stays in it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.faults import page
from tests.faults.judge import Counts


def test_what_is_written_by_hand_stays_when_the_page_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "PAGE", tmp_path / "reliability.md")
    monkeypatch.setattr(page, "KEPT", tmp_path / "counts.json")
    page.KEPT.write_text(json.dumps({"leader moved": [asdict(Counts())]}), encoding="utf-8")
    by_hand = "## What the tests would notice\nA table of {all}.\n"
    page.PAGE.write_text(f"# Reliability\nOld.\n\n{by_hand}", encoding="utf-8")
    for _ in range(2):
        page.write("python -m tests.faults")
    written = page.PAGE.read_text(encoding="utf-8")
    assert written.endswith(f"all nodes on this machine.\n\n{by_hand}")
    assert "Old." not in written
    assert written.count("| leader moved | 1 |") == 1
