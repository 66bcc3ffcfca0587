"""Robot keywords that start the shop beside the tests and stop it."""

from __future__ import annotations

import atexit
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from robot.api import logger
from robot.api.deco import keyword, library

ROOT = Path(__file__).resolve().parents[2]
READY = "The shop is open: "
READY_SECONDS = 30.0
STOP_SECONDS = 20.0


@library(scope="GLOBAL")
class ShopProcess:
    """Each shop ends at the latest with the process that runs the tests, however that ends."""

    def __init__(self) -> None:
        self._running: dict[str, _Shop] = {}
        self._known: dict[str, tuple[list[str], str]] = {}
        atexit.register(self.stop_all_shops)

    @keyword
    def start_shop(self, kafka: str, *options: str, bugs: str = "", ready_within: float = READY_SECONDS) -> str:
        """Gives the shop's address as soon as it is ready, and fails as soon as it has ended.

        ``options`` are those of its command line; without a ``--port`` it takes a free one.
        ``bugs`` are switched on, see ``bugs.py``. ``ready_within`` is in seconds.
        """
        chosen = ["--kafka", kafka, "--port", "0", *options]
        shop = _Shop(chosen, bugs)
        try:
            address = shop.wait_until_ready(ready_within)
        except BaseException:
            shop.kill()
            raise
        self._running[address] = shop
        self._known[address] = (chosen, bugs)
        logger.info(f"The shop is open: {address}")
        return address

    @keyword
    def start_shop_again(self, address: str) -> None:
        """One that was stopped or killed: at the same address, with the same options."""
        options, bugs = self._known[address]
        kafka, port = options[1], address.rpartition(":")[2]
        self.start_shop(kafka, *options[2:], "--port", port, bugs=bugs)

    @keyword
    def stop_shop(self, address: str) -> None:
        """Lets it end what it has begun, and fails where it could not. What it has said stands in the log."""
        shop = self._running.pop(address)
        try:
            shop.stop()
        finally:
            logger.info(shop.said())

    @keyword
    def kill_shop(self, address: str) -> None:
        """Ends it as a crash does: in the middle of what it does."""
        self._running.pop(address).kill()

    @keyword
    def stop_all_shops(self) -> None:
        """Each of them, also when one of them fails."""
        failures = []
        for address in list(self._running):
            try:
                self.stop_shop(address)
            except AssertionError as failure:
                failures.append(str(failure))
        if failures:
            raise AssertionError("\n".join(failures))


class _Shop:
    def __init__(self, options: list[str], bugs: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 # the options are the tests' own
            [sys.executable, "-u", "-m", "examples.shop", "--while-stdin-is-open", *options],
            cwd=ROOT,
            env={**os.environ, "SHOP_BUGS": bugs},
            # The shop ends when this pipe does: also when nobody is left to stop it.
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self._lines: list[str] = []
        self._address: queue.Queue[str | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read, args=[self._process.stdout], daemon=True)
        self._reader.start()

    def wait_until_ready(self, seconds: float) -> str:
        try:
            address = self._address.get(timeout=seconds)
        except queue.Empty:
            raise AssertionError(f"The shop was not ready within {seconds:g} seconds. {self.said()}") from None
        if address is None:
            raise AssertionError(f"The shop ended before it was ready. {self.said()}")
        return address

    def stop(self) -> None:
        # The one way that every system has: Windows can tell a process nothing but to die.
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"The shop did not stop within {STOP_SECONDS:g} seconds. {self.said()}") from None
        self._let_go()
        if self._process.returncode != 0:
            raise AssertionError(f"The shop ended with status {self._process.returncode}. {self.said()}")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._let_go()

    def said(self) -> str:
        return "It said:\n" + "\n".join(self._lines or ["nothing"])

    def _read(self, output: IO[str]) -> None:
        for line in output:
            self._lines.append(line.rstrip())
            if line.startswith(READY):
                self._address.put(line.removeprefix(READY).strip())
        self._address.put(None)

    def _let_go(self) -> None:
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
