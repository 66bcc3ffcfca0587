"""The library is a house of small rooms: what keeps its folders and files from growing back into halls."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import ROOT

LIBRARY = ROOT / "KafkaLibrary"
MOST_LINES = 400
MOST_FILES = 12


def rooms() -> Iterator[Path]:
    yield LIBRARY
    yield from sorted(folder for folder in LIBRARY.rglob("*") if (folder / "__init__.py").is_file())


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("room", list(rooms()), ids=name_of)
def test_a_room_is_small_and_says_what_it_is_for(room: Path) -> None:
    files = sorted(room.glob("*.py"))
    # Where the command line begins is not for us to choose.
    assert len([file for file in files if file.name != "__main__.py"]) <= MOST_FILES, (
        f"{name_of(room)} has {len(files)} files: which of them belong together?"
    )
    for file in files:
        text = file.read_text(encoding="utf-8")
        lines = text.count("\n")
        assert lines <= MOST_LINES, f"{name_of(file)} has {lines} lines: what are its two halves about?"
        said = ast.get_docstring(ast.parse(text))
        assert said, f"{name_of(file)} does not say what it is for."


def test_no_folder_is_without_a_face() -> None:
    folders = {file.parent for file in LIBRARY.rglob("*.py")}
    assert folders == set(rooms())
