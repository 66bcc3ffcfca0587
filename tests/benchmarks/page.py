"""What docs/performance.md says: the table, the machine it was measured on, and how."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass, field
from datetime import date

import confluent_kafka
from robot.version import VERSION as ROBOT

from KafkaLibrary import __version__
from KafkaLibrary.broker.settings.described_connection import LOG_SIZE
from tests.benchmarks.distance import Far
from tests.benchmarks.growth import Growth
from tests.benchmarks.measuring import Row, table
from tests.benchmarks.orders import order
from tests.places import ROOT

PAGE = ROOT / "docs" / "performance.md"
CHARTS = ROOT / "docs" / "performance"


@dataclass
class Results:
    """All that was measured. ``missing`` are programs that could not be compared with."""

    rows: list[Row] = field(default_factory=list)
    growths: list[Growth] = field(default_factory=list)
    far: list[Far] = field(default_factory=list)
    far_peer: str = ""
    peer: str = ""
    idle: str = ""
    missing: list[str] = field(default_factory=list)


_TEXT = """\
# Performance
How long KafkaLibrary takes, beside the Kafka client that it stands on. Written by `{command}`
on {day}; run it to have the numbers of your machine.

{table}

The contenders take turns, round by round, so that what disturbs the machine disturbs all alike, and a ratio is the
median of those of the rounds. It is to the first row of the same work, for a scan with `>=` to the client with orjson,
and for kcat and ConfluentKafkaLibrary to the library. Memory and processor time are those of a contender's own process,
of a pipe those of all of it.
{missing}
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
- **Import**: a whole new Python each time, its own start included, on both sides. The library imports the Kafka client
  with its first connection, so this time is in the first keyword; it is in the suites' times, too.
- **Dictionaries published**: without a callback the raw client knows no offset of any event. With one an event in
  Python it knows them; the library has one, too, since it gives each event with its place.
- **Events since the mark**: each scan is a process of its own that reads from the topic's beginning; the client and all
  modules are imported before the clock runs. The goal for the peak of memory is the log of {log} MB and 100 MB more.
  `kcat` has no imports, and its own start is in its time.
- **Failed wait**: what `Wait For Event` takes beyond its timeout of one second, to read to the end of that instant,
  to rank the nearest events and to write the failure.
- **Processes side by side**: each has a topic of its own. One by one it publishes an event, waits for the
  acknowledgement, reads the event and compares it; in batches it does so with a hundred. The times are of all events
  that the processes make together, counted while all are at work; with start and end, from the first start to the last
  end. pabot runs suites of tests with five events or one batch each.
- **End-to-end suites**: those of the shop in `tests/robot/end_to_end`, as their own output tells what each library's
  keywords took. More than half of KafkaLibrary's time is what negatives wait on purpose.
{peer}
## Idle
Twenty topics are watched and nothing happens, while `No Event Should Arrive` waits:

{idle}
{far}## How cost grows
{growths}
## What stands in the way of more
Where a goal is missed, this is why, by the rows of the table and what a profile shows; where it is met, it is the next
thing to gain.

- **Publish an event and find it**: most of it is Kafka's: to acknowledge, and to hand over. What is the library's
  is some four hundred and fifty calls, for the arguments of two keywords, the condition, the log and the judging.
- **Dictionaries published**: each event is acknowledged with its offset, and the client tells offsets by a callback an
  event only: the row with a callback is the least that this can take. Nothing is published when one of the values
  can't be, so all are written before the first goes out, and the client's own threads have nothing to do meanwhile.
  Then each gets its record and its event. Writing takes the larger part of the difference, memory that is
  touched for the first time the most of that.
  Python's one look for garbage afterwards is the largest piece that is left. Not to have it saved about a quarter of
  the main thread's time in the first call of a process; with a bound to what may pile up, six calls of 100,000 took no
  less than before. The client's `produce_batch` takes as long as `produce` for each (confluent-kafka 2.16.1), and
  takes neither timestamps nor headers.
- **A million events**: the log keeps what arrived, so that the next wait finds it without Kafka. Events that are kept
  are freed when they have left the processor's caches; a loop that looks at nothing frees them at once. So both ratios
  follow the speed of memory, which others share on a machine in a cloud: from hour to hour `==` was seen between 1.6
  and 2.6, `>=` between 1.0 and 1.6.
  The log is {log} MB of this peak of memory; some 45 MB are Python, the client and the library, the rest waits in
  the client's queue.
- **Robot suite**: the difference between `No Operation` with and without the import is what a test's start costs,
  beside a tenth of a second for imports and the connection: two requests, where the topics end and whether they
  are still the same. Nothing in the test may go on before both are answered. Were they asked earlier, an event of the
  test before could be taken for one of this test; were they not waited for, an event of this test could be missed.
  With three keywords that do nothing otherwise, that alone is more than the goal leaves.
- **Idle**: most of it are fetches that find nothing, some twenty-five a second, each of which wakes the client's
  threads. With a longer wait at the broker there are fewer, and to add a topic to a live reader takes as much longer.
- **Processes side by side**: more of them than there are cores keep all cores busy, Kafka's part included, so what
  counts is the processor time of an event, and Robot Framework's own is the limit: the row of pabot with two keywords
  that do nothing is what a library would reach that costs nothing, and asks Kafka nothing. Where that row misses the
  goal no library can meet it one by one. The row of the library called from Python shows what is left without Robot.

## Machine
Measured with {machine}.
Events are JSON of {size} bytes, on topics of one partition. No test depends on these numbers.
"""
_PEER = """\
- **A test**: the suite's time divided by its tests. One consumer for all tests joins its group once: the more tests,
  the less time for each.
  {peer}
"""


_MISSING = "Rows with {} are left out: not installed where this was measured.\n"
_FAR = """\
## Far away
Kafka behind a proxy that hands each byte on half of the delay later, each way; near is the same without delay. Trips
are how many times the delay is in what is longer than near: what goes there and back one after the other, and what a
timer of the client waits. The proxy takes connections at once, so a connection costs one more where there is a network.
ConfluentKafkaLibrary, which has keywords for some of it, is told the offset of the event that it waits for.
Measured on {day} with {rounds} rounds, at a load average of {load}, and {peer}.

{parts}
"""
_OF_FAR = """\
### Far away: {name}
{table}

![Time of a keyword by distance, {name}](performance/{file}.svg)
"""
_SUITES = """\
### Tests in the suite
![Time of a whole Robot suite](performance/suites.svg)

In proportion from some tests on: before that the start of Python and Robot is most of it.

### Processes side by side
![Events that processes publish and find together](performance/processes.svg)

Up to the number of cores each process adds its own; from then on they share the processor with Kafka.
"""


def _growth(one: Growth) -> str:
    across = one.chart.across
    picture = f"![{one.chart.title}](performance/{one.name}.svg)"
    return f"### {across[:1].upper()}{across[1:]}\n{picture}\n\n{one.sentence}\n"


def page(results: Results, command: str, kafka: str, before: str) -> str:
    """The text of the page. ``kafka`` says what was measured with; parts by themselves stay as ``before``."""
    text = _page(results, command, kafka)
    for name, part in parts_by_themselves(before).items():
        text = with_part(text, name, part)
    return text


def _page(results: Results, command: str, kafka: str) -> str:
    peer = results.peer
    charts = [_growth(one) for one in results.growths]
    return _TEXT.format(
        command=command,
        day=date.today().isoformat(),  # noqa: DTZ011 - the day where it was measured
        table=table(results.rows),
        missing=_MISSING.format(" and ".join(results.missing)) if results.missing else "",
        idle=results.idle,
        far=far_away(results),
        growths="\n".join([*charts, _SUITES]),
        peer=_PEER.format(peer=peer) if peer else "",
        machine=_machine(kafka),
        size=len(order(42)),
        log=LOG_SIZE // 2**20,
    )


def far_away(results: Results) -> str:
    """The section on distance."""
    if not results.far:
        return ""
    parts = [_OF_FAR.format(name=one.name, table=one.table, file=one.file) for one in results.far]
    rounds = len(next(iter(next(iter(results.far[0].seconds.values())).values())))
    today = date.today().isoformat()  # noqa: DTZ011 - the day where it was measured
    given = {"day": today, "rounds": rounds, "load": _load(), "peer": results.far_peer}
    return _FAR.format(**given, parts="\n".join(parts))


def with_far_away(page: str, results: Results) -> str:
    """The page with this section anew, and all else as it was."""
    before, _, rest = page.partition("## How cost grows")
    return f"{before.partition('## Far away')[0]}{far_away(results)}## How cost grows{rest}"


_BY_THEMSELVES, _AFTER_THEM = "## Measured by themselves\n", "## What stands in the way of more"


def with_part(page: str, name: str, text: str) -> str:
    """The page with what was measured by itself under this name, and all else as it was."""
    parts = {**parts_by_themselves(page), name: text}
    before, _, rest = page.partition(_AFTER_THEM)
    section = "".join(f"### {title}\n{inner}\n" for title, inner in sorted(parts.items()))
    return f"{before.partition(_BY_THEMSELVES)[0]}{_BY_THEMSELVES}{section}{_AFTER_THEM}{rest}"


def parts_by_themselves(page: str) -> dict[str, str]:
    """What stands on the page of parts that were measured by themselves, by their names."""
    _, _, section = page.partition(_AFTER_THEM)[0].partition(_BY_THEMSELVES)
    named = (one.partition("\n") for one in section.split("### ")[1:])
    return {title: inner.removesuffix("\n") for title, _, inner in named}


def measured_now(command: str) -> str:
    """When, how and on how busy a machine, for what is measured by itself."""
    today = date.today().isoformat()  # noqa: DTZ011 - the day where it was measured
    return f"Measured on {today} by `{command}`, at a load average of {_load()}."


def _machine(kafka: str) -> str:
    client = f"confluent-kafka {confluent_kafka.__version__} (librdkafka {confluent_kafka.libversion()[0]})"
    return (
        f"{os.cpu_count()} cores of {platform.machine()} with {platform.system()}, "
        f"Python {platform.python_version()}, Robot Framework {ROBOT}, KafkaLibrary {__version__},\n"
        f"{client} and {kafka}; the load average at the end was {_load()}"
    )


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def own_kafka() -> str:
    """What the Kafka is that the tests start."""
    found = re.search(r"<kafka\.version>(.+?)<", (ROOT / "tests" / "kafka" / "pom.xml").read_text(encoding="utf-8"))
    return f"Apache Kafka {found[1] if found else ''}, one node on the same machine"
