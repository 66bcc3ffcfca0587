"""Client properties: where they come from, which client gets which, and what is never shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.broker.settings.described_connection import LOG_SIZE
from KafkaLibrary.broker.settings.refused_properties import explain_refusal
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.secrets.client_properties import is_secret

PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule"
TOKENS = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule"
SECRETS = {
    "sasl.password": "hunter2-a",
    "ssl.key.password": "hunter2-b",
    "ssl.keystore.password": "hunter2-c",
    "ssl.key.pem": "hunter2-d",
    "sasl.oauthbearer.client.secret": "hunter2-e",
    "sasl.oauthbearer.config": "principal=x secret=hunter2-f",
}


class Secret:
    """Shaped as Robot's own."""

    def __init__(self, value: str) -> None:
        self.value = value

    def __repr__(self) -> str:
        return "Secret(value=<secret>)"


def a_file(folder: Path, text: str) -> str:
    path = folder / "client.properties"
    path.write_text(text, encoding="utf-8")
    return str(path)


def read(**options: Any) -> Settings:
    return Settings.read("localhost:9092", None, options)


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_not_in_the_representation(name: str) -> None:
    settings = Settings.read("localhost:9092", None, {name: SECRETS[name]})
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_masked_in_any_text(name: str) -> None:
    settings = Settings.read("localhost:9092", None, {name: SECRETS[name]})
    assert "hunter2" not in settings.masked(f"client said: {SECRETS[name]}!")


def test_a_secret_given_as_robots_own_type_is_masked_whatever_its_name() -> None:
    settings = Settings.read("localhost:9092", None, {"sasl.username": Secret("hunter2")})
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sasl.oauthbearer.client.credentials.client.id", "hunter2"),
        ("sasl.jaas.config", f'{PLAIN} required username="hunter2" password="secret";'),
        ("sasl_jaas_config", f'{TOKENS} required clientId="hunter2" clientSecret="secret" scope="hunter2";'),
        ("sasl.jaas.config", f'{TOKENS} required clientId="a" clientSecret="b" extension_logicalCluster="hunter2";'),
    ],
)
def test_a_secret_under_a_name_of_java_is_masked_under_the_clients(name: str, value: str) -> None:
    assert "hunter2" not in repr(Settings.read("localhost:9092", None, {name: Secret(value)}))


@pytest.mark.parametrize("store", ["truststore", "keystore"])
def test_a_store_of_java_that_is_a_secret_is_masked_as_the_file_of_the_client(tmp_path: Path, store: str) -> None:
    file = tmp_path / "hunter2.pem"
    file.write_text("-----BEGIN CERTIFICATE-----", encoding="utf-8")
    settings = Settings.read("localhost:9092", None, {f"ssl.{store}.location": Secret(str(file))})
    assert "hunter2" in str(dict(settings.for_admin()))
    assert "hunter2" not in repr(settings)


def test_a_secret_in_the_list_of_a_longer_one_does_not_uncover_it() -> None:
    settings = Settings.read("localhost:9092", None, {"sasl.password": "abc", "ssl.key.password": "abcdef"})
    assert "def" not in settings.masked("the key's password is abcdef")


def test_a_secret_reaches_the_clients() -> None:
    settings = Settings.read("localhost:9092", None, {"sasl.password": Secret("hunter2")})
    assert settings.for_admin()["sasl.password"] == "hunter2"


def test_a_secret_from_a_file_is_masked(tmp_path: Path) -> None:
    settings = Settings.read("localhost:9092", a_file(tmp_path, "sasl.password=hunter2\n"), {})
    assert "hunter2" not in repr(settings) + settings.masked("hunter2")


def test_the_clients_words_about_a_refused_property_are_masked() -> None:
    settings = Settings.read("localhost:9092", None, {"sasl.password": "hunter2"})
    refusal = explain_refusal('Invalid value "hunter2" for configuration property "sasl.password"', settings)
    assert "hunter2" not in str(refusal)


def test_an_ordinary_property_is_shown() -> None:
    assert "SASL_SSL" in repr(read(security_protocol="SASL_SSL"))


@pytest.mark.parametrize("name", ["client.id", "security.protocol", "sasl.username", "ssl.ca.location"])
def test_an_ordinary_property_is_no_secret(name: str) -> None:
    assert not is_secret(name)


@pytest.mark.parametrize(
    "name",
    [
        "auto.offset.reset",
        "enable.auto.commit",
        "enable.partition.eof",
        "transactional.id",
        "bootstrap.servers",
        "metadata.broker.list",
        "dr_cb",
        "error_cb",
        "logger",
    ],
)
def test_what_the_library_relies_on_can_not_be_set(name: str) -> None:
    with pytest.raises(KeywordMisused, match=f"The property '{name}' can't be set: ."):
        Settings.read("localhost:9092", None, {name: "x"})


def test_what_the_library_relies_on_can_not_be_set_with_underscores_either() -> None:
    with pytest.raises(KeywordMisused, match="can't be set"):
        read(auto_offset_reset="latest")


def test_what_the_library_relies_on_can_not_be_set_by_a_file_either(tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused, match="can't be set"):
        Settings.read("localhost:9092", a_file(tmp_path, "enable.auto.commit=true"), {})


@pytest.mark.parametrize("group", ["", "  ", None])
def test_an_empty_group_that_would_abort_the_process_is_refused(group: Any) -> None:
    with pytest.raises(KeywordMisused, match=r"'group\.id' is empty"):
        Settings.read("localhost:9092", None, {"group.id": group})


def test_a_property_without_a_value_is_refused() -> None:
    with pytest.raises(KeywordMisused, match=r"'client\.id' has no value"):
        read(client_id=None)


def test_the_embedded_broker_is_not_started_by_its_own_property() -> None:
    with pytest.raises(KeywordMisused, match="bootstrap_servers=embedded"):
        Settings.read("localhost:9092", None, {"test.mock.num.brokers": 1})


@pytest.mark.parametrize("address", [None, "", "  "])
def test_a_missing_address_is_refused(address: str | None) -> None:
    with pytest.raises(KeywordMisused, match="No Kafka address was given"):
        Settings.read(address, None, {})


@pytest.mark.parametrize("address", ["embedded", "EMBEDDED", " Embedded "])
def test_the_embedded_broker_is_known_by_its_name(address: str) -> None:
    assert Settings.read(address, None, {}).embedded


def test_several_addresses_are_joined() -> None:
    servers: Any = ["one:9092", "two:9092"]
    assert Settings.read(servers, None, {}).bootstrap_servers == "one:9092,two:9092"


def test_underscores_stand_for_dots() -> None:
    assert read(security_protocol="SSL").for_reader()["security.protocol"] == "SSL"


def test_an_option_wins_over_the_file(tmp_path: Path) -> None:
    settings = Settings.read("localhost:9092", a_file(tmp_path, "client.id=file"), {"client.id": "option"})
    assert settings.properties["client.id"] == "option"


def test_the_address_may_stand_in_the_file(tmp_path: Path) -> None:
    settings = Settings.read(None, a_file(tmp_path, "bootstrap.servers=one:9092"), {})
    assert settings.bootstrap_servers == "one:9092"


def test_an_address_that_is_given_wins_over_the_file(tmp_path: Path) -> None:
    settings = Settings.read("two:9092", a_file(tmp_path, "bootstrap.servers=one:9092"), {})
    assert settings.bootstrap_servers == "two:9092"


def test_a_file_may_have_comments_blanks_and_equals_signs_in_values(tmp_path: Path) -> None:
    text = "# comment\n! another\n\n  client.id = a=b \nsecurity.protocol=SSL\n"
    found = Settings.read("localhost:9092", a_file(tmp_path, text), {}).properties
    assert found == {"client.id": "a=b", "security.protocol": "SSL"}


def test_a_line_of_the_file_that_is_none_is_named_by_its_number_only(tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused) as refusal:
        Settings.read("localhost:9092", a_file(tmp_path, "client.id=x\nhunter2"), {})
    assert ("Line 2" in str(refusal.value), "hunter2" in str(refusal.value)) == (True, False)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused, match="can't be read"):
        Settings.read("localhost:9092", str(tmp_path / "none"), {})


def test_nothing_is_ever_committed_by_the_reader() -> None:
    reader = read().for_reader()
    assert (reader["enable.auto.commit"], reader["enable.auto.offset.store"]) == (False, False)


def test_the_reader_sees_committed_events_only() -> None:
    assert read().for_reader()["isolation.level"] == "read_committed"


def test_the_isolation_may_be_chosen() -> None:
    settings = read(isolation_level="read_uncommitted")
    assert (settings.isolation, settings.for_reader()["isolation.level"]) == ("read_uncommitted",) * 2


@pytest.mark.parametrize("client", [Settings.for_reader, Settings.for_admin])
def test_asking_creates_no_topic(client: Any) -> None:
    assert client(read())["allow.auto.create.topics"] is False


def test_a_property_of_producers_reaches_the_producer_only() -> None:
    settings = read(linger_ms=7)
    reached = ["linger.ms" in one for one in (settings.for_reader(), settings.for_producer(), settings.for_admin())]
    assert reached == [False, True, False]


def test_a_property_of_readers_reaches_the_reader_only() -> None:
    settings = read(fetch_min_bytes=7)
    reached = [
        "fetch.min.bytes" in one for one in (settings.for_reader(), settings.for_producer(), settings.for_admin())
    ]
    assert reached == [True, False, False]


@pytest.mark.parametrize("client", [Settings.for_reader, Settings.for_admin, Settings.for_producer])
def test_a_property_of_all_clients_reaches_each(client: Any) -> None:
    assert client(read(client_id="me"))["client.id"] == "me"


def test_an_argument_that_is_misspelt_as_a_property_is_guessed() -> None:
    refusal = explain_refusal('No such configuration property: "time.out"', read())
    assert "Did you mean 'timeout'?" in str(refusal)


def test_defaults_for_another_address_do_not_win_over_what_was_given() -> None:
    settings = read(fetch_wait_max_ms=99).with_defaults("other:1", fetch_wait_max_ms=10)
    assert settings.for_reader()["fetch.wait.max.ms"] == 99


def test_what_waits_in_the_client_is_little_beside_the_log() -> None:
    assert read().for_reader()["queued.max.messages.kbytes"] * 1024 <= LOG_SIZE / 4
    assert read(queued_max_messages_kbytes=65_536).for_reader()["queued.max.messages.kbytes"] == 65_536


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://localhost:9092", "HOST:PORT, as in localhost:9092,"),
        ("https://kafka.example/topics", "HOST:PORT, as in kafka.example,"),
        ("embeded", "Did you mean 'embedded'?"),
        ("embbedded", "Did you mean 'embedded'?"),
    ],
)
def test_what_is_no_address_is_refused(address: str, told: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        Settings.read(address, None, {})
    assert told in str(refused.value)


@pytest.mark.parametrize(
    "address",
    ["kafka", "kafka:9092", "SSL://kafka:9093", "a:1,PLAINTEXT://b:2", "EMBEDDED", "a,b", "embedded-kafka", "bed"],
)
def test_what_the_client_takes_for_an_address_is_taken(address: str) -> None:
    assert Settings.read(address, None, {}).bootstrap_servers == address


@pytest.mark.parametrize("name", ["bootstrap_server", "bootstrap.server", "bootstrap_serves"])
def test_an_address_under_a_misspelt_name_is_told(name: str) -> None:
    with pytest.raises(KeywordMisused, match="did you mean 'bootstrap_servers'"):
        Settings.read(None, None, {name: "localhost:9092"})


@pytest.mark.parametrize(
    ("name", "told"),
    [("topics", "watch="), ("sasl.user", "'sasl.username'"), ("ssl.ca.file", "'ssl.ca.location'")],
)
def test_a_property_that_is_not_known_is_told_its_name(name: str, told: str) -> None:
    assert told in str(explain_refusal(f'No such configuration property: "{name}"', read()))


def test_a_login_without_a_mechanism_is_told() -> None:
    said = "No provider for SASL mechanism GSSAPI: recompile librdkafka with libsasl2 or openssl support."
    assert "'sasl.mechanism' is missing" in str(explain_refusal(said, read(security_protocol="SASL_SSL")))


@pytest.mark.parametrize("sign", ["\ud800", "\0"])
@pytest.mark.parametrize(("name", "value"), [("client.id{}", "x"), ("client.id", "x{}"), ("ssl.key.password", "h2{}")])
def test_a_property_that_has_no_bytes_is_refused_without_its_value(name: str, value: str, sign: str) -> None:
    with pytest.raises(KeywordMisused, match=r"^The property '[a-z.\\x0ud8]+' has (half of|a NUL)") as refused:
        read(**{name.format(sign): value.format(sign)})
    assert "h2" not in str(refused.value)


@pytest.mark.parametrize("sign", ["\ud800", "\0"])
def test_an_address_that_has_no_bytes_is_refused(sign: str) -> None:
    with pytest.raises(KeywordMisused, match=r"^bootstrap_servers= has (half of|a NUL)"):
        Settings.read(f"localhost:9092{sign}", None, {})


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        (
            'Invalid value "SASL" for configuration property "security.protocol"',
            "is one of PLAINTEXT, SSL, SASL_PLAINTEXT",
        ),
        ('Invalid value "zip" for configuration property "compression.type"', "Did you mean 'gzip'?"),
        ('No such configuration property: "watch"', "write watch=VALUE"),
        ('No such configuration property: "alias"', "'Connect To Kafka'"),
    ],
)
def test_a_hint_leads_on_and_not_back(said: str, hint: str) -> None:
    assert hint in str(explain_refusal(said, read()))


def test_a_refused_value_is_not_answered_with_the_name_that_was_given() -> None:
    said = str(explain_refusal('Invalid value "x" for configuration property "linger.ms"', read()))
    assert "Did you mean" not in said
