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


def test_what_an_earlier_merge_wrote_is_no_part_of_the_next(tmp_path: Path) -> None:
    part = tmp_path / "results" / "0"
    part.mkdir(parents=True)
    coverage_files.write(part, OF_A, draw, 0)
    coverage_files.merge(part.parent, draw)
    coverage_files.write(part, OF_B, draw, began=1e12)
    assert set(coverage_files.merge(part.parent, draw).seen) == {B}
    assert set(coverage_files.merge(tmp_path, draw).seen) == {B}


def test_a_run_of_the_folder_itself_is_a_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "0").mkdir()
    coverage_files.write(tmp_path / "0", OF_A, draw, 0)
    coverage_files.write(tmp_path, OF_B, draw, 0)
    for _ in range(3):
        assert set(coverage_files.merge(tmp_path, draw).seen) == {A, B}


def test_two_imports_of_one_run_share_a_file(tmp_path: Path) -> None:
    coverage_files.write(tmp_path, OF_A, draw, began=0)
    assert set(coverage_files.write(tmp_path, OF_B, draw, began=0).seen) == {A, B}


def test_an_earlier_run_is_replaced(tmp_path: Path) -> None:
    coverage_files.write(tmp_path, OF_A, draw, began=0)
    assert set(coverage_files.write(tmp_path, OF_B, draw, began=1e12).seen) == {B}


def test_where_there_is_none_it_is_told(tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused, match=r"no contract-coverage\.json"):
        coverage_files.merge(tmp_path, draw)
