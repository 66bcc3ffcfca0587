"""What a failed check of one event says: a field or header that is missing or did not match."""

from __future__ import annotations

import codecs

from KafkaLibrary.errors import KafkaUnusable, Undecodable, did_you_mean
from KafkaLibrary.event import Decoded, Event
from KafkaLibrary.matching import Judgement, Path, has_no_document, show_text, show_value

_VALUE_MOST = 300
_KEY_MOST = 60
_NAMES_SHOWN = 1000
"""Characters of all names of headers in a message."""
_LOOKED_AT = 2000
_BYTES_SHOWN = 32
_AS_SENT = ("json", "text")


def explain(event: Event, judgement: Judgement, message: str | None) -> str:
    """The conditions that an event does not meet, and what it had instead."""
    lines = [message] if message else []
    strict = any(finding.condition.strict for finding in judgement.findings)
    lines.append(f"Event {named(event)} did not match{', with types compared' * strict}:")
    for finding in judgement.findings:
        if finding.held:
            continue
        lines.append(f"    {finding.condition.text}")
        lines.append(f"        {finding.text_with_type}")
    lines.append(value_line(event))
    return "\n".join(lines)


def missing_field(event: Event, path: Path, message: str | None) -> str:
    """The failure for a field that is not there."""
    null = path.null_on_the_way(event)
    meant = "" if null else path.wrapped_otherwise(event)
    near = [] if null or meant else path.near_names(event)
    hint = f" {show_text(null)} is null." if null else ""
    hint += f" Did you mean {show_text(meant)}?" if meant else ""
    hint += f" There is {', '.join(near[:3])}." if near else ""
    texts = path.texts_entered(event)
    hint += f" {show_text(texts[0])} is JSON in a text." if texts else ""
    lines = [message] if message else []
    lines += [f"Event {named(event)} has no field {path.text}.{hint}", value_line(event)]
    return "\n".join(lines)


def unread_field(event: Event, path: Path, reason: Undecodable, message: str | None) -> str:
    """The failure for a field of a value, or of a key, that can't be read."""
    lines = [message] if message else []
    lines.append(f"Event {named(event)} has nothing at {path.text} that can be read: {because(str(reason))}.")
    return "\n".join([*lines, value_line(event)])


def no_header(event: Event, name: str) -> str:
    """The failure for a header that is not there, or not as often as was asked."""
    count = len(event.headers_named(name))
    if count:
        return f"Event {event.place} has only {count} of the header '{name}'."
    known = show_text(", ".join(event.headers), _NAMES_SHOWN) or "none"
    hint = did_you_mean(name, event.headers)
    return f"Event {event.place} has no header '{name}'. {hint}".rstrip() + f"\nIts headers are: {known}."


def because(reason: str) -> str:
    """The first line of a reason, to stand behind a colon."""
    first = reason.split("\n", maxsplit=1)[0].rstrip(".")
    return first[:1].lower() + first[1:]


def named(event: Event) -> str:
    """The place of the event, and its key."""
    return event.place if event.raw_key is None else f"{event.place} (key {show_value(event.shown_key, _KEY_MOST)})"


def value_line(event: Event) -> str:
    """What its value is, in a line of its own."""
    if has_no_document(event):
        return "It is a tombstone, an event without a value."
    return f"Its value is {value_of(event)}"


def value_of(event: Event, most: int = _VALUE_MOST) -> str:
    """The beginning of its value: as it was sent where that is text, otherwise as it was decoded."""
    raw = event.raw_value or b""
    try:
        decoded = event.decoded(exact=True)
    except (Undecodable, KafkaUnusable):
        decoded = Decoded(raw, "bytes" if _is_binary(raw[:_LOOKED_AT]) else "text")
    if decoded.format in _AS_SENT and not decoded.schema:
        return show_text(raw[:_LOOKED_AT].decode(errors="replace"), most)
    if decoded.format == "bytes":
        return f"{len(raw):,} bytes: {raw[:_BYTES_SHOWN].hex(' ')}{' …' * (len(raw) > _BYTES_SHOWN)}"
    return "a tombstone" if decoded.format == "tombstone" else show_value(decoded.content, most)


def _is_binary(raw: bytes) -> bool:
    """Whether it is no text; a sign that is cut off at the end does no harm."""
    try:
        return "\0" in codecs.getincrementaldecoder("utf-8")().decode(raw)
    except UnicodeDecodeError:
        return True
