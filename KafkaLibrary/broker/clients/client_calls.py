"""Calls of the Kafka client that may fail while another exception is being handled.

The client keeps for ever what was being handled when one of its own calls failed: the exception, and through
its traceback all that the functions on the way had in their hands.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from functools import partial
from typing import TypeVar

from KafkaLibrary.deadline import SLICE, Deadline

T = TypeVar("T")
_LEAST = 0.01
_MOST = 2.0


def apart(call: Callable[[], T]) -> T:
    """The result of a short call. While an exception is handled it is made in a thread, which knows none."""
    if sys.exc_info()[0] is None:
        return call()
    try:
        thread, answer = begun(call)
    except RuntimeError:  # the process ends: no more threads, and nothing is kept for long
        return call()
    try:
        return answer.result()
    finally:
        thread.join()


def in_slices(call: Callable[[float], T], deadline: Deadline, meanwhile: Callable[[], object] = bool) -> T:
    """The result of a call that blocks for as many seconds as it is given, and forgets an answer that comes later.

    It is made in a thread and waited for in slices, so that a timeout of Robot is heard: a cluster that is far away
    answers later than after one slice. ``meanwhile`` is called in each. Where the wait is stopped, the call
    goes on for 2 seconds at most.
    """
    _, answer = begun(partial(call, min(max(deadline.remaining(), _LEAST), _MOST)))
    while not answer.done():
        wait([answer], SLICE)
        if not answer.done():
            meanwhile()
    return answer.result()


def begun(call: Callable[[], T]) -> tuple[threading.Thread, Future[T]]:
    """A call under way in a thread of its own."""
    answer: Future[T] = Future()
    thread = threading.Thread(target=_answer, args=(call, answer), daemon=True)
    thread.start()
    return thread, answer


def _answer(call: Callable[[], T], answer: Future[T]) -> None:
    try:
        answer.set_result(call())
    except BaseException as problem:  # noqa: BLE001 - raised where it was called from
        answer.set_exception(problem)
