"""How people write several values in one text: ``NEW or PAID``, ``(1, 2)``, ``a | b``, ``new and old``."""

from __future__ import annotations

import re

PARTS = ("contains", "^=", "$=", "matches")
"""Operators that look for a part of a text."""
SIGNS_BETWEEN = ("|", ",", ";", "/", " or ", " OR ", " Or ")

_BETWEEN = re.compile(r"\s*(?:\|\|?|[,;])\s*(?:or\s+)?|\s+(?:or|OR|Or)\s+|\s*/\s*")
_BETWEEN_PARTS = re.compile(r"\s*(?:\|\|?|[,;])\s*(?:or\s+)?|\s+(?:or|OR|Or|/)\s+")
"""In a part of a text a slash without blanks is that of a path, an address, or ``N/A``."""
_TOGETHER = re.compile(r"\s*(?:&&?|[+])\s*|\s+(?:and|AND|And)\s+")
_BRACKETS = re.compile(r"\s*(?:\[(.*)\]|\((.*)\)|\{(.*)\})\s*", re.DOTALL)


def several_in(text: str, asks: str) -> list[str]:
    """The values of which one may have been meant, for an operator; none where the text is one."""
    found = _BRACKETS.fullmatch(text)
    inner = next((one for one in found.groups() if one is not None), "") if found else text
    parts = (_BETWEEN_PARTS if asks in PARTS else _BETWEEN).split(inner)
    if asks == "in" and not found:
        parts = [word for part in parts for word in part.split()]
    members = [one for one in (part.strip().strip("'\"") for part in parts) if one]
    return members if found or len(members) > 1 else []


def all_in(text: str) -> list[str]:
    """The values that may have been meant all at once; none where the text is one."""
    found = [one for one in _TOGETHER.split(text) if one]
    return found if len(found) > 1 else []
