"""The command line on a real Kafka: what it shows, how it ends, and what it does on a terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from KafkaLibrary.command_line.commands import CLOSED, INTERRUPTED, MISUSED, NOT_MET, UNUSABLE, run
from tests.contract.brokers import Broker, missing
from tests.contract.conftest import REAL
from tests.places import ROOT

SERVERS = f"--bootstrap-servers={REAL}"
LONG = 60.0
"""Seconds after which a process that should have ended is given up."""


class Done(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def kafka(capsys: pytest.CaptureFixture[str]) -> Run:
    def made(*arguments: str) -> Done:
        status = run([*arguments, SERVERS])
        said = capsys.readouterr()
        return Done(status, said.out, said.err)

    return made


@pytest.fixture
def orders(real: Broker) -> str:
    topic = real.topic(1)
    real.publish_elsewhere(topic, *(b'{"orderId": %d, "status": "NEW"}' % number for number in range(3)))
    return topic


class TestPeek:
    def test_it_shows_the_events_that_are_there(self, kafka: Run, orders: str) -> None:
        done = kafka("peek", orders)
        assert (done.status, done.err) == (0, "")
        assert [line.split()[0] for line in done.out.splitlines()] == [
            "event",
            *(f"{orders}[0]@{at}" for at in range(3)),
        ]
        assert '{"orderId": 2, "status": "NEW"}' in done.out

    def test_it_takes_conditions_as_keywords_do(self, kafka: Run, orders: str) -> None:
        done = kafka("peek", orders, "orderId >= 1", "status", "==", "NEW", "--output=jsonl")
        assert done.status == 0
        assert [json.loads(line)["offset"] for line in done.out.splitlines()] == [1, 2]

    def test_the_last_ones_are_shown_where_a_limit_is_given(self, kafka: Run, orders: str) -> None:
        assert [line.split()[0] for line in kafka("peek", orders, "--limit=1").out.splitlines()[1:]] == [
            f"{orders}[0]@2"
        ]

    def test_where_none_matches_it_says_so_and_ends_otherwise(self, kafka: Run, orders: str) -> None:
        done = kafka("peek", orders, "orderId == 42")
        assert (done.status, done.out) == (NOT_MET, "")
        assert f"No event matched. 3 events were read on '{orders}' since 10 min." in done.err

    def test_a_doubt_is_told(self, kafka: Run, orders: str) -> None:
        done = kafka("peek", orders, "statsu == NEW")
        assert done.status == NOT_MET
        assert "Warning: " in done.err
        assert "status" in done.err

    def test_what_can_not_be_judged_is_neither_there_nor_not_there(self, kafka: Run, real: Broker, orders: str) -> None:
        real.publish_elsewhere(orders, b"\x00\xff")
        done = kafka("peek", orders, "orderId == 42")
        assert done.status == UNUSABLE
        assert f"{orders}[0]@3" in done.err
        assert "not known whether an event matches" in done.err

    def test_what_can_not_be_judged_is_told_beside_what_matches(self, kafka: Run, real: Broker, orders: str) -> None:
        real.publish_elsewhere(orders, b"\x00\xff")
        done = kafka("peek", orders, "orderId == 2")
        assert (done.status, len(done.out.splitlines())) == (0, 2)
        assert "1 event could not be judged." in done.err

    def test_a_slip_in_a_condition_is_a_misuse(self, kafka: Run, orders: str) -> None:
        done = kafka("peek", orders, "orderId=42")
        assert (done.status, done.out) == (MISUSED, "")
        assert "orderId == 42" in done.err

    def test_a_topic_that_does_not_exist_is_told(self, kafka: Run, orders: str) -> None:
        done = kafka("peek", missing())
        assert (done.status, done.out) == (NOT_MET, "")
        assert "does not exist" in done.err

    def test_a_page_escapes_what_it_shows(self, kafka: Run, real: Broker, orders: str) -> None:
        real.publish_elsewhere(orders, b'{"note": "<script>"}')
        done = kafka("peek", orders, "--output=html")
        assert done.status == 0
        assert done.out.startswith("<!DOCTYPE html>")
        assert "&lt;script&gt;" in done.out
        assert "<script>" not in done.out

    def test_keys_are_read_by_their_format(self, kafka: Run, real: Broker) -> None:
        topic = real.topic(1)
        producer = real.raw_producer()
        producer.produce(topic, b"{}", key=(42).to_bytes(8, "big"))
        producer.flush(LONG)
        done = kafka("peek", topic, "key == 42", "--key-format=long")
        assert (done.status, done.out.splitlines()[1].split()[3:]) == (0, ["42", "{}"])

    def test_keys_of_several_topics_are_declared_and_of_a_pattern_not(self, kafka: Run, orders: str) -> None:
        assert kafka("peek", f"{orders},{orders}", "--key-format=text", "--limit=1").status == 0
        done = kafka("peek", f"{orders}*", "--key-format=text")
        assert (done.status, "name the topics instead" in done.err) == (MISUSED, True)


class TestWait:
    def test_an_event_that_came_is_shown(self, kafka: Run, orders: str) -> None:
        done = kafka("wait", orders, "orderId == 1", "--since=earliest")
        assert (done.status, f"{orders}[0]@1" in done.out) == (0, True)

    def test_it_says_that_it_waits_once_it_will_miss_nothing(self, real: Broker, orders: str) -> None:
        with started("wait", orders, "orderId == 7", f"--timeout={LONG:g}") as waiting:
            assert waiting.stderr is not None
            assert f"Waiting for 1 event on '{orders}'" in waiting.stderr.readline()
            real.publish_elsewhere(orders, b'{"orderId": 7}')
            out, _ = waiting.communicate(timeout=LONG)
        assert (waiting.returncode, f"{orders}[0]@3" in out) == (0, True)

    def test_what_was_there_before_does_not_count(self, kafka: Run, orders: str) -> None:
        done = kafka("wait", orders, "orderId == 1", "--timeout=0.5 s")
        assert (done.status, done.out) == (NOT_MET, "")
        assert "before the mark matches" in done.err


class TestTopics:
    def test_all_are_listed(self, kafka: Run, orders: str) -> None:
        assert orders in kafka("topics").out.splitlines()

    def test_patterns_pick_some_and_long_has_offsets(self, kafka: Run, orders: str) -> None:
        done = kafka("topics", f"{orders}*", "--long")
        assert done.out.splitlines()[1].split() == [orders, "1", "3"]

    def test_one_that_is_missing_is_told(self, kafka: Run, orders: str) -> None:
        done = kafka("topics", orders, f"{orders[:-1]}")
        assert (done.status, done.out) == (NOT_MET, f"{orders}\n")
        assert f"There is no topic '{orders[:-1]}'. Did you mean" in done.err


class TestLag:
    def test_it_is_shown_by_partition(self, kafka: Run, real: Broker, orders: str) -> None:
        group = f"group-{orders}"
        real.commit(group, orders, 1)
        done = kafka("lag", group, orders)
        assert done.status == 0
        assert done.out.splitlines()[1].split() == [f"{orders}[0]", "1", "3", "2"]

    def test_more_than_was_allowed_has_a_status_of_its_own(self, kafka: Run, real: Broker, orders: str) -> None:
        group = f"group-{orders}"
        real.commit(group, orders, 1)
        assert kafka("lag", group, orders, "--at-most=2").status == 0
        assert kafka("lag", group, orders, "--at-most=1", "--timeout=0.5 s").status == NOT_MET


def started(*arguments: str, **more: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "KafkaLibrary", *arguments, SERVERS]
    # What readline, which pytest imports, says of a terminal stands in the process, and not here.
    environment = {"env": {**os.environ}, "cwd": ROOT}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **environment, **more}
    return subprocess.Popen(command, text=True, encoding="utf-8", **streams)  # type: ignore[call-overload,no-any-return]


def test_a_reader_that_leaves_ends_it_quietly(real: Broker, orders: str) -> None:
    real.publish_elsewhere(orders, *([b'{"note": "%s"}' % (b"x" * 1000)] * 500))
    with started("peek", orders, "--output=jsonl") as peek:
        assert peek.stdout is not None
        assert peek.stderr is not None
        peek.stdout.readline()
        peek.stdout.close()
        assert (peek.stderr.read(), peek.wait(LONG)) == ("", CLOSED)


def on_a_terminal(*arguments: str, columns: int, interrupted_at: str = "") -> Done:
    """What a terminal of so many columns shows, where Ctrl-C may be pressed as soon as it shows something."""
    import fcntl  # noqa: PLC0415 - where there are such terminals
    import pty  # noqa: PLC0415
    import struct  # noqa: PLC0415
    import termios  # noqa: PLC0415

    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = started(*arguments, stdout=its, stderr=its, stdin=its)
    os.close(its)
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
            if interrupted_at and interrupted_at.encode() in shown:
                process.send_signal(signal.SIGINT)
                interrupted_at = ""
    except OSError:  # Linux says so that the other side is closed
        pass
    finally:
        os.close(ours)
    return Done(process.wait(LONG), shown.decode(), "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other terminals")
class TestATerminal:
    @pytest.mark.parametrize("columns", [60, 40])
    def test_lines_are_no_longer_than_it_is_wide(self, real: Broker, orders: str, columns: int) -> None:
        real.publish_elsewhere(orders, b'{"note": "%s"}' % ("日本語" * 40).encode())
        lines = on_a_terminal("peek", orders, columns=columns).out.splitlines()
        assert len(lines) == 5
        assert max(map(len, lines)) <= columns
        assert [line.split()[0] for line in lines[1:]] == [f"[0]@{at}" for at in range(4)]

    def test_what_is_in_an_event_is_no_command_of_it(self, real: Broker, orders: str) -> None:
        real.publish_elsewhere(orders, b"\x1b[2J\x07", b'{"note": "\\u001b[31m"}')
        assert "\x1b" not in on_a_terminal("peek", orders, "--limit=2", columns=200).out

    def test_a_long_read_shows_how_far_it_is(self, orders: str) -> None:
        shown = on_a_terminal("wait", orders, "orderId == 42", "--since=earliest", "--timeout=2 s", columns=80)
        assert "3 offsets read" in shown.out

    def test_ctrl_c_ends_a_wait_and_tells_what_it_knew(self, orders: str) -> None:
        arguments = ("wait", orders, "orderId == 7", f"--timeout={LONG:g}")
        done = on_a_terminal(*arguments, columns=200, interrupted_at="offsets read")
        assert done.status == INTERRUPTED
        assert "The wait was stopped after" in done.out
        assert "Traceback" not in done.out
