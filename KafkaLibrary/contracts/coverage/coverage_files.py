"""The files of coverage: written at the end of a run, and those of many processes merged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from KafkaLibrary.contracts.coverage.sightings import Sightings, is_merged, read, union, written
from KafkaLibrary.errors import KeywordMisused

DATA, PAGE = "contract-coverage.json", "contract-coverage.html"

Draw = Callable[[Sightings], str]


def write(folder: Path, found: Sightings, draw: Draw, began: float) -> Sightings:
    """Write both files, together with what another import of the library wrote since the run began."""
    data = folder / DATA
    if data.is_file() and data.stat().st_mtime >= began:
        found = union([found, read(data.read_text(encoding="utf-8"), DATA)])
    _write(folder, found, draw)
    return found


def merge(folder: Path, draw: Draw) -> Sightings:
    """Merge the files of all folders in this one, and write both files there. Raises ``KeywordMisused``."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob(DATA))}
    # What an earlier merge wrote is no part of this one: it may tell of a run that is over.
    parts = {path: text for path, text in texts.items() if not is_merged(text)} or texts
    if not parts:
        raise KeywordMisused(f"There is no {DATA} in '{folder}' or in a folder of it.")
    found = union(read(text, str(path)) for path, text in parts.items())
    own = parts.get(folder / DATA)
    _write(folder, found, draw, merged=own is None or is_merged(own))
    return found


def _write(folder: Path, found: Sightings, draw: Draw, *, merged: bool = False) -> None:
    (folder / DATA).write_text(written(found, merged=merged), encoding="utf-8")
    (folder / PAGE).write_text(draw(found), encoding="utf-8")
