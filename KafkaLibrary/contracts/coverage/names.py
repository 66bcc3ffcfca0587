"""What contracts and their messages are called where they are counted: what one shows is never taken for another."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from KafkaLibrary.contracts.contract import Contract, Message
from KafkaLibrary.matching import show_text

_TITLE_MOST = 80


def contract_name(contract: Contract, known: Mapping[str, Path]) -> str:
    """By its file and its title, so that it is the same in each process: many a file is called `asyncapi.yaml`.

    Of those that have both alike each has more of its folders in front. ``known`` are the names given so far.
    """
    path = contract.path.resolve()
    title = show_text(contract.title, _TITLE_MOST)
    name = contract.name if title == contract.name else f"{contract.name} ({title})"
    for folder in reversed(path.parts[:-1]):
        if known.get(name, path) == path:
            break
        name = f"{folder}/{name}"
    return name


def key_of(message: Message) -> tuple[Any, ...]:
    """The same for each object that stands for this message."""
    return (*message.place.key, message.id)


def message_names(contract: Contract) -> dict[tuple[Any, ...], str]:
    """By the key of each: those that are called alike have their channels' ids behind, and else a number."""
    messages = contract.messages
    names = [_name(one) for one in messages]
    found: dict[tuple[Any, ...], str] = {}
    for message, name in zip(messages, names, strict=True):
        called = name
        if names.count(name) > 1:
            key = key_of(message)
            channels = [one.id for one in contract.channels if key in map(key_of, one.messages)]
            called = f"{name} on {', '.join(channels)}"
        alike = list(found.values()).count(called)
        found[key_of(message)] = f"{called} #{alike + 1}" if alike else called
    return found


def _name(message: Message) -> str:
    return message.name or message.id
