"""Why a listener can't be used: from the client's words where they are clear, else from a probe."""

from __future__ import annotations

import time
from typing import Any

import pytest
from confluent_kafka import KafkaError

from KafkaLibrary.broker.diagnosis.client_errors import ClientErrors
from KafkaLibrary.broker.diagnosis.unreachable import Diagnosis, Reason
from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.deadline import Deadline
from tests.unit.broker.listeners import LOCALHOST, closing, kafka, listening, web_server

PATIENCE = 20.0


class Case:
    """A connection that was told of some trouble."""

    def __init__(self, address: str = "kafka:9092", said: str = "", **options: Any) -> None:
        settings = Settings.read(address, None, options)
        self.client_errors = ClientErrors(settings.masked)
        self.diagnosis = Diagnosis(settings, self.client_errors)
        if said:
            self.client_errors.told(KafkaError(KafkaError._AUTHENTICATION, f"sasl_ssl://{address}/bootstrap: {said}"))

    def reason(self) -> Reason:
        return self.diagnosis.reason(Deadline(PATIENCE), "it did not answer")

    def looked(self) -> Reason:
        """The reason after somebody has waited for an answer for a while."""
        deadline = Deadline(2)
        while self.diagnosis.go_on(deadline) and not deadline.passed:
            time.sleep(0.01)
        return self.reason()

    def gives_up(self, seconds: float = PATIENCE) -> bool:
        deadline = Deadline(seconds)
        while not deadline.passed:
            if not self.diagnosis.go_on(deadline):
                return True
            time.sleep(0.01)
        return False


@pytest.mark.parametrize(
    ("said", "reason", "advice"),
    [
        (
            "Failed to resolve 'kafka:9092': Name or service not known",
            "the name 'kafka' can't be resolved",
            "host name",
        ),
        ("SASL authentication error: Authentication failed: Invalid username or password", "is wrong", "sasl.password"),
        ("due to invalid credentials with SASL mechanism SCRAM-SHA-512", "is wrong", "sasl.username"),
        (
            "Unsupported SASL mechanism: broker's supported mechanisms: PLAIN,SCRAM-SHA-512",
            "rejects sasl.mechanism=GSSAPI; it supports PLAIN,SCRAM-SHA-512",
            "sasl.mechanism= to one",
        ),
        (
            "Broker: Request not valid in current SASL state: broker's supported mechanisms:",
            "has no login",
            "PLAINTEXT",
        ),
        ('Failed to acquire SASL OAUTHBEARER token: {"error": "invalid_client"}', "refused the client", "client.id"),
        ("Failed to acquire SASL OAUTHBEARER token: Could not connect", "sent no token: Could not connect", "endpoint"),
        (
            "must supply an unexpired token: now=2000000000000ms, exp=1000000000000ms",
            "2001-09-09 01:46:40 UTC",
            "clocks",
        ),
        ("Failed to acquire SASL OAUTHBEARER token: OAuth callback raised exception", "had expired", "token_source="),
        ('SASL authentication error: {"status":"invalid_token"}', "the token was refused", "the token's issuer"),
        ("SASL authentication error: of another kind", "the login was refused: ", "what it needs"),
        ("ssl/tls alert bad certificate: SSL alert number 42", "and none is given", "ssl.certificate.location="),
        ("tlsv13 alert certificate required: SSL alert number 116", "and none is given", "ssl.keystore.location="),
        (
            "Connect to ipv4#10.0.0.1:9092 failed: Connection refused",
            "Connection refused",
            "Check that Kafka is running",
        ),
    ],
)
def test_clear_words_are_put_plainly(said: str, reason: str, advice: str) -> None:
    found = Case(said=said).reason()
    assert (reason in found.text, advice in found.advice) == (True, True), found


def test_where_nothing_was_heard_that_is_said() -> None:
    assert Case().reason().text == "it did not answer"


def test_a_certificate_that_was_given_is_not_asked_for() -> None:
    found = Case(said="alert bad certificate", ssl_certificate_pem="x").reason()
    assert "does not accept the client certificate" in found.text


@pytest.mark.parametrize("said", ["Connect to x failed: Connection refused", "Failed to resolve 'inside:9092'"])
def test_an_address_that_kafka_gave_is_told_from_one_that_the_tester_gave(said: str) -> None:
    case = Case()
    case.client_errors.told(KafkaError(KafkaError._TRANSPORT, f"inside:9092/1: {said}"))
    assert "advertised.listeners" in case.reason().advice


@pytest.mark.parametrize("said", ["Invalid username or password", "not valid in current SASL state", "invalid_token"])
def test_nobody_waits_where_waiting_can_not_help(said: str) -> None:
    assert Case(said=said).gives_up()


def test_a_login_that_worked_before_is_waited_for() -> None:
    case = Case(said="Invalid username or password")
    case.client_errors.heard()
    case.client_errors.told(KafkaError(KafkaError._AUTHENTICATION, "Invalid username or password"))
    assert not case.gives_up(1.5)


def test_another_address_may_still_do() -> None:
    assert not Case("one:9092,two:9092", "Invalid username or password").gives_up(1.5)


@pytest.mark.parametrize("said", ["Connect to x failed: Connection refused", "Failed to resolve 'kafka:9092'"])
def test_what_may_pass_is_waited_for(said: str) -> None:
    assert not Case(said=said).gives_up(1.5)


@pytest.mark.parametrize(
    ("answer", "options", "reason", "advice"),
    [
        (web_server, {}, "this is not Kafka", "another port"),
        (
            kafka("PLAIN", "OAUTHBEARER"),
            {},
            "requires a login",
            "SASL_PLAINTEXT, sasl.mechanism= to one of OAUTHBEARER, PLAIN",
        ),
        (kafka(), {"security_protocol": "SSL"}, "has no TLS", "Set security.protocol=PLAINTEXT"),
        (kafka("PLAIN"), {"security_protocol": "SASL_SSL"}, "has no TLS", "Set security.protocol=SASL_PLAINTEXT"),
        (kafka(), {"security_protocol": "SASL_PLAINTEXT"}, "has no login", "Set security.protocol=PLAINTEXT"),
        (closing, {}, "Disconnected", "Check that Kafka is running"),
        (kafka(), {}, "Disconnected", "Check that Kafka is running"),
    ],
)
def test_a_probe_tells_more_than_the_client(answer: Any, options: dict[str, Any], reason: str, advice: str) -> None:
    with listening(answer) as port:
        found = Case(f"{LOCALHOST}:{port}", "Disconnected", **options).looked()
    assert (reason in found.text, advice in found.advice) == (True, True), found


def test_a_probe_of_nothing_is_repeated() -> None:
    with listening(closing) as port:
        case = Case(f"{LOCALHOST}:{port}", "Disconnected")
        assert "Disconnected" in case.looked().text
    assert case.client_errors.text()


def test_clear_words_need_no_probe() -> None:
    heard: list[object] = []
    with listening(heard.append) as port:
        Case(f"{LOCALHOST}:{port}", "Invalid username or password").looked()
    assert not heard
