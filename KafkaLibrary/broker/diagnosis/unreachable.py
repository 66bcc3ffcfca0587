"""The reason and the advice where Kafka can't be reached, from what the client said and from a probe of the listener.

The client's words are clear for some mistakes and the same for others. A table says which are
which; where they are not clear, a probe of the listener tells.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import NamedTuple

from KafkaLibrary.broker.diagnosis.client_errors import ClientErrors
from KafkaLibrary.broker.diagnosis.host_names import resolved
from KafkaLibrary.broker.diagnosis.listener_probe import Certificate, Probe, Seen, Speaks, Trust
from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.deadline import SLICE, Deadline

_LOOKED_AFTER = 0.5
_SHARE = 0.3
_REPEATED = 1.0
"""Seconds for which a login must be refused before nothing else is waited for."""
_WHERE = re.compile(r"(?:\w+://)?(?P<host>\[[0-9a-fA-F:.]+\]|[^\s/:\[\]]+):(?P<port>\d+)/(?P<who>\w+)")
_BOOTSTRAP_SERVER = re.compile(r"(?:\w+://)?(?P<host>\[[^\]]+\]|[^:/]+)(?::(?P<port>\d+))?$")
_USUAL_PORT = 9092
_GENERAL = "Check that Kafka is running, and that bootstrap_servers= and the security settings match its listener."
_ADVERTISED = (
    "Kafka itself gave this address: it is one of the broker's advertised.listeners, and must be reachable from here."
)
_SENT_ON = (
    "Clients then connect to the addresses in the brokers' advertised.listeners: these must be reachable from here too."
)


class Reason(NamedTuple):
    """Why, without a stop at its end, and what to do about it."""

    text: str
    advice: str = _GENERAL
    final: bool = False
    """Whether waiting longer would not have helped."""


class Said(NamedTuple):
    """Words of the client, and what they mean. The reason and the advice may name groups of the words' pattern."""

    words: re.Pattern[str]
    reason: str
    advice: str
    final: bool = False
    """Whether waiting can't help."""


def _said(words: str, reason: str, advice: str, *, final: bool = False) -> Said:
    return Said(re.compile(words, re.IGNORECASE | re.DOTALL), reason, advice, final)


_CLEAR = (
    _said(
        r"failed to resolve '(?P<host>[^':]*)",
        "the name '{host}' can't be resolved",
        "Correct the host name in bootstrap_servers=, or make it known to this machine.",
    ),
    _said(
        r"invalid credentials|invalid username or password|invalid user credentials",
        "the login was refused: the user or the password is wrong. Kafka does not say which",
        "Check sasl.username and sasl.password, and that the user exists for sasl.mechanism={mechanism}.",
        final=True,
    ),
    _said(
        r"unsupported sasl mechanism: broker's supported mechanisms: *(?P<known>\S+)",
        "the login was refused: the listener rejects sasl.mechanism={mechanism}; it supports {known}",
        "Set sasl.mechanism= to one of these.",
        final=True,
    ),
    _said(
        r"not valid in current sasl state",
        "the listener has no login, but security.protocol={protocol} needs one",
        "Set security.protocol={without_login}, or use the address of a listener with a login.",
        final=True,
    ),
    _said(
        r"invalid_client|unauthorized_client|token\D*\(40[013]\)",
        "the token endpoint refused the client",
        "Check sasl.oauthbearer.client.id, sasl.oauthbearer.client.secret and sasl.oauthbearer.scope.",
        final=True,
    ),
    _said(
        r"must supply an unexpired token: now=(?P<now>\d+)ms, exp=(?P<expiry>\d+)ms",
        "the token had already expired, at {expiry} by the issuer's clock; here it is {now}",
        "Compare the clocks of this machine and of the token endpoint, and the lifetime of its tokens.",
        final=True,
    ),
    _said(
        r"oauth callback raised exception",  # so confluent-kafka says of a token that has expired
        "the token had expired, and no newer one arrived in time",
        "Let token_source= return tokens that live longer than a minute.",
    ),
    _said(
        r"failed to acquire sasl oauthbearer token: (?P<said>.*)",
        "the token endpoint sent no token: {said}",
        "Check sasl.oauthbearer.token.endpoint.url, and that it can be reached from here.",
    ),
    _said(
        r"invalid_token",
        "the token was refused{claims}",
        "Check the token's issuer, audience and lifetime, and the clocks of this machine and of Kafka.",
        final=True,
    ),
    _said(
        r"certificate[^:]*required|alert (bad certificate|handshake failure|unknown ca|certificate (unknown|expired))",
        "{client_certificate}",
        "{client_certificate_advice}",
        final=True,
    ),
    _said(
        r"sasl authentication error|sasl .*handshake failed",
        "the login was refused: {words}",
        "Check sasl.mechanism and what it needs.",
    ),
)


@dataclass(frozen=True, slots=True)
class _Unlike:
    """What a probe shows that is not as the settings say."""

    holds: Callable[[Settings, Seen], bool]
    reason: str
    advice: str


_SEEN = (
    _Unlike(
        lambda _, seen: seen.speaks is Speaks.HTTP,
        "this is not Kafka: a web server answers",
        "Give the address of a Kafka listener as bootstrap_servers=; a web console or a proxy has another port.",
    ),
    _Unlike(
        lambda settings, seen: seen.tls and not settings.uses_tls,
        "the listener uses TLS, but security.protocol={protocol} does not",
        "Set security.protocol={fitting}, and ssl.ca.location= if the authority is not public.",
    ),
    _Unlike(
        lambda settings, seen: settings.uses_tls and not seen.tls and seen.speaks is Speaks.KAFKA,
        "the listener has no TLS, but security.protocol={protocol} uses it",
        "Set security.protocol={fitting}, or use the address of a listener with TLS.",
    ),
    _Unlike(
        lambda settings, seen: settings.uses_tls and seen.certificate is Certificate.UNTRUSTED,
        "the listener's certificate is not trusted: no authority known here has signed it",
        "Give the certificate of that authority, a PEM file, as ssl.ca.location=; now it is {authority}.",
    ),
    _Unlike(
        lambda settings, seen: settings.uses_tls and seen.certificate is Certificate.OTHER_NAME,
        "the listener's certificate is for another name: for {names}, and not for {host}",
        "Use a name of the certificate in bootstrap_servers= and the broker's advertised.listeners; "
        "ssl.endpoint.identification.algorithm=none ignores names.",
    ),
    _Unlike(
        lambda settings, seen: settings.uses_tls and seen.certificate is Certificate.EXPIRED,
        "the listener's certificate has expired",
        "Renew it on the broker, and check the clock of this machine.",
    ),
    _Unlike(
        lambda settings, seen: settings.uses_tls and seen.certificate is Certificate.NOT_YET,
        "the listener's certificate is not valid yet",
        "Check the clock of this machine, and the time for which the certificate was made.",
    ),
    _Unlike(
        lambda settings, seen: bool(seen.mechanisms) and not settings.uses_login,
        "the listener requires a login, but security.protocol={protocol} has none",
        "Set security.protocol={fitting}, sasl.mechanism= to one of {mechanisms}, and the login itself.",
    ),
    _Unlike(
        lambda settings, seen: seen.speaks is Speaks.KAFKA and settings.uses_login and not seen.mechanisms,
        "the listener has no login, but security.protocol={protocol} needs one",
        "Set security.protocol={without_login}, or use the address of a listener with a login.",
    ),
)


def _without_port(addresses: str) -> list[str]:
    """Those of the addresses for which the client takes the usual port."""
    servers = ((one, _BOOTSTRAP_SERVER.match(one)) for one in addresses.replace(" ", "").split(",") if one)
    return [one for one, server in servers if server is not None and server["port"] is None]


class Diagnosis:
    """What is wrong between one connection and its Kafka."""

    def __init__(self, settings: Settings, client_errors: ClientErrors) -> None:
        self._settings = settings
        self._client_errors = client_errors
        self._probe: Probe | None = None
        self._unresolved = ""

    def resolve(self, deadline: Deadline) -> bool:
        """Whether a host of the address has a name that is known, within that time."""
        servers = map(_BOOTSTRAP_SERVER.match, self._settings.bootstrap_servers.replace(" ", "").split(","))
        hosts = {server["host"].strip("[]") for server in servers if server is not None}
        self._unresolved = "" if resolved(hosts, deadline) else ", ".join(sorted(hosts))
        return not self._unresolved

    def go_on(self, deadline: Deadline) -> bool:
        """To be called while an answer is awaited; false where waiting longer can't help."""
        self._settings.renew_token()
        if deadline.elapsed() > min(_LOOKED_AFTER, deadline.seconds * _SHARE) and self._is_in_the_dark():
            self._begin()
        return not self._is_final(deadline)

    def _is_in_the_dark(self) -> bool:
        """Whether Kafka was never heard of, and nobody has looked yet, or whoever did has found nothing."""
        if self._client_errors.was_heard:
            return False
        return self._probe is None or self._probe.seen(0) == Seen()

    def _begin(self) -> None:
        if self._clear() is None and not self._settings.embedded:
            host, port = self._where()
            if host:
                self._probe = Probe(host, port, self._trust(), tls_first=self._settings.uses_tls)

    def _is_final(self, deadline: Deadline) -> bool:
        errors = self._client_errors
        if errors.was_heard or "," in self._settings.bootstrap_servers:
            return False  # it worked before, or another address may work
        if deadline.elapsed() < _REPEATED or errors.since is None:
            return False
        clear = self._clear()
        if clear is not None:
            return clear[0].final and time.monotonic() - errors.cause_since >= _REPEATED
        return self._probe is not None and self._unlike(self._probe.seen(0)) is not None

    def _unlike(self, seen: Seen | None) -> _Unlike | None:
        """The first thing that a probe shows to be unlike the settings. Waiting helps with none of them."""
        if seen is None:
            return None
        return next((unlike for unlike in _SEEN if unlike.holds(self._settings, seen)), None)

    def reason(self, deadline: Deadline, otherwise: str) -> Reason:
        """Why, as far as it can be known; ``otherwise`` where nothing was heard and seen."""
        reason = self._reason(deadline, otherwise)
        without = _without_port(self._settings.bootstrap_servers)
        if not without or self._client_errors.was_heard or reason.advice == _CLEAR[0].advice:
            return reason
        said = f"No port was given for {', '.join(map(repr, without))}, so {_USUAL_PORT} was used: write HOST:PORT."
        return reason._replace(advice=f"{said}\n{reason.advice}")

    def _reason(self, deadline: Deadline, otherwise: str) -> Reason:
        if self._client_errors.was_heard:
            self._probe = None  # from before it answered
        unresolved, self._unresolved = self._unresolved, ""
        said = self._client_errors.text()
        if not unresolved and self._probe is not None and not said and not self._probe.has_address:
            unresolved = self._where()[0]  # the client itself says that only when the system's resolver has answered
        if unresolved and not self._client_errors.was_heard:
            return Reason(_CLEAR[0].reason.format(host=unresolved), _CLEAR[0].advice)
        clear = self._clear()
        if clear is not None:
            return self._told(*clear)
        probe, self._probe = self._probe, None
        seen = probe.seen(max(deadline.remaining(), SLICE / 2)) if probe is not None else None
        unlike = self._unlike(seen)
        if seen is not None and unlike is not None:
            words = self._words(seen)
            return Reason(unlike.reason.format_map(words), unlike.advice.format_map(words), final=True)
        found = _WHERE.search(said)
        if found is not None and found["who"] != "bootstrap" and "refused" in said:
            return Reason(said.rstrip("."), _ADVERTISED)
        if not said and seen is not None and seen.speaks is Speaks.KAFKA:
            where = ":".join(map(str, self._where()))
            return Reason(f"{otherwise.rstrip('.')}, although Kafka answers at {where}", _SENT_ON)
        return Reason((said or otherwise).rstrip("."))

    def _clear(self) -> tuple[Said, re.Match[str]] | None:
        text = self._client_errors.text()
        return next(((said, found) for said in _CLEAR if (found := said.words.search(text))), None)

    def _told(self, said: Said, found: re.Match[str]) -> Reason:
        words = self._words(Seen()) | {"words": self._client_errors.text()} | found.groupdict()
        for name in ("now", "expiry"):
            if name in found.groupdict():
                moment = datetime.fromtimestamp(int(words[name]) / 1000, timezone.utc)
                words[name] = f"{moment:%Y-%m-%d %H:%M:%S} UTC"
        advice = said.advice.format_map(words)
        where = _WHERE.search(self._client_errors.text())
        if said is _CLEAR[0] and where is not None and where["who"] != "bootstrap":
            advice = _ADVERTISED
        return Reason(said.reason.format_map(words).rstrip("."), advice, said.final)

    def _words(self, seen: Seen) -> dict[str, str]:
        settings = self._settings
        given = settings.properties
        authority = given.get("ssl.ca.location") or (
            "given as PEM" if given.get("ssl.ca.pem") else "this machine's own"
        )
        return {
            "protocol": settings.protocol,
            "without_login": "SSL" if settings.uses_tls else "PLAINTEXT",
            "fitting": ("SASL_" if seen.mechanisms else "") + ("SSL" if seen.tls else "PLAINTEXT"),
            "mechanism": settings.mechanism,
            "mechanisms": ", ".join(sorted(seen.mechanisms)),
            "authority": str(authority),
            "names": ", ".join(seen.names) or "none readable",
            "host": self._where()[0],
            "claims": settings.token_source.described() if settings.token_source is not None else "",
            **_CLIENT_CERTIFICATE[settings.has_certificate],
        }

    def _where(self) -> tuple[str, int]:
        """The address that made trouble, else the first that was given."""
        first = self._settings.bootstrap_servers.split(",")[0].strip()
        found = _WHERE.search(self._client_errors.text()) or _BOOTSTRAP_SERVER.match(first)
        if found is None:
            return "", 0
        return found["host"].strip("[]"), int(found["port"] or _USUAL_PORT)

    def _trust(self) -> Trust | None:
        given = self._settings.properties
        if str(given.get("enable.ssl.certificate.verification", "true")).lower() == "false":
            return None
        names = str(given.get("ssl.endpoint.identification.algorithm", "https")).lower() != "none"
        return Trust(str(given.get("ssl.ca.location") or ""), str(given.get("ssl.ca.pem") or ""), names)


_CLIENT_CERTIFICATE: Mapping[bool, Mapping[str, str]] = {
    False: {
        "client_certificate": "the listener requires a client certificate, and none is given",
        "client_certificate_advice": "Give ssl.certificate.location= and ssl.key.location=, or ssl.keystore.location=.",
    },
    True: {
        "client_certificate": "the listener does not accept the client certificate",
        "client_certificate_advice": (
            "Give an unexpired one, signed by an authority that Kafka trusts, as ssl.certificate.location= with "
            "ssl.key.location=, or as ssl.keystore.location=."
        ),
    },
}
