"""What this process has of the machine: memory, threads, sockets and files. On Linux with glibc, from it and /proc."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import median

from confluent_kafka import Uuid

_SELF = Path("/proc/self")
_PAGE = os.sysconf("SC_PAGE_SIZE")
# All is taken from one allocator, which counts it; and from one arena: with one for each thread, memory that was given
# back is kept in pieces, several hundred bytes more for each wait, though nobody uses it.
COUNTED = {"PYTHONMALLOC": "malloc", "MALLOC_ARENA_MAX": "1"}


def count_memory(module: str, arguments: Sequence[str]) -> None:
    """Begin anew with memory that can be counted, unless it is so already."""
    if any(os.environ.get(name) != value for name, value in COUNTED.items()):
        sys.stdout.flush()
        os.execve(sys.executable, [sys.executable, "-m", module, *arguments], {**os.environ, **COUNTED})


class _Allocated(ctypes.Structure):
    """What the allocator of C tells of itself: ``struct mallinfo2``."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            "arena",
            "ordblks",
            "smblks",
            "hblks",
            "hblkhd",
            "usmblks",
            "fsmblks",
            "uordblks",
            "fordblks",
            "keepcost",
        )
    )


@dataclass(frozen=True, slots=True)
class Sample:
    """``done`` is how much work was done before; ``used`` are bytes that were asked for and not given back,
    ``memory`` is resident, when what is free at its end was given back; ``objects`` are Python's.

    Of those the ids of topics are counted apart: the client forgets to free one for each topic that it describes.
    """

    done: int
    used: int
    memory: int
    objects: int
    ids: int
    threads: int
    sockets: int
    files: int

    @classmethod
    def take(cls, done: int) -> Sample:
        gc.collect()
        used = _used()
        memory = int((_SELF / "statm").read_text().split()[1]) * _PAGE
        opened = _opened()
        sockets = sum(one.startswith("socket:") for one in opened)
        threads = len(list((_SELF / "task").iterdir()))
        objects = gc.get_objects()
        ids = sum(type(one) is Uuid for one in objects)
        return cls(done, used, memory, len(objects) - ids, ids, threads, sockets, len(opened) - sockets)


def _used() -> int:
    c = ctypes.CDLL("libc.so.6")
    c.malloc_trim(0)
    c.mallinfo2.restype = _Allocated
    told = c.mallinfo2()
    return int(told.uordblks + told.hblkhd)


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


def growth(samples: Sequence[Sample], bounds: dict[str, float], client: Mapping[str, float] | None = None) -> list[str]:
    """What grew from the first half of the samples to the second. ``bounds`` are for each piece of work.

    ``client`` is what grows with the client alone, by name for each id of a topic. That is not told.
    """
    half = len(samples) // 2
    first, second = samples[:half], samples[half:]
    told = []
    for name in ("threads", "sockets", "files"):
        before, after = (max(getattr(one, name) for one in part) for part in (first, second))
        if after > before:
            told.append(f"{name} grew from {before} to {after}")
    for name, bound in bounds.items():
        grown = slope(second, name) - slope(second, "ids") * (client or {}).get(name, 0.0)
        if grown > bound:
            told.append(f"{name} grew by {grown:.3g} each time beside the client's own; {bound:g} is the bound")
    return told


def table(samples: Sequence[Sample]) -> str:
    """The samples, a line each."""
    columns = {"done": 8, "used MB": 9, "memory MB": 10, "objects": 9, "ids": 8, "threads": 8, "sockets": 8, "files": 6}
    head = " ".join(name.rjust(width) for name, width in columns.items())
    lines = [
        f"{one.done:8} {one.used / 1e6:9.3f} {one.memory / 1e6:10.2f} {one.objects:9} {one.ids:8} "
        f"{one.threads:8} {one.sockets:8} {one.files:6}"
        for one in samples
    ]
    return "\n".join([head, *lines])
