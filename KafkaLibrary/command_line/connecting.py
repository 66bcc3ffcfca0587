"""The options by which a subcommand reaches Kafka: those of the library's import, logins among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from inspect import signature
from typing import Any, TypeVar

import click

from KafkaLibrary.library import KafkaLibrary

Command = TypeVar("Command", bound=Callable[..., Any])

_OF_THE_IMPORT = frozenset(signature(KafkaLibrary.__init__).parameters)
"""Arguments of the library: some are options here, and the others are for tests."""


class _Option(click.Option):
    """One of a connection."""


class ConnectedCommand(click.Command):
    """A subcommand whose help has the options of the connection in a part of their own."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        own, of_connection = list[tuple[str, str]](), list[tuple[str, str]]()
        for parameter in (one for one in self.get_params(ctx) if isinstance(one, click.Option)):
            row = parameter.get_help_record(ctx)
            if row is not None:
                (of_connection if isinstance(parameter, _Option) else own).append(row)
        for title, rows in (("Options", own), ("Connection", of_connection)):
            with formatter.section(title):
                formatter.write_dl(rows)


def _option(*names: str, **more: Any) -> Callable[[Any], Any]:
    return click.option(*names, cls=_Option, **more)


_OPTIONS = (
    _option(
        "--bootstrap-servers",
        metavar="HOST:PORT,...",
        envvar="KAFKA_BOOTSTRAP_SERVERS",
        show_envvar=True,
        help="The addresses of Kafka.",
    ),
    _option("--config", metavar="FILE", help="A properties file with client properties, such as those of a login."),
    _option(
        "-X",
        "--property",
        "client_properties",
        metavar="NAME=VALUE",
        multiple=True,
        help="A client property; may be repeated. For passwords use --config or variables such as "
        "KAFKA_SASL_PASSWORD: other users of the machine can see a command.",
    ),
    _option("--token-source", metavar="MODULE.FUNCTION", help="Gives tokens for sasl.mechanism=OAUTHBEARER."),
    _option(
        "--schema-registry", metavar="URL", envvar="SCHEMA_REGISTRY_URL", show_envvar=True, help="The schema registry."
    ),
)


def connects(*, timeout: str = "10 s", waits_for: str = "How long to wait.") -> Callable[[Command], Command]:
    """Gives a subcommand the options of a connection, and ``kafka``, a library object with them, in their place.

    ``timeout`` is what it waits unless told otherwise, and ``waits_for`` says for what.
    """
    last = click.option("--timeout", metavar="TIME", default=timeout, show_default=True, help=waits_for)
    return lambda command: _with_options(_connected(command), (last, *_OPTIONS))


def _with_options(command: Any, options: Sequence[Callable[[Any], Any]]) -> Any:
    for option in reversed(options):
        command = option(command)
    return command


def _connected(command: Callable[..., Any]) -> Any:
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
                "The embedded broker lives inside one run, and another process can't look into it. "
                "Use 'Log Events' in that run, or a real Kafka."
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

    return connected


def _client_property(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise click.UsageError("--property is NAME=VALUE, such as security.protocol=SASL_SSL.")
    if name.strip() in _OF_THE_IMPORT:
        raise click.UsageError(f"'{name.strip()}' is not a client property. See --help for the options.")
    return name.strip(), value
