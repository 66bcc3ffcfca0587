"""Cells of what is published that hardly mean what they say: the path of a file, a field without braces, seconds."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from KafkaLibrary.errors import KeywordMisused, in_own_cells
from KafkaLibrary.keywords.calls import arguments
from KafkaLibrary.matching.values.epoch_numbers import read_epoch

_LONGEST = 300
_FILE = re.compile(
    r"(?:@|file:)?([^\n\"'{}\[\]]*\.(?:avro|avsc|bin|csv|json|jsonl|ndjson|txt|xml|ya?ml))", re.IGNORECASE
)
_FIELD = re.compile(r"(?P<quote>[\"']?)(?P<name>[^\W\d][\w.-]*)(?P=quote)\s*(?P<sign>[=:])\s*(?P<value>[^=>\s].*)")
_SEVERAL = re.compile(r"\w+=[^=]+[ &;,|]\w+=")
_AND_ARGUMENT = re.compile(r"(.*\S)\s+((?:key|headers|partition|timestamp|format|schema|timeout|alias)=.*)", re.DOTALL)
_UNSET = "None"
_ADDRESS = re.compile(r"[A-Za-z][\w+.-]*:/")


def doubt_of_value(value: Any) -> str:
    """What a text that is published as it stands may have been meant for; empty where nothing speaks for a slip."""
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        return ""
    text = value.strip()
    file = _FILE.fullmatch(text)
    if file is not None:
        return _of_file(value, file[1])
    joined = _AND_ARGUMENT.fullmatch(text)
    if joined is not None:
        said = f"The value is the text `{_short(text)}`, and an argument is a cell of its own."
        return f"{said}\n{in_own_cells(*joined.groups())} If the text is meant, add format=text."
    field = _FIELD.fullmatch(text)
    if field is None or _ADDRESS.match(text) or (field["sign"] == ":" and not field["quote"]) or _SEVERAL.match(text):
        return ""
    shown = field["value"].rstrip().rstrip(",")
    written = shown if _is_json(shown) else '"{}"'.format(shown.strip("\"'"))
    return (
        f"The value is the text `{_short(text)}`, and no JSON.\n"
        f'For an event with this field write {{"{field["name"]}": {written}}}; if the text is meant, add format=text.'
    )


def _of_file(value: str, named: str) -> str:
    try:
        arguments.file_path(named, "a value")
    except KeywordMisused:
        return ""
    suffix = Path(named).suffix.lower()
    reads = "Publish Events From File" if suffix in (".jsonl", ".ndjson") else "Load Event Template"
    reads = reads if suffix in (".json", ".jsonl", ".ndjson") else "Get File"
    return (
        f"The value is the text `{_short(value)}`, and there is a file of this name.\n"
        f"For what is in the file use '{reads}'; if the path is meant, add format=text."
    )


def doubt_of_key(key: Any) -> str:
    """The same of a key: in `Publish Events` a path is looked for in each value, and elsewhere it is a text."""
    if key == _UNSET:
        return (
            f"The key is the text `{_UNSET}`, which a variable without a value becomes inside a cell.\n"
            f"For no key leave key= out; if the text is meant, write ${{{{ b'{_UNSET}' }}}}."
        )
    joined = _AND_ARGUMENT.fullmatch(key) if isinstance(key, str) else None
    if joined is not None:
        said = f"The key is the text `{_short(str(key))}`, and an argument is a cell of its own."
        return (
            f"{said}\n{in_own_cells(f'key={joined[1]}', joined[2])} If the text is meant, give it as ${{{{ b'...' }}}}."
        )
    if not isinstance(key, str) or not key.startswith(("$.", "$[")):
        return ""
    return (
        f"The key is the text `{_short(key)}`: no path is looked for here.\n"
        "Write the key itself; 'Publish Events' takes a path."
    )


def doubt_of_timestamp(timestamp: Any) -> str:
    """The same of a time in seconds, of which Kafka has milliseconds."""
    text = str(timestamp).strip()
    epoch = read_epoch(text)
    if epoch is None or epoch.unit != "seconds":
        return ""
    taken = datetime.fromtimestamp(int(text) / 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"timestamp={text} is {taken}: Kafka's times are milliseconds since 1970. {epoch.advice}"


def _is_json(text: str) -> bool:
    return text in ("true", "false", "null") or re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?|[\[{].*", text) is not None


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
