"""Which message of a contract an event says it is: by a header, the name of its record, or a field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from KafkaLibrary.contracts.contract import Message
from KafkaLibrary.contracts.schemas.parts import Part
from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Event

_HEADERS = (
    "__typeid__", "cetype", "eventtype", "eventname", "messagetype", "messagename", "xeventtype", "xmessagetype",
    "cloudeventstype", "rbs2msgtype", "nservicebusenclosedmessagetypes", "type",
)  # fmt: skip
"""Without the signs between their words, which frameworks write otherwise; what is likelier to tell stands first."""
_SIGNS = re.compile(r"[-_.: ]")
_RECORD = re.compile(r"schema \S+ \((?P<name>.+)\)")
_UNNAMED = frozenset(("array", "boolean", "bytes", "double", "float", "int", "long", "map", "null", "string", "union"))
"""Types of Avro that have no name of their own: any value says by itself whether it is one."""
_LAST = re.compile(r"[^.$/:+#]+$")


class Selection(NamedTuple):
    """The messages that the event may be, and what tells so; where nothing tells, all of them."""

    messages: tuple[Message, ...]
    said: str = ""


def selected(event: Event, messages: Sequence[Message]) -> Selection:
    """The messages that the event can mean."""
    for choose in (_by_header, _by_record, _by_discriminator):
        found = choose(event, messages)
        if found is not None:
            return found
    return Selection(tuple(messages))


def record_of(event: Event) -> str:
    """The name of the record or message that an event's own schema gives it; empty where it has none."""
    try:
        found = _RECORD.fullmatch(event.decoded(exact=True).schema)
    except Undecodable:
        return ""
    return found["name"] if found else ""


def is_another(record: str, part: Part) -> bool:
    """Whether an event's own schema is that of another record than the part describes."""
    if record in _UNNAMED:
        return False
    if part.name not in _UNNAMED:
        return short(record) != short(part.name)
    several = part.content if isinstance(part.content, list) else ()
    names = {short(str(one.get("name", "") if isinstance(one, dict) else one)) for one in several}
    return bool(names) and short(record) not in names


def short(name: str) -> str:
    """A name without what stands around it, such as the package of a class, or in .NET its assembly."""
    found = _LAST.search(name.partition(",")[0].strip())
    return found[0] if found else name


def _by_header(event: Event, messages: Sequence[Message]) -> Selection | None:
    there = {_plain(name): name for name, _ in event.raw_headers}
    for known in _HEADERS:
        name = there.get(known, "")
        text = event.headers.get(name) if name else None
        if isinstance(text, str) and text:
            found = _called(messages, text)
            if found:
                return Selection(found, f"Its header {name} says that it is '{text}'.")
    return None


@lru_cache(maxsize=1024)
def _plain(name: str) -> str:
    folded = name.casefold()
    return folded if folded == "__typeid__" else _SIGNS.sub("", folded)


def _called(messages: Sequence[Message], text: str) -> tuple[Message, ...]:
    for name in dict.fromkeys((text, short(text))):
        found = tuple(one for one in messages if name in one.names or name == one.name)
        if found:
            return found
    return ()


def _by_record(event: Event, messages: Sequence[Message]) -> Selection | None:
    record = record_of(event)
    if not record:
        return None
    for name in dict.fromkeys((record, short(record))):
        found = tuple(one for one in messages if one.payload is not None and name in _records(one.payload.name, name))
        if found:
            return Selection(found, f"Its schema says that it is '{record}'.")
    return None


def _records(known: str, asked: str) -> tuple[str, ...]:
    return (known,) if "." in asked else (known, short(known))


def _by_discriminator(event: Event, messages: Sequence[Message]) -> Selection | None:
    if not any(one.discriminator for one in messages):
        return None
    try:
        value = event.decoded(exact=True).content
    except Undecodable:
        return None
    if not isinstance(value, Mapping):
        return None
    found = [one for one in messages if one.discriminator and _text_at(value, one.discriminator) in one.names]
    if not found:
        return None
    field = found[0].discriminator
    return Selection(tuple(found), f"Its field {field} says that it is '{value[field]}'.")


def _text_at(value: Mapping[str, object], name: str) -> str | None:
    """The field, where it is a text: only that is a name."""
    found = value.get(name)
    return found if isinstance(found, str) else None
