"""Small contracts for tests, written into files."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

from KafkaLibrary.contracts.checking.verdicts import Verdict, judge
from KafkaLibrary.contracts.contract import Contract
from KafkaLibrary.contracts.reading.loading import load_contract
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder, TopicDecoder

Files = dict[str, str]


def written(folder: Path, text: str, **files: str) -> Path:
    """The path of the main document. A name with ``__`` is one in a folder, and the last ``_`` stands for the dot."""
    main = folder / "api" / "asyncapi.yaml"
    main.parent.mkdir(parents=True, exist_ok=True)
    main.write_text(textwrap.dedent(text).lstrip(), encoding="utf-8")
    for name, content in files.items():
        stem, _, suffix = name.rpartition("_")
        path = folder.joinpath(*stem.split("__")).with_suffix(f".{suffix}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(content).lstrip(), encoding="utf-8")
    return main


def loaded(folder: Path, text: str, topics: Files | None = None, **files: str) -> Contract:
    """The contract of these texts."""
    return load_contract(written(folder, text, **files), topics or {})


def of_3(channel: str, more: str = "", version: str = "3.0.0") -> str:
    """A document of 3.x with the channel ``orders``."""
    lines = [f"asyncapi: {version}", "info: {title: Orders, version: 1.0.0}", "channels:", "  orders:"]
    return "\n".join([*lines, textwrap.indent(textwrap.dedent(channel).strip("\n"), "    "), textwrap.dedent(more)])


def of_2(message: str, more: str = "", version: str = "2.6.0") -> str:
    """A document of 2.x with the channel ``orders``, and a message that others publish on it."""
    lines = [f"asyncapi: {version}", "info: {title: Orders, version: 1.0.0}", "channels:", "  orders:", "    publish:"]
    inner = textwrap.indent(textwrap.dedent(message).strip("\n"), "        ")
    return "\n".join([*lines, "      message:", inner, textwrap.dedent(more)])


def event(
    value: Any,
    topic: str = "orders",
    key: bytes | None = None,
    headers: dict[str, Any] | None = None,
    decoder: TopicDecoder | None = None,
) -> Event:
    """An event with these bytes, or with the JSON of another value; nothing makes a tombstone."""
    raw = value if value is None or isinstance(value, bytes) else json.dumps(value).encode()
    listed = [(n, one if isinstance(one, bytes) else str(one).encode()) for n, one in (headers or {}).items()]
    return Event(PlainRecord((topic, 0, 0), (1, 0), key, raw, listed), decoder or FoundDecoder())


def judged(contract: Contract, value: Any, **more: Any) -> Verdict:
    """What comes of an event with this value."""
    return judge(event(value, **more), [contract])


def said(contract: Contract) -> str:
    """All notes, in one text."""
    return "\n".join(map(str, contract.notes))
