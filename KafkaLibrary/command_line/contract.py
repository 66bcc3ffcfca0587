"""``contract check``: what of an AsyncAPI document is read, what is not and why, for a step of a build."""

from __future__ import annotations

from pathlib import Path

import click

from KafkaLibrary.command_line import coverage
from KafkaLibrary.command_line.output.layouts import say_rows
from KafkaLibrary.command_line.output.streams import say
from KafkaLibrary.contracts.contract import Contract, Message
from KafkaLibrary.contracts.reading.loading import load_contract
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.keywords.contracts.given_contracts import summary

_NOT_CHECKED = 1


@click.group()
def command() -> None:
    """Look at contracts, which are AsyncAPI documents."""


@command.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("-t", "--topic", "topics", multiple=True, metavar="CHANNEL=TOPIC", help="The topic of a channel.")
def check(file: Path, topics: tuple[str, ...]) -> int:
    """Read a contract, and tell its topics, its messages, and what is not checked in it.

    The exit status is 1 if something in it is not checked, and 2 if it is not an AsyncAPI document.

    \b
      contract check asyncapi.yaml
      contract check asyncapi.yaml --topic orders=shop.orders
    """
    if not file.is_file():
        raise KeywordMisused(f"There is no file '{file}'.")
    contract = load_contract(file, dict(_pair(one) for one in topics))
    say(summary(contract))
    rows = list(_rows(contract))
    if rows:
        say_rows(["topic", "message", "value", "key", "headers", "line"], rows)
    others = [note for note in contract.notes if not note.is_gap]
    for title, notes in (("Not checked:", contract.gaps), ("Read otherwise than it is written:", others)):
        if notes:
            say("\n".join([title, *(f"  {note}" for note in notes)]))
    return _NOT_CHECKED if contract.gaps else 0


command.add_command(coverage.command, "coverage")


def _pair(text: str) -> tuple[str, str]:
    channel, sign, topic = text.rpartition("=")
    if not sign or not channel or not topic:
        raise KeywordMisused(f"--topic is CHANNEL=TOPIC, not '{text}'.")
    return channel, topic


def _rows(contract: Contract) -> list[list[str]]:
    rows = []
    for channel in contract.channels:
        topic = channel.address.text if channel.address is not None else "(none)"
        rows += [
            [topic, one.name, *_parts(one), f"{one.place.document.name}:{one.place.line}"] for one in channel.messages
        ]
    return rows


def _parts(message: Message) -> list[str]:
    """What is known of the value, the key and the headers."""
    parts = (message.payload, message.key, message.headers)
    return ["-" if one is None else one.kind if one.is_checked else "not checked" for one in parts]
