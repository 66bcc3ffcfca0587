"""The options by which a subcommand reaches Kafka: those of the library's import, logins among them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from inspect import signature
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from KafkaLibrary.broker.settings import properties_file
from KafkaLibrary.broker.settings.client_settings import EMBEDDED
from KafkaLibrary.library import KafkaLibrary

Command = TypeVar("Command", bound=Callable[..., Any])

_OF_THE_IMPORT = frozenset(signature(KafkaLibrary.__init__).parameters)
"""Arguments of the library: some are options here, and the others are for tests."""


_IN_A_FILE = {"bootstrap_servers": "bootstrap.servers", "schema_registry": "schema.registry.url"}


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
        # What is no file, such as a pipe, can be read once only, which the library does.
        of_file = properties_file.read(config, os.environ) if config and Path(config).is_file() else {}
        servers = named.pop("bootstrap.servers", None) or _nearest("bootstrap_servers", bootstrap_servers, of_file)
        schema_registry = _nearest("schema_registry", schema_registry, of_file)
        if not servers and not config:
            raise click.UsageError("Give --bootstrap-servers=HOST:PORT, or set KAFKA_BOOTSTRAP_SERVERS.")
        if str(servers or of_file.get("bootstrap.servers", "")).strip().lower() == EMBEDDED:
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


def _nearest(option: str, value: str | None, of_file: Mapping[str, Any]) -> str | None:
    """What an option has. What comes from the environment is farther away than a file that the command names."""
    is_surrounding = click.get_current_context().get_parameter_source(option) is ParameterSource.ENVIRONMENT
    return None if is_surrounding and of_file.get(_IN_A_FILE[option]) else value


def _client_property(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise click.UsageError("--property is NAME=VALUE, such as security.protocol=SASL_SSL.")
    if name.strip() in _OF_THE_IMPORT:
        raise click.UsageError(f"'{name.strip()}' is not a client property. See --help for the options.")
    return name.strip(), value
