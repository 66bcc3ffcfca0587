"""How far a long reading has come, on a terminal only: one line that is written anew and goes at the end."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event as Signal
from threading import Thread

import click

from KafkaLibrary.watching.watcher import Watcher

_FIRST = 0.5
"""Seconds without it: what is shorter needs none."""
_AGAIN = 0.2


@contextmanager
def progress(watcher: Watcher) -> Iterator[None]:
    """While events are read it is shown how far that is, where the error output is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    over = Signal()
    shown = Thread(target=_show, args=(watcher, over), daemon=True)
    shown.start()
    try:
        yield
    finally:
        over.set()
        shown.join()


def _show(watcher: Watcher, over: Signal) -> None:
    read = Read(watcher)
    pause, length = _FIRST, 0
    while not over.wait(pause):
        line = read.text()[: shutil.get_terminal_size().columns - 1]
        click.echo(f"\r{line}{' ' * (length - len(line))}", nl=False, err=True)
        pause, length = _AGAIN, len(line)
    if length:
        click.echo(f"\r{' ' * length}\r", nl=False, err=True)


class Read:
    """What was read since this was first asked. The watcher belongs to another thread: it is only looked at."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._begins: dict[tuple[str, int], int] = {}

    def text(self) -> str:
        """In one line. Offsets are counted, of which not every one is an event."""
        positions = {
            (name, number): offset
            for name, followed in list(self._watcher.topics.items())
            for number, offset in list(followed.positions.items())
        }
        for place, offset in positions.items():
            self._begins.setdefault(place, self._begin(place, offset))
        read = sum(max(0, offset - self._begins[place]) for place, offset in positions.items())
        goals = self._watcher.goals
        all_of_it = sum(max(0, goals[place] - self._begins[place]) for place in positions.keys() & goals.keys())
        if not all_of_it:
            return f"{read:,} offsets read"
        return f"{read:,} of {all_of_it:,} offsets read ({min(100, 100 * read // all_of_it)} %)"

    def _begin(self, place: tuple[str, int], position: int) -> int:
        """Where reading began: the log knows it, until its first events have fallen out."""
        name, number = place
        return min(position, self._watcher.log.topic(name).firsts.get(number, position))
