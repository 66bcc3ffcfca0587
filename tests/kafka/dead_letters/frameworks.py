"""The frameworks whose dead letters are recorded: what runs each of them, and which letters it writes."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.kafka.jars import KAFKA, NEWEST, class_path, jars
from tests.kafka.java import java
from tests.places import RESULTS

HERE = Path(__file__).parent
_JAR = re.compile(r"(.+?)-(\d[\w.]*)\.jar")
_BUILD_SECONDS = 600.0


@dataclass(frozen=True)
class Framework:
    """One framework, in the folder of its name."""

    name: str
    written_by: tuple[str, ...]
    """The packages whose versions are kept beside the letters."""
    letters: Mapping[str, int]
    """How many it writes on which topic."""
    topic_settings: Mapping[str, str] = field(default_factory=dict)
    """Of the topics of its letters."""
    kafka: Path = KAFKA
    """Which Kafka it runs against."""

    @property
    def folder(self) -> Path:
        return HERE / self.name


class OnJava(Framework):
    """One Java file, with the jars of the pom beside it or those of Kafka itself."""

    @property
    def pom(self) -> Path:
        own = self.folder / "pom.xml"
        return own if own.exists() else self.kafka

    def command(self, servers: str) -> list[str]:
        (program,) = self.folder.glob("*.java")
        return java(class_path(self.pom), str(program), servers, heap="256m")

    def versions(self) -> dict[str, str]:
        found = [_JAR.fullmatch(one.name) for one in sorted(jars(self.pom).glob("*.jar"))]
        return {jar[1]: jar[2] for jar in found if jar is not None and jar[1] in self.written_by}


class OnGo(Framework):
    """A module of Go."""

    def command(self, servers: str) -> list[str]:
        program = RESULTS / "kafka" / self.name
        self._go("build", "-o", str(program), ".")
        return [str(program), servers]

    def versions(self) -> dict[str, str]:
        lines = self._go("list", "-m", "-f", "{{.Path}} {{.Version}}", "all").splitlines()
        return {
            path: version for path, _, version in (line.partition(" ") for line in lines) if path in self.written_by
        }

    def _go(self, *words: str) -> str:
        program = shutil.which("go")
        if program is None:
            raise RuntimeError(f"{self.name} is written in Go, and there is no 'go' on the PATH. Install it.")
        command = [program, *words]
        return subprocess.run(
            command, check=True, cwd=self.folder, stdout=subprocess.PIPE, text=True, timeout=_BUILD_SECONDS
        ).stdout


EVENTS = 5
"""How many events die on the topic that all of them read."""

FRAMEWORKS: tuple[OnJava | OnGo, ...] = (
    OnJava(
        "camel",
        ("camel-main", "camel-kafka", "kafka-clients"),
        {"orders.letters": EVENTS, "orders.told": EVENTS},
    ),
    OnJava(
        "smallrye",
        ("smallrye-reactive-messaging-kafka", "weld-se-core", "kafka-clients"),
        {
            "dead-letter-topic-orders": EVENTS,
            "dead-letter-topic-repair": EVENTS,
            "dead-letter-topic-counts": EVENTS,
            "dead-letter-topic-recounts": EVENTS,
        },
    ),
    OnJava(
        "cloud_stream",
        ("spring-cloud-stream-binder-kafka", "spring-boot", "spring-kafka", "kafka-clients"),
        {"error.orders.billing": EVENTS, "error.error.orders.billing.repair": EVENTS},
    ),
    OnGo(
        "watermill",
        (
            "github.com/ThreeDotsLabs/watermill",
            "github.com/ThreeDotsLabs/watermill-kafka/v3",
            "github.com/IBM/sarama",
        ),
        {"orders.poison": EVENTS, "orders.poison.again": EVENTS},
    ),
    OnJava(
        "share_group",
        ("kafka-clients", "kafka-server"),
        {"dlq.orders": EVENTS, "dlq.orders.copies": EVENTS, "dlq.orders.tried": EVENTS, "dlq.again": EVENTS},
        topic_settings={"errors.deadletterqueue.group.enable": "true"},
        kafka=NEWEST,
    ),
)
