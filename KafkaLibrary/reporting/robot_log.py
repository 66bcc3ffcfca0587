"""Writes into Robot's log, as text, as HTML or as a warning: the one file here that talks to Robot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from robot.api import logger
from robot.running.context import EXECUTION_CONTEXTS

EVIDENCE: list[Callable[[str], None]] = []
"""Who keeps the evidence where Robot does not run. Python's logging is no place for pages of HTML."""


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
