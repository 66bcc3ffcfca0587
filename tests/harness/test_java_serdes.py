"""The Java program that has serializers of its own compiles, answers and ends; the suites have it meet Kafka."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kafka.serdes import JavaSerdes

NOWHERE = "127.0.0.1:1"


def test_answers_without_a_kafka_and_ends(tmp_path: Path) -> None:
    serdes = JavaSerdes(NOWHERE, log=tmp_path / "serdes.log")
    with serdes:
        with pytest.raises(RuntimeError, match="There is no format 'xml'"):
            serdes.write("orders", "xml", "5")
        with pytest.raises(RuntimeError, match="Rounding necessary"):
            serdes.write("orders", "long", "0.5")
    with pytest.raises(RuntimeError, match="were not started"):
        serdes.write("orders", "long", "5")


def test_a_program_that_ended_is_said(tmp_path: Path) -> None:
    ended = pytest.raises(RuntimeError, match=r"The Java serializers ended(.|\n)*no address")
    with JavaSerdes("no address", log=tmp_path / "serdes.log") as serdes, ended:
        serdes.write("orders", "long", "5")
