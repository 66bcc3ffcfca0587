"""Names of hosts: known or not within the deadline, whatever the system's resolver does."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest

from KafkaLibrary.broker.diagnosis.host_names import resolved
from KafkaLibrary.deadline import Deadline

_REAL = socket.getaddrinfo


class Resolver:
    """Stands in for the system's; addresses go to the real one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.hangs = threading.Event()
        self.failures = {"unknown": 10**9, "late": 2}
        monkeypatch.setattr(socket, "getaddrinfo", self._ask)

    def _ask(self, host: str, *arguments: Any, **options: Any) -> Any:
        if options:
            return _REAL(host, *arguments, **options)
        if host == "silent":
            self.hangs.wait(60)
        if self.failures.get(host, 0):
            self.failures[host] -= 1
            raise socket.gaierror
        return []


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Any:
    made = Resolver(monkeypatch)
    yield made
    made.hangs.set()


@pytest.mark.parametrize(
    ("hosts", "known"),
    [
        ([], True),
        (["127.0.0.1"], True),
        (["::1"], True),
        (["known"], True),
        (["unknown", "known"], True),
        (["silent", "known"], True),
        (["late"], True),
        (["unknown"], False),
        (["silent"], False),
        (["silent", "unknown"], False),
    ],
)
def test_one_known_name_is_enough(resolver: Resolver, hosts: list[str], known: bool) -> None:
    assert resolver
    assert resolved(hosts, Deadline(10 if known else 0.3)) is known
    assert not resolver.hangs.is_set()
