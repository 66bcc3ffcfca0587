"""What the fixture gives to the library's import: from pytest's settings, the environment and the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

import pytest

from KafkaLibrary.errors import KafkaLibraryError
from KafkaLibrary.library import KafkaLibrary

_FROM_ENVIRONMENT = {"bootstrap_servers": "KAFKA_BOOTSTRAP_SERVERS", "schema_registry": "SCHEMA_REGISTRY_URL"}


def imported(config: pytest.Config, options: Mapping[str, Any]) -> KafkaLibrary:
    """The library with these arguments, which no report shows where it refuses them."""
    __tracebackhide__ = True
    try:
        return KafkaLibrary(**import_arguments(config, options))
    except KafkaLibraryError as problem:
        _fail(str(problem))


def import_arguments(config: pytest.Config, options: Mapping[str, Any]) -> dict[str, Any]:
    """What stands nearer to the run counts: its command line, the environment, the project's fixture, its settings."""
    found = dict(_pairs(config.getini("kafka"), "kafka of pytest's settings"))
    found.update(options)
    found.update({name: os.environ[one] for name, one in _FROM_ENVIRONMENT.items() if os.environ.get(one)})
    found.update(_pairs(config.getoption("--kafka"), "--kafka"))
    if not found.get("bootstrap_servers") and not found.get("config"):
        _fail(
            "The fixture kafka has no address. Set KAFKA_BOOTSTRAP_SERVERS, give --kafka bootstrap_servers=HOST:PORT, "
            "or write it under kafka in pytest's settings; embedded is the embedded broker."
        )
    return found


def _fail(reason: str) -> NoReturn:
    """Without a traceback: that would show what was given, and some of it may be secret."""
    pytest.fail(reason, pytrace=False)


def _pairs(lines: Iterable[str], place: str) -> Iterable[tuple[str, str]]:
    for line in lines:
        name, sign, value = line.partition("=")
        if not sign or not name.strip():
            _fail(f"{place} is NAME=VALUE, such as bootstrap_servers=kafka:9092 or watch=orders.")
        yield name.strip(), value.strip()
