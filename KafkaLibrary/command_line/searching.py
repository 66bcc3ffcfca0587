"""The arguments by which a subcommand says which events it means, and in which layout it is to write them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click

from KafkaLibrary.command_line.output.layouts import LAYOUTS
from KafkaLibrary.keywords.calls import arguments
from KafkaLibrary.keywords.calls.search import EventSearch
from KafkaLibrary.library import KafkaLibrary
from KafkaLibrary.session import Session
from KafkaLibrary.watching.topics.patterns import is_pattern

Command = TypeVar("Command", bound=Callable[..., Any])

_AWAY = 10.0
"""Seconds for the first answer of Kafka: a read may take long, and Kafka that is unreachable is told of before."""

_OPTIONS = (
    click.argument("topic"),
    click.argument("conditions", nargs=-1, metavar="[CONDITION]..."),
    click.option("--strict", is_flag=True, help="Compare types too: the text 42 is not the number."),
    click.option("--format", "value_format", metavar="FORMAT", help="How values are read, such as avro."),
    click.option("--schema", metavar="SCHEMA", help="The schema of the values: a file, a subject or an id."),
    click.option("--key-format", metavar="FORMAT", help="How keys are read, such as long."),
    click.option("--key-schema", metavar="SCHEMA", help="The schema of the keys."),
    click.option(
        "-o",
        "--output",
        "layout",
        type=click.Choice(list(LAYOUTS)),
        default="table",
        show_default=True,
        help="jsonl is what 'Save Events' writes and 'Publish Events From File' reads.",
    ),
)


def searches(command: Command) -> Command:
    """Gives a subcommand the arguments of a search. In their place it gets ``sought``, and Kafka answers already."""

    @wraps(command)
    def searching(
        *,
        kafka: KafkaLibrary,
        topic: str,
        conditions: tuple[str, ...],
        since: str,
        strict: bool,
        value_format: str | None,
        schema: str | None,
        key_format: str | None,
        key_schema: str | None,
        **others: Any,
    ) -> Any:
        kafka.kafka_should_be_reachable(timeout=min(_AWAY, session_of(kafka).current.timeout))
        if key_format or key_schema:
            for name in arguments.topics(topic):
                if is_pattern(name):
                    raise click.UsageError(f"The keys of '{name}' can't be declared: name the topics instead.")
                kafka.set_topic_format(name, value_format, key_format, schema, key_schema)
            value_format = schema = None
        sought = EventSearch(topic, conditions, since, strict, value_format, schema)
        return command(session=session_of(kafka), sought=sought, **others)

    made: Any = searching
    for option in reversed(_OPTIONS):
        made = option(made)
    return made  # type: ignore[no-any-return] # an option gives what it was given


def session_of(kafka: KafkaLibrary) -> Session:
    """What the keywords of this library object share: the command line asks it for more than a keyword returns."""
    return kafka._session


def title_of(sought: EventSearch) -> str:
    """What was looked for, as a heading."""
    return " · ".join([str(sought.topic), *map(str, sought.conditions), f"since {sought.since}"])
