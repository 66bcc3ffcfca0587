"""Properties of the schema registry: where they come from, and that no Kafka client and no message gets them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.errors import KeywordMisused
from tests.unit.broker.settings.test_client_settings import Secret, a_file

URL = "http://registry:8081"


def read(schema_registry: Any = None, config: str | None = None, **options: Any) -> Settings:
    return Settings.read("localhost:9092", config, options, schema_registry)


def properties(*given: Any, **options: Any) -> dict[str, Any]:
    return dict(read(*given, **options).registry.properties)


@pytest.mark.parametrize("nothing", [None, ""])
def test_there_may_be_none(nothing: Any) -> None:
    assert properties(nothing) == {}


def test_it_may_be_a_url() -> None:
    assert properties(URL) == {"url": URL}


def test_it_may_be_several() -> None:
    assert properties([URL, "http://other"]) == {"url": f"{URL},http://other"}


@pytest.mark.parametrize("name", ["ssl.ca.location", "ssl_ca_location", "schema.registry.ssl.ca.location"])
def test_it_may_be_a_dictionary(name: str) -> None:
    assert properties({"url": URL, name: "ca.pem"}) == {"url": URL, "ssl.ca.location": "ca.pem"}


def test_anything_else_is_refused() -> None:
    with pytest.raises(KeywordMisused, match="schema_registry= can't be int"):
        read(5)


def test_options_with_the_prefix_are_its_own() -> None:
    found = properties(URL, schema_registry_basic_auth_user_info="ada:x", **{"schema.registry.timeout": "2"})
    assert found == {"url": URL, "basic.auth.user.info": "ada:x", "timeout": "2"}


def test_all_may_stand_in_the_file(tmp_path: Path) -> None:
    file = a_file(tmp_path, f"schema.registry.url={URL}\nschema.registry.ssl.ca.location=ca.pem\nclient.id=x\n")
    assert properties(None, file) == {"url": URL, "ssl.ca.location": "ca.pem"}


def test_the_login_may_stand_in_the_file_as_java_clients_have_it(tmp_path: Path) -> None:
    file = a_file(tmp_path, "basic.auth.credentials.source=USER_INFO\nbasic.auth.user.info=ada:x\n")
    found = {"url": URL, "basic.auth.credentials.source": "USER_INFO", "basic.auth.user.info": "ada:x"}
    assert properties(URL, file) == found


def test_the_argument_wins(tmp_path: Path) -> None:
    assert properties(URL, a_file(tmp_path, "schema.registry.url=http://other\n")) == {"url": URL}


def test_no_kafka_client_gets_them(tmp_path: Path) -> None:
    settings = read(URL, a_file(tmp_path, "basic.auth.user.info=ada:x\n"), schema_registry_timeout="2")
    for given in (settings.for_reader(), settings.for_producer(), settings.for_admin()):
        assert not [name for name in given if "registry" in name or "basic" in name]


@pytest.mark.parametrize(
    ("given", "options"),
    [
        (URL, {"schema_registry_basic_auth_user_info": "ada:hunter2"}),
        (URL, {"schema_registry_basic_auth_user_info": Secret("ada:hunter2")}),
        (URL, {"schema_registry_ssl_key_password": "hunter2"}),
        (URL, {"schema_registry_bearer_auth_token": "hunter2"}),
        (URL, {"schema_registry_bearer_auth_scope": Secret("hunter2")}),
        (URL, {"schema_registry_proxy": "http://ada:hunter2@proxy"}),
        ({"url": URL, "basic.auth.user.info": Secret("ada:hunter2")}, {}),
        ({"url": URL, "bearer_auth_scope": Secret("hunter2")}, {}),
        ("http://ada:hunter2@registry", {}),
        ("http://ada:%68unter2@registry", {}),
        (Secret("http://ada:hunter2@registry"), {}),
    ],
)
def test_secrets_are_masked(given: Any, options: dict[str, Any]) -> None:
    settings = read(given, **options)
    assert "hunter2" not in repr(settings)
    assert settings.masked("refused hunter2 of ada") == "refused *** of ada"
    assert "hunter2" in str(dict(settings.registry.properties)).replace("%68", "h")


def test_where_the_login_comes_from_is_no_secret(tmp_path: Path) -> None:
    settings = read(URL, a_file(tmp_path, "basic.auth.credentials.source=URL\n"))
    assert settings.masked("Check the URL.") == "Check the URL."
