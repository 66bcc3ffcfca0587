"""Client properties: where they come from, how they are checked, and which client gets which."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from KafkaLibrary.broker.settings import environment, properties_file, registry_settings
from KafkaLibrary.broker.settings.java_properties import becoming, translated
from KafkaLibrary.broker.settings.oauth_tokens import TokenSource
from KafkaLibrary.broker.settings.registry_settings import NO_REGISTRY, RegistrySettings, is_of_registry
from KafkaLibrary.errors import KeywordMisused, did_you_mean, unsendable
from KafkaLibrary.files.missing_files import did_you_mean_file
from KafkaLibrary.secrets.client_properties import Properties, is_secret, is_secret_value, revealed
from KafkaLibrary.secrets.masking import MASK, SecretTexts, forms, longest_first, masked

EMBEDDED = "embedded"

_PRODUCER_ONLY = (
    "acks", "batch.", "compression.", "delivery.", "enable.gapless.guarantee", "enable.idempotence", "linger.ms",
    "max.in.flight", "message.send.max.retries", "message.timeout.ms", "partitioner", "queue.buffering.",
    "queuing.strategy", "request.required.acks", "request.timeout.ms", "retries", "sticky.partitioning",
    "transaction.timeout.ms",
)  # fmt: skip
_READER_ONLY = (
    "check.crcs", "fetch.", "group.", "heartbeat.", "isolation.level", "max.partition.fetch", "max.poll.",
    "partition.assignment", "queued.", "session.timeout", "consume.",
)  # fmt: skip
_OURS = {
    "auto.commit.enable": "nothing is ever committed",
    "auto.offset.reset": "a wait begins at its mark; see since=",
    "enable.auto.commit": "nothing is ever committed",
    "enable.auto.offset.store": "nothing is ever committed",
    "enable.partition.eof": "it is how the end of a partition is known",
    "delivery.report.only.error": "each event is acknowledged with its offset",
    "dr_cb": "each event is acknowledged with its offset",
    "error_cb": "errors are collected for the failure messages",
    "logger": "log lines go to Robot's log",
    "oauth_cb": "give token_source=",
    "oauthbearer_token_refresh_cb": "give token_source=",
    "transactional.id": "Begin Kafka Transaction makes one",
    "bootstrap.servers": "give bootstrap_servers=",
    "metadata.broker.list": "give bootstrap_servers=",
}
_NEARLY = 0.85
_PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
OWN_ARGUMENTS = (
    "bootstrap_servers",
    "watch",
    "timeout",
    "schema_registry",
    "config",
    "alias",
    "log_size",
    "token_source",
)

NO_MECHANISM = (
    "The property 'sasl.mechanism' is missing.\nSet it to what Kafka requires: PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512."
)
_CERTIFICATES = ("ssl.certificate.location", "ssl.certificate.pem", "ssl.keystore.location", "ssl_certificate")
_TOKENS_OF_THE_CLIENT = (("sasl.oauthbearer.method", "oidc"), ("enable.sasl.oauthbearer.unsecure.jwt", "true"))

_FILES = ("ssl.ca.location", "ssl.certificate.location", "ssl.key.location", "ssl.keystore.location")

_READER_DEFAULTS: dict[str, Any] = {
    "group.id": "robotframework-kafka-events",  # asked for by the client, joined by nobody
    "isolation.level": "read_committed",
    "fetch.wait.max.ms": 40,
    "fetch.queue.backoff.ms": 10,
    "fetch.error.backoff.ms": 20,
    "queued.max.messages.kbytes": 16_384,  # what waits in the client is memory beside the log, and gains no time
    "allow.auto.create.topics": False,
}
_READER_FIXED: dict[str, Any] = {
    "enable.auto.commit": False,
    "enable.auto.offset.store": False,
    "enable.partition.eof": True,
    "auto.offset.reset": "error",
}
_PRODUCER_DEFAULTS: dict[str, Any] = {
    "enable.idempotence": True,
    "linger.ms": 0,
    "partitioner": "murmur2_random",  # as Java's producers: events of one key lie together, whoever published them
    "message.max.bytes": 1_000_000_000,  # the broker says what is too large, not the client
    "topic.metadata.propagation.max.ms": 3000,
}
_COMMON_DEFAULTS: dict[str, Any] = {
    "client.id": "robotframework-kafka-events",
    "retry.backoff.ms": 20,
    "reconnect.backoff.ms": 10,
    "reconnect.backoff.max.ms": 500,
    "socket.nagle.disable": True,
}
DEFAULTS = (*_COMMON_DEFAULTS, *_READER_DEFAULTS, *_PRODUCER_DEFAULTS)
"""Properties that the library sets where a connection does not."""


@dataclass(frozen=True)
class Settings:
    """What a connection was given: its address and the client properties on top of the library's own."""

    bootstrap_servers: str
    properties: Mapping[str, Any]
    secrets: frozenset[str] = frozenset()
    """Names of properties that must never be shown."""
    registry: RegistrySettings = NO_REGISTRY
    token_source: TokenSource | None = field(default=None, repr=False)

    @classmethod
    def read(
        cls,
        bootstrap_servers: Any,
        config: str | None,
        options: Mapping[str, Any],
        schema_registry: Any = None,
        token_source: TokenSource | None = None,
    ) -> Settings:
        """Options win over the properties file, and that over the environment.

        Raises ``KeywordMisused`` for what no client should be given.
        """
        from_file = properties_file.read(config, os.environ) if config else Properties()
        address = _address(revealed(bootstrap_servers), from_file.pop("bootstrap.servers", None), options)
        hidden = becoming(_dotted(name) for name, value in options.items() if is_secret_value(value))
        options = Properties({_dotted(name): revealed(value) for name, value in options.items()})
        _check(Properties({**from_file, **options}))
        surrounding = Properties()
        if address.lower() != EMBEDDED:
            surrounding = environment.properties(
                os.environ, {**from_file, **options}, by_source=token_source is not None
            )
        given = Properties({**translated(surrounding), **translated(from_file), **translated(options)})
        for_kafka = Properties({name: value for name, value in given.items() if not is_of_registry(name)})
        _complete_login(for_kafka, token_source)
        _check_files(for_kafka)
        return cls(
            address,
            for_kafka,
            frozenset((hidden & for_kafka.keys()) | set(filter(is_secret, for_kafka))),
            _registry_settings(schema_registry, given, hidden),
            token_source,
        )

    @property
    def embedded(self) -> bool:
        return self.bootstrap_servers.lower() == EMBEDDED

    def with_defaults(self, bootstrap_servers: str, **properties: Any) -> Settings:
        """For another address, with properties that stand unless they were given."""
        defaults = {name.replace("_", "."): value for name, value in properties.items()}
        return replace(
            self, bootstrap_servers=bootstrap_servers, properties=Properties({**defaults, **self.properties})
        )

    @property
    def protocol(self) -> str:
        """``PLAINTEXT`` unless the connection says otherwise."""
        return _protocol(self.properties)

    @property
    def uses_tls(self) -> bool:
        return self.protocol.endswith("SSL")

    @property
    def uses_login(self) -> bool:
        return self.protocol.startswith("SASL")

    @property
    def mechanism(self) -> str:
        """How the login is done."""
        return _mechanism(self.properties)

    @property
    def has_certificate(self) -> bool:
        """Whether the client has a certificate of its own."""
        return any(name in self.properties for name in _CERTIFICATES)

    @property
    def isolation(self) -> str:
        """``read_committed`` unless the connection says otherwise."""
        return str(self.properties.get("isolation.level", _READER_DEFAULTS["isolation.level"]))

    def for_reader(self) -> dict[str, Any]:
        """The consumer's properties."""
        return Properties({**self._given(_READER_DEFAULTS, without=_PRODUCER_ONLY), **_READER_FIXED})

    def for_producer(self) -> dict[str, Any]:
        """The producer's properties."""
        return self._given(_PRODUCER_DEFAULTS, without=_READER_ONLY)

    def for_admin(self) -> dict[str, Any]:
        """The admin client's properties."""
        return self._given({"allow.auto.create.topics": False}, without=(*_READER_ONLY, *_PRODUCER_ONLY))

    def _given(self, defaults: Mapping[str, Any], without: tuple[str, ...]) -> dict[str, Any]:
        given = Properties({name: value for name, value in self.properties.items() if not name.startswith(without)})
        made = Properties({**_COMMON_DEFAULTS, **defaults, **given, "bootstrap.servers": self.bootstrap_servers})
        if self.token_source is not None:
            self.renew_token()
            made["oauth_cb"] = self.token_source.serve
        return made

    def renew_token(self) -> None:
        """Have a token that is good for a while, where logins are by tokens. Raises ``KafkaUnusable``."""
        if self.token_source is not None:
            self.token_source.renew()

    def masked(self, text: str) -> str:
        """The text without the secrets among the properties, in any of the forms in which they may stand there."""
        tokens = self.token_source.secrets if self.token_source is not None else ()
        return masked(text, SecretTexts((*tokens, *self._secret_forms)))

    @cached_property
    def _secret_forms(self) -> SecretTexts:
        user = str(self.properties.get("sasl.username") or self.properties.get("sasl.oauthbearer.client.id") or "")
        values = {str(self.properties[name]) for name in self.secrets}
        of_kafka = (form for value in values for form in forms(value, user))
        of_registry = (form for value in self.registry.secret_texts for form in forms(value))
        return longest_first(chain(of_kafka, of_registry))

    def __repr__(self) -> str:
        shown = {name: MASK if name in self.secrets else value for name, value in self.properties.items()}
        return f"Settings({self.bootstrap_servers!r}, {shown!r})"


def _registry_settings(argument: Any, given: Mapping[str, Any], hidden: set[str]) -> RegistrySettings:
    if isinstance(argument, Mapping):
        hidden = hidden | {_dotted(str(name)) for name, value in argument.items() if is_secret_value(value)}
        argument = Properties({name: revealed(value) for name, value in argument.items()})
    elif is_secret_value(argument):
        hidden, argument = hidden | {"url"}, revealed(argument)
    names = {*given, *(_dotted(str(name)) for name in (argument if isinstance(argument, dict) else ()))}
    return registry_settings.read(
        argument, given, frozenset(hidden | {name for name in names if _is_secret_of_registry(name)})
    )


def _is_secret_of_registry(name: str) -> bool:
    return is_secret(name) and not name.endswith(".credentials.source")  # that is a word such as URL


def _dotted(name: str) -> str:
    return name.strip().replace("_", ".") if name not in _OURS and "." not in name else name.strip()


def misspelt_address(options: Iterable[str]) -> str:
    """A sentence about an option whose name is nearly that of the address, if there is one."""
    near = next((name for name in options if did_you_mean(name.replace(".", "_"), ["bootstrap_servers"])), "")
    return f"'{near}' is not an argument: did you mean 'bootstrap_servers'?" if near else ""


def _address(given: Any, from_file: Any, options: Iterable[str]) -> str:
    address = given or from_file
    if isinstance(address, list | tuple):
        address = ",".join(map(str, address))
    if not address or not str(address).strip():
        raise KeywordMisused(
            f"No Kafka address was given. {misspelt_address(options)}".rstrip() + "\n"
            "Give bootstrap_servers=HOST:PORT, or bootstrap_servers=embedded for the embedded broker."
        )
    return _checked_address(str(address).strip())


def _checked_address(address: str) -> str:
    problem = unsendable(address)
    if problem:
        raise KeywordMisused(f"bootstrap_servers= {problem}.\nRemove that character.")
    for one in address.split(","):
        scheme, separator, rest = one.strip().partition("://")
        if separator and scheme.upper() not in _PROTOCOLS:
            raise KeywordMisused(
                f"bootstrap_servers={address} is a URL.\n"
                f"Give HOST:PORT, as in {rest.partition('/')[0] or 'localhost:9092'}, or several with commas between."
            )
    likeness = SequenceMatcher(None, address.casefold(), EMBEDDED).ratio()
    if address.isalpha() and _NEARLY <= likeness < 1:
        raise KeywordMisused(
            f"bootstrap_servers={address} has no port. Did you mean '{EMBEDDED}'?\n"
            f"An address is HOST:PORT, and {EMBEDDED} starts the embedded broker."
        )
    return address


def _protocol(given: Mapping[str, Any]) -> str:
    return str(given.get("security.protocol") or "PLAINTEXT").upper()


def _mechanism(given: Mapping[str, Any]) -> str:
    return str(given.get("sasl.mechanism") or "GSSAPI").upper()


def _complete_login(given: Properties, token_source: TokenSource | None) -> None:
    """Raises ``KeywordMisused`` for a login that lacks a part, of which the client would say nothing."""
    if token_source is not None:
        given.setdefault("sasl.mechanism", "OAUTHBEARER")
    if not _protocol(given).startswith("SASL"):
        if token_source is not None:
            raise KeywordMisused("token_source= is given without a login.\nSet security.protocol=SASL_SSL.")
        return
    by_tokens = _mechanism(given) == "OAUTHBEARER"
    if "sasl.mechanism" not in given and "sasl.password" in given:
        raise KeywordMisused(NO_MECHANISM)
    if by_tokens and token_source is None and not any(_given_as(given, *one) for one in _TOKENS_OF_THE_CLIENT):
        raise KeywordMisused(
            "sasl.mechanism=OAUTHBEARER needs tokens, but no source of them is set.\nGive token_source=, a "
            "function or keyword that returns them, or sasl.oauthbearer.token.endpoint.url= with "
            "sasl.oauthbearer.client.id= and sasl.oauthbearer.client.secret=."
        )
    if token_source is not None and not by_tokens:
        raise KeywordMisused(f"token_source= is for sasl.mechanism=OAUTHBEARER, not for {_mechanism(given)}.")
    if token_source is not None and _given_as(given, "sasl.oauthbearer.method", "oidc"):
        raise KeywordMisused("Tokens come from token_source= or from a token endpoint, not from both.")


def _check_files(given: Mapping[str, Any]) -> None:
    """The client's own words about a file that is not there name none."""
    for name in _FILES:
        place = str(given.get(name) or "")
        if place and place != "probe" and not Path(place).exists():
            raise KeywordMisused(
                f"The file '{place}' of {name} is not there. {did_you_mean_file(Path(place), [Path.cwd()])}".rstrip()
                + f"\nA relative path starts at '{Path.cwd()}'."
            )


def _given_as(given: Mapping[str, Any], name: str, value: str) -> bool:
    return str(given.get(name, "")).lower() == value


def _check(given: Properties) -> None:
    # No value may be a local variable of what is in the traceback.
    problem = next(filter(None, (_problem(name, value) for name, value in given.items())), "")
    if problem:
        raise KeywordMisused(problem)


def _problem(name: str, value: Any) -> str:
    if name in _OURS:
        return f"The property '{name}' can't be set: {_OURS[name]}."
    if name == "group.id" and not str(value or "").strip():
        return (
            "The property 'group.id' is empty, which the Kafka client rejects.\nOmit it: this library reads "
            "without a consumer group."
        )
    if name.startswith("test.mock."):
        return "For the embedded broker give bootstrap_servers=embedded."
    if value is None:
        return f"The property '{name}' has no value."
    problem = unsendable(f"{name}\n{value}")
    return f"The property {name!r} {problem}.\nRemove that character." if problem else ""
