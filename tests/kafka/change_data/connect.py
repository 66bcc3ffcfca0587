"""A worker of Kafka Connect with Debezium's connector for PostgreSQL, and the database beside it."""

from __future__ import annotations

import json
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType

from tests.kafka.change_data.postgres import DATABASE, USER, Postgres
from tests.kafka.java import JavaProgram
from tests.kafka.ports import LOCALHOST, free_port
from tests.places import RESULTS

JARS = Path(__file__).with_name("pom.xml")
START_SECONDS = 120.0
_ANSWER_SECONDS = 5.0


class Worker:
    """A worker with the jars of that pom, which keeps its files in the folder. It has no connectors yet."""

    def __init__(self, bootstrap_servers: str, folder: Path, pom: Path) -> None:
        port = free_port()
        self.url = f"http://{LOCALHOST}:{port}"
        self.log = RESULTS / "kafka" / f"change-data-{port}.log"
        properties = folder / "worker.properties"
        settings = {
            "bootstrap.servers": bootstrap_servers,
            "listeners": self.url,
            # Each connector says how it writes; these are Connect's own.
            "key.converter": "org.apache.kafka.connect.json.JsonConverter",
            "value.converter": "org.apache.kafka.connect.json.JsonConverter",
            "offset.storage.file.filename": str(folder / "offsets"),
            "offset.flush.interval.ms": "1000",
            "plugin.discovery": "service_load",
        }
        properties.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
        main_class = "org.apache.kafka.connect.cli.ConnectStandalone"
        self._program = JavaProgram(main_class, str(properties), log=self.log, heap="256m", pom=pom)

    def start(self) -> None:
        """Returns at once; it answers later."""
        self._program.start()

    def wait(self) -> None:
        """Returns when it answers."""
        self._program.wait_until(self._answers, START_SECONDS)

    def close(self) -> None:
        self._program.kill()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/connectors", timeout=_ANSWER_SECONDS) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


class ChangeData:
    """Inside `with`, or from `start()` to `close()`. Which connectors run, and what they read, is the suites' to say.

    ``described`` is the path of a file that says where both listen.
    """

    def __init__(self, bootstrap_servers: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="change-data-", ignore_cleanup_errors=True)
        self.postgres = Postgres()
        self._worker = Worker(bootstrap_servers, Path(self._folder.name), JARS)
        self.connect = self._worker.url

    @property
    def described(self) -> Path:
        return Path(self._folder.name) / "change-data.json"

    def start(self) -> None:
        """Returns when both answer."""
        self._worker.start()  # the slower one
        self.postgres.start()
        self._worker.wait()
        facts = {"host": LOCALHOST, "port": self.postgres.port, "user": USER, "database": DATABASE}
        self.described.write_text(json.dumps({**facts, "connect": self.connect}))

    def close(self) -> None:
        self._worker.close()
        self.postgres.close()
        self._folder.cleanup()

    def __enter__(self) -> ChangeData:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
