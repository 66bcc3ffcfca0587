"""Robot keywords for addresses where no Kafka answers."""

from __future__ import annotations

import socket

from robot.api.deco import keyword, library

LOCALHOST = "127.0.0.1"


@library(scope="GLOBAL")
class Addresses:
    def __init__(self) -> None:
        # While they are bound, nobody else can begin to listen there.
        self._taken: list[socket.socket] = []
        self._listening: dict[str, socket.socket] = {}

    @keyword
    def get_closed_address(self) -> str:
        """Nothing listens there: whoever connects is refused."""
        return self._take(socket.socket())

    @keyword
    def get_silent_address(self) -> str:
        """Whoever connects gets through, but never an answer."""
        listening = socket.socket()
        address = self._take(listening)
        listening.listen()
        self._listening[address] = listening
        return address

    @keyword
    def nobody_should_have_come_to(self, silent_address: str) -> None:
        listening = self._listening[silent_address]
        listening.setblocking(False)
        try:
            _, who = listening.accept()
        except BlockingIOError:
            return
        raise AssertionError(f"{who} has come to {silent_address}.")

    def _take(self, taken: socket.socket) -> str:
        taken.bind((LOCALHOST, 0))
        self._taken.append(taken)
        return f"{LOCALHOST}:{taken.getsockname()[1]}"
