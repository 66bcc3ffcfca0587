"""What passes between a client and a broker, cut where one request or answer ends: for proxies."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress

_AT_ONCE = 65_536


def received(source: socket.socket) -> Iterator[bytes]:
    """What is sent, as it comes."""
    with suppress(OSError):
        while some := source.recv(_AT_ONCE):
            yield some


def frames(source: socket.socket) -> Iterator[bytes]:
    """What is sent, request by request or answer by answer."""
    kept = b""
    for some in received(source):
        kept += some
        while len(kept) >= 4 and len(kept) >= (size := 4 + int.from_bytes(kept[:4], "big")):
            yield kept[:size]
            kept = kept[size:]


def end(*sockets: socket.socket) -> None:
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
