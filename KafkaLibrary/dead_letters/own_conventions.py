"""Conventions of the tester's own: how a framework that is not in the table marks its dead letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from KafkaLibrary.dead_letters.conventions import BY_TOPIC, OWN_TYPES, Convention, Header, Kind, put_in_front
from KafkaLibrary.errors import KeywordMisused, did_you_mean

_KINDS: Mapping[str, Kind] = {
    "text": "text",
    "decimal": "decimal",
    "int": "big-endian",
    "long": "big-endian",
    "bigint": "big-endian",
}
_NUMBERS = ("partition", "offset", "timestamp", "attempts")
_TEXTS = ("topic", "group", "error", "cause", "message", "stack_trace")
_LETTERS_ON, _NEWEST, _OTHERS = "letters_on", "newest", "others"
_KEYS = (*_TEXTS, *_NUMBERS, _LETTERS_ON, _NEWEST, _OTHERS)
_FIELDS = {"message": "error_message"}
"""What a dead letter tells by that name has a longer one in the table."""
_NO_NAME = re.compile(r"[^A-Za-z0-9._*{}-]")
_OWN_TEXT = re.compile(r"[A-Za-z0-9]")
_WITHOUT = Convention("", "", Header(""))


def add_conventions(given: Any) -> None:
    """Know the conventions of a dictionary: the name of each framework, and a dictionary of its headers.

    They are known to all that reads events in this process: the name of a header means one thing. One that is
    recognised by the same header as another takes its place. Raises ``KeywordMisused`` for what is none.
    """
    if not isinstance(given, Mapping):
        raise KeywordMisused(f"{_what('')} is a dictionary from the names of frameworks to their headers.")
    read = [_convention(str(name), parts) for name, parts in given.items()]
    for convention, types in read:
        BY_TOPIC[convention.topic.name] = convention
        OWN_TYPES.update(types)
    put_in_front.cache_clear()


def _convention(name: str, parts: Any) -> tuple[Convention, dict[str, str]]:
    """The convention, and the types of its headers in bytes."""
    what = _what(name)
    if not isinstance(parts, Mapping):
        raise KeywordMisused(f"{what} is a dictionary of its headers, such as {{'topic': 'x-died-on'}}, not {parts!r}.")
    for key in parts:
        if key not in _KEYS:
            near = did_you_mean(str(key), _KEYS)
            raise KeywordMisused(f"{what} has no part '{key}'. {near}\nThe parts are {', '.join(_KEYS)}.")
    if "topic" not in parts:
        raise KeywordMisused(f"{what} lacks 'topic': the header with the event's topic, by which a letter is known.")
    named = {key: _named(what, key, parts[key]) for key in (*_TEXTS, *_NUMBERS) if key in parts}
    headers: dict[str, Any] = {
        _FIELDS.get(key, key): Header(header, _KINDS[kind]) for key, (header, kind) in named.items()
    }
    newest = parts.get(_NEWEST, "last")
    if newest not in ("first", "last"):
        raise KeywordMisused(f"{what}: newest is first or last, not {newest!r}: which of a repeated header it is.")
    others = parts.get(_OTHERS, ())
    if not isinstance(others, list | tuple) or not all(isinstance(one, str) and one for one in others):
        raise KeywordMisused(f"{what}: others is a list of further headers that a letter has, not {others!r}.")
    convention = _WITHOUT._replace(
        framework=name,
        version="the tester's own",
        newest_first=newest == "first",
        letters_on=_rule(what, parts.get(_LETTERS_ON, "")),
        others=tuple(others),
        **headers,
    )
    return convention, {header: kind for header, kind in named.values() if _KINDS[kind] == "big-endian"}


def _named(what: str, key: str, given: Any) -> tuple[str, str]:
    """The name of a header and its type, as ``NAME=TYPE``; without one a number is decimal."""
    name, _, kind = given.partition("=") if isinstance(given, str) else ("", "", "")
    types = [one for one in _KINDS if one != "text"] if key in _NUMBERS else ["text"]
    kind = kind or types[0]
    if not name or kind not in types:
        example = "x-died-at=long" if key in _NUMBERS else "x-died-on"
        raise KeywordMisused(
            f"{what}: {key} is the name of a header, such as {example}, not {given!r}.\n"
            f"Its type is {' or '.join(types)}."
        )
    return name, kind


def _rule(what: str, given: Any) -> str:
    """A pattern for the names of topics, as the table has it."""
    if given == "":
        return ""
    if not isinstance(given, str) or _NO_NAME.search(given) or "{" in given.replace("{topic}", ""):
        raise KeywordMisused(
            f"{what}: letters_on is how the topics of letters are called, such as '{{topic}}.dead', not {given!r}.\n"
            "{topic} stands for the name of the event's topic, * for any characters."
        )
    if not _OWN_TEXT.search(given.replace("{topic}", "")):
        raise KeywordMisused(
            f"{what}: letters_on={given!r} means any topic.\n"
            "Give what all topics of letters have in their names, such as '{topic}.dead'."
        )
    return "".join(_pieces(given))


def _pieces(rule: str) -> Iterator[str]:
    for piece in re.split(r"(\{topic\}|\*)", rule):
        yield {"{topic}": piece, "*": ".*"}.get(piece, re.escape(piece))


def _what(name: str) -> str:
    return f"dead_letter_conventions={f' of {name!r}' if name else ''}"
