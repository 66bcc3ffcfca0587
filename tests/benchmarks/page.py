"""What docs/performance.md says: the table, the machine it was measured on, and how."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import date

import confluent_kafka
from robot.version import VERSION as ROBOT

from KafkaLibrary import __version__
from tests.benchmarks.measuring import Row, table
from tests.benchmarks.orders import order
from tests.places import ROOT

PAGE = ROOT / "docs" / "performance.md"

_TEXT = """\
# Performance
How long KafkaLibrary takes, beside the Kafka client that it stands on. Written by `{command}`
on {day}; run it to have the numbers of your machine.

{table}

Ratios are of medians. The contenders take turns, round by round, so that what disturbs the machine disturbs all alike.

- **Publish an event and find it**: `Publish Event` and `Wait For Event` with one condition, called as Python methods,
  a new test every fifth time. The raw client produces, polls until the event is acknowledged (`acks=all`, idempotent,
  `linger.ms=0`), polls an assigned consumer until that offset arrives, reads its JSON and compares one field.
  The library's own work is the difference of the two: the longer Kafka takes to answer, the smaller the ratio.
- **First wait**: by a library object that has not talked to Kafka yet, for an event published just before. The raw
  client makes a consumer, assigns it and polls; it asks neither for the topic's id nor where a test began.
- **First publish**: likewise; both make their producer.
- **Robot suite**: the whole process of `robot --log NONE --report NONE`; each test has `Publish Event`,
  `Wait For Event` and `Event Field Should Be`, or three times `No Operation`.
  The raw client's part is its work alone, without the start of a process and without imports.
- **Failed wait**: what `Wait For Event` takes beyond its timeout of one second, to read to the end of that instant,
  to rank the nearest events and to write the failure.
- **End-to-end suites**: those of the shop in `tests/robot/end_to_end`, as their own output tells what each library's
  keywords took. More than half of KafkaLibrary's time is what negatives wait on purpose.
{peer}
Measured with {machine}.
Events are JSON of {size} bytes, on topics of one partition. No test depends on these numbers.
"""
_PEER = """\
- **A test**: the suite's time divided by its tests. One consumer for all tests joins its group once: the more tests,
  the less time for each.
  {peer}
"""


def page(rows: Sequence[Row], command: str, kafka: str, peer: str) -> str:
    """The text of the page. ``kafka`` and ``peer`` say what was measured with."""
    return _TEXT.format(
        command=command,
        day=date.today().isoformat(),  # noqa: DTZ011 - the day where it was measured
        table=table(rows),
        peer=_PEER.format(peer=peer) if peer else "",
        machine=_machine(kafka),
        size=len(order(42)),
    )


def _machine(kafka: str) -> str:
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    client = f"confluent-kafka {confluent_kafka.__version__} (librdkafka {confluent_kafka.libversion()[0]})"
    return (
        f"{os.cpu_count()} cores of {platform.machine()} with {platform.system()}, "
        f"Python {platform.python_version()}, Robot Framework {ROBOT}, KafkaLibrary {__version__},\n"
        f"{client} and {kafka}; the load average at the end was {load}"
    )


def own_kafka() -> str:
    """What the Kafka is that the tests start."""
    found = re.search(r"<kafka\.version>(.+?)<", (ROOT / "tests" / "kafka" / "pom.xml").read_text(encoding="utf-8"))
    return f"Apache Kafka {found[1] if found else ''}, one node on the same machine"
