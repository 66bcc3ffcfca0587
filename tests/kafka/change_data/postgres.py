"""A PostgreSQL of the run's own: a cluster in a temporary folder, on a free port, with logical decoding."""

from __future__ import annotations

import shutil
import signal
import tempfile
from pathlib import Path

from tests.kafka import unprivileged
from tests.kafka.java import Program
from tests.kafka.ports import LOCALHOST, free_port, is_listening
from tests.places import RESULTS

START_SECONDS = 60.0
USER = "tester"
DATABASE = "postgres"
_DEBIAN = Path("/usr/lib/postgresql")
_UNPRIVILEGED = "postgres"
"""PostgreSQL refuses to run as root; Debian's package brings this user."""
_SETTINGS = {
    "listen_addresses": LOCALHOST,
    "wal_level": "logical",
    # Nobody needs the data after the run.
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    # A connector and its snapshot need few; each suite starts a connector of its own.
    "max_replication_slots": "20",
    "max_wal_senders": "20",
}


class Postgres:
    """From `start()` to `close()`. Whoever reaches the port may log in as ``USER``, who may do all."""

    def __init__(self, *, log: Path | None = None) -> None:
        self.port = free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        self._log = log or RESULTS / "kafka" / f"postgres-{self.port}.log"
        # By the usual signal it would wait for its clients.
        self._program = Program("PostgreSQL", self._serve, self._log, ends_by=signal.SIGINT)

    def start(self) -> None:
        """Returns when it listens, which it does when it takes questions."""
        unprivileged.give(self._folder, _UNPRIVILEGED)
        Program("initdb", self._make, self._log).run()
        self._program.start()
        self._program.wait_until(self._listens, START_SECONDS)

    def close(self) -> None:
        self._program.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _make(self) -> list[str]:
        data = str(self._folder / "data")
        return _unprivileged("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")

    def _serve(self) -> list[str]:
        settings = {**_SETTINGS, "port": str(self.port), "unix_socket_directories": str(self._folder)}
        given = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return _unprivileged("postgres", "-D", str(self._folder / "data"), *given)

    def _listens(self) -> bool:
        return is_listening(self.port)


def _unprivileged(program: str, *arguments: str) -> list[str]:
    command = [str(_programs() / program), *arguments]
    return unprivileged.command_of(_UNPRIVILEGED, command, ends_by=signal.SIGINT)


def _programs() -> Path:
    """The folder of the newest version that Debian's packages brought, or that of the one on the PATH."""
    versions = [folder for folder in _DEBIAN.glob("*/bin") if (folder / "postgres").exists()]
    if versions:
        return max(versions, key=lambda folder: int(folder.parent.name))
    found = shutil.which("postgres")
    if found is None:
        raise RuntimeError("The tests of change data need PostgreSQL; there is no 'postgres'. Install it.")
    return Path(found).parent
