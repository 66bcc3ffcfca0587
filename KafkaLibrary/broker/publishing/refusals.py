"""Messages about events that could not be published: too large, not permitted, no such partition, out of time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

import confluent_kafka as client

from KafkaLibrary.broker.cluster.error_codes import topic_problem
from KafkaLibrary.broker.publishing.delivery_reports import OUT_OF_TIME, TOO_LARGE, Outgoing
from KafkaLibrary.errors import KafkaUnusable, KeywordMisused

Error = client.KafkaError
_DENIED = (
    Error.TOPIC_AUTHORIZATION_FAILED, Error.CLUSTER_AUTHORIZATION_FAILED, Error.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
)  # fmt: skip
_LIMIT = "message.max.bytes"
_USUAL_LIMIT = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def told(error: Any, event: Outgoing, properties: Mapping[str, Any]) -> Exception | None:
    """What the code of the error says for certain of the event; nothing for other codes."""
    code = error.code()
    if code in TOO_LARGE:
        return too_large(event, properties)
    if code == OUT_OF_TIME:
        return out_of_time(event)
    return denied(event.topic, error) if code in _DENIED else None


def too_large(event: Outgoing, properties: Mapping[str, Any]) -> KafkaUnusable:
    """All limits that a size has, and which of them the event is over for certain."""
    own = int(properties.get(_LIMIT, _USUAL_LIMIT))
    known = f"{_LIMIT} of this connection, max.request.size in Java, is {own:,}"
    limit = "The limit is the topic's max.message.bytes, or message.max.bytes of the broker"
    if event.size > own:
        limit = (
            f"The client's own limit, {known}. The others are the topic's max.message.bytes and the broker's {_LIMIT}"
        )
    else:
        limit = f"{limit}; the client's own, {known}"
    return KafkaUnusable(
        f"The event for '{event.topic}' was not published: "
        f"with {event.size:,} bytes it is larger than Kafka accepts.\n{limit}."
    )


def out_of_time(event: Outgoing) -> KafkaUnusable:
    """The time that a topic does not take, and what limits it."""
    given = "" if event.timestamp is None else f", {_moment(event.timestamp)} (timestamp={event.timestamp}),"
    return KafkaUnusable(
        f"The event for '{event.topic}' was not published: its time{given} is farther from the broker's clock than "
        "its topic allows.\nThe limits are the topic's message.timestamp.before.max.ms and "
        "message.timestamp.after.max.ms, before Kafka 3.6 message.timestamp.difference.max.ms. Without timestamp= "
        "the time is that of this machine."
    )


def _moment(milliseconds: int) -> str:
    try:
        return f"{_EPOCH + timedelta(milliseconds=milliseconds):%Y-%m-%d %H:%M:%S} UTC"
    except OverflowError:
        return "beyond the year 9999"


def no_partition(event: Outgoing) -> Exception:
    """Why there is no such place."""
    if event.partition is None:
        return KafkaUnusable(
            f"The event was not published: the topic '{event.topic}' no longer has the partitions that it had.\n"
            "It was recreated meanwhile: publish again."
        )
    return KeywordMisused(
        f"The event was not published: the topic '{event.topic}' has no partition {event.partition}.\n"
        "Partitions count from 0; omit partition= to let the key decide."
    )


def denied(topic: str, error: Any) -> Exception:
    """Which right is missing."""
    if error.code() != Error.CLUSTER_AUTHORIZATION_FAILED:
        return topic_problem(topic, error)
    return KafkaUnusable(
        f"Kafka denied permission to publish to '{topic}': {str(error.str()).rstrip('.')}.\nAsk for permission to "
        "write to the topic. Before Kafka 3.0 a producer also needs IdempotentWrite on the cluster, unless "
        "enable.idempotence=False."
    )
