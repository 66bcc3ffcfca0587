"""What a framework wrote of events that died, as it was recorded: the events, and its letters."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

RECORDED = Path(__file__).with_name("recorded")


class Recorded(NamedTuple):
    """An event of a topic, by its bytes."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]]

    @property
    def place(self) -> str:
        return f"{self.topic}[{self.partition}]@{self.offset}"


class Recording(NamedTuple):
    """The events that a framework's consumers could not take, and what they wrote of them."""

    versions: dict[str, str]
    events: Sequence[Recorded]
    letters: Sequence[Recorded]

    def letters_on(self, topic: str) -> list[Recorded]:
        return [letter for letter in self.letters if letter.topic == topic]


def recording(name: str) -> Recording:
    """What was recorded of the framework in the folder of this name."""
    content = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    events, letters = ([_read(one) for one in content[part]] for part in ("events", "letters"))
    return Recording(content["versions"], events, letters)


def keep(name: str, recorded: Mapping[str, Any]) -> None:
    """Writes what was recorded of it to its file, each event on a line of its own."""
    parts = [f' "{part}": {_on_lines(content)}' for part, content in recorded.items()]
    RECORDED.mkdir(exist_ok=True)
    (RECORDED / f"{name}.json").write_text("\n".join(["{", ",\n".join(parts), "}", ""]), encoding="utf-8")


def _on_lines(content: Any) -> str:
    if not isinstance(content, list):
        return json.dumps(content)
    lines = ",\n".join(f"  {json.dumps(one)}" for one in content)
    return f"[\n{lines}\n ]"


def written(event: Recorded) -> dict[str, Any]:
    """The event for the file: what people can read as text, all else in hex, in the order of its headers."""
    headers = [[name, _written(content)] for name, content in event.headers]
    return {**event._asdict(), "key": _written(event.key), "value": _written(event.value), "headers": headers}


def _written(content: bytes | None) -> str | dict[str, str] | None:
    if content is None:
        return None
    text = content.decode("utf-8", errors="replace")
    readable = text.encode() == content and all(one.isprintable() or one in "\n\t" for one in text)
    return text if readable else {"hex": content.hex()}


def _read(written: dict[str, Any]) -> Recorded:
    headers = tuple((name, _bytes(content)) for name, content in written["headers"])
    parts = {"key": _bytes(written["key"]), "value": _bytes(written["value"]), "headers": headers}
    return Recorded(**{**written, **parts})


def _bytes(written: str | dict[str, str] | None) -> bytes | None:
    if written is None:
        return None
    return written.encode() if isinstance(written, str) else bytes.fromhex(written["hex"])
