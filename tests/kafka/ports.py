"""Free ports of this machine that stay free while a server is away."""

from __future__ import annotations

import random
import socket
from pathlib import Path

LOCALHOST = "127.0.0.1"
_FIRST = 10_240
_USUAL_END = 32_768


def free_port() -> int:
    """A port on which nothing listens, below those that the system gives to outgoing connections.

    From those, a client that tries to reach a stopped server could take the server's own port, even connect
    to itself, and the server could not come back.
    """
    for port in random.sample(range(_FIRST, _first_outgoing_port()), 200):
        with socket.socket() as attempt:
            try:
                attempt.bind((LOCALHOST, port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"No free port was found on {LOCALHOST}.")


def is_listening(port: int) -> bool:
    """Whether a server takes connections there."""
    try:
        with socket.create_connection((LOCALHOST, port), timeout=1):
            return True
    except OSError:
        return False


def _first_outgoing_port() -> int:
    setting = Path("/proc/sys/net/ipv4/ip_local_port_range")
    end = int(setting.read_text().split()[0]) if setting.exists() else _USUAL_END
    return end if end > _FIRST + 1_000 else _USUAL_END
