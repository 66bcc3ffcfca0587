"""What a tester may have meant where the JSON in a cell breaks off."""

from __future__ import annotations

import re

_TEXT = 'A text stands in double quotes: "PAID".'
_CLOSED = ("}", "]", '"')
_PYTHON = re.compile(r"(?:True|False|None)\b")


def json_advice(text: str, place: int | None) -> str:
    """What to write instead, by what stands at the place where the text stops being JSON."""
    if place is None:
        return ""
    rest = text[place:]
    if text.strip() and (not rest.strip() or _is_open_text(rest)):
        return "The JSON is not closed. Robot ends a cell at two spaces: write one between its parts."
    if rest[:1] in ("\n", "\r"):
        return "Robot turns \\n in a cell into a line break: write \\\\n inside JSON."
    if rest[:1] == "'":
        return f"JSON has double quotes and no single ones. {_TEXT}"
    if _PYTHON.match(rest):
        return "JSON writes true, false and null."
    return _TEXT if rest[:1].isalpha() and not text[:place].rstrip().endswith(_CLOSED) else ""


def _is_open_text(rest: str) -> bool:
    """Whether a text begins here that never ends."""
    return rest[0] == '"' and '"' not in rest[1:].replace('\\"', "")
