"""The files of coverage: written at the end of a run, and those of many processes merged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from KafkaLibrary.contracts.coverage.sightings import Sightings, read, union, written
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
    own = folder / DATA
    parts = sorted(path for path in folder.rglob(DATA) if path != own)
    if not parts and own.is_file():
        parts = [own]
    if not parts:
        raise KeywordMisused(f"There is no {DATA} in '{folder}' or in a folder of it.")
    found = union(read(path.read_text(encoding="utf-8"), str(path)) for path in parts)
    _write(folder, found, draw)
    return found


def _write(folder: Path, found: Sightings, draw: Draw) -> None:
    (folder / DATA).write_text(written(found), encoding="utf-8")
    (folder / PAGE).write_text(draw(found), encoding="utf-8")
