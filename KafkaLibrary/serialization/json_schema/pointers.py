"""Parts of a document by what stands behind ``#``: a JSON pointer as RFC 6901 has it, or an anchor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

from KafkaLibrary.errors import KeywordMisused, did_you_mean

Steps = tuple[str | int, ...]

_INDEX = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
_LONE_TILDE = re.compile(r"~(?![01])")
_MOST_NAMES = 20
_DATA = frozenset(("const", "default", "enum", "example", "examples"))
"""Values of these are no schemas, whatever they look like."""


class Nowhere(KeywordMisused):
    """Nothing stands in the document where a pointer or an anchor leads; ``reason`` says what is there instead."""

    def __init__(self, name: str, fragment: str, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The schema {name} has nothing at '#{fragment}': {reason}")


def steps_of(document: Any, fragment: str, name: str) -> Steps:
    """Where in the document the part is. Raises ``Nowhere``; ``name`` is how messages name the document."""
    try:
        decoded = unquote(fragment, errors="strict")
    except UnicodeDecodeError:
        raise Nowhere(name, fragment, "its %-escapes are not UTF-8 text.") from None
    if not decoded:
        return ()
    return _by_pointer(document, decoded, name) if decoded[0] == "/" else _by_anchor(document, decoded, name)


def at(document: Any, steps: Steps) -> Any:
    """What stands there."""
    for step in steps:
        document = document[step]
    return document


def pointer_to(steps: Steps) -> str:
    """The pointer with these steps, as it stands behind ``#``."""
    return "".join(f"/{quote(_escaped(step), safe='~!$&()*+,;=:@')}" for step in steps)


def _escaped(step: str | int) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")


def _shown(steps: Steps) -> str:
    """The pointer for people."""
    return "#" + "".join(f"/{_escaped(step)}" for step in steps)


def _by_pointer(document: Any, pointer: str, name: str) -> Steps:
    steps: Steps = ()
    part = document
    for token in pointer[1:].split("/"):
        try:
            step = _step(part, token)
        except LookupError as reason:
            raise Nowhere(
                name, pointer, f"{_shown(steps)} {reason.args[0]}{_reference(part) if steps else ''}"
            ) from None
        steps, part = (*steps, step), part[step]
    return steps


def _step(part: Any, token: str) -> str | int:
    """The name or the index that a token of a pointer means. Raises ``LookupError`` with what is there instead."""
    if _LONE_TILDE.search(token):
        raise LookupError(f"has no '{token}': a ~ is written ~0 in a pointer, and a / in a name ~1.")
    word = token.replace("~1", "/").replace("~0", "~")
    if isinstance(part, dict):
        if word not in part:
            raise LookupError(f"has no '{word}'. {_names(word, part)}")
        return word
    if isinstance(part, list):
        if _INDEX.fullmatch(word) is None or int(word) >= len(part):
            counted = f"elements 0 to {len(part) - 1}" if part else "no elements"
            raise LookupError(f"is a list with {counted}, and has no '{word}'.")
        return int(word)
    raise LookupError(f"has nothing inside, and so no '{word}'.")


def _names(word: str, known: dict[str, Any]) -> str:
    if not known:
        return "It is empty."
    hint = did_you_mean(word, known)
    more = f" and {len(known) - _MOST_NAMES} more" if len(known) > _MOST_NAMES else ""
    return f"{hint}\nThe names there are: {', '.join([*known][:_MOST_NAMES])}{more}.".lstrip()


def _reference(part: Any) -> str:
    """Where a pointer would have to go on: it follows no references on its way."""
    reference = part.get("$ref") if isinstance(part, dict) else None
    return f"\nThat is a reference to '{reference}': name the part there." if isinstance(reference, str) else ""


def _by_anchor(document: Any, anchor: str, name: str) -> Steps:
    found: dict[str, list[Steps]] = {}
    for known, steps in _anchors(document, ()):
        found.setdefault(known, []).append(steps)
    places = found.get(anchor, [])
    if len(places) == 1:
        return places[0]
    if places:
        shown = ", ".join(map(_shown, places[:_MOST_NAMES]))
        raise Nowhere(name, anchor, f"that anchor is at {shown}.\nName one of them by its pointer.")
    hint = did_you_mean(anchor, found)
    if "/" in anchor or (isinstance(document, dict) and anchor in document):
        hint = f"A JSON pointer begins with a slash: #/{anchor}"
    raise Nowhere(name, anchor, f"there is no anchor '{anchor}'. {hint}".rstrip())


def _anchors(part: Any, steps: Steps) -> Iterator[tuple[str, Steps]]:
    """The names of all parts, in whatever draft they are given, with where they are."""
    if isinstance(part, dict):
        for keyword in ("$anchor", "$dynamicAnchor"):
            if isinstance(part.get(keyword), str):
                yield part[keyword], steps
        for keyword in ("$id", "id"):
            known = part.get(keyword)
            if isinstance(known, str) and known.startswith("#") and len(known) > 1:
                yield known[1:], steps
        for inner, value in part.items():
            if inner not in _DATA:
                yield from _anchors(value, (*steps, inner))
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from _anchors(value, (*steps, index))
