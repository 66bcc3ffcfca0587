"""What is said of a file that is not there: where it was looked for, and which files have nearly its name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path

_SHOWN = 3
_MOST_ENTRIES = 2000
"""Files and folders that are looked through for one of that name in another folder."""
_LEAST_LIKENESS = 0.6


def near_files(given: Path, folders: Iterable[Path] = ()) -> list[str]:
    """The files that are meant most likely, as they would be written, the nearest first."""
    found: dict[str, float] = {}
    for folder in [given.parent] if given.anchor else folders:
        parts = given.relative_to(given.anchor).parts if given.anchor else given.parts
        start = Path(given.anchor) if given.anchor else folder
        for file in _nearly(start, parts) or _of_that_name(start if not given.anchor else given.parent, given.name):
            if given.anchor:
                written = file.name if file.parent == given.parent else str(file)
            else:
                written = Path(os.path.relpath(file, folder)).as_posix()
            sought = given.name if written == file.name else given.as_posix()
            found[written] = max(found.get(written, 0.0), _likeness(sought, written))
    return sorted(found, key=lambda written: (-found[written], written))[:_SHOWN]


def did_you_mean_file(given: Path, folders: Iterable[Path] = ()) -> str:
    """A sentence with those files; empty where there are none."""
    near = near_files(given, folders)
    return f"Did you mean {' or '.join(map(repr, near))}?" if near else ""


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio()


def _nearly(start: Path, parts: Sequence[str]) -> list[Path]:
    """Files whose path differs from this one in letters only, each name from its own folder."""
    there = [start]
    for number, part in enumerate(parts):
        is_last = number == len(parts) - 1
        there = [one for folder in there for one in _named_nearly(folder, part, files=is_last)][:_SHOWN]
    return there if parts else []


def _named_nearly(folder: Path, name: str, *, files: bool) -> list[Path]:
    if name == ".." or (not files and _is_dir(folder / name)):
        return [folder / name]
    by_folded: dict[str, Path] = {}
    for entry in _entries(folder):
        if _is_dir(entry) != files:
            by_folded.setdefault(entry.name.casefold(), entry)
    if files and name.casefold() in by_folded:
        return [by_folded[name.casefold()]]
    near = get_close_matches(name.casefold(), by_folded, n=_SHOWN, cutoff=_LEAST_LIKENESS)
    near += [one for one in sorted(by_folded) if files and Path(one).stem == name.casefold() and one not in near]
    return [by_folded[one] for one in near]


def _of_that_name(folder: Path, name: str) -> list[Path]:
    """Files of exactly this name in the folders below."""
    return [one for one in _below(folder) if one.name.casefold() == name.casefold()][:_SHOWN]


def _below(folder: Path) -> Iterator[Path]:
    waiting, left = [folder], _MOST_ENTRIES
    while waiting:
        for entry in _entries(waiting.pop(0)):
            left -= 1
            if left < 0:
                return
            if not _is_dir(entry):
                yield entry
            elif not entry.name.startswith((".", "_")) and entry.name != "node_modules":
                waiting.append(entry)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except (OSError, ValueError):  # no such folder, one that may not be read, or a name that no system takes
        return []


def _is_dir(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
