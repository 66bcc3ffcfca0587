"""The options by which a subcommand reaches Kafka: those of the library's import, logins among them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click

from KafkaLibrary.library import KafkaLibrary

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--bootstrap-servers",
        metavar="HOST:PORT,...",
        envvar="KAFKA_BOOTSTRAP_SERVERS",
        show_envvar=True,
        help="The addresses of Kafka.",
    ),
    click.option(
        "--config", metavar="FILE", help="A properties file with client properties, such as those of a login."
    ),
    click.option(
        "-X",
        "--property",
        "client_properties",
        metavar="NAME=VALUE",
        multiple=True,
        help="A client property; may be repeated. For passwords use --config or variables such as "
        "KAFKA_SASL_PASSWORD: other users of the machine can see a command.",
    ),
    click.option("--token-source", metavar="MODULE.FUNCTION", help="Gives tokens for sasl.mechanism=OAUTHBEARER."),
    click.option(
        "--schema-registry", metavar="URL", envvar="SCHEMA_REGISTRY_URL", show_envvar=True, help="The schema registry."
    ),
)
_TIMEOUT = click.option("--timeout", metavar="TIME", default="10 s", show_default=True, help="How long to wait.")


def connects(command: Command) -> Command:
    """Gives a subcommand the options of a connection, and ``kafka``, a library object with them, in their place."""

    @wraps(command)
    def connected(
        *,
        bootstrap_servers: str | None,
        config: str | None,
        client_properties: tuple[str, ...],
        token_source: str | None,
        schema_registry: str | None,
        timeout: str,
        **others: Any,
    ) -> Any:
        named = dict(map(_client_property, client_properties))
        servers = named.pop("bootstrap.servers", None) or bootstrap_servers
        if not servers and not config:
            raise click.UsageError("Give --bootstrap-servers=HOST:PORT, or set KAFKA_BOOTSTRAP_SERVERS.")
        if servers and servers.strip().lower() == "embedded":
            raise click.UsageError(
                "An embedded broker of this command would be empty. Give the address of the one that runs: "
                "'Kafka Should Be Reachable' returns it as bootstrap_servers."
            )
        kafka = KafkaLibrary(
            servers,
            timeout=timeout,
            schema_registry=schema_registry,
            config=config,
            token_source=token_source,
            **named,
        )
        try:
            return command(kafka=kafka, **others)
        finally:
            kafka.disconnect_from_all_kafka()

    made: Any = connected
    for option in (_TIMEOUT, *reversed(_OPTIONS)):
        made = option(made)
    return made  # type: ignore[no-any-return]


def _client_property(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise click.UsageError("--property is NAME=VALUE, such as security.protocol=SASL_SSL.")
    return name.strip(), value
