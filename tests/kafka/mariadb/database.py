"""A MariaDB of the run's own: its data in a temporary folder, on a free port, with the log that a connector reads."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from tests.kafka import unprivileged
from tests.kafka.java import Program
from tests.kafka.ports import LOCALHOST, free_port, is_listening
from tests.places import RESULTS

START_SECONDS = 60.0
USER = PASSWORD = "tester"
_UNPRIVILEGED = "mysql"
"""Debian's package brings this user."""
_SETTINGS = {
    "bind-address": LOCALHOST,
    "server-id": "1",
    "log-bin": "bin",
    "binlog-format": "ROW",
    "binlog-row-image": "FULL",
    "default-time-zone": "+00:00",
}


class MariaDb:
    """From `start()` to `close()`. ``USER`` may do all, with ``PASSWORD``."""

    def __init__(self) -> None:
        self.port = free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="mariadb-"))
        self._data = self._folder / "data"
        self._log = RESULTS / "kafka" / f"mariadb-{self.port}.log"
        self._program = Program("MariaDB", self._serve, self._log)

    def start(self) -> None:
        """Returns when it takes questions."""
        self._data.mkdir()
        for folder in (self._folder, self._data):
            unprivileged.give(folder, _UNPRIVILEGED)
        Program("mariadb-install-db", self._make, self._log).run()
        self._program.start()
        self._program.wait_until(self._listens, START_SECONDS)
        self.execute(f"CREATE USER {USER}@'%' IDENTIFIED BY '{PASSWORD}'; GRANT ALL ON *.* TO {USER}@'%'")

    def execute(self, statements: str) -> None:
        """Runs SQL as root, by the program that comes with the database."""
        where = ["--no-defaults", f"--socket={self._socket}", "--user=root", "--default-character-set=utf8mb4"]
        done = subprocess.run(
            [_program("mariadb"), *where, "-e", statements], check=False, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"MariaDB refused it: {done.stderr}")

    def close(self) -> None:
        self._program.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _socket(self) -> Path:
        return self._folder / "socket"

    def _make(self) -> list[str]:
        how = ["--auth-root-authentication-method=normal", "--skip-test-db"]
        return _command("mariadb-install-db", f"--datadir={self._data}", *how)

    def _serve(self) -> list[str]:
        given = [f"--{name}={value}" for name, value in _SETTINGS.items()]
        return _command(
            "mariadbd", f"--datadir={self._data}", f"--socket={self._socket}", f"--port={self.port}", *given
        )

    def _listens(self) -> bool:
        return is_listening(self.port)


def _command(program: str, *arguments: str) -> list[str]:
    command = [_program(program), "--no-defaults", *arguments]
    return unprivileged.command_of(_UNPRIVILEGED, command, ends_by=signal.SIGTERM)


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise RuntimeError(f"The recording needs MariaDB; there is no '{name}' on the PATH. Install it.")
    return found
