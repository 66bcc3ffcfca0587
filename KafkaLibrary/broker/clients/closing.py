"""Clients that are closed without waiting for it, each in a thread of its own.

A client ends when its last thread does, and one of these may be waiting for the system's resolver, which can't be
stopped: that takes seconds. It must not end in one of its own threads either, or the whole process does: Python's
search for garbage may run there. So a thread of ours has the last hand on it.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Collection
from concurrent.futures import Future, wait
from typing import Any, NamedTuple

from KafkaLibrary.deadline import Deadline

_PATIENCE = 0.2
"""Seconds for clients that end at once, as nearly all do."""
_FIRST_LOOK, _LAST_LOOK = 0.001, 1.0


class Asked(NamedTuple):
    """A consumer of which something may be asked in other threads: it is closed when it has answered."""

    consumer: Any
    answers: Collection[Future[Any]]


def let_go(clients: list[Any], patience: float = _PATIENCE) -> None:
    """Close consumers, and end other clients as soon as nobody else has them. The list is empty then.

    Returns after ``patience`` at the latest. A traceback may have a client still, and whoever has that, such as a test
    runner, for as long as it likes.
    """
    ending = []
    while clients:
        kept = [clients.pop()]
        if kept[0] is not None:
            ending.append(_begun(kept))
    until = Deadline(patience)
    for thread in filter(None, ending):
        thread.join(until.remaining())


def _begun(kept: list[Any]) -> threading.Thread | None:
    thread = threading.Thread(target=_end, args=(kept,), name="KafkaLibrary-closing", daemon=True)
    try:
        thread.start()
    except RuntimeError:  # the process ends: no more threads
        if isinstance(kept[0], Asked):
            kept[0] = kept[0].consumer
        _close(kept)
        return None
    return thread


def _end(kept: list[Any]) -> None:
    if isinstance(kept[0], Asked):
        wait(kept[0].answers)
        kept[0] = kept[0].consumer
    alone, pause = _references([object()]), _FIRST_LOOK
    while not _close(kept) and _references(kept) > alone:
        time.sleep(pause)
        pause = min(2 * pause, _LAST_LOOK)
    kept.clear()


def _close(kept: list[Any]) -> bool:
    """Whether the client can be closed, and is."""
    if not hasattr(kept[0], "unsubscribe"):  # a producer would wait for what is in its queue, others can't
        return False
    kept[0].close()
    return True


def _references(kept: list[Any]) -> int:
    return sys.getrefcount(kept[0])
