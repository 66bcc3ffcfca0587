"""Temporary topics that runs left behind: deleted by a later one, exactly those, and never by a wrong clock."""

from __future__ import annotations

import secrets
import time

import pytest

from KafkaLibrary.broker.temporary_topics import A_DAY, temporary_name
from tests.contract.brokers import Broker, Connect, within


def made_at(seconds: float, prefix: str = "contract") -> str:
    return f"{prefix}.kafkalibrary.{int(seconds)}.{secrets.token_hex(4)}"


def names(broker: Broker) -> set[str]:
    return set(broker.connection.topics.names(within()))


def clean(broker: Broker) -> str:
    return broker.connection.leftovers.clean("contract", within())


def gone(broker: Broker, *topics: str) -> bool:
    return broker.connection.topics.wait_until(topics, within(), there=False)


def test_what_was_left_behind_a_day_ago_is_deleted_and_nothing_else(real: Broker) -> None:
    now = time.time()
    old = [made_at(now - A_DAY - 60), made_at(now - 30 * A_DAY, "other.prefix")]
    others = [
        made_at(now - A_DAY + 600), made_at(now), made_at(now + A_DAY), made_at(9_999_999_999),
        made_at(1_000_000_000), f"{made_at(now - 2 * A_DAY)}.dlq", made_at((now - 2 * A_DAY) // 10),
        made_at(now - 2 * A_DAY).replace(".", "-"), made_at(now - 2 * A_DAY).upper(),
    ]  # fmt: skip
    for name in [*old, *others]:
        real.make(name, 1)
    before = names(real)
    said = clean(real)
    assert gone(real, *old)
    assert all(name in said for name in old)
    # The topic by which Kafka was asked for its time is gone soon, too.
    while not (left := names(real)) <= before:
        assert time.time() < now + 30, left - before
    assert before - left == set(old)


def test_they_are_looked_for_once(real: Broker) -> None:
    clean(real)
    old = made_at(time.time() - 2 * A_DAY)
    real.make(old, 1)
    assert clean(real) == ""
    assert old in names(real)


def test_two_runs_that_clean_at_once_do_not_disturb_each_other(real: Broker, connect: Connect) -> None:
    old = [made_at(time.time() - 2 * A_DAY) for _ in range(5)]
    for name in old:
        real.make(name, 1)
    others = [connect() for _ in range(4)]
    said = [clean(one) for one in [real, *others]]
    assert gone(real, *old)
    assert not [line for line in said if "not looked for" in line]


def test_a_clock_that_is_days_ahead_deletes_nobodys_topics(real: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    living = temporary_name("contract")
    real.make(living, 1)
    right = time.time
    with monkeypatch.context() as wrong:
        wrong.setattr(time, "time", lambda: right() + 2 * A_DAY)
        said = clean(real)
    assert "ahead of Kafka's" in said
    assert living in names(real)


def test_a_clock_that_is_days_behind_deletes_nobodys_topics(real: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    living = temporary_name("contract")
    real.make(living, 1)
    right = time.time
    with monkeypatch.context() as wrong:
        wrong.setattr(time, "time", lambda: right() - 2 * A_DAY)
        clean(real)
    assert living in names(real)


def test_in_a_transaction_they_are_looked_for_later(real: Broker) -> None:
    old = made_at(time.time() - 2 * A_DAY)
    real.make(old, 1)
    producer = real.connection.producer
    producer.transactions.begin(within())
    assert clean(real) == ""
    producer.transactions.abort(within())
    clean(real)
    assert gone(real, old)


def test_where_kafka_is_away_the_reason_is_told_and_nothing_fails(connect: Connect) -> None:
    nowhere = connect("127.0.0.1:1")
    said = nowhere.connection.leftovers.clean("contract", within(0.3))
    assert said.startswith("Temporary topics left over from earlier runs were not searched: ")
