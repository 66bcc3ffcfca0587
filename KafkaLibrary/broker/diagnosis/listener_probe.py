"""A probe of a listener that the client got nowhere with: TLS or not, Kafka or HTTP, and by which certificate.

One handshake of TLS and one question of Kafka's protocol that needs no login. Nothing of the
settings is sent but the host's name. It blocks, so it has a thread of its own.
"""

from __future__ import annotations

import os
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any

_STEP = 1.0
"""Seconds for one answer at most; a listener that is well answers in a hundredth."""
_SASL_HANDSHAKE, _VERSION, _ASKED = 17, 1, 4711
_NO_MECHANISM = b"?"
_LONGEST = 64 * 1024


class Speaks(Enum):
    """What was found behind an address."""

    NOTHING = "nothing that is known"
    KAFKA = "Kafka"
    HTTP = "HTTP"


class Certificate(Enum):
    """What is to be said of a listener's certificate."""

    GOOD = "good"
    UNTRUSTED = "untrusted"
    OTHER_NAME = "other name"
    EXPIRED = "expired"
    NOT_YET = "not yet valid"


# The numbers that OpenSSL gives to what is wrong.
_VERDICTS = {
    9: Certificate.NOT_YET,
    10: Certificate.EXPIRED,
    62: Certificate.OTHER_NAME,
    63: Certificate.OTHER_NAME,
    64: Certificate.OTHER_NAME,
}


@dataclass(frozen=True, slots=True)
class Trust:
    """How a listener's certificate is to be checked."""

    location: str = ""
    pem: str = ""
    names: bool = True


@dataclass(frozen=True, slots=True)
class Seen:
    """What a probe has shown. ``mechanisms`` are those of the login that the listener asks for, if it does."""

    tls: bool = False
    speaks: Speaks = Speaks.NOTHING
    mechanisms: tuple[str, ...] = ()
    certificate: Certificate = Certificate.GOOD
    names: tuple[str, ...] = ()


class Probe:
    """Looks at one address once, under way from its making on."""

    def __init__(self, host: str, port: int, trust: Trust | None, *, tls_first: bool) -> None:
        self._where = host, port
        self._trust = trust
        self._tls_first = tls_first
        self._seen: Seen | None = None
        self.has_address = False
        """Whether the name of the host is resolved."""
        self._thread = threading.Thread(target=self._run, name="KafkaLibrary-probe", daemon=True)
        self._thread.start()

    def seen(self, seconds: float) -> Seen | None:
        """What was seen, ``None`` where that is not known in so many seconds."""
        self._thread.join(seconds)
        return self._seen

    def _run(self) -> None:
        ways = (self._by_tls, self._plain) if self._tls_first else (self._plain, self._by_tls)
        seen = Seen()
        with suppress(OSError, ValueError):
            socket.getaddrinfo(*self._where)
            self.has_address = True
        for way in ways if self.has_address else ():
            with suppress(OSError, ValueError):  # of ssl, too
                seen = way()
            if seen.tls or seen.speaks is not Speaks.NOTHING:
                break
        self._seen = seen

    def _plain(self) -> Seen:
        with suppress(OSError), self._connected() as plain:
            mechanisms = _asked(plain)
            if mechanisms is not None:
                return Seen(False, Speaks.KAFKA, mechanisms)
        with self._connected() as plain:
            return Seen(False, Speaks.HTTP if _is_http(plain) else Speaks.NOTHING)

    def _by_tls(self) -> Seen:
        mechanisms = None
        with self._connected(_any_certificate()) as tls, suppress(OSError):  # of the client, too, it may want one
            mechanisms = _asked(tls)
        certificate, names = self._judged()
        if mechanisms is not None:
            return Seen(True, Speaks.KAFKA, mechanisms, certificate, names)
        with suppress(OSError), self._connected(_any_certificate()) as tls:
            if _is_http(tls):
                return Seen(True, Speaks.HTTP)
        return Seen(True, Speaks.NOTHING, (), certificate, names)

    def _judged(self) -> tuple[Certificate, tuple[str, ...]]:
        """The verdict of the client on the certificate, and the names that it is for where they are other ones."""
        trust = self._trust
        if trust is None:  # nobody is to check it
            return Certificate.GOOD, ()
        try:
            with self._connected(_checking(trust)):
                return Certificate.GOOD, ()
        except ssl.SSLCertVerificationError as problem:
            verdict = _VERDICTS.get(problem.verify_code, Certificate.UNTRUSTED)
        except (OSError, ValueError):
            return Certificate.GOOD, ()
        return verdict, self._names(trust) if verdict is Certificate.OTHER_NAME else ()

    def _names(self, trust: Trust) -> tuple[str, ...]:
        with suppress(OSError, ValueError), self._connected(_checking(trust, names=False)) as tls:
            shown: Any = tls.getpeercert() or {}
            return tuple(value for _, value in shown.get("subjectAltName", ()))
        return ()

    @contextmanager
    def _connected(self, context: ssl.SSLContext | None = None) -> Iterator[Any]:
        with socket.create_connection(self._where, timeout=_STEP) as plain:
            if context is None:
                yield plain
            else:
                with context.wrap_socket(plain, server_hostname=self._where[0]) as tls:
                    yield tls


def _checking(trust: Trust, *, names: bool = True) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = names and trust.names
    if trust.pem:
        context.load_verify_locations(cadata=trust.pem)
    elif trust.location and trust.location != "probe":
        folder = os.path.isdir(trust.location)  # noqa: PTH112 - as the client asks
        context.load_verify_locations(**{"capath" if folder else "cafile": trust.location})
    else:
        context.load_default_certs()
    return context


def _any_certificate() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _asked(connected: socket.socket) -> tuple[str, ...] | None:
    """The login mechanisms of a Kafka, none where it asks for no login; ``None`` from what is no Kafka."""
    body = struct.pack(">hhih", _SASL_HANDSHAKE, _VERSION, _ASKED, -1) + _text(_NO_MECHANISM)
    connected.sendall(struct.pack(">i", len(body)) + body)
    (size,) = struct.unpack(">i", _exactly(connected, 4))
    if not 10 <= size <= _LONGEST:
        return None
    answer = _exactly(connected, size)
    correlation, _, count = struct.unpack_from(">ihi", answer)
    return tuple(_texts(answer, 10, count)) if correlation == _ASKED else None


def _text(text: bytes) -> bytes:
    return struct.pack(">h", len(text)) + text


def _texts(answer: bytes, place: int, count: int) -> Iterator[str]:
    for _ in range(count):
        if place + 2 > len(answer):
            return
        (length,) = struct.unpack_from(">h", answer, place)
        yield answer[place + 2 : place + 2 + length].decode("ascii", "replace")
        place += 2 + length


def _exactly(connected: socket.socket, count: int) -> bytes:
    received = b""
    while len(received) < count:
        more = connected.recv(count - len(received))
        if not more:
            raise ConnectionResetError
        received += more
    return received


def _is_http(connected: socket.socket) -> bool:
    connected.sendall(b"HEAD / HTTP/1.0\r\n\r\n")
    return connected.recv(5).startswith(b"HTTP/")
