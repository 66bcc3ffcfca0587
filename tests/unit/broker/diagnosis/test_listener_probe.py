"""A probe of a listener: what speaks there, whether it asks for a login, and what is wrong with its certificate."""

from __future__ import annotations

import ssl
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import trustme

from KafkaLibrary.broker.diagnosis.listener_probe import Certificate, Probe, Seen, Speaks, Trust
from tests.unit.broker.listeners import LOCALHOST, Answer, babbling, closing, kafka, listening, silent, web_server

PATIENCE = 20.0
PUBLIC = Trust()
NOW = datetime.now(timezone.utc)


def look(
    answer: Answer, context: ssl.SSLContext | None = None, trust: Trust = PUBLIC, *, tls_first: bool = False
) -> Seen:
    with listening(answer, context) as port:
        seen = Probe(LOCALHOST, port, trust, tls_first=tls_first).seen(PATIENCE)
    assert seen is not None
    return seen


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trust(authority: trustme.CA) -> Trust:
    return Trust(pem=authority.cert_pem.bytes().decode())


def server(leaf: trustme.LeafCert, clients: trustme.CA | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    if clients is not None:
        clients.configure_trust(context)
        context.verify_mode = ssl.CERT_REQUIRED
    return context


@pytest.mark.parametrize("tls_first", [False, True])
@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        (kafka(), Seen(False, Speaks.KAFKA)),
        (kafka("PLAIN", "SCRAM-SHA-512"), Seen(False, Speaks.KAFKA, ("PLAIN", "SCRAM-SHA-512"))),
        (web_server, Seen(False, Speaks.HTTP)),
        (closing, Seen()),
        (babbling, Seen()),
    ],
    ids=["kafka", "login", "web", "closing", "babbling"],
)
def test_what_speaks_without_tls(answer: Answer, seen: Seen, tls_first: bool) -> None:
    assert look(answer, tls_first=tls_first) == seen


@pytest.mark.parametrize("tls_first", [False, True])
@pytest.mark.parametrize(
    ("answer", "speaks", "mechanisms"),
    [
        (kafka(), Speaks.KAFKA, ()),
        (kafka("PLAIN"), Speaks.KAFKA, ("PLAIN",)),
        (web_server, Speaks.HTTP, ()),
        (closing, Speaks.NOTHING, ()),
    ],
    ids=["kafka", "login", "web", "closing"],
)
def test_what_speaks_over_tls(
    answer: Answer, speaks: Speaks, mechanisms: tuple[str, ...], tls_first: bool, authority: trustme.CA, trust: Trust
) -> None:
    context = server(authority.issue_cert(LOCALHOST))
    assert look(answer, context, trust, tls_first=tls_first) == Seen(True, speaks, mechanisms)


def test_a_certificate_that_nobody_trusts(authority: trustme.CA) -> None:
    seen = look(kafka(), server(authority.issue_cert(LOCALHOST)), Trust(), tls_first=True)
    assert seen == Seen(True, Speaks.KAFKA, (), Certificate.UNTRUSTED)


def test_an_authority_in_a_file(authority: trustme.CA, tmp_path: Path) -> None:
    place = tmp_path / "ca.pem"
    place.write_bytes(authority.cert_pem.bytes())
    seen = look(kafka(), server(authority.issue_cert(LOCALHOST)), Trust(str(place)), tls_first=True)
    assert seen.certificate is Certificate.GOOD


def test_a_certificate_for_other_names(authority: trustme.CA, trust: Trust) -> None:
    context = server(authority.issue_cert("kafka.example.com", "10.0.0.7"))
    seen = look(kafka(), context, trust, tls_first=True)
    assert (seen.certificate, set(seen.names)) == (Certificate.OTHER_NAME, {"kafka.example.com", "10.0.0.7"})


def test_a_name_that_is_not_to_be_looked_at(authority: trustme.CA, trust: Trust) -> None:
    context = server(authority.issue_cert("kafka.example.com"))
    assert look(kafka(), context, Trust(pem=trust.pem, names=False), tls_first=True).certificate is Certificate.GOOD


@pytest.mark.parametrize(
    ("begins", "ends", "verdict"),
    [(-9, -1, Certificate.EXPIRED), (1, 9, Certificate.NOT_YET), (-1, 1, Certificate.GOOD)],
)
def test_when_a_certificate_is_valid(
    authority: trustme.CA, trust: Trust, begins: int, ends: int, verdict: Certificate
) -> None:
    before, after = NOW + timedelta(days=begins), NOW + timedelta(days=ends)
    context = server(authority.issue_cert(LOCALHOST, not_before=before, not_after=after))
    assert look(kafka(), context, trust, tls_first=True).certificate is verdict


def test_a_listener_that_wants_a_certificate_is_no_riddle(authority: trustme.CA, trust: Trust) -> None:
    seen = look(kafka(), server(authority.issue_cert(LOCALHOST), authority), trust, tls_first=True)
    assert (seen.tls, seen.certificate) == (True, Certificate.GOOD)


def test_nobody_waits_for_a_probe_longer_than_asked() -> None:
    with listening(silent) as port:
        assert Probe(LOCALHOST, port, Trust(), tls_first=False).seen(0) is None


@pytest.mark.parametrize(("host", "port"), [("no.such.host.invalid", 9092), (LOCALHOST, 1), ("a" * 300, 9092)])
def test_where_nobody_is_nothing_is_seen(host: str, port: int) -> None:
    assert Probe(host, port, Trust(), tls_first=True).seen(60) == Seen()
