"""What former runs left behind: several runs clean at once, and those who may not delete say so or keep quiet."""

from __future__ import annotations

import json
import logging
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from confluent_kafka.admin import (
    AclBinding,
    AclOperation,
    AclPermissionType,
    AdminClient,
    ResourcePatternType,
    ResourceType,
)

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.broker import temporary_topics
from KafkaLibrary.keywords import topics
from tests.endurance.runs import ANSWER_SECONDS, Kafkas
from tests.kafka.__main__ import SECURED
from tests.kafka.secured import SecuredKafka
from tests.places import ROOT

A_DAY = 24 * 60 * 60
PROCESSES = 4
LEFT = 20
LOGIN = "nobody"
RIGHTS = (AclOperation.CREATE, AclOperation.DESCRIBE, AclOperation.READ, AclOperation.WRITE)
# Ready processes wait for each other, and all begin at once.
PROGRAM = """
import pathlib, sys, time
from KafkaLibrary import KafkaLibrary
from KafkaLibrary.broker import temporary_topics
from KafkaLibrary.keywords import topics
temporary_topics._AT_MOST = 20.0  # a busy machine is another matter
address, ready, go = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
topics.note = print  # that is what the log of Robot would have
library = KafkaLibrary(address, timeout="20 s")
library.kafka_should_be_reachable()
ready.touch()
while not go.exists():
    time.sleep(0.001)
library.create_temporary_topic("parallel")
library.disconnect_from_all_kafka()
"""


def made_at(seconds: float, prefix: str = "endurance") -> str:
    return f"{prefix}.kafkalibrary.{int(seconds)}.{secrets.token_hex(4)}"


def test_processes_that_clean_at_once_do_not_disturb_each_other(
    kafka: Kafkas,
    start: Callable[..., subprocess.Popen[str]],
    until: Callable[[Callable[[], object], str], None],
    tmp_path: Path,
) -> None:
    now = time.time()
    old = {kafka.new_topic(made_at(now - 2 * A_DAY)) for _ in range(LEFT)}
    others = {
        kafka.new_topic(name)
        for name in (made_at(now), f"{made_at(now - 2 * A_DAY)}.dlq", made_at(now - 2 * A_DAY).replace(".", "-"))
    }
    ready, go = [tmp_path / f"ready-{number}" for number in range(PROCESSES)], tmp_path / "go"
    runs = [
        start([sys.executable, "-c", PROGRAM, kafka.address, str(one), str(go)], PYTHONPATH=str(ROOT)) for one in ready
    ]
    until(lambda: all(one.exists() for one in ready), "all processes are connected")
    go.touch()
    consoles = [tmp_path / f"console-{number}.txt" for number in range(PROCESSES)]
    assert [run.wait(60) for run in runs] == [0] * PROCESSES, [one.read_text() for one in consoles]
    until(lambda: not old & kafka.topics(), "what was left behind is gone")
    assert others <= kafka.topics()
    said = [one.read_text() for one in consoles]
    assert sum("Deleting topics left over from earlier runs" in one for one in said) > 1, said
    assert not [one for one in said if "not looked for" in one], said
    until(lambda: not [name for name in kafka.topics() if name.startswith("parallel.")], "their own topics are gone")
    kafka.delete(others)


@pytest.fixture(scope="module")
def secured() -> Iterator[dict[str, dict[str, str]]]:
    """Where the secured Kafka listens; that of the run, or one of its own."""
    given = os.environ.get(SECURED)
    if given:
        yield json.loads(Path(given).read_text(encoding="utf-8"))
        return
    own = SecuredKafka()
    with own:
        yield json.loads(own.described.read_text(encoding="utf-8"))


@pytest.fixture
def prefix(secured: dict[str, dict[str, str]]) -> Iterator[str]:
    """Of topics that the login may make, read and write, but not delete."""
    name = f"undeletable-{secrets.token_hex(4)}"
    admin = AdminClient({"bootstrap.servers": secured["listeners"]["PLAINTEXT"], "log_level": 0})
    prefixed, allow = ResourcePatternType.PREFIXED, AclPermissionType.ALLOW
    given = admin.create_acls(
        [AclBinding(ResourceType.TOPIC, name, prefixed, f"User:{LOGIN}", "*", right, allow) for right in RIGHTS]
    )
    for one in given.values():
        one.result(ANSWER_SECONDS)
    yield name
    open_listener = Kafkas(secured["listeners"]["PLAINTEXT"])
    open_listener.delete(topic for topic in open_listener.topics() if topic.startswith(name))


def connected(secured: dict[str, dict[str, str]]) -> KafkaLibrary:
    library = KafkaLibrary(timeout="20 s")
    library.connect_to_kafka(
        secured["listeners"]["SASL_PLAIN"],
        **{
            "security.protocol": "SASL_PLAINTEXT",
            "sasl.mechanism": "PLAIN",
            "sasl.username": LOGIN,
            "sasl.password": secured["passwords"][LOGIN],
        },
    )
    return library


def test_who_may_not_delete_is_warned_with_the_reason_when_a_temporary_topic_ends(
    secured: dict[str, dict[str, str]], prefix: str, caplog: pytest.LogCaptureFixture
) -> None:
    library = connected(secured)
    try:
        library.start_test()
        topic = library.create_temporary_topic(prefix)
        library.publish_event(topic, {"id": 1})
        library.wait_for_event(topic, "id == 1", since="earliest")
        with caplog.at_level(logging.WARNING):
            library.start_test()
        (warning,) = [one.getMessage() for one in caplog.records if topic in one.getMessage()]
        assert warning.startswith(f"The temporary topic '{topic}' could not be deleted: Kafka at ")
        assert "denied permission to delete" in warning
        assert "Topic authorization failed" in warning
        assert "\nAsk for permission" in warning
        # The test that follows is as good as any.
        library.publish_event(topic, {"id": 2})
        library.wait_for_event(topic, "id == 2")
    finally:
        library.disconnect_from_all_kafka()


def test_who_may_not_delete_is_not_bothered_with_what_others_left(
    secured: dict[str, dict[str, str]],
    prefix: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    notes: list[str] = []
    monkeypatch.setattr(topics, "note", notes.append)
    monkeypatch.setattr(temporary_topics, "_AT_MOST", ANSWER_SECONDS)  # a busy machine is another matter
    open_listener = Kafkas(secured["listeners"]["PLAINTEXT"])
    old = open_listener.new_topic(made_at(time.time() - 2 * A_DAY, prefix))
    library = connected(secured)
    try:
        library.start_test()
        with caplog.at_level(logging.WARNING):
            topic = library.create_temporary_topic(prefix)
            library.publish_event(topic, {"id": 1})
        assert f"Deleting topics left over from earlier runs, more than a day old: '{old}'." in notes
        assert caplog.records == []
        assert old in open_listener.topics()
    finally:
        library.disconnect_from_all_kafka()
