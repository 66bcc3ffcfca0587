"""What the clients say in error callbacks and log lines: the first cause since Kafka was last heard of.

Through its calls every failure of a connection looks alike; the cause stands in the error
callback or in the log alone. Errors repeat up to twenty times a second, so the first cause
is kept and nothing is counted.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import confluent_kafka as client

_LOG = logging.getLogger("KafkaLibrary.client")
logging.getLogger("KafkaLibrary").addHandler(logging.NullHandler())

_GENERAL = client.KafkaError._ALL_BROKERS_DOWN
_USUAL = 1
_RANKS = {_GENERAL: 0, client.KafkaError._AUTHENTICATION: 2, client.KafkaError._SSL: 2}
"""Which causes are told in place of others: a port that was closed at first says less than a login that was refused."""
_PREFIX = re.compile(r"^(\[thrd:[^\]]*\]: ?)+")
_AFTER = re.compile(r" \(after \d+ms[^)]*\)")
_GROUP_REFUSED = (client.KafkaError.GROUP_AUTHORIZATION_FAILED,)


class ClientErrors:
    """The first cause since Kafka was last heard of."""

    def __init__(self, mask: Callable[[str], str]) -> None:
        self._mask = mask
        self._seen: set[str] = set()
        self.cause = ""
        self.hint = ""
        self.since: datetime | None = None
        self.cause_since = 0.0
        """When the cause was told first, on the monotonic clock."""
        self._rank = 0
        self.was_heard = False
        """Whether Kafka has ever answered this connection."""

    def heard(self) -> None:
        """Kafka answered: whatever was wrong is over."""
        self.was_heard = True
        if self.since is not None or self.hint:
            self.since, self.cause, self.hint = None, "", ""

    def told(self, error: client.KafkaError) -> None:
        """The error callback of every client."""
        if error.code() in _GROUP_REFUSED:  # asked for by an assigned reader too, which needs no group
            return
        if self.since is None:
            self.since = datetime.now().astimezone()
        rank = _RANKS.get(error.code(), _USUAL)
        if not self.cause or rank > self._rank:
            self.cause, self._rank = self._mask(_cleaned(error.str())), rank
            self.cause_since = time.monotonic()

    def log(self, level: int, pattern: str, *args: Any) -> None:
        """The ``logger=`` of every client. A line goes to the log once, repetitions for debugging only."""
        line = self._mask(pattern % args if args else pattern)
        gist = _cleaned(line)
        known = gist in self._seen
        if len(self._seen) < 1000:
            self._seen.add(gist)
        if not self.hint and ("FAIL" in line or "Disconnected" in line):
            self.hint = gist
        _LOG.log(logging.DEBUG if known or level < logging.WARNING else logging.INFO, "%s", line)

    def told_since(self, moment: float) -> bool:
        """Whether there was trouble then, or came after that moment of the monotonic clock."""
        return self.since is not None or self.cause_since >= moment

    def text(self) -> str:
        """The cause in one line, empty where there was no trouble."""
        if self.cause and self._rank == _RANKS[_GENERAL] and self.hint:
            return self.hint
        return self.cause or self.hint


def _cleaned(text: str) -> str:
    line = _AFTER.sub("", text.replace("\n", " "))
    while True:
        shorter = _PREFIX.sub("", re.sub(r"^[A-Z]+ \[[^\]]*\] ?", "", line))
        if shorter == line:
            return line.strip()
        line = shorter
