"""Patterns from which Robot removed a backslash, and the letters that may have been classes: ``^d{4}$``, ``[w.]+``."""

from __future__ import annotations

import re

_CLASSES = "dDwWsS"
_ALONE = "ds"
"""Those that may be a class where nothing repeats them. What is no digit, or any letter, fits nearly all texts."""
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[A-Za-z]+|.", re.DOTALL)
_IN_SET = re.compile(r"[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z]+|\\.|.", re.DOTALL)
_BESIDE_CAPITALS = re.compile(r"(?<=[A-Z])[dws](?![a-z])")
_REPEATED = re.compile(r"[+*]|\{\d+(?:,\d*)?\}")


def restored(pattern: str) -> tuple[str, ...]:
    """The pattern with a backslash where one may have been, the likeliest first; the same where none may."""
    repeated = _classes(pattern, mixed=False, repeated_only=True)
    if "\\" in pattern:  # who has written one that arrived means the other letters
        return (repeated,)
    alone, mixed = _classes(pattern, mixed=False), _classes(pattern, mixed=True)
    return tuple(dict.fromkeys((alone, mixed, _BESIDE_CAPITALS.sub(r"\\\g<0>", mixed), _borders(pattern))))


def is_likely(pattern: str) -> bool:
    """Whether the form alone speaks for it: a letter of a class is repeated."""
    return _classes(pattern, mixed=False, repeated_only=True) != pattern


def _classes(pattern: str, *, mixed: bool, repeated_only: bool = False) -> str:
    """With the letters of classes escaped: those that stand alone, with ``mixed`` repeated ones behind others, too."""
    tokens = _TOKEN.findall(pattern)
    for place, token in enumerate(tokens):
        behind = "".join(tokens[place + 1 :])
        repeated = _REPEATED.match(behind) is not None
        if token[0] == "[" and len(token) > 1 and not repeated_only:
            tokens[place] = _set_with_classes(token, repeated)
        elif token.isalpha() and token.isascii():
            may_be_alone = not repeated_only and not token.strip(_ALONE)
            if all(letter in _CLASSES for letter in token) and (repeated or may_be_alone):
                tokens[place] = "".join(f"\\{letter}" for letter in token)
            elif mixed and repeated and token[-1] in _CLASSES:
                tokens[place] = f"{token[:-1]}\\{token[-1]}"
    return "".join(tokens)


def _set_with_classes(token: str, repeated: bool) -> str:
    """A letter alone in a set is meant, and the way to write it. Several alone are, too, but for ``[sS]``."""
    inner = token.strip("[^]")
    if len(inner) < 2 or (inner.isalpha() and not repeated and inner.casefold() not in ("dd", "ss", "ww")):
        return token
    return f"[{''.join(_class_alone(part) for part in _IN_SET.findall(token[1:-1]))}]"


def _class_alone(part: str) -> str:
    is_classes = part.isalpha() and part.isascii() and all(letter in _CLASSES for letter in part)
    return "".join(f"\\{letter}" for letter in part) if is_classes else part


def _borders(pattern: str) -> str:
    r"""``\bPAID\b`` that has become ``bPAIDb``."""
    return re.sub(r"(?<![A-Za-z\\])b([A-Za-z0-9_]+)b(?![A-Za-z])", r"\\b\1\\b", pattern)
