"""A contract read from its file: whatever can't be used is noted with its place, and the rest is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from KafkaLibrary.contracts.contract import Contract
from KafkaLibrary.contracts.documents.documents import Documents
from KafkaLibrary.contracts.documents.places import Note, Place
from KafkaLibrary.contracts.reading.channels import ChannelsOf2, ChannelsOf3
from KafkaLibrary.contracts.reading.messages import MessageReader
from KafkaLibrary.errors import KeywordMisused, did_you_mean

_VERSION = re.compile(r"([23])\.(\d+)(\.\d+)?(-.+)?")
_NEWEST = {"2": 6, "3": 1}
_NO_TOPICS: Mapping[str, str] = {}


def load_contract(path: Path, topics: Mapping[str, str] = _NO_TOPICS) -> Contract:
    """The contract in this file. ``topics`` are those of channels without an address, by their ids.

    Raises ``KeywordMisused`` where the file is not an AsyncAPI document of 2.x or 3.x.
    """
    documents = Documents(path)
    content = documents.main.content
    version = _version_of(content, path)
    notes: dict[Any, Note] = {}

    def note(one: Note) -> None:
        notes.setdefault((one.place.key, one.said), one)

    _note_newer(version, documents, note)
    messages = MessageReader(version, documents, str(content.get("defaultContentType") or ""), note)
    reader_of = ChannelsOf2 if version.startswith("2") else ChannelsOf3
    reader = reader_of(documents, messages, topics, note)
    try:
        channels, operations = reader.read()
    except RecursionError:
        raise KeywordMisused(f"The contract '{path.name}' can't be used: it is nested too deeply.") from None
    unknown = [name for name in topics if name not in reader.used]
    if unknown:
        near = did_you_mean(unknown[0], [one.id for one in channels])
        raise KeywordMisused(f"The contract '{path.name}' has no channel '{unknown[0]}'. {near}".rstrip())
    if not channels:
        note(Note(Place(documents.main), "it has no channels, so no event is checked against it.", is_gap=True))
    info = content.get("info") if isinstance(content.get("info"), dict) else {}
    return Contract(
        path=path,
        title=str(info.get("title") or path.name),
        version=version,
        channels=tuple(channels),
        operations=tuple(operations),
        notes=tuple(notes.values()),
        documents=tuple(documents.all),
    )


def _version_of(content: Any, path: Path) -> str:
    named = content.get("asyncapi") if isinstance(content, dict) else None
    version = str(named).strip() if named is not None else ""
    if _VERSION.fullmatch(version):
        return version
    if named is not None:
        raise KeywordMisused(
            f"The contract '{path.name}' is of AsyncAPI {version[:40]}.\n"
            "Those that are read are 2.0 to 2.6, 3.0 and 3.1."
        )
    other = ", and is one of OpenAPI" if isinstance(content, dict) and {"openapi", "swagger"} & content.keys() else ""
    raise KeywordMisused(
        f"The contract '{path.name}' is not an AsyncAPI document: it has no `asyncapi: 3.0.0` or the like{other}."
    )


def _note_newer(version: str, documents: Documents, note: Any) -> None:
    found = _VERSION.fullmatch(version)
    if found and int(found[2]) > _NEWEST[found[1]]:
        said = f"AsyncAPI {version} is newer than what is known here; it is read as {found[1]}.{_NEWEST[found[1]]}."
        note(Note(Place(documents.main, ("asyncapi",)), said))
