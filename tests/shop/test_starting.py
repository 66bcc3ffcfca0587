"""What keeps the shop from starting is said, and is not said to be something else."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka import KafkaError, KafkaException

from examples.shop import kafka as shop_kafka
from examples.shop.__main__ import main
from examples.shop.errors import CanNotStart
from tests.places import ROOT


class Admin:
    """In place of the client's: it refuses each topic."""

    def __init__(self, error: KafkaError) -> None:
        self._error = error

    def create_topics(self, topics: list[Any], **_: object) -> dict[str, Future[None]]:
        refused: Future[None] = Future()
        refused.set_exception(KafkaException(self._error))
        return {topic.topic: refused for topic in topics}


@pytest.mark.parametrize(
    "error", [KafkaError(KafkaError._TIMED_OUT, "too late"), KafkaError(KafkaError.POLICY_VIOLATION, "not here")]
)
def test_topics_that_can_not_be_made(monkeypatch: pytest.MonkeyPatch, error: KafkaError) -> None:
    monkeypatch.setattr(shop_kafka, "_error_of", lambda *_: KafkaError(KafkaError.UNKNOWN_TOPIC_OR_PART))
    monkeypatch.setattr(shop_kafka, "AdminClient", lambda _: Admin(error))
    with pytest.raises(CanNotStart, match=f"^the topic 'orders' can't be made: {error.str()}$"):
        shop_kafka.make_topics("127.0.0.1:1", ["orders"])


def test_nobody_answers_when_topics_are_made() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(CanNotStart, match=f"^Kafka does not answer at 127.0.0.1:{port}: "):
            shop_kafka.make_topics(f"127.0.0.1:{port}", ["orders"])


@pytest.mark.parametrize("port", ["70000", "-1", "http"])
def test_a_port_that_is_none(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--kafka", "127.0.0.1:1", "--port", port])
    assert "argument --port" in capsys.readouterr().err


def test_another_package_of_examples_is_installed(tmp_path: Path) -> None:
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "__init__.py").touch()
    done = subprocess.run(
        [sys.executable, "-m", "examples.shop", "--help"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0


@pytest.mark.parametrize("described", [None, "{", "{}", '{"host": "127.0.0.1", "port": 1}'])
def test_nobody_says_where_the_outbox_is_read(
    tmp_path: Path, described: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "change-data.json"
    if described is not None:
        file.write_text(described)
    monkeypatch.setenv("SHOP_OUTBOX", str(file))
    assert main(["--kafka", "127.0.0.1:1", "--port", "0"]) == 1
    assert f"{file} does not say where PostgreSQL and Kafka Connect are" in capsys.readouterr().err


def test_the_database_of_the_outbox_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    places = {"host": "127.0.0.1", "port": port, "user": "u", "database": "d", "connect": "http://127.0.0.1:1"}
    file = tmp_path / "change-data.json"
    file.write_text(json.dumps(places))
    monkeypatch.setenv("SHOP_OUTBOX", str(file))
    assert main(["--kafka", "127.0.0.1:1", "--port", "0"]) == 1
    assert f"PostgreSQL at 127.0.0.1:{port} can't be used: " in capsys.readouterr().err
