"""Logins: from the environment, complete or refused, and in no traceback."""

from __future__ import annotations

import base64
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import KafkaLibrary
from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.broker.settings.environment import VARIABLES
from KafkaLibrary.broker.settings.oauth_tokens import TokenSource
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.secrets.client_properties import Properties
from tests.unit.broker.settings.test_client_settings import a_file

LIBRARY = Path(KafkaLibrary.__file__).parent
SECRET = "hunter2&+%/ß"


def read(options: dict[str, Any], source: TokenSource | None = None, address: str = "localhost:9092") -> Settings:
    return Settings.read(address, None, options, None, source)


def a_source() -> TokenSource:
    return TokenSource("mine", lambda: ("token", 9e9))


@pytest.fixture(autouse=True)
def nothing_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)


@pytest.mark.parametrize("name", ["sasl.username", "sasl.password", "ssl.key.password"])
def test_a_property_of_a_login_may_stand_in_the_environment(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAFKA_" + name.upper().replace(".", "_"), "x\n")
    given = {"security.protocol": "SASL_SSL", "sasl.mechanism": "PLAIN"}
    assert read(given).properties == {**given, name: "x"}


@pytest.mark.parametrize(
    ("variable", "given"),
    [
        ("KAFKA_SASL_JAAS_CONFIG", {}),
        ("KAFKA_SSL_CA_LOCATION", {"security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "PLAIN"}),
        ("KAFKA_SASL_PASSWORD", {"security.protocol": "SSL"}),
        (
            "KAFKA_SASL_JAAS_CONFIG",
            {"security.protocol": "SASL_SSL", "sasl.mechanism": "PLAIN", "sasl.password": "option"},
        ),
    ],
)
def test_what_a_connection_has_no_use_for_is_left_in_the_environment(
    variable: str, given: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "/no/such/thing")
    assert read(given).properties == given


@pytest.mark.parametrize(
    "variable", ["KAFKA_HOME", "KAFKA_OPTS", "KAFKA_BOOTSTRAP_SERVERS", "KAFKA_GROUP_ID", "KAFKA_SECURED"]
)
def test_other_variables_mean_nothing(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "x")
    assert read({}).properties == {}


def test_an_empty_variable_means_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAFKA_SASL_PASSWORD", "")
    assert read({}).properties == {}


def test_the_file_wins_over_the_environment_and_an_option_over_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("USERNAME", "PASSWORD", "MECHANISM"):
        monkeypatch.setenv(f"KAFKA_SASL_{name}", "environment")
    path = a_file(tmp_path, "security.protocol=SASL_PLAINTEXT\nsasl.username=file\nsasl.password=file")
    found = Settings.read("localhost:9092", path, {"sasl.password": "option"}).properties
    assert found == {
        "security.protocol": "SASL_PLAINTEXT",
        "sasl.mechanism": "environment",
        "sasl.username": "file",
        "sasl.password": "option",
    }


def test_the_embedded_broker_wants_no_login_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAFKA_SECURITY_PROTOCOL", "SASL_SSL")
    assert read({}, address="embedded").properties == {}


def test_a_password_of_the_environment_is_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAFKA_SASL_PASSWORD", SECRET)
    settings = read({"security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "PLAIN"})
    assert SECRET not in repr(settings) + settings.masked(f"said {SECRET}")


@pytest.mark.parametrize(
    "form",
    [
        str,
        quote,
        lambda secret: quote(secret, safe=""),
        lambda secret: base64.b64encode(secret.encode()).decode(),
        lambda secret: base64.b64encode(f"ada:{secret}".encode()).decode(),
        lambda secret: base64.urlsafe_b64encode(secret.encode()).decode().rstrip("="),
    ],
)
def test_a_secret_is_masked_in_each_form(form: Callable[[str], str]) -> None:
    settings = read({"sasl.username": "ada", "sasl.password": SECRET})
    assert settings.masked(f"<{form(SECRET)}>").strip("=<>") == "***"


@pytest.mark.parametrize(
    ("options", "source", "message"),
    [
        ({"sasl.mechanism": "OAUTHBEARER"}, None, "no source of them is set"),
        ({"sasl.password": "x"}, None, "'sasl.mechanism' is missing"),
        ({"sasl.mechanism": "PLAIN"}, a_source(), "for sasl.mechanism=OAUTHBEARER, not for PLAIN"),
        ({"sasl.oauthbearer.method": "oidc"}, a_source(), "not from both"),
        ({"security.protocol": "SSL"}, a_source(), "Set security.protocol=SASL_SSL"),
        ({"oauth_cb": print}, None, "give token_source="),
        ({"ssl.ca.location": "/no/such/file"}, None, "'/no/such/file' of ssl.ca.location is not there"),
    ],
)
def test_a_login_that_lacks_a_part_is_refused(
    options: dict[str, Any], source: TokenSource | None, message: str
) -> None:
    with pytest.raises(KeywordMisused, match=message):
        read({"security.protocol": "SASL_SSL", **options}, source)


def test_a_token_source_says_the_mechanism() -> None:
    assert read({"security.protocol": "SASL_SSL"}, a_source()).mechanism == "OAUTHBEARER"


def test_each_client_is_given_the_token_that_is_here() -> None:
    settings = read({"security.protocol": "SASL_SSL"}, a_source())
    clients = (settings.for_reader(), settings.for_producer(), settings.for_admin())
    assert [client["oauth_cb"]("") for client in clients] == [("token", 9e9, "", {})] * 3


@pytest.mark.parametrize("made", [Settings.for_reader, Settings.for_producer, Settings.for_admin])
def test_what_a_client_is_given_shows_no_secret(made: Callable[[Settings], dict[str, Any]]) -> None:
    given = made(read({"sasl.password": SECRET}))
    assert (isinstance(given, Properties), SECRET in repr(given), given["sasl.password"]) == (True, False, SECRET)


@pytest.mark.parametrize(
    "text",
    [
        f"sasl.password={SECRET}\nenable.auto.commit=true",
        f"sasl.password={SECRET}\nbroken",
        f"sasl.password={SECRET}\nsecurity.protocol=SASL_SSL",
        f"sasl.password={SECRET}\nsasl.jaas.config=x",
        f'sasl.jaas.config=x.PlainLoginModule required username="a" password="{SECRET}" x;',
    ],
)
def test_a_refusal_has_no_secret_in_its_message_nor_in_a_local_variable(text: str, tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused) as refusal:
        Settings.read("localhost:9092", a_file(tmp_path, text), {})
    reason = refusal.value
    summary = traceback.TracebackException.from_exception(reason, capture_locals=True)
    ours = [str(frame.locals) for frame in summary.stack if Path(frame.filename).is_relative_to(LIBRARY)]
    assert ours
    assert SECRET not in f"{ours} {reason} {reason.args} {reason.__cause__}"
