"""What this process has of the machine: memory, threads, sockets and files. On Linux, from /proc."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import median

from confluent_kafka import Uuid

_SELF = Path("/proc/self")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Sample:
    """``done`` is how much work was done before; ``memory`` is resident, in bytes; ``objects`` are Python's.

    Of those the ids of topics are left out: the client forgets to free one for each topic that it describes.
    """

    done: int
    memory: int
    objects: int
    threads: int
    sockets: int
    files: int

    @classmethod
    def take(cls, done: int) -> Sample:
        gc.collect()
        memory = int((_SELF / "statm").read_text().split()[1]) * _PAGE
        opened = _opened()
        sockets = sum(one.startswith("socket:") for one in opened)
        threads = len(list((_SELF / "task").iterdir()))
        objects = sum(type(one) is not Uuid for one in gc.get_objects())
        return cls(done, memory, objects, threads, sockets, len(opened) - sockets)


def _opened() -> list[str]:
    found = []
    for place in (_SELF / "fd").iterdir():
        with suppress(OSError):  # the folder itself was open while it was read
            found.append(str(place.readlink()))
    return [one for one in found if not one.startswith("/proc/")]


def slope(samples: Sequence[Sample], name: str) -> float:
    """Growth for each piece of work: the median over all pairs of samples, which one that stands out does not move."""
    pairs = combinations(samples, 2)
    return float(median((getattr(b, name) - getattr(a, name)) / (b.done - a.done) for a, b in pairs))


def growth(samples: Sequence[Sample], bounds: dict[str, float]) -> list[str]:
    """What grew from the first half of the samples to the second. ``bounds`` are for each piece of work."""
    half = len(samples) // 2
    first, second = samples[:half], samples[half:]
    told = []
    for name in ("threads", "sockets", "files"):
        before, after = (max(getattr(one, name) for one in part) for part in (first, second))
        if after > before:
            told.append(f"{name} grew from {before} to {after}")
    for name, bound in bounds.items():
        grown = slope(second, name)
        if grown > bound:
            told.append(f"{name} grew by {grown:.3g} each time; {bound:g} is the bound")
    return told


def table(samples: Sequence[Sample]) -> str:
    """The samples, a line each."""
    head = f"{'done':>8} {'memory MB':>10} {'objects':>9} {'threads':>8} {'sockets':>8} {'files':>6}"
    lines = [
        f"{one.done:8} {one.memory / 1e6:10.2f} {one.objects:9} {one.threads:8} {one.sockets:8} {one.files:6}"
        for one in samples
    ]
    return "\n".join([head, *lines])
