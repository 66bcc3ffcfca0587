"""Properties of Java's clients: the same connection by the client's names, or a refusal that says what to give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary.broker.settings.java_properties import IGNORED, REFUSED, RENAMED, translated
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.secrets.client_properties import Properties

PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule"
SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule"
OAUTH = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule"
HANDLER = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler"
PEM = b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
PKCS12 = b"\x30\x82\x0a\x00"
JKS = b"\xfe\xed\xfe\xed\x00\x00\x00\x02"


def jaas(text: str, **more: str) -> dict[str, Any]:
    return translated(Properties({"sasl.jaas.config": text, **more}))


def a_store(folder: Path, name: str, content: bytes) -> str:
    place = folder / name
    place.write_bytes(content)
    return str(place)


@pytest.mark.parametrize(
    "options",
    [
        'username="ada" password="hunter2"',
        "username='ada' password='hunter2'",
        'username=ada password="hunter2"',
        '\n  username="ada"\n  password="hunter2"',
        'password="hunter2" username="ada" serviceName="kafka"',
    ],
)
@pytest.mark.parametrize("end", [";", " ;", ""])
def test_a_user_and_a_password_in_jaas(options: str, end: str) -> None:
    found = jaas(f"{SCRAM} required {options}{end}")
    assert (found["sasl.username"], found["sasl.password"]) == ("ada", "hunter2")


def test_a_password_in_jaas_may_have_quotes_and_semicolons() -> None:
    found = jaas(rf'{PLAIN} required username="ada" password="a;\"b\\c = d";')
    assert found["sasl.password"] == r'a;"b\c = d'


def test_the_module_for_plain_says_the_mechanism() -> None:
    assert jaas(f'{PLAIN} required username="a" password="b";')["sasl.mechanism"] == "PLAIN"


def test_a_mechanism_that_is_given_wins_over_the_module() -> None:
    found = jaas(f'{PLAIN} required username="a" password="b";', **{"sasl.mechanism": "SCRAM-SHA-512"})
    assert found["sasl.mechanism"] == "SCRAM-SHA-512"


def test_client_credentials_in_jaas() -> None:
    text = f'{OAUTH} required clientId="ada" clientSecret="hunter2" scope="kafka" extension_logicalCluster="lkc-1";'
    found = jaas(
        text, **{"sasl.login.callback.handler.class": HANDLER, "sasl.oauthbearer.token.endpoint.url": "http://t"}
    )
    assert found == {
        "sasl.mechanism": "OAUTHBEARER",
        "sasl.oauthbearer.method": "oidc",
        "sasl.oauthbearer.token.endpoint.url": "http://t",
        "sasl.oauthbearer.client.id": "ada",
        "sasl.oauthbearer.client.secret": "hunter2",
        "sasl.oauthbearer.scope": "kafka",
        "sasl.oauthbearer.extensions": "logicalCluster=lkc-1",
    }


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("hunter2", "can't be read"),
        (f"{PLAIN} required hunter2;", "are not NAME="),
        ('com.example.OwnLoginModule required secret="hunter2";', "token_source="),
        ("software.amazon.msk.auth.iam.IAMLoginModule required;", "token_source="),
        ('com.sun.security.auth.module.Krb5LoginModule required keyTab="x";', "sasl.kerberos.keytab"),
        (f'{OAUTH} required unsecuredLoginStringClaim_sub="x";', "token_source="),
    ],
)
def test_jaas_that_is_not_understood_is_refused_without_showing_it(text: str, advice: str) -> None:
    with pytest.raises(KeywordMisused) as refusal:
        jaas(text)
    assert (advice in str(refusal.value), "hunter2" in str(refusal.value)) == (True, False)


@pytest.mark.parametrize(("java", "ours"), RENAMED.items())
def test_a_property_with_another_name_here(java: str, ours: str) -> None:
    assert translated(Properties({java: "x"})) == {ours: "x"}


@pytest.mark.parametrize("name", [name + ("x" if name.endswith(".") else "") for name in IGNORED])
def test_a_property_that_means_nothing_here_is_left_out(name: str) -> None:
    assert translated(Properties({name: "org.example.Any"})) == {}


@pytest.mark.parametrize("name", REFUSED)
def test_a_java_class_that_would_matter_is_refused(name: str) -> None:
    with pytest.raises(KeywordMisused, match=f"'{name}' can't be used"):
        translated(Properties({name: "org.example.Any"}))


def test_a_login_handler_of_java_is_refused() -> None:
    with pytest.raises(KeywordMisused, match=r"OwnHandler is a Java class.\nGive .* token_source="):
        translated(Properties({"sasl.login.callback.handler.class": "com.example.OwnHandler"}))


@pytest.mark.parametrize("kind", ["", "PEM", "JKS"])
def test_a_truststore_in_pem_is_the_authority(tmp_path: Path, kind: str) -> None:
    place = a_store(tmp_path, "trust.store", PEM)
    given = {"ssl.truststore.location": place, "ssl.truststore.type": kind, "ssl.truststore.password": "x"}
    assert translated(Properties(given)) == {"ssl.ca.location": place}


@pytest.mark.parametrize(("content", "kind"), [(JKS, "JKS"), (PKCS12, "PKCS12")])
def test_a_truststore_that_only_java_reads_is_refused(tmp_path: Path, content: bytes, kind: str) -> None:
    place = a_store(tmp_path, "trust.jks", content)
    with pytest.raises(KeywordMisused, match=rf"a {kind} truststore, which only Java reads.\n.*ssl.ca.location="):
        translated(Properties({"ssl.truststore.location": place}))


@pytest.mark.parametrize(("name", "kind"), [("a.pem", "PEM"), ("a.crt", "PEM")])
def test_a_truststore_that_is_not_there_is_known_by_its_name(name: str, kind: str) -> None:
    assert translated(Properties({"ssl.truststore.location": f"/none/{name}"})) == {"ssl.ca.location": f"/none/{name}"}


@pytest.mark.parametrize("said", ["PKCS12", "JKS", ""])
def test_a_keystore_in_pkcs12_is_taken_whatever_it_is_called(tmp_path: Path, said: str) -> None:
    place = a_store(tmp_path, "key.jks", PKCS12)
    given = {"ssl.keystore.location": place, "ssl.keystore.type": said, "ssl.keystore.password": "x"}
    assert translated(Properties(given)) == {"ssl.keystore.location": place, "ssl.keystore.password": "x"}


def test_a_keystore_in_pem_is_key_and_certificate(tmp_path: Path) -> None:
    place = a_store(tmp_path, "key.store", PEM)
    given = {"ssl.keystore.location": place, "ssl.keystore.type": "PEM", "ssl.key.password": "x"}
    assert translated(Properties(given)) == {
        "ssl.certificate.location": place,
        "ssl.key.location": place,
        "ssl.key.password": "x",
    }


def test_a_keystore_that_only_java_reads_is_refused(tmp_path: Path) -> None:
    place = a_store(tmp_path, "key.jks", JKS)
    with pytest.raises(KeywordMisused, match=r"a JKS keystore, .*\n.*ssl.key.location= and ssl.certificate.location="):
        translated(Properties({"ssl.keystore.location": place}))


@pytest.mark.parametrize("value", ["", " "])
def test_no_algorithm_looks_at_no_name(value: str) -> None:
    name = "ssl.endpoint.identification.algorithm"
    assert translated(Properties({name: value})) == {name: "none"}


def test_the_registrys_stores_are_understood_too(tmp_path: Path) -> None:
    place = a_store(tmp_path, "trust.store", PEM)
    given = {"schema.registry.ssl.truststore.location": place}
    assert translated(Properties(given)) == {"schema.registry.ssl.ca.location": place}


def test_the_provider_of_the_environment_is_known() -> None:
    given = {
        "config.providers": "env",
        "config.providers.env.class": "org.apache.kafka.common.config.provider.EnvVarConfigProvider",
    }
    assert translated(Properties(given)) == {}


def test_another_provider_is_refused() -> None:
    given = {"config.providers": "f", "config.providers.f.class": "org.example.FileConfigProvider"}
    with pytest.raises(KeywordMisused, match=r"config\.providers"):
        translated(Properties(given))
