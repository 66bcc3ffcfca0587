"""Names of hosts, resolved by DNS before a client is made.

The system's resolver can't be stopped, and may take seconds for a name that nobody knows. A client
that waits for it can't be closed meanwhile; a thread of our own can be left alone.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Collection

from KafkaLibrary.deadline import Deadline

_AGAIN = 0.2


def resolved(hosts: Collection[str], deadline: Deadline) -> bool:
    """Whether one of the hosts has an address; asked again until the deadline, for names appear as systems start."""
    if not hosts or any(map(_is_address, hosts)):
        return True
    found = threading.Event()
    for host in hosts:
        threading.Thread(target=_resolve, args=(host, deadline, found), name="KafkaLibrary-name", daemon=True).start()
    while not found.is_set() and not deadline.passed:
        found.wait(deadline.slice())
    return found.is_set()


def _is_address(host: str) -> bool:
    try:
        socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)
    except (OSError, ValueError):
        return False
    return True


def _resolve(host: str, deadline: Deadline, found: threading.Event) -> None:
    while not found.is_set() and not deadline.passed:
        try:
            socket.getaddrinfo(host, None)
        except (OSError, ValueError):  # also of names that can be none
            found.wait(min(_AGAIN, deadline.remaining()))
        else:
            found.set()
