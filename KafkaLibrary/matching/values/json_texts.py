"""JSON that a tester writes, with the place of an error; JSON inside the texts of an event; null and the tombstone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from KafkaLibrary.json_errors import json_advice, json_problem, no_constant
from KafkaLibrary.matching.one_line_texts import show_value
from KafkaLibrary.matching.syntax_error import SyntaxFault

MARK = "\ufeff"
"""The byte order mark, which some programs write in front of a text."""
_BLANKS = " \t\n\r"
_OPENS = ("{", "[", '"')
_UNREADABLE = (ValueError, ArithmeticError, RecursionError)


@dataclass(frozen=True, slots=True)
class Null:
    """A value that is there and says null in its format: Kafka has one, so the event is no tombstone."""

    format: str

    def __str__(self) -> str:
        return f"null in {self.format}, not a tombstone"


def read_json(text: str, what: str) -> Any:
    """The value that the text spells; ``what`` names the text in a refusal. Raises ``SyntaxFault``."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=no_constant, object_pairs_hook=_object)
    except json.JSONDecodeError as problem:
        raise SyntaxFault(f"{what} is not JSON: {problem.msg}.", problem.pos, json_advice(text, problem.pos)) from None
    except RecursionError:
        raise SyntaxFault(f"{what} is nested too deeply.", None) from None
    except (ValueError, ArithmeticError) as problem:
        raise SyntaxFault(f"{what} is {json_problem(problem)}.", None) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in fields:  # JSON takes the last one, and what the first one asks would be lost.
            raise SyntaxFault(f"The field {show_value(name)} is twice in one object.", None)
        fields[name] = value
    return fields


def document_in(content: Any, exact: bool) -> Any:
    """The list or object that a text is the JSON of, be that written as a text once more; else nothing."""
    while isinstance(content, str):
        if not _may_be_json(content):
            return None
        try:
            content = json.loads(content.removeprefix(MARK), parse_float=Decimal if exact else None)
        except _UNREADABLE:
            return None
    return content if isinstance(content, (dict, list)) else None


def text_in(content: Any) -> str | None:
    """The text that a text is the JSON of, without all the quotes that JSON has put around it; else nothing."""
    found = None
    while isinstance(content, str) and content[:1] == '"':
        try:
            content = json.loads(content)
        except _UNREADABLE:
            break
        found = content
    return found


def _may_be_json(text: str) -> bool:
    return text.removeprefix(MARK).lstrip(_BLANKS)[:1] in _OPENS


def unfolded(document: Any) -> Any:
    """A copy with the content of each text that is JSON in its place; the very document where it has none of them."""
    if not any(isinstance(value, str) and _may_be_json(value) for value in values_in(document)):
        return document
    whole = [document]
    waiting: list[Any] = [whole]
    while waiting:
        container = waiting.pop()
        for name, value in list(container.items() if isinstance(container, dict) else enumerate(container)):
            inner = document_in(value, exact=False) if isinstance(value, str) else value
            if isinstance(inner, (dict, list)):
                container[name] = shallow_copy(inner)
                waiting.append(container[name])
    return whole[0]


def outside_texts(document: Any, steps: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The steps up to the text that they lead into; all of them where they lead into none."""
    for count, step in enumerate(steps):
        if isinstance(document, str):
            return steps if document_in(document, False) is None else steps[:count]
        try:
            document = document[step]
        except (LookupError, TypeError):
            break
    return steps


def shallow_copy(value: Any) -> Any:
    return dict(value) if isinstance(value, dict) else list(value)


def values_in(document: Any) -> Iterator[Any]:
    """The document and all that is in it, however deep."""
    waiting = [document]
    while waiting:
        value = waiting.pop()
        yield value
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
