"""One run: the library works, a fault happens, and what it told is judged by what is known for certain."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.commands import ending_with_parent
from tests.faults.judge import Counts, judge
from tests.faults.truth import Truth, Writer, all_events, by_field
from tests.faults.work import USUAL
from tests.kafka.cluster import Cluster
from tests.places import RESULTS

BEFORE = 2.0
"""Seconds of work without a fault, so that all clients are connected and at work when it comes."""
AFTER = 3.0
_READY = 60.0
_END = 120.0
_PAUSE = 0.05
PUBLISHED_PARTITIONS = 3


class Scene:
    """The topics, the independent writer and the library at work, for one run of one fault."""

    def __init__(self, cluster: Cluster, name: str, *, min_isr: int = 2) -> None:
        run = f"{name.replace(' ', '-')}-{uuid.uuid4().hex[:6]}"
        self.cluster = cluster
        self.name = run
        self.waited, self.published, self.transactions = (f"{run}-{kind}" for kind in ("waited", "published", "tx"))
        cluster.make(self.waited, min_insync_replicas=str(min_isr))
        cluster.make(self.published, PUBLISHED_PARTITIONS, min_insync_replicas=str(min_isr))
        cluster.make(self.transactions, PUBLISHED_PARTITIONS)
        self.writer = Writer(cluster.bootstrap_servers, self.waited)
        self.truth = Truth()
        self.servers = cluster.bootstrap_servers
        self.work: Sequence[str] = USUAL
        self.clock_behind = 0.0
        self._told = RESULTS / "faults" / f"{run}.jsonl"
        self._child: subprocess.Popen[bytes] | None = None

    def run(self, fault: Callable[[Scene], None]) -> Counts:
        """Judged after the cluster is whole again."""
        self.writer.start()
        with self.cluster.from_afar(self.servers) as servers, self._working(servers):
            self.wait(BEFORE)
            fault(self)
            self.wait(AFTER)
        self.cluster.heal()
        self.writer.stop()
        self._find_truth()
        told = list(self._lines())
        counts = judge(told, self.truth)
        if not told or told[-1]["kind"] != "done":
            counts.blame("wrong", f"the library's process ended with {self._child and self._child.returncode}")
        return counts

    def wait(self, seconds: float) -> None:
        """While all go on; ends at once where the library's process has ended."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self._child is not None and self._child.poll() is None:
            signal.sigtimedwait((), _PAUSE)

    def make_anew(self) -> None:
        """Both topics are deleted and made again; what was sent before may be gone."""

        def change() -> None:
            for topic, partitions in ((self.waited, 1), (self.published, PUBLISHED_PARTITIONS)):
                self.cluster.delete(topic)
                self.cluster.make(topic, partitions)
            self.truth.since = time.monotonic()

        self.writer.without(change, 1)

    def grow(self, partitions: int) -> None:
        """More partitions, and the writer uses all of them."""

        def change() -> None:
            for topic in (self.waited, self.published):
                self.cluster.grow(topic, partitions)
            self.cluster.wait_for(lambda: self.cluster.leader(self.waited, partitions - 1) > 0, "more partitions")

        self.writer.without(change, partitions)

    @contextmanager
    def _working(self, servers: str) -> Iterator[None]:
        self._told.parent.mkdir(parents=True, exist_ok=True)
        self._told.unlink(missing_ok=True)
        command = [
            sys.executable, "-m", "tests.faults.work", "--servers", servers, "--waited", self.waited,
            "--published", self.published, "--transactions", self.transactions, "--told", str(self._told),
            "--began", repr(self.writer.began), "--clock-behind", str(self.clock_behind), *self.work,
        ]  # fmt: skip
        with self._told.with_suffix(".log").open("wb") as log:
            self._child = child = subprocess.Popen(
                [*ending_with_parent(signal.SIGKILL), *command], stdin=subprocess.PIPE, stdout=log, stderr=log,
                start_new_session=True, env={**os.environ, "PYTHONFAULTHANDLER": "1"},
            )  # fmt: skip
        try:
            Cluster.wait_for(lambda: child.poll() is not None or self._has_told("ready"), "a library at work", _READY)
            yield
            if child.stdin is not None:
                child.stdin.close()  # it ends what it has begun
            try:
                child.wait(_END)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGABRT)  # says in its log where it stands
        finally:
            child.kill()
            child.wait()

    def _has_told(self, kind: str) -> bool:
        return self._told.exists() and any(one["kind"] == kind for one in self._lines())

    def _lines(self) -> Iterator[dict[str, Any]]:
        for line in Path(self._told).read_text(encoding="utf-8").splitlines():
            try:
                yield json.loads(line)
            except ValueError:  # half a line of a process that died
                return

    def _find_truth(self) -> None:
        servers = self.cluster.bootstrap_servers
        self.truth.sent = dict(self.writer.sent)
        self.truth.waited = by_field(all_events(servers, self.waited), "number")
        for topic in (self.published, self.transactions):
            self.truth.published.update(by_field(all_events(servers, topic), "id"))
