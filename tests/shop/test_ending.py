"""However the shop is told to end, it does; and who has started it hears how."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from examples.shop import __main__ as shop_main
from examples.shop import kafka as shop_kafka
from examples.shop.__main__ import Ending
from examples.shop.kafka import Worker, stop
from examples.shop.ShopProcess import STOP_SECONDS, ShopProcess
from tests.places import ROOT

OPTIONS = ["--group-protocol", "consumer"]


class Hanging(Worker):
    """As one whose Kafka does not answer: it hears nothing."""

    def __init__(self) -> None:
        super().__init__("hanging")
        self.let_go = threading.Event()

    def run(self) -> None:
        self.let_go.wait()

    def trouble(self) -> str | None:
        return "it hangs"


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    worker = Hanging()
    worker.start()
    yield worker
    worker.let_go.set()
    worker.join()


@pytest.fixture
def shops() -> ShopProcess:
    return ShopProcess()


def test_a_worker_that_hangs_is_left_behind(
    hanging: Hanging, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(shop_kafka, "STOP_SECONDS", 0.1)
    with caplog.at_level(logging.WARNING):
        stop([hanging])
    assert "'hanging' does not end within 0.1 seconds" in caplog.text
    assert hanging.daemon


def test_a_shop_that_is_told_to_end_while_it_starts_waits_for_no_group(hanging: Hanging) -> None:
    ending = Ending()
    threading.Timer(0.1, ending.ask).start()
    assert not shop_main._wait_until_ready([hanging], ending)


def test_a_group_that_dies_while_the_shop_starts_is_not_waited_for(hanging: Hanging) -> None:
    threading.Timer(0.1, hanging.let_go.set).start()
    assert not shop_main._wait_until_ready([hanging], Ending())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals that a process can send to another")
def test_a_second_signal_does_not_disturb_the_first(address: str) -> None:
    command = [sys.executable, "-u", "-m", "examples.shop", "--kafka", address, "--port", "0", *OPTIONS]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("The shop is open")
            process.send_signal(signal.SIGINT)
            until = time.monotonic() + STOP_SECONDS
            while process.poll() is None and time.monotonic() < until:
                process.send_signal(signal.SIGTERM)
                time.sleep(0.02)
            assert process.poll() == 0
        finally:
            process.kill()


def test_a_shop_that_fails_when_it_is_stopped_keeps_none_of_the_others(address: str, shops: ShopProcess) -> None:
    first, second = (shops.start_shop(address, *OPTIONS) for _ in range(2))
    processes = [shops._running[shop]._process for shop in (first, second)]
    processes[0].kill()
    with pytest.raises(AssertionError, match="The shop ended with status"):
        shops.stop_all_shops()
    assert processes[1].poll() == 0
