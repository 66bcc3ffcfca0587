"""How each framework marks a dead letter: its headers and their types, and which of a repeated header is the newest.

Seen in letters of the versions that stand beside each, on Apache Kafka 4.3 and 4.4. A framework that adds no header
(Apache Camel; Kafka Connect without its context headers) can't be told by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple

Kind = Literal["text", "big-endian", "decimal"]


class Header(NamedTuple):
    """The name of a header, and how its value is written."""

    name: str
    kind: Kind = "text"


class Convention(NamedTuple):
    """One framework. What has no header is nothing."""

    framework: str
    version: str
    topic: Header
    """The origin's topic: a letter is recognised by it, and has one for each time that it died."""
    partition: Header | None = None
    offset: Header | None = None
    timestamp: Header | None = None
    keeps_timestamp: bool = False
    """Whether the letter has the timestamp of the event that died."""
    is_timed_by_application: bool = False
    """Whether that is a time which the application may have given it, as by a TimestampExtractor of Kafka Streams."""
    group: Header | None = None
    group_of: str = ""
    """How the group is called where another header names its part of it: ``connect-{}``."""
    group_in_topic: str = ""
    """Or a pattern for the letter's own topic, where that names the group behind the origin's topic, ``{topic}``."""
    error: Header | None = None
    cause: Header | None = None
    error_message: Header | None = None
    before_error_message: re.Pattern[str] | None = None
    """What the framework writes before the error's own words."""
    stack_trace: Header | None = None
    """Where the innermost cause stands nowhere else."""
    attempts: Header | None = None
    attempts_ahead: int = 0
    """How much more than the tries the header counts: it may name the next one."""
    newest_first: bool = False
    """Whether the headers of a later death are put before those of an earlier one."""
    letters_on: str = ""
    """A pattern for the topic of the letters as it is called by default, ``{topic}`` being the origin's."""
    others: tuple[str, ...] = ()
    """Further headers that it adds."""
    put_behind: tuple[str, ...] = ()
    """Further ones of which the last of a name is the newest, although those of its deaths are put in front."""
    added_empty: tuple[str, ...] = ()
    """Headers that it adds, empty, where the event has none of that name."""
    copied_by: str = ""
    """The setting without which its letters have neither the key nor the value of the event."""
    retried_on: re.Pattern[str] | None = None
    """Topics on which an event waits for its next try with the same headers: there it has not died."""
    made_on: re.Pattern[str] | None = None
    """Topics of its own, with events that it made from others: what dies there tells of no other place."""


CONVENTIONS = (
    Convention(
        "Spring for Apache Kafka",
        "4.1.2",
        topic=Header("kafka_dlt-original-topic"),
        partition=Header("kafka_dlt-original-partition", "big-endian"),
        offset=Header("kafka_dlt-original-offset", "big-endian"),
        timestamp=Header("kafka_dlt-original-timestamp", "big-endian"),
        group=Header("kafka_dlt-original-consumer-group"),
        error=Header("kafka_dlt-exception-fqcn"),
        cause=Header("kafka_dlt-exception-cause-fqcn"),
        error_message=Header("kafka_dlt-exception-message"),
        before_error_message=re.compile(r"Listener method '.*' threw exception; |Listener failed; ", re.DOTALL),
        letters_on=r"{topic}(-dlt|\.DLT)",
        others=("kafka_dlt-exception-stacktrace", "kafka_dlt-original-timestamp-type"),
    ),
    Convention(
        "Spring's @RetryableTopic",
        "4.1.2",
        topic=Header("kafka_original-topic"),
        partition=Header("kafka_original-partition", "big-endian"),
        offset=Header("kafka_original-offset", "big-endian"),
        timestamp=Header("kafka_original-timestamp", "big-endian"),
        group=Header("kafka_dlt-original-consumer-group"),
        error=Header("kafka_exception-fqcn"),
        cause=Header("kafka_exception-cause-fqcn"),
        error_message=Header("kafka_exception-message"),
        before_error_message=re.compile(r"Listener failed; "),
        attempts=Header("retry_topic-attempts", "big-endian"),
        attempts_ahead=1,
        letters_on=r"{topic}-dlt",
        others=(
            "kafka_exception-stacktrace",
            "kafka_original-timestamp-type",
            "retry_topic-backoff-timestamp",
            "retry_topic-original-timestamp",
        ),
        retried_on=re.compile(r".*-retry(-\d+)*", re.DOTALL),
    ),
    Convention(
        "Spring Cloud Stream",
        "5.0.4",
        topic=Header("x-original-topic"),
        partition=Header("x-original-partition", "big-endian"),
        offset=Header("x-original-offset", "big-endian"),
        timestamp=Header("x-original-timestamp", "big-endian"),
        group_in_topic=r"error\.{topic}\.(.+)",
        error=Header("x-exception-fqcn"),
        error_message=Header("x-exception-message"),
        before_error_message=re.compile(r"error occurred in message handler \[.*?\]; ", re.DOTALL),
        stack_trace=Header("x-exception-stacktrace"),
        letters_on=r"error\.{topic}\..+",
        others=("x-original-timestamp-type",),
    ),
    Convention(
        "Kafka Connect",
        "4.4.0",
        topic=Header("__connect.errors.topic"),
        partition=Header("__connect.errors.partition", "decimal"),
        offset=Header("__connect.errors.offset", "decimal"),
        keeps_timestamp=True,
        group=Header("__connect.errors.connector.name"),
        group_of="connect-{}",
        error=Header("__connect.errors.exception.class.name"),
        error_message=Header("__connect.errors.exception.message"),
        others=(
            "__connect.errors.class.name",
            "__connect.errors.exception.stacktrace",
            "__connect.errors.stage",
            "__connect.errors.task.id",
        ),
    ),
    Convention(
        "Kafka Streams",
        "4.4.0",
        topic=Header("__streams.errors.topic"),
        partition=Header("__streams.errors.partition", "decimal"),
        offset=Header("__streams.errors.offset", "decimal"),
        keeps_timestamp=True,
        is_timed_by_application=True,
        error=Header("__streams.errors.exception"),
        error_message=Header("__streams.errors.message"),
        others=("__streams.errors.stacktrace",),
        made_on=re.compile(r".+-repartition", re.DOTALL),
    ),
    Convention(
        "a share group of Apache Kafka",
        "4.4.0",
        topic=Header("__dlq.errors.topic"),
        partition=Header("__dlq.errors.partition", "decimal"),
        offset=Header("__dlq.errors.offset", "decimal"),
        group=Header("__dlq.errors.group"),
        error_message=Header("__dlq.errors.message"),
        attempts=Header("__dlq.errors.delivery.count", "decimal"),
        letters_on=r"dlq\..+",
        copied_by="errors.deadletterqueue.copy.record.enable",
    ),
    Convention(
        "SmallRye Reactive Messaging",
        "4.33.0",
        topic=Header("dead-letter-topic"),
        partition=Header("dead-letter-partition", "decimal"),
        offset=Header("dead-letter-offset", "decimal"),
        error=Header("dead-letter-exception-class-name"),
        cause=Header("dead-letter-cause-class-name"),
        error_message=Header("dead-letter-reason"),
        newest_first=True,
        letters_on=r"dead-letter-topic-.+",
        others=("dead-letter-cause",),
        put_behind=(
            "deserialization-failure-cause",
            "deserialization-failure-data",
            "deserialization-failure-deserializer",
            "deserialization-failure-dlq",
            "deserialization-failure-key",
            "deserialization-failure-key-data",
            "deserialization-failure-reason",
            "deserialization-failure-topic",
            "deserialization-failure-value-data",
        ),
    ),
    Convention(
        "Watermill",
        "1.5.1",
        topic=Header("topic_poisoned"),
        group=Header("handler_poisoned"),
        error_message=Header("reason_poisoned"),
        others=("subscriber_poisoned",),
        added_empty=("_watermill_message_uuid",),
    ),
)
"""In the order in which they are looked for."""

BY_TOPIC = {convention.topic.name: convention for convention in CONVENTIONS}
"""By the header that a letter is recognised by. Those of the tester's own are added to them."""
OWN_TYPES: dict[str, str] = {}
"""The types of headers in bytes, by their names, of the tester's own conventions."""

WRAPPERS = frozenset(
    (
        "org.springframework.kafka.listener.ListenerExecutionFailedException",
        "org.springframework.messaging.MessagingException",
    )
)
"""Exceptions that frameworks put around what was thrown."""

_USUAL_TOPICS = (
    r".+-dlt|.+\.DLT|error\.[^.]+\..+|dlq\..+|dead-letter-topic-.+"
    r"|(?i:(.+[-._])?(dlq|dlt|dead[-._]?letters?([-._]?(queue|topic))?|poison(ed)?)([-._].+)?)"
)
_MAYBE = re.compile(r"(.+[-._])?(errors?|failed)([-._].+)?", re.IGNORECASE)


def usual_topics() -> str:
    """A pattern for topics that are called as those of dead letters are: by frameworks, people, and own conventions."""
    own = [one.letters_on.replace("{topic}", ".+") for one in BY_TOPIC.values() if one not in CONVENTIONS]
    return f"^({'|'.join([_USUAL_TOPICS, *filter(None, own)])})$"


def may_have_letters(names: Iterable[str]) -> list[str]:
    """Topics called as some of dead letters are, and some of ordinary events, too: of payments that failed."""
    return [name for name in names if _MAYBE.fullmatch(name)]


def times_by_application(framework: str) -> bool:
    """Whether letters of the framework may have another time than the event that died."""
    return any(one.is_timed_by_application for one in CONVENTIONS if one.framework == framework)


def copied_by(framework: str) -> str:
    """The setting without which a letter of the framework has nothing of the event; empty where it always has."""
    return next((one.copied_by for one in CONVENTIONS if one.framework == framework), "")


@cache
def put_in_front() -> frozenset[str]:
    """Headers of which the first of a name is the newest."""
    kinds = [one for one in BY_TOPIC.values() if one.newest_first]
    return frozenset(part.name for one in kinds for part in one if isinstance(part, Header)).union(
        *(one.others for one in kinds)
    )
