"""Robot keywords that do to a shop's database what must not happen to it."""

from __future__ import annotations

import sqlite3

from robot.api.deco import keyword, library


@library(scope="SUITE")
class ShopDatabases:
    def __init__(self) -> None:
        self._held: sqlite3.Connection | None = None

    @keyword
    def hold_database(self, path: str) -> None:
        """Nobody else can write to it."""
        self._held = sqlite3.connect(path, isolation_level=None)
        self._held.execute("begin immediate")

    @keyword
    def let_database_go(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None

    @keyword
    def damage_database(self, path: str) -> None:
        """What was handled is gone. The shop makes it anew when it starts."""
        connection = sqlite3.connect(path)
        connection.execute("drop table handled_events")
        connection.close()

    @keyword
    def get_number_of_waiting_events(self, path: str) -> int:
        connection = sqlite3.connect(path)
        (number,) = connection.execute("select count(*) from outbox").fetchone()
        connection.close()
        return int(number)
