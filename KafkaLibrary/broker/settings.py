"""Client properties: where they come from, which client gets which, and what may never be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from KafkaLibrary.broker import registry_settings
from KafkaLibrary.broker.registry_settings import NO_REGISTRY, RegistrySettings, is_of_registry
from KafkaLibrary.errors import KeywordMisused, did_you_mean

EMBEDDED = "embedded"

_SECRET_WORDS = (
    "password",
    "secret",
    "token",
    "jaas",
    "passphrase",
    "ssl.key.pem",
    "ssl.keystore.key",
    "basic.auth",
    "sasl.oauthbearer.config",
)
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
    "transactional.id": "Begin Kafka Transaction makes one",
    "bootstrap.servers": "give bootstrap_servers=",
    "metadata.broker.list": "give bootstrap_servers=",
}
_OWN_ARGUMENTS = ("bootstrap_servers", "watch", "timeout", "schema_registry", "config", "alias", "log_size")

_READER_DEFAULTS: dict[str, Any] = {
    "group.id": "robotframework-kafka-events",  # asked for by the client, joined by nobody
    "isolation.level": "read_committed",
    "fetch.wait.max.ms": 30,
    "fetch.queue.backoff.ms": 10,
    "fetch.error.backoff.ms": 20,
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


@dataclass(frozen=True)
class Settings:
    """What a connection was given: its address and the client properties on top of the library's own."""

    bootstrap_servers: str
    properties: Mapping[str, Any]
    secrets: frozenset[str] = frozenset()
    """Names of properties that must never be shown."""
    registry: RegistrySettings = NO_REGISTRY

    @classmethod
    def read(
        cls,
        bootstrap_servers: str | None,
        config: str | None,
        options: Mapping[str, Any],
        schema_registry: Any = None,
    ) -> Settings:
        """Options win over the properties file. Raises ``KeywordMisused`` for what no client should be given."""
        from_file = _read_file(config) if config else {}
        address = _revealed(bootstrap_servers) or from_file.pop("bootstrap.servers", None)
        from_file.pop("bootstrap.servers", None)
        if isinstance(address, list | tuple):
            address = ",".join(map(str, address))
        if not address or not str(address).strip():
            raise KeywordMisused(
                "No address of Kafka was given.\n"
                "Give bootstrap_servers=HOST:PORT, or bootstrap_servers=embedded for the embedded broker."
            )
        given = {**from_file, **{_dotted(name): _revealed(value) for name, value in options.items()}}
        for name, value in given.items():
            _check(name, value)
        hidden = {_dotted(name) for name, value in options.items() if _is_secret_value(value)}
        for_kafka = {name: value for name, value in given.items() if not is_of_registry(name)}
        return cls(
            str(address).strip(),
            for_kafka,
            frozenset((hidden & for_kafka.keys()) | set(filter(is_secret, for_kafka))),
            _registry_settings(schema_registry, given, hidden),
        )

    @property
    def embedded(self) -> bool:
        return self.bootstrap_servers.lower() == EMBEDDED

    def with_defaults(self, bootstrap_servers: str, **properties: Any) -> Settings:
        """For another address, with properties that stand unless they were given."""
        defaults = {name.replace("_", "."): value for name, value in properties.items()}
        return replace(self, bootstrap_servers=bootstrap_servers, properties={**defaults, **self.properties})

    @property
    def isolation(self) -> str:
        """``read_committed`` unless the connection says otherwise."""
        return str(self.properties.get("isolation.level", _READER_DEFAULTS["isolation.level"]))

    def for_reader(self) -> dict[str, Any]:
        """The consumer's properties."""
        return {**self._given(_READER_DEFAULTS, without=_PRODUCER_ONLY), **_READER_FIXED}

    def for_producer(self) -> dict[str, Any]:
        """The producer's properties."""
        return self._given(_PRODUCER_DEFAULTS, without=_READER_ONLY)

    def for_admin(self) -> dict[str, Any]:
        """The admin client's properties."""
        return self._given({"allow.auto.create.topics": False}, without=(*_READER_ONLY, *_PRODUCER_ONLY))

    def _given(self, defaults: Mapping[str, Any], without: tuple[str, ...]) -> dict[str, Any]:
        given = {name: value for name, value in self.properties.items() if not name.startswith(without)}
        return {**_COMMON_DEFAULTS, **defaults, **given, "bootstrap.servers": self.bootstrap_servers}

    def masked(self, text: str) -> str:
        """The text without the secrets among the properties."""
        values = {str(self.properties[name]) for name in self.secrets} | self.registry.secret_texts
        for value in sorted(filter(None, values), key=len, reverse=True):  # one may be a part of another
            text = text.replace(value, "***")
        return text

    def __repr__(self) -> str:
        shown = {name: "***" if name in self.secrets else value for name, value in self.properties.items()}
        return f"Settings({self.bootstrap_servers!r}, {shown!r})"


def is_secret(name: str) -> bool:
    """Whether the value of this property must never be shown."""
    return any(word in name for word in _SECRET_WORDS)


def _registry_settings(argument: Any, given: Mapping[str, Any], hidden: set[str]) -> RegistrySettings:
    if isinstance(argument, Mapping):
        hidden = hidden | {_dotted(str(name)) for name, value in argument.items() if _is_secret_value(value)}
        argument = {name: _revealed(value) for name, value in argument.items()}
    elif _is_secret_value(argument):
        hidden, argument = hidden | {"url"}, _revealed(argument)
    names = {*given, *(_dotted(str(name)) for name in (argument if isinstance(argument, dict) else ()))}
    return registry_settings.read(
        argument, given, frozenset(hidden | {name for name in names if _is_secret_of_registry(name)})
    )


def _is_secret_of_registry(name: str) -> bool:
    return is_secret(name) and not name.endswith(".credentials.source")  # that is a word such as URL


def explain_refusal(reason: str, settings: Settings) -> KeywordMisused:
    """What the client said of a property that it doesn't take."""
    names = [*_OWN_ARGUMENTS, *_COMMON_DEFAULTS, *_READER_DEFAULTS, *_PRODUCER_DEFAULTS]
    unknown = reason.rsplit('"', 2)[-2] if reason.count('"') >= 2 else ""
    hint = did_you_mean(unknown.replace(".", "_"), names[: len(_OWN_ARGUMENTS)]) or did_you_mean(unknown, names)
    advice = "Options are client properties by librdkafka's own names, such as security.protocol=SASL_SSL."
    return KeywordMisused(
        f"The Kafka client refuses a property: {settings.masked(reason).rstrip('.')}.\n" + f"{hint} {advice}".strip()
    )


def _dotted(name: str) -> str:
    return name.strip().replace("_", ".") if name not in _OURS and "." not in name else name.strip()


def _revealed(value: Any) -> Any:
    """The text inside Robot's ``Secret``, which is known here by its shape: no import of Robot is needed."""
    return value.value if _is_secret_value(value) else value


def _is_secret_value(value: Any) -> bool:
    return type(value).__name__ == "Secret" and hasattr(value, "value")


def _check(name: str, value: Any) -> None:
    if name in _OURS:
        raise KeywordMisused(f"The property '{name}' can't be set: {_OURS[name]}.")
    if name == "group.id" and not str(value or "").strip():
        raise KeywordMisused(
            "The property 'group.id' is empty, and the Kafka client can't work with that.\n"
            "Leave it out: this library joins no consumer group to read."
        )
    if name.startswith("test.mock."):
        raise KeywordMisused("For the embedded broker give bootstrap_servers=embedded.")
    if value is None:
        raise KeywordMisused(f"The property '{name}' has no value.")


def _read_file(path: str) -> dict[str, Any]:
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise KeywordMisused(f"The properties file '{path}' can't be read: {problem}.") from None
    properties: dict[str, Any] = {}
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped[0] in "#!":
            continue
        name, equals, value = stripped.partition("=")
        if not equals:
            raise KeywordMisused(f"Line {number} of the properties file '{path}' is not NAME=VALUE.")
        properties[name.strip()] = value.strip()
    return properties
