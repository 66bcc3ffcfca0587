"""Calls of the Kafka client that may fail while another exception is being handled.

The client keeps for ever what was being handled when one of its own calls failed: the exception, and through
its traceback all that the functions on the way had in their hands.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def apart(call: Callable[[], T]) -> T:
    """The result of a short call. While an exception is handled it is made in a thread, which knows none."""
    if sys.exc_info()[0] is None:
        return call()
    answer: Future[T] = Future()
    thread = threading.Thread(target=_answer, args=(call, answer), daemon=True)
    try:
        thread.start()
    except RuntimeError:  # the process ends: no more threads, and nothing is kept for long
        return call()
    try:
        return answer.result()
    finally:
        thread.join()


def _answer(call: Callable[[], T], answer: Future[T]) -> None:
    try:
        answer.set_result(call())
    except BaseException as problem:  # noqa: BLE001 - raised where it was called from
        answer.set_exception(problem)
