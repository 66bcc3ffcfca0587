"""The one file here that talks to Robot: what keywords leave in its log."""

from __future__ import annotations

from robot.api import logger


def note(text: str) -> None:
    """A line in the log of the keyword."""
    logger.info(text)


def show(html: str) -> None:
    """Evidence in the log of the keyword. The caller has escaped all that came from an event."""
    logger.info(html, html=True)


def warn(text: str) -> None:
    """A warning, on the console too."""
    logger.warn(text)
