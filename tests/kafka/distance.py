"""A Kafka that is far away: a port for each broker that hands on to it, late, so that near and far are one cluster."""

from __future__ import annotations

import random
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from types import TracebackType
from typing import NamedTuple

from tests.kafka.frames import end, frames, received
from tests.kafka.ports import LOCALHOST

_TELLS_ADDRESSES = (3, 10, 60, 75)
"""API keys of the requests whose answers say where brokers listen: these lead to the ports here."""


class Request(NamedTuple):
    """One request that came by: when, on which connection, its API key, and when its answer was handed over."""

    at: float
    connection: int
    key: int
    answered: float


class Distance:
    """Runs inside `with`. Each byte arrives half of ``delay`` later, each way, in its order.

    ``delay`` and ``jitter`` are in seconds and may be changed at any time; each way may take half of ``jitter`` less or
    more. ``late`` is a share of what is handed over that takes half a second more. Chance has a ``seed``: the n-th
    request of the n-th connection takes as long in each run. Nothing is read of what is ``encrypted``: there the
    brokers themselves must advertise the ports here.
    """

    def __init__(
        self,
        bootstrap_servers: str,
        delay: float,
        *,
        jitter: float = 0.0,
        late: float = 0.0,
        seed: int = 1,
        encrypted: bool = False,
    ) -> None:
        self.delay, self.jitter, self.late = delay, jitter, late
        self._seed = seed
        self._encrypted = encrypted
        self.is_mute = False
        """Whether nothing is handed on any more, in either direction."""
        self.requests: list[Request] = []
        self._ports = [int(address.rpartition(":")[2]) for address in bootstrap_servers.split(",")]
        self._listeners = [socket.create_server((LOCALHOST, 0)) for _ in self._ports]
        here = [listener.getsockname()[1] for listener in self._listeners]
        self.bootstrap_servers = ",".join(f"{LOCALHOST}:{port}" for port in here)
        self._changed = [
            (there.to_bytes(4, "big"), port.to_bytes(4, "big")) for there, port in zip(self._ports, here, strict=True)
        ]
        self._open: list[socket.socket] = []
        self._connections = 0

    def __enter__(self) -> Distance:
        for listener, port in zip(self._listeners, self._ports, strict=True):
            _in_a_thread(self._accept, listener, port)
        return self

    def break_off(self) -> None:
        """All connections end; new ones are taken."""
        broken, self._open = self._open, []
        end(*broken)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        end(*self._listeners, *self._open)

    def _accept(self, listener: socket.socket, port: int) -> None:
        with suppress(OSError):  # closed
            while True:
                client, _ = listener.accept()
                try:
                    server = socket.create_connection((LOCALHOST, port))
                except OSError:  # it does not listen now
                    end(client)
                    continue
                for one in (client, server):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._open += (client, server)
                self._connections += 1
                asked: dict[int, tuple[float, int]] = {}
                number = self._connections
                if self._encrypted:
                    for source, target in ((client, server), (server, client)):
                        _in_a_thread(self._hand_on, source, target, random.Random(self._seed), lambda some: some)
                    continue
                there, back = (random.Random(f"{self._seed}, {number}, {way}") for way in ("there", "back"))
                _in_a_thread(
                    self._hand_on, client, server, there, lambda frame, asked=asked: self._question(frame, asked)
                )
                _in_a_thread(
                    self._hand_on,
                    server,
                    client,
                    back,
                    lambda frame, asked=asked, number=number: self._answer(frame, asked, number),
                )

    def _question(self, frame: bytes, asked: dict[int, tuple[float, int]]) -> bytes:
        key, _, number = struct.unpack_from(">hhi", frame, 4)
        asked[number] = (time.monotonic(), key)
        return frame

    def _answer(self, frame: bytes, asked: dict[int, tuple[float, int]], connection: int) -> bytes:
        at, key = asked.pop(struct.unpack_from(">i", frame, 4)[0])
        self.requests.append(Request(at, connection, key, time.monotonic() + self.delay / 2))
        if key in _TELLS_ADDRESSES:
            for there, here in self._changed:
                frame = frame.replace(there, here)
        return frame

    def _hand_on(
        self, source: socket.socket, target: socket.socket, chance: random.Random, told: Callable[[bytes], bytes]
    ) -> None:
        """What comes goes into a queue with the time when it is due, so that what comes next need not wait for it."""
        under_way: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
        _in_a_thread(_deliver, under_way, target)
        for frame in received(source) if self._encrypted else frames(source):
            if self.is_mute:
                continue
            under_way.put((time.monotonic() + self._way(chance), told(frame)))
        under_way.put((time.monotonic() + self._way(chance), b""))

    def _way(self, chance: random.Random) -> float:
        late = 0.5 if self.late and chance.random() < self.late else 0.0
        return max(0.0, (self.delay + chance.uniform(-self.jitter, self.jitter)) / 2 + late)


def far_away(bootstrap_servers: str, milliseconds: float) -> Distance:
    """That Kafka, so far away on a bad line: jitter of two thirds of that, and 1 % comes half a second later."""
    seconds = milliseconds / 1000
    return Distance(bootstrap_servers, seconds, jitter=seconds * 2 / 3, late=0.01)


def _deliver(under_way: SimpleQueue[tuple[float, bytes]], target: socket.socket) -> None:
    while True:
        due, some = under_way.get()
        time.sleep(max(0.0, due - time.monotonic()))
        if not some:
            end(target)
            return
        with suppress(OSError):
            target.sendall(some)


def _in_a_thread(call: Callable[..., None], *arguments: object) -> None:
    threading.Thread(target=call, args=arguments, daemon=True).start()
