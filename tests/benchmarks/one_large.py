"""One contender on a large cluster reads an event, and looks for a name near to one that is none. Tells its peak.

python -m tests.benchmarks.one_large CONTENDER BOOTSTRAP_SERVERS
"""

from __future__ import annotations

import difflib
import sys
import time
from contextlib import suppress

from confluent_kafka.admin import AdminClient

from KafkaLibrary import KafkaLibrary, connection
from KafkaLibrary.errors import ExpectationFailed
from tests.benchmarks.large import MISSING
from tests.benchmarks.one_scan import tell
from tests.benchmarks.raw_client import RawClient, receive

_PATIENCE = 60.0


def by_client(bootstrap_servers: str) -> None:
    client = RawClient(bootstrap_servers)
    consumer = client.consumer("narrow")
    receive(consumer, 0)
    consumer.close()
    listed = AdminClient({"bootstrap.servers": bootstrap_servers}).list_topics(timeout=_PATIENCE)
    difflib.get_close_matches(MISSING, listed.topics)


def by_library(bootstrap_servers: str) -> None:
    library = KafkaLibrary(bootstrap_servers)
    library.start_test()
    library.wait_for_event("narrow", since="earliest")
    with suppress(ExpectationFailed):
        library.wait_for_event(MISSING, timeout=0)
    library.disconnect_from_all_kafka()


def main(name: str, bootstrap_servers: str) -> None:
    assert connection  # what a connection needs is imported
    began = time.perf_counter()
    {"raw": by_client, "library": by_library}[name](bootstrap_servers)
    tell(time.perf_counter() - began)


if __name__ == "__main__":
    main(*sys.argv[1:])
