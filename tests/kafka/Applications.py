"""Robot keywords for real applications that talk through Kafka: those that come with it, and those of frameworks."""

from __future__ import annotations

import os
import tempfile
import urllib.error
import urllib.request
import uuid
from collections.abc import Sequence
from pathlib import Path

from robot.api.deco import keyword, library

from tests.kafka.jars import KAFKA, class_path
from tests.kafka.java import LOGGING, JavaProgram, Program, java
from tests.kafka.ports import LOCALHOST, free_port
from tests.places import RESULTS

FRAMEWORKS = Path(__file__).with_name("frameworks")
START_SECONDS = 60.0
ANSWER_SECONDS = 5.0
WINDOWED_COUNTS = Path(__file__).parent / "streams" / "WindowedCounts.java"


@library(scope="GLOBAL")
class Applications:
    def __init__(self) -> None:
        self._running: dict[str, tuple[JavaProgram, tempfile.TemporaryDirectory[str]]] = {}
        self._failing: Program | None = None

    @keyword
    def start_word_count_demo(self, bootstrap_servers: str, protocol: str = "classic") -> str:
        """Counts words from `streams-plaintext-input` into `streams-wordcount-output`; both must exist.

        Gives its group, a consumer group unless the protocol is that of Kafka Streams.
        """
        # A group of its own for each start, or it would go on counting where the one before it ended.
        group = f"word-count-{uuid.uuid4().hex[:8]}"
        demo = self._start(
            "word-count",
            "org.apache.kafka.streams.examples.wordcount.WordCountDemo",
            {
                "bootstrap.servers": bootstrap_servers,
                "application.id": group,
                "state.dir": "{folder}/state",
                "commit.interval.ms": "200",
                "group.protocol": protocol,
                # Streams does not leave its group when it stops.
                **({"session.timeout.ms": "6000"} if protocol == "classic" else {}),
            },
        )
        demo.wait_until(lambda: "from REBALANCING to RUNNING" in demo.log.read_text(), START_SECONDS)
        return group

    @keyword
    def stop_word_count_demo(self) -> None:
        self._stop("word-count")

    @keyword
    def start_windowed_counts(self, bootstrap_servers: str, events: str, windows: str, sessions: str) -> str:
        """Counts events by key in windows of five minutes and in sessions; the three topics must exist.

        Gives its group, which the changelog of the windows is named after: `GROUP-windows-changelog`.
        """
        group = f"windowed-counts-{uuid.uuid4().hex[:8]}"
        counts = self._start(
            "windowed-counts",
            str(WINDOWED_COUNTS),
            {
                "bootstrap.servers": bootstrap_servers,
                "application.id": group,
                "state.dir": "{folder}/state",
                "commit.interval.ms": "200",
                "statestore.cache.max.bytes": "0",
                "session.timeout.ms": "6000",
                "events": events,
                "windows": windows,
                "sessions": sessions,
            },
        )
        counts.wait_until(lambda: "from REBALANCING to RUNNING" in counts.log.read_text(), START_SECONDS)
        return group

    @keyword
    def stop_windowed_counts(self) -> None:
        self._stop("windowed-counts")

    @keyword
    def start_kafka_connect(self, bootstrap_servers: str) -> str:
        """A worker with the connectors that read and write files. Gives the address of its REST interface."""
        address = f"http://{LOCALHOST}:{free_port()}"
        worker = self._start(
            "connect",
            "org.apache.kafka.connect.cli.ConnectStandalone",
            {
                "bootstrap.servers": bootstrap_servers,
                "listeners": address,
                "key.converter": "org.apache.kafka.connect.storage.StringConverter",
                "value.converter": "org.apache.kafka.connect.storage.StringConverter",
                "offset.storage.file.filename": "{folder}/offsets",
                "offset.flush.interval.ms": "1000",
                "plugin.discovery": "service_load",
            },
        )
        worker.wait_until(lambda: _answers(address), START_SECONDS)
        return address

    @keyword
    def stop_kafka_connect(self) -> None:
        self._stop("connect")

    @keyword
    def start_failing_consumers(self, bootstrap_servers: str, shop: str) -> None:
        """Consumers of Spring and of Kafka Streams that take no event of `SHOP.plain`, `.retried` and `.streamed`."""
        # Spring's client is an older one than Kafka's own, and this is the one that both work with.
        self._failing = _framework("FailingConsumers", bootstrap_servers, shop, jars=(KAFKA, FRAMEWORKS / "pom.xml"))
        self._failing.start()

    @keyword
    def stop_failing_consumers(self) -> None:
        failing, self._failing = self._failing, None
        if failing is not None:
            failing.stop()

    @keyword
    def write_rows_as_connect_does(self, bootstrap_servers: str, plain: str, with_schemas: str) -> None:
        """Events of JsonConverter on both topics: a row of key 1, null for that of key 2, a tombstone of key 3."""
        _framework("ConnectRows", bootstrap_servers, plain, with_schemas).run()

    def _start(self, name: str, main_class: str, settings: dict[str, str]) -> JavaProgram:
        if name in self._running:
            raise RuntimeError(f"{name} is running already.")
        folder = tempfile.TemporaryDirectory(prefix=f"{name}-", ignore_cleanup_errors=True)
        properties = Path(folder.name) / "application.properties"
        lines = (f"{key}={value.replace('{folder}', folder.name)}\n" for key, value in settings.items())
        properties.write_text("".join(lines))
        log = RESULTS / "kafka" / f"{Path(folder.name).name}.log"
        program = JavaProgram(main_class, str(properties), log=log, heap="256m")
        self._running[name] = (program, folder)
        program.start()
        return program

    def _stop(self, name: str) -> None:
        if name in self._running:
            program, folder = self._running.pop(name)
            program.stop()
            folder.cleanup()


def _framework(name: str, *arguments: str, jars: Sequence[Path] = (FRAMEWORKS / "pom.xml",)) -> Program:
    """A program of one file, which Java compiles when it starts it."""
    log = RESULTS / "kafka" / f"{name}-{uuid.uuid4().hex[:8]}.log"
    words = (f"-Dlog4j2.configurationFile={LOGGING}", str(FRAMEWORKS / f"{name}.java"), *arguments)
    return Program(name, lambda: java(os.pathsep.join(map(class_path, jars)), *words, heap="256m"), log)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=ANSWER_SECONDS) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, TimeoutError):
        return False
