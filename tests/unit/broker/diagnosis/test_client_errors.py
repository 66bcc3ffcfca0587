"""What the clients say between calls: the first cause, masked, until Kafka is heard of again."""

from __future__ import annotations

import logging

import pytest
from confluent_kafka import KafkaError

from KafkaLibrary.broker.diagnosis.client_errors import ClientErrors


@pytest.fixture
def client_errors() -> ClientErrors:
    return ClientErrors(lambda text: text.replace("hunter2", "***"))


def test_where_nothing_was_said_there_is_no_trouble(client_errors: ClientErrors) -> None:
    assert (client_errors.text(), client_errors.since) == ("", None)


def test_the_first_cause_is_kept(client_errors: ClientErrors) -> None:
    client_errors.told(KafkaError(KafkaError._TRANSPORT, "Connect to a:1 failed: refused"))
    client_errors.told(KafkaError(KafkaError._TRANSPORT, "Disconnected"))
    assert client_errors.text() == "Connect to a:1 failed: refused"


def test_a_cause_is_better_than_that_all_brokers_are_down(client_errors: ClientErrors) -> None:
    client_errors.told(KafkaError(KafkaError._ALL_BROKERS_DOWN, "1/1 brokers are down"))
    client_errors.told(KafkaError(KafkaError._SSL, "certificate verify failed"))
    assert client_errors.text() == "certificate verify failed"


def test_a_refused_login_is_told_in_place_of_a_port_that_was_closed_at_first(client_errors: ClientErrors) -> None:
    client_errors.told(KafkaError(KafkaError._TRANSPORT, "Connect to a:1 failed: refused"))
    client_errors.told(KafkaError(KafkaError._AUTHENTICATION, "Invalid username or password"))
    assert client_errors.text() == "Invalid username or password"


def test_a_log_line_is_better_than_that_all_brokers_are_down(client_errors: ClientErrors) -> None:
    client_errors.told(KafkaError(KafkaError._ALL_BROKERS_DOWN, "1/1 brokers are down"))
    client_errors.log(logging.ERROR, "FAIL [thrd:a:1/bootstrap]: a:1/bootstrap: Connect failed: refused")
    assert "Connect failed: refused" in client_errors.text()


def test_what_comes_after_the_cause_does_not_move_its_moment(client_errors: ClientErrors) -> None:
    client_errors.told(KafkaError(KafkaError._TRANSPORT, "refused"))
    since = client_errors.since
    client_errors.told(KafkaError(KafkaError._TRANSPORT, "refused"))
    assert client_errors.since == since


def test_an_answer_of_kafka_ends_the_trouble(client_errors: ClientErrors) -> None:
    client_errors.told(KafkaError(KafkaError._TRANSPORT, "refused"))
    client_errors.heard()
    assert (client_errors.text(), client_errors.since) == ("", None)


def test_the_next_trouble_has_a_cause_of_its_own(client_errors: ClientErrors) -> None:
    client_errors.told(KafkaError(KafkaError._TRANSPORT, "refused"))
    client_errors.heard()
    client_errors.told(KafkaError(KafkaError._SSL, "certificate verify failed"))
    assert client_errors.text() == "certificate verify failed"


def test_a_refused_group_is_no_trouble_to_a_reader_that_needs_none(client_errors: ClientErrors) -> None:
    client_errors.told(KafkaError(KafkaError.GROUP_AUTHORIZATION_FAILED, "not authorized"))
    assert client_errors.since is None


def test_secrets_are_masked_in_the_cause(client_errors: ClientErrors) -> None:
    client_errors.told(KafkaError(KafkaError._AUTHENTICATION, "password hunter2 is wrong"))
    assert client_errors.text() == "password *** is wrong"


def test_secrets_are_masked_in_log_lines(client_errors: ClientErrors, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "KafkaLibrary.client"):
        client_errors.log(logging.ERROR, "FAIL: password %s is wrong", "hunter2")
    assert caplog.messages == ["FAIL: password *** is wrong"]


def test_a_log_line_that_repeats_is_for_debugging_only(
    client_errors: ClientErrors, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "KafkaLibrary.client"):
        for _ in range(2):
            client_errors.log(logging.ERROR, "FAIL: a:1: refused")
    assert [record.levelno for record in caplog.records] == [logging.INFO, logging.DEBUG]


def test_a_percent_sign_in_a_log_line_is_no_placeholder(
    client_errors: ClientErrors, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "KafkaLibrary.client"):
        client_errors.log(logging.ERROR, "100% of brokers are down")
    assert caplog.messages == ["100% of brokers are down"]
