"""The cache of jars: one folder for each pom, brought once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kafka import jars


@pytest.fixture
def poms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two poms in folders of their own, and a Maven that brings nothing."""
    monkeypatch.setattr(jars, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(jars, "_bring", lambda pom, folder, prepare: folder.mkdir())
    found = [tmp_path / name / "pom.xml" for name in ("kafka", "serdes")]
    for pom in found:
        pom.parent.mkdir()
        pom.write_text("first")
    return found


def test_each_pom_has_its_folder(poms: list[Path]) -> None:
    first, second = map(jars.jars, poms)
    assert first != second
    assert (jars.jars(poms[0]), jars.jars(poms[1])) == (first, second)


def test_a_changed_pom_replaces_its_own_folder_only(poms: list[Path]) -> None:
    before, other = map(jars.jars, poms)
    poms[0].write_text("second")
    after = jars.jars(poms[0])
    assert after.exists()
    assert other.exists()
    assert not before.exists()
