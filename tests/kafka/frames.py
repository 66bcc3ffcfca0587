"""What passes between a client and a broker, cut where one request or answer ends: for proxies."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress

_AT_ONCE = 65_536


def frames(source: socket.socket) -> Iterator[bytes]:
    """What is sent, request by request or answer by answer."""
    received = b""
    with suppress(OSError):
        while some := source.recv(_AT_ONCE):
            received += some
            while len(received) >= 4 and len(received) >= (size := 4 + int.from_bytes(received[:4], "big")):
                yield received[:size]
                received = received[size:]


def end(*sockets: socket.socket) -> None:
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
