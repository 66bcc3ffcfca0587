"""What the clients say between calls: the first cause, masked, until Kafka is heard of again."""

from __future__ import annotations

import logging

import pytest
from confluent_kafka import KafkaError

from KafkaLibrary.broker.diagnosis.client_errors import Trouble


@pytest.fixture
def trouble() -> Trouble:
    return Trouble(lambda text: text.replace("hunter2", "***"))


def test_where_nothing_was_said_there_is_no_trouble(trouble: Trouble) -> None:
    assert (trouble.text(), trouble.since) == ("", None)


def test_the_first_cause_is_kept(trouble: Trouble) -> None:
    trouble.told(KafkaError(KafkaError._TRANSPORT, "Connect to a:1 failed: refused"))
    trouble.told(KafkaError(KafkaError._TRANSPORT, "Disconnected"))
    assert trouble.text() == "Connect to a:1 failed: refused"


def test_a_cause_is_better_than_that_all_brokers_are_down(trouble: Trouble) -> None:
    trouble.told(KafkaError(KafkaError._ALL_BROKERS_DOWN, "1/1 brokers are down"))
    trouble.told(KafkaError(KafkaError._SSL, "certificate verify failed"))
    assert trouble.text() == "certificate verify failed"


def test_a_refused_login_is_told_in_place_of_a_port_that_was_closed_at_first(trouble: Trouble) -> None:
    trouble.told(KafkaError(KafkaError._TRANSPORT, "Connect to a:1 failed: refused"))
    trouble.told(KafkaError(KafkaError._AUTHENTICATION, "Invalid username or password"))
    assert trouble.text() == "Invalid username or password"


def test_a_log_line_is_better_than_that_all_brokers_are_down(trouble: Trouble) -> None:
    trouble.told(KafkaError(KafkaError._ALL_BROKERS_DOWN, "1/1 brokers are down"))
    trouble.log(logging.ERROR, "FAIL [thrd:a:1/bootstrap]: a:1/bootstrap: Connect failed: refused")
    assert "Connect failed: refused" in trouble.text()


def test_what_comes_after_the_cause_does_not_move_its_moment(trouble: Trouble) -> None:
    trouble.told(KafkaError(KafkaError._TRANSPORT, "refused"))
    since = trouble.since
    trouble.told(KafkaError(KafkaError._TRANSPORT, "refused"))
    assert trouble.since == since


def test_an_answer_of_kafka_ends_the_trouble(trouble: Trouble) -> None:
    trouble.told(KafkaError(KafkaError._TRANSPORT, "refused"))
    trouble.heard()
    assert (trouble.text(), trouble.since) == ("", None)


def test_the_next_trouble_has_a_cause_of_its_own(trouble: Trouble) -> None:
    trouble.told(KafkaError(KafkaError._TRANSPORT, "refused"))
    trouble.heard()
    trouble.told(KafkaError(KafkaError._SSL, "certificate verify failed"))
    assert trouble.text() == "certificate verify failed"


def test_a_refused_group_is_no_trouble_to_a_reader_that_needs_none(trouble: Trouble) -> None:
    trouble.told(KafkaError(KafkaError.GROUP_AUTHORIZATION_FAILED, "not authorized"))
    assert trouble.since is None


def test_secrets_are_masked_in_the_cause(trouble: Trouble) -> None:
    trouble.told(KafkaError(KafkaError._AUTHENTICATION, "password hunter2 is wrong"))
    assert trouble.text() == "password *** is wrong"


def test_secrets_are_masked_in_log_lines(trouble: Trouble, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "KafkaLibrary.client"):
        trouble.log(logging.ERROR, "FAIL: password %s is wrong", "hunter2")
    assert caplog.messages == ["FAIL: password *** is wrong"]


def test_a_log_line_that_repeats_is_for_debugging_only(trouble: Trouble, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "KafkaLibrary.client"):
        for _ in range(2):
            trouble.log(logging.ERROR, "FAIL: a:1: refused")
    assert [record.levelno for record in caplog.records] == [logging.INFO, logging.DEBUG]


def test_a_percent_sign_in_a_log_line_is_no_placeholder(trouble: Trouble, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "KafkaLibrary.client"):
        trouble.log(logging.ERROR, "100% of brokers are down")
    assert caplog.messages == ["100% of brokers are down"]
