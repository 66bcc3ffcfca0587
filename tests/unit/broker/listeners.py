"""Listeners of all kinds on this machine, for probes of them: none is a Kafka, some speak as one."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

LOCALHOST = "127.0.0.1"
Answer = Callable[[socket.socket], None]


def kafka(*mechanisms: str) -> Answer:
    """Answers the one question that a look asks as Kafka does, with these mechanisms of a login."""

    def answer(connected: socket.socket) -> None:
        size = struct.unpack(">i", connected.recv(4))[0]
        if size > 1000:  # of what is no request, as Kafka judges too
            return
        (correlation,) = struct.unpack_from(">i", connected.recv(size), 4)
        names = b"".join(struct.pack(">h", len(name)) + name.encode() for name in mechanisms)
        body = struct.pack(">ihi", correlation, 33 if mechanisms else 34, len(mechanisms)) + names
        connected.sendall(struct.pack(">i", len(body)) + body)

    return answer


def web_server(connected: socket.socket) -> None:
    received = connected.recv(1000)
    while b"\r\n" not in received:
        more = connected.recv(1000)
        if not more:
            return
        received += more
    connected.sendall(b"HTTP/1.0 404 Not Found\r\n\r\n")


def closing(connected: socket.socket) -> None:
    """Says nothing."""


def silent(connected: socket.socket) -> None:
    """Listens."""
    connected.recv(1000)


def babbling(connected: socket.socket) -> None:
    connected.sendall(b"SSH-2.0-OpenSSH_9.6\r\n" * 10)
    connected.recv(1000)


@contextmanager
def listening(answer: Answer, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """The port of a listener that answers so."""
    server = socket.create_server((LOCALHOST, 0))

    def serve() -> None:
        while True:
            try:
                plain, _ = server.accept()
            except OSError:
                return
            plain.settimeout(3)
            with suppress(OSError, struct.error), plain:
                if context is None:
                    answer(plain)
                else:
                    with context.wrap_socket(plain, server_side=True) as tls:
                        answer(tls)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1]
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(10)
