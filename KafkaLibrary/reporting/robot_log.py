"""Writes into Robot's log, as text, as HTML or as a warning: the one file here that talks to Robot."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from robot.api import logger
from robot.running.context import EXECUTION_CONTEXTS

EVIDENCE: list[Callable[[str], None]] = []
"""Who keeps the evidence where Robot does not run. Python's logging is no place for pages of HTML."""

_LOGGER = "RobotFramework"


def note(text: str, *parts: Any) -> None:
    """A line in the log of the keyword, made of its parts by ``format``; outside Robot there is no log.

    A part that takes time to make is given as a function that makes it.
    """
    if EXECUTION_CONTEXTS.current is not None:
        made = [part() if callable(part) else part for part in parts]
        logger.info(text.format(*made) if made else text)


def show(html: str) -> None:
    """Evidence in the log of the keyword, or outside Robot for those in ``EVIDENCE``.

    The caller has escaped all that came from an event.
    """
    if EXECUTION_CONTEXTS.current is not None:
        logger.info(html, html=True)
    else:
        for keep in EVIDENCE:
            keep(html)


def warn(text: str) -> None:
    """A warning, on the console too."""
    logger.warn(text)


@contextmanager
def warnings_told(tell: Callable[[str], None]) -> Iterator[None]:
    """In here each warning is told to ``tell`` as well, outside Robot, which hands them to Python's logging there."""
    told = _Told(tell)
    logging.getLogger(_LOGGER).addHandler(told)
    try:
        yield
    finally:
        logging.getLogger(_LOGGER).removeHandler(told)


class _Told(logging.Handler):
    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        """What ``tell`` raises, the keyword raises that warned."""
        self._tell(record.getMessage())
