"""Properties files: Java's syntax, variables of the environment, and problems that show no line of the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from KafkaLibrary.broker.settings import properties_file
from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.errors import KeywordMisused

_BLANKS = "".join(map(chr, range(33)))
texts = st.text(st.characters(codec="utf-8"))
_ESCAPES = {
    "\\": "\\\\",
    "\t": "\\t",
    "\n": "\\n",
    "\r": "\\r",
    "\f": "\\f",
    "=": "\\=",
    ":": "\\:",
    "#": "\\#",
    "!": "\\!",
}


def read(text: str, **environment: str) -> dict[str, str]:
    properties, problem = properties_file.parsed(text, "client.properties", environment)
    assert not problem, problem
    return properties


def problem_of(text: str, **environment: str) -> str:
    return properties_file.parsed(text, "client.properties", environment)[1]


def as_java_writes_it(text: str, *, name: bool) -> str:
    """As ``java.util.Properties.store`` does: all but ASCII in pairs of bytes, blanks of a name escaped."""
    written = []
    for place, character in enumerate(text):
        if character == " ":
            written.append("\\ " if name or place == 0 else " ")
        elif character in _ESCAPES:
            written.append(_ESCAPES[character])
        elif " " < character < "\x7f":
            written.append(character)
        else:
            units = character.encode("utf-16-be")
            written.extend(f"\\u{units[at]:02X}{units[at + 1]:02X}" for at in range(0, len(units), 2))
    return "".join(written)


@pytest.mark.parametrize(
    "line",
    [
        "client.id=me",
        "client.id = me",
        "client.id: me",
        "client.id:me",
        "client.id me",
        "client.id\tme",
        "  client.id   =   me  ",
        "client\\.id=me",
        "client.id=\\u006d\\u0065",
        "client.id=m\\\n    e",
        "client.id=\\\r\n\tme",
        "# comment\n! another\n\nclient.id=me",
        "client.id=me\r\n",
        "\ufeffclient.id=me".removeprefix("\ufeff"),
    ],
)
def test_a_property_may_be_written_in_all_of_javas_ways(line: str) -> None:
    assert read(line) == {"client.id": "me"}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("p=a=b:c d", "a=b:c d"),
        ("p=a#b!c", "a#b!c"),
        (r"p=C:\\certificates\\ca.pem", r"C:\certificates\ca.pem"),
        (r"p=a\tb\nc", "a\tb\nc"),
        (r"p=\ud83d\ude00", "😀"),
        ("p=a\\\\", "a\\"),
        ("p=one\\\n# two", "one# two"),
        ("p=", ""),
        ("p=${NAME} $1 ${", "${NAME} $1 ${"),
    ],
)
def test_what_a_value_is(line: str, value: str) -> None:
    assert read(line) == {"p": value}


@given(st.dictionaries(texts.filter(bool), texts, max_size=4))
def test_what_java_has_written_is_read_as_it_was(properties: dict[str, str]) -> None:
    text = "\n".join(
        f"{as_java_writes_it(name, name=True)}={as_java_writes_it(value, name=False)}"
        for name, value in properties.items()
    )
    # Kafka's clients trim their values, and so is it done here; a variable's place is not Java's.
    wanted = {name: value.strip(_BLANKS) for name, value in properties.items() if "${env:" not in value}
    assert {name: value for name, value in read(text).items() if name in wanted} == wanted


@given(st.text())
@example('sasl.jaas.config=x required a="')
@example("=x")
@example("\\u12")
@example("ssl.truststore.location=\0")
def test_any_text_is_read_or_refused(text: str) -> None:
    properties, problem = properties_file.parsed(text, "client.properties", {})
    assert not (properties and problem)


NAMES = [
    "security.protocol", "sasl.mechanism", "sasl.jaas.config", "sasl.username", "sasl.password", "ssl.keystore.type",
    "ssl.keystore.location", "ssl.truststore.type", "ssl.truststore.location", "ssl.endpoint.identification.algorithm",
    "sasl.login.callback.handler.class", "config.providers", "config.providers.env.class", "group.id", "sasl_password",
    "basic.auth.user.info", "schema.registry.url", "ssl.ca.location", "enable.auto.commit",
]  # fmt: skip


@given(st.dictionaries(st.sampled_from(NAMES) | texts, texts))
def test_any_properties_are_taken_or_refused(tmp_path_factory: pytest.TempPathFactory, given: dict[str, str]) -> None:
    place = tmp_path_factory.getbasetemp() / "any.properties"
    lines = (
        f"{as_java_writes_it(name, name=True)}={as_java_writes_it(value, name=False)}" for name, value in given.items()
    )
    place.write_text("\n".join(lines), encoding="utf-8")
    try:
        Settings.read("localhost:9092", str(place), {})
    except KeywordMisused:
        return


@pytest.mark.parametrize(
    "text", ["hunter2", "client.id=x\n\n  hunter2", "=hunter2", "p=\\u00 hunter2", "p=${env:NONE}hunter2"]
)
def test_a_line_that_can_not_be_read_is_named_by_its_number_only(text: str) -> None:
    problem = problem_of(text)
    assert (f"Line {text.count(chr(10)) + 1} " in problem, "hunter2" in problem) == (True, False)


def test_a_variable_of_the_environment_stands_in_a_value() -> None:
    assert read("sasl.password=a-${env:PASSWORD}-${env:MORE}", PASSWORD="x$1\\", MORE="y\n") == {
        "sasl.password": "a-x$1\\-y"
    }


def test_a_variable_that_is_not_set_is_named() -> None:
    assert "'PASSWORD', which is not set" in problem_of("a=b\nsasl.password=${env:PASSWORD}")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", "p=\xe9".encode("latin-1")])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "client.properties"
    place.write_bytes(content)
    with pytest.raises(KeywordMisused, match="not UTF-8 text"):
        properties_file.read(str(place), {})
