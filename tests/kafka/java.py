"""Java programs as child processes."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests.commands import ending_with_parent
from tests.kafka.jars import KAFKA, class_path

LOGGING = Path(__file__).with_name("log4j2.xml")


# The first compiler alone: it starts a third sooner, and no test needs the speed of the second.
QUICK_TO_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def java(jars: str, *words: str, heap: str) -> list[str]:
    """A command for Java with the class path `jars`."""
    program = shutil.which("java")
    if program is None:
        raise RuntimeError("The tests need Java 17 or later; no 'java' is on the PATH. Install it.")
    return [program, *QUICK_TO_START, f"-Xmx{heap}", "-cp", jars, *words]


class Program:
    """Runs a command; what it prints goes to a file."""

    def __init__(
        self, name: str, command: Callable[[], list[str]], log: Path, *, ends_by: signal.Signals = signal.SIGTERM
    ) -> None:
        """``command`` is asked when it starts, for it may have to bring what it runs; ``ends_by`` asks it to end."""
        self._name = name
        self._command = command
        self._log = log
        self._ends_by = ends_by
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self._log

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def process_id(self) -> int:
        return self._running().pid

    def start(self) -> None:
        if self.is_running:
            raise RuntimeError(f"{self._name} is running already.")
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as output:
            # In a session of its own: Ctrl-C is for the tests, and they need this program to tidy up.
            self._process = subprocess.Popen(
                [*ending_with_parent(signal.SIGKILL), *self._command()],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def run(self) -> None:
        """Starts it, waits until it has ended, and fails if it did."""
        self.start()
        if self._running().wait():
            raise RuntimeError(f"{self._name} failed:\n{self.last_lines()}")

    def wait_until(self, answers: Callable[[], bool], timeout: float) -> None:
        """Returns once `answers` gives true; a program that ended before that fails with its last lines."""
        deadline = time.monotonic() + timeout
        while not answers():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self._name} did not answer in {timeout:g} s:\n{self.last_lines()}")
            if self._has_ended(within=0.05):
                raise RuntimeError(f"{self._name} ended before it answered:\n{self.last_lines()}")

    def stop(self, timeout: float = 20) -> None:
        """Asks it to end, and ends it if it has not by then."""
        if self._process is not None:
            self.resume()
            self._process.send_signal(self._ends_by)
            if not self._has_ended(within=timeout):
                self.kill()

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def pause(self) -> None:
        """It keeps its connections and answers nothing."""
        self._running().send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        if self.is_running:
            self._running().send_signal(signal.SIGCONT)

    def last_lines(self, count: int = 30) -> str:
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-count:])

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise RuntimeError(f"{self._name} was not started.")
        return self._process

    def _has_ended(self, within: float) -> bool:
        try:
            self._running().wait(within)
        except subprocess.TimeoutExpired:
            return False
        return True


class JavaProgram(Program):
    """Runs a main class from the jars."""

    def __init__(self, main_class: str, *arguments: str, log: Path, heap: str = "512m", pom: Path = KAFKA) -> None:
        super().__init__(main_class.rpartition(".")[2], lambda: _command(pom, heap, main_class, *arguments), log)


def _command(pom: Path, heap: str, *arguments: str) -> list[str]:
    return java(class_path(pom), f"-Dlog4j2.configurationFile={LOGGING}", *arguments, heap=heap)
