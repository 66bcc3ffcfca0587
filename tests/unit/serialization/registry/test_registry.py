"""The schema registry: what is asked of it, what is kept of its answers, and each of its failures in words."""

from __future__ import annotations

import logging
import socket
import ssl
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar

import pytest

from KafkaLibrary.errors import KafkaUnusable, KeywordMisused
from KafkaLibrary.serialization.frames import GlobalId
from KafkaLibrary.serialization.registry.answers import Compatibility, Reference, Registered
from KafkaLibrary.serialization.registry.registry import (
    Incompatible,
    Registry,
    UnknownSchema,
    UnknownSubject,
    UnknownVersion,
)
from tests.unit.serialization.registry.answering import Server, answering

# Of httpx, which older versions of the client stand on.
pytestmark = pytest.mark.filterwarnings("ignore:.verify=<str>. is deprecated:DeprecationWarning")

SECRET = "s3cr3t/word"
TEXT = '{"type":"string"}'
NO_SUBJECT = (404, {"error_code": 40401, "message": "Subject not found."})
NO_VERSION = (404, {"error_code": 40402, "message": "Version not found."})
NO_SCHEMA = (404, {"error_code": 40403, "message": "Schema not found"})


def plain(text: str) -> str:
    return text


def masking(text: str) -> str:
    return text.replace(SECRET, "***")


@pytest.fixture
def server() -> Iterator[Server]:
    with answering() as made:
        yield made


@pytest.fixture
def registry(server: Server) -> Iterator[Registry]:
    made = Registry({"url": server.url}, plain)
    yield made
    made.close()


def version_of(subject: str, number: int, schema_id: int, text: str = TEXT, **more: Any) -> dict[str, Any]:
    return {"subject": subject, "version": number, "id": schema_id, "schema": text, **more}


def asked(properties: dict[str, Any], masked: Callable[[str], str] = plain) -> list[str]:
    """The subjects of a registry with these properties."""
    with closing(Registry(properties, masked)) as registry:
        return registry.subjects()


def failure(call: Callable[[], object], kind: type[BaseException] = KafkaUnusable) -> str:
    """The message of a failure, of which no other exception may tell more than it does."""
    with pytest.raises(kind) as raised:
        call()
    assert SECRET not in "".join(traceback.format_exception(raised.value))
    return str(raised.value)


class TestSchemasById:
    def test_a_schema_is_asked_for_once(self, server: Server, registry: Registry) -> None:
        server.answers["GET /schemas/ids/7"] = (200, {"schema": TEXT})
        assert registry.find(7) == registry.find(7) == Registered(7, "avro", TEXT)
        assert server.asked == ["GET /schemas/ids/7"]

    @pytest.mark.parametrize(("named", "kind"), [("AVRO", "avro"), ("PROTOBUF", "protobuf"), ("JSON", "json-schema")])
    def test_the_kind_is_what_the_registry_says(
        self, server: Server, registry: Registry, named: str, kind: str
    ) -> None:
        server.answers["GET /schemas/ids/7"] = (200, {"schema": TEXT, "schemaType": named})
        assert registry.find(7).kind == kind

    def test_an_unknown_id_is_asked_for_once_in_a_while(self, server: Server, registry: Registry) -> None:
        server.answers["GET /schemas/ids/9"] = NO_SCHEMA
        said = {failure(lambda: registry.find(9), UnknownSchema) for _ in range(3)}
        assert said == {f"the schema registry at {server.url} has no schema with the id 9"}
        assert len(server.asked) == 1

    def test_an_unknown_id_is_asked_for_again_later(
        self, server: Server, registry: Registry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        server.answers["GET /schemas/ids/9"] = NO_SCHEMA
        failure(lambda: registry.find(9), UnknownSchema)
        server.answers["GET /schemas/ids/9"] = (200, {"schema": TEXT})
        begun = time.monotonic()
        monkeypatch.setattr("KafkaLibrary.serialization.registry.registry.time.monotonic", lambda: begun + 6)
        assert registry.find(9).text == TEXT

    def test_a_schema_is_found_by_its_guid(self, server: Server, registry: Registry) -> None:
        server.answers["GET /schemas/guids/a-b"] = (200, {"schema": TEXT, "id": 7})
        assert registry.find("a-b") == registry.find("a-b") == Registered(7, "avro", TEXT)
        assert len(server.asked) == 1

    def test_a_registry_may_not_know_guids(self, server: Server, registry: Registry) -> None:
        server.answers["GET /schemas/guids/a-b"] = (404, b"")
        server.answers["GET /subjects"] = (200, [])
        said = failure(lambda: registry.find("a-b"), UnknownSchema)
        assert said.endswith("has no schema with the guid a-b, or finds schemas by their ids only")

    def test_a_schema_that_needs_a_lost_one_is_unknown(self, server: Server, registry: Registry) -> None:
        needed = {"name": "x", "subject": "gone", "version": 1}
        server.answers["GET /schemas/ids/7"] = (200, {"schema": TEXT, "references": [needed]})
        server.answers["GET /subjects/gone/versions/1"] = NO_SUBJECT
        server.answers["GET /subjects"] = (200, [])
        said = failure(lambda: registry.find(7), UnknownSchema)
        assert "needs another one: The schema registry" in said
        assert "has no subject 'gone'" in said


class TestGlobalIds:
    """As Apicurio Registry 3.3.3 answers."""

    FOUND: ClassVar = {"count": 1, "versions": [{"artifactType": "AVRO", "globalId": 2, "contentId": 1}]}

    def test_a_version_leads_to_its_schema(self, server: Server, registry: Registry) -> None:
        server.answers["GET /registry/v3/search/versions"] = (200, self.FOUND)
        server.answers["GET /schemas/ids/1"] = (200, {"schema": TEXT})
        assert registry.find(GlobalId(2)) == registry.find(GlobalId(2)) == Registered(1, "avro", TEXT)
        assert len(server.asked) == 2

    def test_one_that_the_registry_does_not_know(self, server: Server, registry: Registry) -> None:
        server.answers["GET /registry/v3/search/versions"] = (200, {"count": 0, "versions": []})
        assert failure(lambda: registry.find(GlobalId(2)), UnknownSchema).endswith("no schema with the globalId 2")

    def test_a_registry_of_another_maker_has_none(self, server: Server, registry: Registry) -> None:
        for answer in (NO_SCHEMA, (404, b"")):
            server.answers["GET /registry/v3/search/versions"] = answer
            with closing(Registry({"url": server.url}, plain)) as another:
                said = failure(lambda: another.find(GlobalId(2)), UnknownSchema)
            assert "it is not an Apicurio Registry 3" in said


class TestReferences:
    def test_those_that_others_need_come_first_and_each_once(self, server: Server, registry: Registry) -> None:
        def needs(*names: str) -> list[dict[str, Any]]:
            return [{"name": f"{name}.proto", "subject": name, "version": 1} for name in names]

        server.answers["GET /schemas/ids/7"] = (200, {"schema": "root", "references": needs("a", "b")})
        server.answers["GET /subjects/a/versions/1"] = (200, version_of("a", 1, 1, "A", references=needs("c")))
        server.answers["GET /subjects/b/versions/1"] = (200, version_of("b", 1, 2, "B", references=needs("c")))
        server.answers["GET /subjects/c/versions/1"] = (200, version_of("c", 1, 3, "C"))
        found = registry.find(7)
        assert found.references == (("c.proto", "C"), ("a.proto", "A"), ("b.proto", "B"))
        assert found.raw_references == (Reference("a.proto", "a", 1), Reference("b.proto", "b", 1))

    def test_a_circle_of_them_ends(self, server: Server, registry: Registry) -> None:
        needs_a = [{"name": "a", "subject": "a", "version": 1}]
        needs_b = [{"name": "b", "subject": "b", "version": 1}]
        server.answers["GET /schemas/ids/7"] = (200, {"schema": "root", "references": needs_a})
        server.answers["GET /subjects/a/versions/1"] = (200, version_of("a", 1, 1, "A", references=needs_b))
        server.answers["GET /subjects/b/versions/1"] = (200, version_of("b", 1, 2, "B", references=needs_a))
        assert dict(registry.find(7).references) == {"a": "A", "b": "B"}

    def test_one_without_a_version_is_the_latest_when_it_is_sent(self, server: Server, registry: Registry) -> None:
        server.answers["GET /subjects/a/versions/latest"] = (200, version_of("a", 3, 1))
        server.answers["POST /subjects/s/versions"] = (200, {"id": 5})
        registry.register("s", "avro", TEXT, [Reference("shop.A", "a"), Reference("shop.B", "b", 2)])
        assert server.bodies[-1]["references"] == [
            {"name": "shop.A", "subject": "a", "version": 3},
            {"name": "shop.B", "subject": "b", "version": 2},
        ]


class TestSubjects:
    def test_the_latest_version_is_asked_for_each_time(self, server: Server, registry: Registry) -> None:
        server.answers["GET /subjects/s/versions/latest"] = (200, version_of("s", 1, 5))
        assert registry.latest("s").version == 1
        server.answers["GET /subjects/s/versions/latest"] = (200, version_of("s", 2, 6))
        assert registry.latest("s") == Registered(6, "avro", TEXT, subject="s", version=2)

    def test_a_subject_may_have_any_name(self, server: Server, registry: Registry) -> None:
        server.answers["GET /subjects/a%2Fb%20%C3%A4%3Ac/versions/latest"] = (200, version_of("a/b ä:c", 1, 5))
        assert registry.latest("a/b ä:c").id == 5

    def test_an_unknown_subject_has_near_ones(self, server: Server, registry: Registry) -> None:
        server.answers["GET /subjects/order-value/versions/latest"] = NO_SUBJECT
        server.answers["GET /subjects"] = (200, ["orders-value", "payments"])
        assert failure(lambda: registry.latest("order-value"), UnknownSubject) == (
            f"The schema registry at {server.url} has no subject 'order-value'. Did you mean 'orders-value'?"
        )

    def test_an_unknown_version_has_those_that_there_are(self, server: Server, registry: Registry) -> None:
        server.answers["GET /subjects/s/versions/9"] = NO_VERSION
        server.answers["GET /subjects/s/versions"] = (200, [2, 1, 4])
        assert failure(lambda: registry.version("s", 9), UnknownVersion) == (
            "The subject 's' has no version 9.\nThe versions are: 1, 2, 4."
        )

    def test_an_identical_schema_has_its_id(self, server: Server, registry: Registry) -> None:
        server.answers["POST /subjects/s"] = (200, version_of("s", 1, 5))
        assert registry.id_of("s", "avro", TEXT) == 5

    @pytest.mark.parametrize("answer", [NO_SUBJECT, NO_SCHEMA])
    def test_no_identical_schema_has_none(self, server: Server, registry: Registry, answer: Any) -> None:
        server.answers["POST /subjects/s"] = answer
        assert registry.id_of("s", "json-schema", TEXT) is None


class TestRegistering:
    def test_it_gives_the_id(self, server: Server, registry: Registry) -> None:
        server.answers["POST /subjects/s/versions"] = (200, {"id": 5})
        assert registry.register("s", "json-schema", TEXT, normalize=True) == 5
        assert server.asked == ["POST /subjects/s/versions?normalize=true"]
        assert server.bodies == [{"schema": TEXT, "schemaType": "JSON"}]

    def test_what_is_no_schema_is_refused_in_the_words_of_the_registry(
        self, server: Server, registry: Registry
    ) -> None:
        server.answers["POST /subjects/s/versions"] = (422, {"error_code": 42201, "message": "Invalid schema: no type"})
        assert failure(lambda: registry.register("s", "avro", "{}"), KeywordMisused) == (
            f"The schema registry at {server.url} refuses the schema: Invalid schema: no type."
        )

    def test_an_incompatible_schema_is_refused_with_the_level(self, server: Server, registry: Registry) -> None:
        server.answers["POST /subjects/s/versions"] = (409, {"error_code": 409, "message": "field b has no default"})
        server.answers["GET /subjects/s/versions"] = (200, [])
        server.answers["GET /config/s"] = (200, {"compatibilityLevel": "BACKWARD"})
        assert failure(lambda: registry.register("s", "avro", TEXT), Incompatible) == (
            "The schema is not compatible with the subject 's' (BACKWARD):\n"
            "    the registry says: field b has no default"
        )


class TestCompatibility:
    @pytest.fixture(autouse=True)
    def a_subject(self, server: Server) -> None:
        server.answers["GET /subjects/s/versions"] = (200, [1, 2])
        server.answers["GET /config/s"] = (200, {"compatibilityLevel": "FULL"})

    def test_a_compatible_schema(self, server: Server, registry: Registry) -> None:
        server.answers["POST /compatibility/subjects/s/versions"] = (200, {"is_compatible": True})
        assert registry.compatibility("s", "avro", TEXT) == Compatibility(True, "FULL")

    def test_the_reasons_are_those_of_the_registry(self, server: Server, registry: Registry) -> None:
        told = [
            "{errorType:'X', description:'The field 'b' has no default', additionalInfo:'b'}",
            "{oldSchemaVersion: 1}",
            "{oldSchema: '{}'}",
            "{validateFields: 'false', compatibility: 'FULL'}",
            "Another reason",
        ]
        answer = (200, {"is_compatible": False, "messages": told})
        server.answers["POST /compatibility/subjects/s/versions"] = answer
        found = registry.compatibility("s", "avro", TEXT)
        assert found == Compatibility(False, "FULL", ("The field 'b' has no default", "Another reason"))

    def test_a_level_that_is_not_the_subjects_own(self, server: Server, registry: Registry) -> None:
        server.answers["GET /config/s"] = (404, {"error_code": 40408, "message": "no config"})
        server.answers["GET /config"] = (200, {"compatibilityLevel": "FORWARD"})
        assert registry.level("s") == "FORWARD"

    def test_a_registry_that_compares_with_one_version_at_a_time(self, server: Server, registry: Registry) -> None:
        server.answers["GET /config/s"] = (200, {"compatibilityLevel": "BACKWARD_TRANSITIVE"})
        compared = "POST /compatibility/subjects/s/versions"
        server.answers[compared] = (405, {"error_code": 405, "message": "HTTP 405 Method Not Allowed"})
        server.answers[f"{compared}/1"] = (200, {"is_compatible": False, "messages": ["no default"]})
        server.answers[f"{compared}/2"] = (200, {"is_compatible": True})
        assert registry.compatibility("s", "avro", TEXT) == Compatibility(False, "BACKWARD_TRANSITIVE", ("no default",))

    def test_a_misspelt_subject_is_never_compatible(self, server: Server, registry: Registry) -> None:
        server.answers["GET /subjects/x/versions"] = NO_SUBJECT
        server.answers["GET /subjects"] = (200, ["s"])
        server.answers["POST /compatibility/subjects/x/versions"] = (200, {"is_compatible": True})
        failure(lambda: registry.compatibility("x", "avro", TEXT), UnknownSubject)


class TestUnusable:
    @staticmethod
    def said(url: str, **properties: Any) -> str:
        with closing(Registry({"url": url, **properties}, masking)) as registry:
            return failure(lambda: registry.latest("s"))

    def test_no_registry_was_given(self) -> None:
        said = failure(lambda: Registry({}, plain), KeywordMisused)
        assert said.startswith("No schema registry was given.\nGive schema_registry=URL")

    def test_its_packages_may_be_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "KafkaLibrary.serialization.registry.client", None)
        said = failure(lambda: Registry({"url": "http://h"}, plain).latest("s"), KeywordMisused)
        assert said.startswith("A schema registry needs more packages: ")
        assert said.endswith("pip install 'robotframework-kafka-events[registry]'")

    def test_a_refused_connection_fails_soon(self) -> None:
        begun = time.monotonic()
        assert self.said("http://127.0.0.1:1") == (
            "The schema registry at http://127.0.0.1:1 can't be used: nothing listens there, the connection is refused."
            "\nIs it running? Check the address that is given as schema_registry=."
        )
        assert time.monotonic() - begun < 5  # of the client's own defaults it would be more

    def test_a_name_that_is_none(self) -> None:
        said = self.said("http://no.such.host.invalid:8081")
        assert "at http://no.such.host.invalid:8081 can't be used: its name can't be resolved (" in said

    def test_no_answer_in_time(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            said = self.said(f"http://127.0.0.1:{silent.getsockname()[1]}", timeout=0.1)
        assert "can't be used: it did not answer within 0.1 seconds.\n" in said
        assert "schema.registry.timeout=" in said

    def test_http_to_a_port_with_tls(self, context: ssl.SSLContext) -> None:
        with answering(context) as secured:
            said = self.said(secured.url.replace("https", "http"))
        assert "It may speak TLS: https://." in said

    def test_tls_to_a_port_without(self, server: Server) -> None:
        said = self.said(server.url.replace("http", "https"))
        assert "can't be used: no TLS connection can be made: " in said
        assert "It may not speak TLS: http://." in said

    def test_a_certificate_that_is_not_trusted(self, context: ssl.SSLContext) -> None:
        with answering(context) as secured:
            said = self.said(secured.url)
        assert "can't be used: its certificate is not trusted: self" in said
        assert "schema.registry.ssl.ca.location=PATH" in said

    def test_a_certificate_that_is_trusted(self, context: ssl.SSLContext, certificate: Path) -> None:
        with answering(context) as secured:
            secured.answers["GET /subjects"] = (200, ["s"])
            assert asked({"url": secured.url, "ssl.ca.location": str(certificate)}) == ["s"]

    def test_verification_can_be_switched_off(self, context: ssl.SSLContext) -> None:
        with answering(context) as secured:
            secured.answers["GET /subjects"] = (200, ["s"])
            assert asked({"url": secured.url, "ssl.ca.location": "False"}) == ["s"]

    def test_a_client_certificate_that_is_missing(self, context: ssl.SSLContext, certificate: Path) -> None:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(certificate)
        with answering(context) as secured:
            said = self.said(secured.url, **{"ssl.ca.location": str(certificate)})
        assert "schema.registry.ssl.certificate.location=PATH" in said

    @pytest.mark.parametrize("status", [401, 403])
    @pytest.mark.parametrize("content", [b"<html>", {"error_code": 40101, "message": "no rights"}])
    def test_a_login_that_is_refused(self, server: Server, status: int, content: Any) -> None:
        server.always = (status, content)
        said = self.said(server.url, **{"basic.auth.user.info": f"ada:{SECRET}"})
        assert f"({status} " in said
        assert "schema.registry.basic.auth.user.info=USER:PASSWORD" in said

    @pytest.mark.parametrize("status", [500, 503])
    def test_a_registry_in_trouble(self, server: Server, status: int) -> None:
        server.always = (status, {"error_code": 50001, "message": f"store of {SECRET} is away"})
        said = self.said(server.url)
        assert f"can't be used: it answers {status} " in said
        assert said.endswith("store of *** is away.\nThe log of the registry may say more.")

    @pytest.mark.parametrize(
        "answer",
        [
            (200, b"<html>"),
            (200, {"a": 1}),
            (200, []),
            (404, b"<html>"),
            (404, {"title": "no"}),
            (302, b""),
            (404, {"error_code": 404, "message": "HTTP 404 Not Found"}),
            (404, {"error_code": "x"}),
            (404, []),
        ],
    )
    def test_something_else_than_a_registry(self, server: Server, answer: Any) -> None:
        server.always = answer
        said = self.said(server.url)
        assert "not as a schema registry does" in said
        assert "schema_registry=" in said

    def test_an_answer_of_no_known_meaning(self, server: Server) -> None:
        server.always = (409, {"error_code": 40999, "message": "under way"})
        assert "it answers 409 with its code 40999: under way." in self.said(server.url)

    def test_the_next_address_is_tried(self, server: Server) -> None:
        server.answers["GET /subjects"] = (200, ["s"])
        assert asked({"url": f"http://127.0.0.1:1, {server.url}"}) == ["s"]

    def test_each_address_is_named_where_none_answers(self) -> None:
        said = self.said("http://127.0.0.1:1,http://127.0.0.1:2")
        assert "http://127.0.0.1:1 can't" in said
        assert "http://127.0.0.1:2 can't" in said

    @pytest.mark.parametrize("url", ["localhost:8081", "mock://x", "http://", "http://h:99999999", "ftp://h"])
    def test_no_address(self, url: str) -> None:
        said = failure(lambda: asked({"url": url}), KeywordMisused)
        assert said.startswith("schema_registry= is not a schema registry address.\nWrite it as http://HOST:PORT")


class TestProperties:
    def test_a_login_is_sent(self, server: Server) -> None:
        server.answers["GET /subjects"] = (200, [])
        asked({"url": server.url, "basic.auth.user.info": "ada:x"})
        assert server.headers["authorization"] == "Basic YWRhOng="

    def test_a_login_may_stand_in_the_url_and_is_seen_nowhere(
        self, server: Server, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        address = server.url.replace("http://", f"http://ada:{SECRET.replace('/', '%2F')}@")
        server.answers["GET /subjects"] = (200, [])
        with closing(Registry({"url": address}, plain)) as registry:
            assert registry.subjects() == []
            assert registry.url == server.url
            server.always = (500, {"error_code": 1, "message": ""})
            assert "s3cr3t" not in failure(registry.subjects)
        assert server.headers["authorization"] == "Basic YWRhOnMzY3IzdC93b3Jk"
        assert "s3cr3t" not in caplog.text
        assert "YWRhOnMzY3IzdC93b3Jk" not in caplog.text

    def test_a_login_twice(self) -> None:
        given = {"url": "http://a:b@h", "basic.auth.user.info": "a:b"}
        assert "was given twice" in failure(lambda: asked(given), KeywordMisused)

    def test_a_token_is_sent(self, server: Server) -> None:
        server.answers["GET /subjects"] = (200, [])
        given = {
            "url": server.url,
            "bearer.auth.credentials.source": "STATIC_TOKEN",
            "bearer.auth.token": "abc",
            "bearer.auth.logical.cluster": "c",
            "bearer.auth.identity.pool.id": "p",
        }
        asked(given)
        assert server.headers["authorization"] == "Bearer abc"

    def test_numbers_may_be_text(self, server: Server) -> None:
        server.answers["GET /subjects"] = (200, [])
        given = {"url": server.url, "timeout": "2.5", "max.retries": "0", "basic.auth.credentials.source": "USER_INFO"}
        assert asked(given) == []

    @pytest.mark.parametrize("value", ["x", "-1", "inf", "nan", True, None])
    def test_what_is_no_number(self, value: Any) -> None:
        given = {"url": "http://h", "timeout": value}
        said = failure(lambda: asked(given), KeywordMisused)
        assert said.startswith("schema.registry.timeout is a number, not ")

    def test_an_unknown_property_has_near_ones(self) -> None:
        given = {"url": "http://h", "basic.auth.userinfo": SECRET}
        said = failure(lambda: asked(given, masking), KeywordMisused)
        assert said.endswith("Did you mean 'basic.auth.user.info'?")

    def test_a_file_that_is_not_there(self) -> None:
        given = {"url": "https://h", "ssl.ca.location": "no/such.pem"}
        assert failure(lambda: asked(given), KeywordMisused) == (
            "There is no file 'no/such.pem' for schema.registry.ssl.ca.location."
        )

    def test_a_timeout_of_the_runner_gets_through(self, registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
        class TimeoutExceeded(Exception):
            """As Robot Framework 7.3 and 7.4 have it."""

        def interrupted(*_: Any, **__: Any) -> None:
            raise TimeoutExceeded

        monkeypatch.setattr(registry._client._servers[0].rest.session, "request", interrupted)
        with pytest.raises(TimeoutExceeded):
            registry.find(1)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine, signed by itself, with its key in the same file."""
    folder = tmp_path_factory.mktemp("certificate")
    command = [
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"),
        *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "certificate.pem"),
    ]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_text((folder / "key.pem").read_text() + (folder / "certificate.pem").read_text())
    return both


@pytest.fixture
def context(certificate: Path) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate)
    return made
