"""What the error codes of Kafka and its client mean: missing, out of reach, passing or refused, and what is raised."""

from __future__ import annotations

import re
from typing import Any

import confluent_kafka as client

from KafkaLibrary.errors import KafkaUnusable

Error = client.KafkaError
MISSING = (Error.UNKNOWN_TOPIC_OR_PART, Error._UNKNOWN_TOPIC, Error._UNKNOWN_PARTITION)
UNREACHABLE = (
    Error._TIMED_OUT, Error._TRANSPORT, Error._ALL_BROKERS_DOWN, Error._RESOLVE, Error._MSG_TIMED_OUT,
    Error.REQUEST_TIMED_OUT, Error._WAIT_COORD,
)  # fmt: skip
PASSING = (
    Error.NOT_LEADER_FOR_PARTITION, Error.LEADER_NOT_AVAILABLE, Error.COORDINATOR_LOAD_IN_PROGRESS,
    Error.COORDINATOR_NOT_AVAILABLE, Error.NOT_COORDINATOR, Error.NETWORK_EXCEPTION, Error.FENCED_LEADER_EPOCH,
    Error.UNKNOWN_LEADER_EPOCH, Error.OFFSET_NOT_AVAILABLE, Error.KAFKA_STORAGE_ERROR,
    Error._DESTROY_BROKER,  # a broker that did not answer for a while is met anew, and what it was asked is lost
)  # fmt: skip
NO_LEADER = Error._NOENT  # of a topic that was only just made, or is not there
REFUSED = (
    Error.TOPIC_AUTHORIZATION_FAILED, Error.GROUP_AUTHORIZATION_FAILED, Error.CLUSTER_AUTHORIZATION_FAILED,
    Error.TRANSACTIONAL_ID_AUTHORIZATION_FAILED, Error._AUTHENTICATION,
)  # fmt: skip
RIGHTS = {Error.GROUP_AUTHORIZATION_FAILED: " to describe the group, and to read it to reset its offsets"}
_WORKER = re.compile(r"^([A-Z]+ worker [a-z ]+ request failed|FindCoordinator response error): ")
"""What the client says in front of the reason: the name of a part of its own."""


def topic_problem(name: str, error: Any) -> Exception:
    """Our exception for what the cluster said of one topic."""
    if error.code() in REFUSED:
        return KafkaUnusable(
            f"Kafka denied access to topic '{name}': {reason_of(error)}.\n"
            "Ask for permission to read or write it, or use a login that has it."
        )
    return KafkaUnusable(f"Kafka refused a request about topic '{name}': {reason_of(error)}.")


def passes(error: Any) -> bool:
    """Whether what was asked may be answered when it is asked again."""
    return error.code() in (*PASSING, *UNREACHABLE)


def reason_of(error: Any) -> str:
    """What was said, without the client's own parts, for the middle of a sentence."""
    return _WORKER.sub("", str(error.str())).rstrip(".") or str(error.name())
