"""Listeners that something is wrong with: they answer nothing, or what leads elsewhere."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress

from tests.kafka.frames import end, frames
from tests.kafka.ports import LOCALHOST

_BACKLOG = 1


@contextmanager
def closed() -> Iterator[int]:
    """A port that is taken, so that no other process gets it, and where nobody listens."""
    with socket.socket() as taken:
        taken.bind((LOCALHOST, 0))
        yield taken.getsockname()[1]


@contextmanager
def silent() -> Iterator[int]:
    """A port that takes every connection and says nothing."""
    with socket.create_server((LOCALHOST, 0)) as listener:
        yield listener.getsockname()[1]


@contextmanager
def dropping() -> Iterator[int]:
    """A port that drops what is sent to it: connections to it are neither made nor refused."""
    with socket.create_server((LOCALHOST, 0), backlog=0) as listener:
        waiting = []
        try:
            for _ in range(8):  # more than are kept for whoever accepts
                one = socket.socket()
                waiting.append(one)
                one.setblocking(False)
                one.connect_ex(listener.getsockname())
            yield listener.getsockname()[1]
        finally:
            for one in waiting:
                one.close()


class Misleading:
    """Hands on to another port; what comes back is changed, and some questions are not handed on.

    ``changed`` has what stands in an answer by what the client gets in its place, as long as that; where it is not
    given, the client stays here. ``unheard`` has the API keys of requests that nobody answers.
    """

    def __init__(self, port: int, changed: dict[bytes, bytes] | None = None, unheard: Collection[int] = ()) -> None:
        self._target = port
        self._unheard = frozenset(unheard)
        self._listener = socket.create_server((LOCALHOST, 0))
        self._open: set[socket.socket] = set()
        self.mute = False
        """Whether nothing is handed on any more."""
        self.port: int = self._listener.getsockname()[1]
        self._changed = changed or {port.to_bytes(4, "big"): self.port.to_bytes(4, "big")}

    def __enter__(self) -> Misleading:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for one in (self._listener, *self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection((LOCALHOST, self._target))
                self._open.update((client, server))
                for hand_on in (self._questions, self._answers):
                    threading.Thread(target=hand_on, args=(client, server), daemon=True).start()

    def _questions(self, client: socket.socket, server: socket.socket) -> None:
        for frame in frames(client):
            (key,) = struct.unpack_from(">h", frame, 4)
            if key not in self._unheard and not self.mute:
                with suppress(OSError):
                    server.sendall(frame)
        end(client, server)

    def _answers(self, client: socket.socket, server: socket.socket) -> None:
        for frame in frames(server):
            told = frame
            for there, instead in self._changed.items():
                told = told.replace(there, instead)
            with suppress(OSError):
                client.sendall(told)
        end(client, server)
