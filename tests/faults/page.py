"""What docs/reliability.md says: the faults, what was counted, and how. Written by `python -m tests.faults`."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import reduce
from operator import add

import confluent_kafka

from KafkaLibrary import __version__
from tests.faults.faults import FAULTS, Fault
from tests.faults.judge import Counts
from tests.kafka.jars import KAFKA
from tests.places import RESULTS, ROOT

PAGE = ROOT / "docs" / "reliability.md"
KEPT = RESULTS / "faults" / "counts.json"
_BY_HAND = "## What the tests would notice\n"

_TEXT = """\
# Reliability
What KafkaLibrary does while Kafka fails. Written by `{command}` on {day}; run it to repeat it.

Three real brokers with three copies of everything, `min.insync.replicas=2`. In each run the library publishes,
singly, in lots and in transactions, waits, denies and counts, each in threads with library objects of their own,
while an independent client publishes fifty numbered events a second and notes when each was acknowledged. After two
seconds the fault is brought about. When the cluster is whole again, an independent reader reads all topics from the
beginning to the end, and every single thing that the library told is compared with that.

{table}

- **events**: acknowledged, to the library or to the independent client.
- **lost**: acknowledged, or in a transaction that the library said was committed, and not there in the end.
- **doubled**: there more than once. Events that were *not* acknowledged count here, too.
- **negatives**: `No Event Should Arrive` and `Event Count Should Be`, for events of which half are due before the
  time is over. **refused** are those that failed because Kafka was away or the end could not be reached, which is
  right. **false passes** passed although the event had been published after their mark and acknowledged before their
  time was over, or counted an event that is not there.
- **waits**: `Wait For Event`, `Wait For Events`, `Get Events`, `Wait Until Event Is Consumed`. **missed** are those
  that did not give an event which was acknowledged before their deadline.
- **wrong**: an event told at another offset than it has, one given twice, an aborted one that is there, a failure
  about an event that nobody sent, a process that crashed.
- **beside**: events that the independent client itself, without the library, lost or got twice; they say what the
  Kafka client alone does.

The command ends with 1 unless *lost*, *doubled*, *false passes*, *missed* and *wrong* are zero;
`tests/harness/test_judge.py` shows that the judge sees each of them. `python -m tests.faults --quick` is part of the
tests.

## The faults
{faults}

## What was found by it
- Where the leader died, the client's `list_offsets` gives offset -1001 and no error. Taken for an end, it counts as
  reached at once. It is no answer now: the question is asked again, and fails as unreachable at the deadline. One
  `Get Events` missed five events before that and none did after it; that this was the reason was not proven.
- Events were acknowledged without an offset after a change of leader, and two of them were not there. Such events are
  looked for now, and count as not published where they are not found; see [decision 20](adr/0020-faults.md).
- While a partition has no leader, librdkafka's threads keep up to a core busy for each connection that reads it.

{machine}
"""
_COLUMNS = (
    "events", "lost", "doubled", "negatives", "refused", "false_passes", "waits", "missed", "wrong", "beside",
)  # fmt: skip


def keep(results: Mapping[str, Sequence[Counts]]) -> None:
    """Leave what was counted so far for the page, so that a run that is stopped is not lost."""
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(json.dumps({name: [asdict(one) for one in runs] for name, runs in results.items()}, indent=1))


def write(command: str) -> None:
    """From what was kept last. What is written by hand, behind all that, stays."""
    kept = {name: [Counts(**one) for one in runs] for name, runs in json.loads(KEPT.read_text()).items() if runs}
    PAGE.write_text(
        _TEXT.format(
            command=command,
            day=date.today().isoformat(),  # noqa: DTZ011 - the day where it was measured
            table=_table(kept),
            faults="\n".join(_described(fault, ran=fault.name in kept) for fault in FAULTS),
            machine=_machine(),
        )
        + _by_hand(),
        encoding="utf-8",
    )


def _by_hand() -> str:
    _, heading, section = PAGE.read_text(encoding="utf-8").partition(_BY_HAND)
    return f"\n{heading}{section}" if heading else ""


def _described(fault: Fault, *, ran: bool) -> str:
    return f"- **{fault.name}**{'' if ran else ' (not run this time)'}: {fault.what}"


def _table(kept: Mapping[str, Sequence[Counts]]) -> str:
    heads = ["fault", "runs", *(name.replace("_", " ") for name in _COLUMNS)]
    rows = [_cells(name, len(runs), reduce(add, runs)) for name, runs in kept.items()]
    every = [one for runs in kept.values() for one in runs]
    rows.append(_cells("**all**", len(every), reduce(add, every)))
    rule = ["---", *["---:"] * (len(heads) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, rule, *rows))


def _cells(name: str, runs: int, counts: Counts) -> list[str]:
    return [name, str(runs), *(f"{getattr(counts, column):,}" for column in _COLUMNS)]


def _machine() -> str:
    kafka = KAFKA.read_text(encoding="utf-8").partition("<kafka.version>")[2].partition("<")[0]
    return (
        f"Counted with {os.cpu_count()} cores of {platform.machine()} with {platform.system()}, "
        f"Python {platform.python_version()}, KafkaLibrary {__version__},\n"
        f"confluent-kafka {confluent_kafka.version()} (librdkafka {confluent_kafka.libversion()[0]}) and "
        f"Apache Kafka {kafka}, all nodes on this machine."
    )
