"""Calls of the Kafka client that may block, or fail while another exception is being handled: made in threads.

The client keeps for ever what was being handled when one of its own calls failed: the exception, and through
its traceback all that the functions on the way had in their hands.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from functools import partial
from typing import Any, TypeVar

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


def answered(answer: Future[Any], deadline: Deadline, go_on: Callable[[], object] = lambda: True) -> bool:
    """Whether a call under way has ended before the deadline; false, too, where going on can't help.

    It is waited for in slices, so that a timeout of Robot is heard.
    """
    while not answer.done():
        if deadline.passed or not go_on():
            return False
        wait([answer], deadline.slice())
    return True


def question(call: Callable[..., T], *arguments: Any, seconds: float = _MOST) -> Future[T]:
    """A question that blocks, asked in a thread: it takes the seconds that it may last as ``timeout``.

    An answer that comes when these are over is lost to the client, and what it would have learned of it, too. The
    caller need not wait as long.
    """
    asking = partial(call, *arguments, timeout=min(max(seconds, _LEAST), _MOST))
    try:
        return begun(asking)[1]
    except RuntimeError:  # the process ends: no more threads
        answer: Future[T] = Future()
        _answer(asking, answer)
        return answer


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
    finally:
        del call, answer  # the exception's traceback would hold the client as long as the answer holds it
