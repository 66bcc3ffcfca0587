"""Kafka's and Apicurio's serializers, run in Java and asked from Python."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import uuid
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from tests.commands import ending_with_parent
from tests.kafka.jars import class_path
from tests.kafka.java import java
from tests.places import RESULTS

PROGRAM = Path(__file__).with_name("JavaSerdes.java")
POM = Path(__file__).with_name("pom.xml")
END_SECONDS = 10.0
ANSWER_SECONDS = 60.0
"""The first answer waits until Java has compiled the program."""


class JavaSerdes:
    """A Java program that writes and reads events, inside `with` or from `start()` to `close()`.

    `registry_url` may be any address of an Apicurio Registry, with or without the path of one of its interfaces.
    Without one there are Kafka's own formats only.

    Formats: avro, protobuf, json-schema, text, long, int, short, double, float, uuid.
    """

    def __init__(self, bootstrap_servers: str, registry_url: str = "", *, log: Path | None = None) -> None:
        self._arguments = [bootstrap_servers, registry_url.partition("/apis")[0].rstrip("/")]
        self._log = log or RESULTS / "kafka" / f"serdes-{uuid.uuid4().hex[:8]}.log"
        self._process: subprocess.Popen[str] | None = None

    @property
    def log(self) -> Path:
        return self._log

    def start(self) -> None:
        if self._process is not None:
            raise RuntimeError("The Java serializers are running already.")
        self._log.parent.mkdir(parents=True, exist_ok=True)
        command = java(class_path(POM), str(PROGRAM), *self._arguments, heap="256m")
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                [*ending_with_parent(signal.SIGKILL), *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                encoding="utf-8",
                start_new_session=True,
            )

    def close(self) -> None:
        """It ends with its input."""
        process, self._process = self._process, None
        if process is None:
            return
        _, given, answered = _running(process)
        given.close()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        answered.close()

    def __enter__(self) -> JavaSerdes:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(self, topic: str, format: str, value: str | None, **more: str | None) -> tuple[int, int]:  # noqa: A002
        """Publishes an event and gives its partition and offset.

        `value` is JSON text: for avro in Avro's JSON encoding, for protobuf ProtoJSON; None makes a tombstone.
        `more` may have `schema` (its text), `message` (of Protobuf, where it is not the schema's first; a nested
        one as `Order.Item`), `key` (JSON text too), `keyFormat` (text where it is not given), `keySchema`,
        `keyMessage`, `idInHeader` (contentId or globalId, which then stands in Apicurio's own header), and
        `withIndexes` (no, for Protobuf whose message a header names).
        """
        answer = self._ask({"do": "write", "topic": topic, "format": format, "value": value, **more})
        return int(answer["partition"]), int(answer["offset"])

    def read(self, topic: str, format: str, partition: int, offset: int, **more: str | None) -> dict[str, str]:  # noqa: A002
        """The JSON texts of the event's `value` and `key`, as far as it has them.

        `more` may have `keyFormat`, and for Avro that is no record `schema` and `keySchema`.
        """
        return self._ask(
            {"do": "read", "topic": topic, "format": format, "partition": partition, "offset": offset, **more}
        )

    def last_lines(self, count: int = 30) -> str:
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-count:])

    def _ask(self, command: dict[str, Any]) -> dict[str, Any]:
        process, given, answered = _running(self._process)
        # A program that hangs is ended, and so the answer that is waited for comes to its end too.
        watchdog = threading.Timer(ANSWER_SECONDS, process.kill)
        watchdog.start()
        try:
            given.write(json.dumps(command) + "\n")
            given.flush()
            line = answered.readline()
        except BrokenPipeError:
            line = ""
        finally:
            watchdog.cancel()
        if not line:
            raise RuntimeError(f"The Java serializers ended, or did not answer in time:\n{self.last_lines()}")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise RuntimeError(f"Java: {answer['error']}")
        return answer


def _running(process: subprocess.Popen[str] | None) -> tuple[subprocess.Popen[str], IO[str], IO[str]]:
    if process is None or process.stdin is None or process.stdout is None:
        raise RuntimeError("The Java serializers were not started.")
    return process, process.stdin, process.stdout
