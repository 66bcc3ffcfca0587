"""Files of many processes become one; what an earlier run left behind is none of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from KafkaLibrary.contracts.coverage import coverage_files
from KafkaLibrary.contracts.coverage.sightings import Item, Sighting, Sightings
from KafkaLibrary.errors import KeywordMisused

A, B = Item("c", "message", "A"), Item("c", "message", "B")
OF_A = Sightings(frozenset([A, B]), {A: Sighting(1, "T")})
OF_B = Sightings(frozenset([A, B]), {B: Sighting(2, "U")})


def draw(found: Sightings) -> str:
    return str(len(found.seen))


def test_all_folders_are_merged_and_again_with_the_same_outcome(tmp_path: Path) -> None:
    for name, found in (("0", OF_A), ("1", OF_B)):
        (tmp_path / "pabot_results" / name).mkdir(parents=True)
        coverage_files.write(tmp_path / "pabot_results" / name, found, draw, 0)
    merged = coverage_files.merge(tmp_path, draw)
    assert set(merged.seen) == {A, B}
    assert coverage_files.merge(tmp_path, draw) == merged
    assert (tmp_path / coverage_files.PAGE).read_text(encoding="utf-8") == "2"


def test_two_imports_of_one_run_share_a_file(tmp_path: Path) -> None:
    coverage_files.write(tmp_path, OF_A, draw, began=0)
    assert set(coverage_files.write(tmp_path, OF_B, draw, began=0).seen) == {A, B}


def test_an_earlier_run_is_replaced(tmp_path: Path) -> None:
    coverage_files.write(tmp_path, OF_A, draw, began=0)
    assert set(coverage_files.write(tmp_path, OF_B, draw, began=1e12).seen) == {B}


def test_where_there_is_none_it_is_told(tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused, match=r"no contract-coverage\.json"):
        coverage_files.merge(tmp_path, draw)
