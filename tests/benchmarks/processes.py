"""Contenders that run in a process of their own, which tells what it took."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

from tests.places import ROOT


def processor_time(work: Callable[[], object]) -> float:
    """Seconds of the processors that the processes took which this starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Taken(NamedTuple):
    """Seconds by the clock, the peak of memory in MB, and seconds of processor time."""

    seconds: float
    peak: float
    cpu: float


def alone(module: str, *arguments: str) -> Taken:
    """What one run of that module tells."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return Taken(*map(float, said.split()))


def piped(command: str, expected: str) -> Taken:
    """A pipe of the shell; memory is that of its largest process so far. What it says has to have this in it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    found = subprocess.run(["sh", "-c", command], check=False, capture_output=True, text=True).stdout
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if expected not in found:
        raise RuntimeError(f"`{command}` did not find {expected}.")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(seconds, float("nan"), cpu)
