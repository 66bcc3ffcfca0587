"""A port that hands on to another, and that can be cut: every connection broken off, new ones too."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import suppress

from tests.kafka.ports import LOCALHOST, free_port

_AT_ONCE = 65_536
_WITH_RESET = struct.pack("ii", 1, 0)


class Proxy:
    """Listens on a free port of this machine, from `start()` to `close()`."""

    def __init__(self, port: int) -> None:
        """``port`` is the one that it hands on to."""
        self._target = port
        self.port = free_port()
        self._listener: socket.socket | None = None
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._cut = False

    def start(self) -> None:
        self._listener = socket.create_server((LOCALHOST, self.port))
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """Connections end with a reset, as a firewall does it; so does every new one until `restore`."""
        with self._lock:
            self._cut = True
            for connection in list(self._open):
                _reset(connection)

    def restore(self) -> None:
        with self._lock:
            self._cut = False

    def close(self) -> None:
        self.cut()
        if self._listener is not None:
            self._listener.close()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):  # closed
            while True:
                client, _ = listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client:
            try:
                server = socket.create_connection((LOCALHOST, self._target), timeout=5)
            except OSError:
                return
            server.settimeout(None)
            with server:
                ends = (client, server)
                for end in ends:
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                with self._lock:
                    if self._cut:
                        _reset(client)
                        return
                    self._open.update(ends)
                back = threading.Thread(target=_hand_on, args=(server, client), daemon=True)
                back.start()
                _hand_on(client, server)
                back.join()
                with self._lock:
                    self._open.difference_update(ends)


def _hand_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while some := source.recv(_AT_ONCE):
            target.sendall(some)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def _reset(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _WITH_RESET)
        connection.shutdown(socket.SHUT_RDWR)
