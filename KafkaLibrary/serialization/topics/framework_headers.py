"""Headers that frameworks write in bytes, by their names: what type each has, and who writes it so.

The places of events that died are those of ``dead_letters``; the others stand here, as they were seen with the versions
beside them. The names are those that the frameworks have by default.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from KafkaLibrary.dead_letters.conventions import CONVENTIONS


class Framework(NamedTuple):
    """Who writes headers, the version that they were seen with, and the format of each of them."""

    name: str
    version: str
    formats: dict[str, str]


_OTHERS = (
    Framework("Spring for Apache Kafka", "4.1.2", {"kafka_deliveryAttempt": "int"}),
    Framework(
        "Spring's @RetryableTopic",
        "4.1.2",
        {"retry_topic-original-timestamp": "bigint", "retry_topic-backoff-timestamp": "bigint"},
    ),
    Framework(
        "Apicurio Registry",
        "3.3.3",
        {
            "apicurio.key.globalId": "long",
            "apicurio.key.contentId": "long",
            "apicurio.value.globalId": "long",
            "apicurio.value.contentId": "long",
        },
    ),
    Framework(
        "SmallRye Reactive Messaging",
        "4.33.0",
        {
            "deserialization-failure-data": "bytes",
            "deserialization-failure-key-data": "bytes",
            "deserialization-failure-value-data": "bytes",
        },
    ),
    Framework("Elastic APM", "1.55.1", {"elasticapmtraceparent": "elastic-trace"}),
)


def _of_dead_letters() -> Iterator[Framework]:
    for one in CONVENTIONS:
        headers = ((one.partition, "int"), (one.offset, "long"), (one.timestamp, "long"), (one.attempts, "int"))
        formats = {header.name: kind for header, kind in headers if header and header.kind == "big-endian"}
        yield Framework(one.framework, one.version, formats)


FRAMEWORKS = (*_of_dead_letters(), *_OTHERS)
