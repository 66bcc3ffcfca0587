"""``topics``: the topics that there are."""

from __future__ import annotations

import click

from KafkaLibrary.command_line.connecting import connects
from KafkaLibrary.command_line.output.streams import say
from KafkaLibrary.library import KafkaLibrary


@click.command()
@connects
def command(kafka: KafkaLibrary) -> None:
    """List the topics, a line each."""
    say("\n".join(kafka.get_topics()))
