"""The evidence that a test left in log.html, as a text that a reviewer can read."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from robot.result import Message, ResultVisitor, TestCase

_LINES = ("tr", "th", "td", "div", "pre", "br", "p", "summary", "details", "table")
_MARKS = {"mark": "»«", "b": "**"}


class _Text(HTMLParser):
    """Blocks become lines, and what is marked stands between »«."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_starttag(self, tag: str, _: Any) -> None:
        self.text += "\n" * (tag in _LINES) + _MARKS.get(tag, "")[:1]

    def handle_endtag(self, tag: str) -> None:
        self.text += _MARKS.get(tag, "")[1:] + "\n" * (tag in _LINES)

    def handle_data(self, data: str) -> None:
        self.text += data


class _Messages(ResultVisitor):  # type: ignore[misc] # Robot's classes have no types
    def __init__(self) -> None:
        self.html: list[str] = []
        self.notes: list[str] = []

    def visit_message(self, message: Message) -> None:
        if message.html and "<details" in message.message:
            self.html.append(message.message)
        else:
            self.notes.append(message.message)


def notes_of(test: TestCase) -> str:
    """What is no table."""
    found = _Messages()
    test.visit(found)
    return "\n".join(found.notes)


def evidence_of(test: TestCase) -> str:
    """Nothing where there is none."""
    found = _Messages()
    test.visit(found)
    reader = _Text()
    reader.feed("\n".join(found.html))
    return "\n".join(line.rstrip() for line in reader.text.splitlines() if line.strip())
