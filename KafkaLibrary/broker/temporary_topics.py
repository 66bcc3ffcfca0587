"""Temporary topics: their names, and how those are found and deleted that a run left behind.

A run that is killed deletes nothing. The name of a temporary topic says when it was made, so a later run can tell.
See ADR 0019 for why that later run asks Kafka what time it is.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress

import confluent_kafka as client

from KafkaLibrary.broker.cluster.admin import Admin
from KafkaLibrary.broker.cluster.topics import Topics
from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.broker.publishing.producer import EventProducer
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaLibraryError

A_DAY = 24 * 60 * 60
_NAME = re.compile(r"[A-Za-z0-9._-]{1,150}\.kafkalibrary\.([0-9]{10})\.[0-9a-f]{8}")
_FIRST = 1_577_836_800
"""The year 2020. Who writes an earlier time than this library has a clock that was never set."""
_AT_MOST = 2.0


def temporary_name(prefix: str) -> str:
    """A name for a temporary topic, with the second it is made in and something random."""
    return f"{prefix}.kafkalibrary.{int(time.time())}.{secrets.token_hex(4)}"


def left_behind(names: Iterable[str], now: float) -> list[str]:
    """Those that are names of temporary topics made more than a day before ``now``, in seconds since 1970."""
    found = ((name, _NAME.fullmatch(name)) for name in names)
    return sorted(name for name, marked in found if marked and _FIRST <= int(marked[1]) < now - A_DAY)


class Leftovers:
    """The temporary topics that former runs left on one cluster. They are looked for once.

    Once also where that failed: each temporary topic would wait for it anew.
    """

    def __init__(self, admin: Admin, topics: Topics, producer: EventProducer) -> None:
        self._admin = admin
        self._topics = topics
        self._producer = producer
        self._looked = False

    def clean(self, prefix: str, deadline: Deadline) -> str:
        """Have them deleted, without waiting for it. Gives a sentence on what was done, empty where there were none.

        ``prefix`` is one with which this login may make topics. What goes wrong fails nothing.
        """
        # In a transaction nothing can be published beside it; the next temporary topic brings us here again.
        if self._looked or self._producer.transactions.is_open:
            return ""
        self._looked = True
        try:
            return self._clean(prefix, Deadline(min(deadline.remaining(), _AT_MOST)))
        except (KafkaLibraryError, client.KafkaException) as reason:
            return f"Temporary topics left over from earlier runs were not searched: {str(reason).splitlines()[0]}"

    def _clean(self, prefix: str, deadline: Deadline) -> str:
        looking_old = left_behind(self._admin.list_topics(deadline).topics, time.time())
        if not looking_old:
            return ""
        old = left_behind(looking_old, self._time_of_kafka(prefix, deadline))
        if not old:
            return (
                f"{_shown(looking_old)} would be left over from an earlier run if this machine's clock were right. "
                "It is more than a day ahead of Kafka's, so nothing was deleted."
            )
        self._admin.client.delete_topics(old, request_timeout=_AT_MOST)
        return f"Deleting topics left over from earlier runs, more than a day old: {_shown(old)}."

    def _time_of_kafka(self, prefix: str, deadline: Deadline) -> float:
        """Seconds since 1970 by the clock of a broker, as it stamps an event."""
        topic = temporary_name(prefix)
        try:
            self._topics.create(topic, 1, None, {"message.timestamp.type": "LogAppendTime"}, deadline)
            (stamped,) = self._producer.publish([Outgoing(topic, b"")], deadline)
        finally:
            with suppress(client.KafkaException):
                self._admin.client.delete_topics([topic], request_timeout=_AT_MOST)
        kind, milliseconds = stamped.timestamp()
        # What does not come from the broker's clock says nothing.
        return milliseconds / 1000 if kind == client.TIMESTAMP_LOG_APPEND_TIME else 0.0


def _shown(names: list[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(f"'{name}'" for name in names[:5]) + more
