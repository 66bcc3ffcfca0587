"""Robot's ``Secret`` among values: refused where it would be compared or published, for it would be seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.secrets.client_properties import is_secret_value

SHOWN = "<secret>"
"""What Robot puts into a cell where a ``Secret`` stands inside another text."""
_SEVERAL = (list, tuple, set, frozenset)
ADVICE = "Use its text if the log may show it: `${SECRET.value}`."
LITERALLY = f"The text `{SHOWN}` itself is written as bytes: `${{{{ b'{SHOWN}' }}}}`."


def hidden_in(value: Any) -> str:
    """What is hidden in a value: a ``Secret`` itself, or a text that was made of one; empty for nothing."""
    waiting, seen = [value], set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if SHOWN in one:
                return SHOWN
        elif isinstance(one, (Mapping, *_SEVERAL)):
            if id(one) not in seen:  # a list may hold itself
                seen.add(id(one))
                waiting += [*one, *one.values()] if isinstance(one, Mapping) else one
        elif is_secret_value(one):
            return "Secret"
    return ""


def refusal(what: str, hidden: str) -> KeywordMisused:
    """Why something is not taken. ``what`` begins the sentence."""
    if hidden == SHOWN:
        return KeywordMisused(
            f"{what} has the text `{SHOWN}`, which Robot writes for a Secret inside a text.\n{ADVICE}\n{LITERALLY}"
        )
    return KeywordMisused(f"{what} has a Secret in it, which would be shown.\n{ADVICE}")


def refuse_hidden(value: Any, what: str) -> None:
    """Raises ``KeywordMisused`` where a value has a ``Secret`` in it, or a text that was made of one."""
    hidden = hidden_in(value)
    if hidden:
        raise refusal(what, hidden)
