"""HTTP requests to a schema registry, by Confluent's own client, and its failures in words.

Of that client the part below its caches is used: they would answer with what another test has
replaced since, and they drop what a registry says of an incompatible schema.
"""

from __future__ import annotations

import http
import json
import socket
import ssl
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.error import OAuthTokenError, SchemaRegistryError

from KafkaLibrary.errors import KafkaUnusable, KeywordMisused, did_you_mean
from KafkaLibrary.files.missing_files import did_you_mean_file
from KafkaLibrary.secrets.client_properties import Properties, concealed
from KafkaLibrary.serialization.registry.answers import Refusal

_DEFAULTS: dict[str, Any] = {"timeout": 4.0, "max.retries": 0, "retries.wait.ms": 100, "retries.max.wait.ms": 500}
_NUMBERS = {
    "timeout": float,
    "max.retries": int,
    "retries.wait.ms": int,
    "retries.max.wait.ms": int,
    "cache.capacity": int,
    "cache.latest.ttl.sec": int,
}
_JAVA_SOURCE = "basic.auth.credentials.source"
_KNOWN = (
    *_NUMBERS, "url", "basic.auth.user.info", "proxy", "ssl.ca.location", "ssl.certificate.location",
    "ssl.key.location", "ssl.key.password", "bearer.auth.credentials.source", "bearer.auth.token",
    "bearer.auth.logical.cluster", "bearer.auth.identity.pool.id", "bearer.auth.client.id",
    "bearer.auth.client.secret", "bearer.auth.scope", "bearer.auth.issuer.endpoint.url",
)  # fmt: skip
_MOST_WORDS = 1500

ADDRESS = "Check the address that is given as schema_registry=."
_LOGIN = "Give the login as schema.registry.basic.auth.user.info=USER:PASSWORD, best inside a Secret."
_AUTHORITY = "Give the authority that signed it as schema.registry.ssl.ca.location=PATH."
_OWN_CERTIFICATE = (
    "It may ask for a certificate: schema.registry.ssl.certificate.location=PATH and schema.registry.ssl.key.location."
)
_PROXY = "Check schema.registry.proxy= and the environment's HTTP_PROXY, HTTPS_PROXY and NO_PROXY."


@dataclass(frozen=True, slots=True)
class _Server:
    url: str
    rest: Any
    http: Any
    """The HTTP library of that client: httpx2, with older ones httpx."""


class RegistryClient:
    """One registry at one address or several, tried in their order."""

    def __init__(self, properties: Mapping[str, Any], masked: Callable[[str], str]) -> None:
        self._masked = masked
        given = _cleaned(properties, masked)
        login = concealed(given.pop("basic.auth.user.info", None))
        self._timeout = given["timeout"]
        self._servers = [self._server(url, login, given) for url in _urls(given.pop("url"))]

    @property
    def url(self) -> str:
        """The address for messages, without a login."""
        return self._masked(", ".join(server.url for server in self._servers))

    def get(self, path: str, *, optional: bool = False) -> Any:
        """The answer to a question. With ``optional`` it is ``None`` where the registry has no such question."""
        return self._ask(lambda server: server.rest.get(path), optional)

    def post(self, path: str, body: Mapping[str, Any], *, optional: bool = False) -> Any:
        """The answer to what is sent."""
        return self._ask(lambda server: server.rest.post(path, body=dict(body)), optional)

    def close(self) -> None:
        for server in self._servers:
            server.rest.session.close()

    def unusable(self, reason: str, advice: str) -> KafkaUnusable:
        """The failure that names the registry, the reason and what to do."""
        return _unusable(self.url, self._masked(reason), advice)

    def _server(self, url: str, login: str | None, given: Mapping[str, Any]) -> _Server:
        bare, own_login = map(concealed, _without_login(url))
        if own_login and login:
            raise KeywordMisused(
                "The schema registry login was given twice: in its URL and as basic.auth.user.info.\nGive it once."
            )
        login = own_login or login
        _check_files(given)
        properties = Properties({**given, "url": bare, **({"basic.auth.user.info": login} if login else {})})
        try:
            rest: Any = SchemaRegistryClient(properties)._rest_client
        except (ValueError, TypeError, OSError) as problem:
            raise KeywordMisused(_refused_property(self._masked(str(problem)), properties)) from None
        # Not every version of the client says which of the two it has chosen.
        return _Server(bare, rest, sys.modules[type(rest.session).__module__.partition(".")[0]])

    def _ask(self, question: Callable[[_Server], Any], optional: bool) -> Any:
        failures = []
        for server in self._servers:
            try:
                return self._answer(server, question)
            except Refusal as refusal:
                unusable = self._unusable(server, refusal)
                if unusable is None:
                    raise
                if optional and refusal.status in (404, 405):
                    return None
                if refusal.status < 500:
                    raise unusable from None
                failures.append(unusable)
            except KafkaUnusable as unusable:
                failures.append(unusable)
        raise KafkaUnusable("\n".join(map(str, failures)))

    def _answer(self, server: _Server, question: Callable[[_Server], Any]) -> Any:
        # Classes by name: a wider net would hold Robot's own timeouts too.
        try:
            return question(server)
        except SchemaRegistryError as problem:
            words = self._masked(str(problem.error_message or ""))[:_MOST_WORDS]
            raise Refusal(problem.http_status_code, _code(problem), words) from None
        except (json.JSONDecodeError, UnicodeDecodeError):
            raise self._unusable_at(server, "it answers, but not as a schema registry does", ADDRESS) from None
        except OAuthTokenError as problem:
            reason = f"no token was obtained: {self._masked(str(problem))[:_MOST_WORDS]}"
            raise self._unusable_at(
                server, reason, "Check the properties that begin with schema.registry.bearer.auth."
            ) from None
        except (server.http.HTTPError, server.http.InvalidURL, OSError) as problem:
            reason, advice = self._in_words(server, problem)
            raise self._unusable_at(server, self._masked(reason), advice) from None
        except ValueError as problem:  # of a token's properties
            raise KeywordMisused(f"The schema registry is unusable: {self._masked(str(problem))}.") from None

    def _unusable_at(self, server: _Server, reason: str, advice: str) -> KafkaUnusable:
        return _unusable(self._masked(server.url), reason, advice)

    def _unusable(self, server: _Server, refusal: Refusal) -> KafkaUnusable | None:
        """The failure of an answer that is none of a registry's own; nothing where it is."""
        status = refusal.status
        called = f"{status} {_phrase(status)}"
        if status in (401, 403, 407):
            words = f", {refusal.words}" if refusal.code > 0 and refusal.words else ""
            refused = "allow this to the login that it was given" if status == 403 else "accept the login"
            return self._unusable_at(server, f"it does not {refused} ({called}{words})", _LOGIN)
        if status >= 500 or status in (408, 429):
            words = f": {refusal.words}" if refusal.code > 0 and refusal.words else ""
            return self._unusable_at(server, f"it answers {called}{words}", "The log of the registry may say more.")
        if refusal.code <= 0:
            speaks_tls = status == 400 and server.url.startswith("http:")
            advice = f"{ADDRESS} A registry's path belongs to it, as /apis/ccompat/v7 does for Apicurio."
            return _unusable(
                server.url,
                f"it answers {called}, and not as a schema registry does",
                f"{ADDRESS} It may speak TLS: https://." if speaks_tls else advice,
            )
        return None

    def _in_words(self, server: _Server, problem: BaseException) -> tuple[str, str]:
        http = server.http
        chain = list(_chain(problem))
        if isinstance(problem, http.TimeoutException):
            return (
                f"it did not answer within {self._timeout:g} seconds",
                f"{ADDRESS} The time is schema.registry.timeout= in seconds.",
            )
        if isinstance(problem, http.ProxyError):
            return f"the proxy between refuses: {problem}", _PROXY
        for kind, told in _CAUSES:
            for one in chain:
                if isinstance(one, kind):
                    return told(one)
        if isinstance(problem, http.RemoteProtocolError | http.ReadError) and server.url.startswith("http:"):
            return f"it closed the connection without an answer: {problem}", f"{ADDRESS} It may speak TLS: https://."
        return str(problem) or type(problem).__name__, ADDRESS


def _code(problem: SchemaRegistryError) -> int:
    """The registry's own code; none where its server alone has answered, which knows the path or method not."""
    code, status = problem.error_code, problem.http_status_code
    return code if isinstance(code, int) and not (code == status and status in (404, 405)) else -1


def _unusable(url: str, reason: str, advice: str) -> KafkaUnusable:
    return KafkaUnusable(f"The schema registry at {url} can't be used: {reason.rstrip('.')}.\n{advice}")


def _phrase(status: int) -> str:
    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return "of no known meaning"


# Causes.


def _chain(problem: BaseException | None) -> Iterator[BaseException]:
    while problem is not None:
        yield problem
        problem = problem.__cause__ or problem.__context__


def _untrusted(problem: Any) -> tuple[str, str]:
    return f"its certificate is not trusted: {problem.verify_message or problem}", _AUTHORITY


def _no_tls(problem: Any) -> tuple[str, str]:
    reason = str(problem.reason or problem).replace("_", " ").lower()
    if "certificate" in reason or "handshake failure" in reason:
        return f"it refuses the TLS connection: {reason}", _OWN_CERTIFICATE
    return f"no TLS connection can be made: {reason}", f"{ADDRESS} It may not speak TLS: http://."


_CAUSES: tuple[tuple[type[BaseException], Callable[[Any], tuple[str, str]]], ...] = (
    (socket.gaierror, lambda problem: (f"its name can't be resolved ({problem.strerror or problem})", ADDRESS)),
    (ssl.SSLCertVerificationError, _untrusted),
    (ssl.SSLError, _no_tls),
    (
        ConnectionRefusedError,
        lambda _: ("nothing listens there, the connection is refused", f"Is it running? {ADDRESS}"),
    ),
)


# Properties.


def _cleaned(properties: Mapping[str, Any], masked: Callable[[str], str]) -> Properties:
    given = Properties({**_DEFAULTS, **properties})
    if str(given.get(_JAVA_SOURCE, "")).strip().upper() in ("USER_INFO", "URL"):  # what is meant here anyway
        del given[_JAVA_SOURCE]
    for name, kind in _NUMBERS.items():
        if name in given:
            given[name] = _number(name, given[name], kind, masked)
    if str(given.get("ssl.ca.location")).strip().lower() == "false":
        given["ssl.ca.location"] = False
    return given


def _number(name: str, value: Any, kind: Callable[[Any], float], masked: Callable[[str], str]) -> float:
    try:
        number = kind(value)
    except (ValueError, TypeError, OverflowError):
        number = -1
    if not 0 <= number < float("inf") or isinstance(value, bool):
        raise KeywordMisused(f"schema.registry.{name} is a number, not {masked(repr(value))}.")
    return number


def _check_files(given: Mapping[str, Any]) -> None:
    for name, value in given.items():
        if name.endswith(".location") and value is not False and not Path(str(value)).exists():
            near = did_you_mean_file(Path(str(value)), [Path.cwd()])
            raise KeywordMisused(f"There is no file '{value}' for schema.registry.{name}. {near}".rstrip())


def _urls(given: Any) -> list[str]:
    urls = [concealed(url.strip().rstrip("/")) for url in str(given).split(",")]
    for url in urls:
        try:
            parts = urlsplit(url)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise KeywordMisused(
                "schema_registry= is not a schema registry address.\n"
                "Write it as http://HOST:PORT or https://HOST:PORT; several with commas between."
            )
    return urls


def _without_login(url: str) -> tuple[str, str]:
    """The URL, and the login that stood in it: the HTTP library writes URLs into its log."""
    parts = urlsplit(url)
    login, at, address = parts.netloc.rpartition("@")
    return parts._replace(netloc=address).geturl(), unquote(login) if at else ""


def _refused_property(reason: str, properties: Mapping[str, Any]) -> str:
    unknown = [name for name in properties if name not in _KNOWN and name in reason]
    hint = did_you_mean(unknown[0], _KNOWN) if unknown else ""
    return f"The client of the schema registry refuses its properties: {reason.rstrip('.')}.\n{hint}".rstrip()
