"""Masking: passwords and other secrets are taken out of a text, in whichever form they may stand in it."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus, urlsplit

MASK = "***"
_SHORTEST = 3
"""Texts below that are masked as they are only: encoded they would be found in any text."""


class SecretTexts(tuple[str, ...]):
    """Texts that show themselves nowhere."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self)} secret texts>"


def masked(text: str, secrets: SecretTexts) -> str:
    """The text without these; of two that overlap the longer one has to stand first."""
    for secret in secrets:
        text = text.replace(secret, MASK)
    return text


def longest_first(secrets: Iterable[str]) -> SecretTexts:
    """Each of them once, and none that is empty: a secret may hold another."""
    return SecretTexts(sorted(filter(None, set(secrets)), key=len, reverse=True))


def forms(secret: str, user: str = "") -> Iterator[str]:
    """How a secret may stand in a text: as it is, escaped for URLs and in base64, with its user too."""
    yield secret
    if len(secret) < _SHORTEST:
        return
    for text in (secret, f"{user}:{secret}") if user else (secret,):
        encoded = base64.b64encode(text.encode()).decode()
        yield from (quote(text), quote(text, safe=""), quote_plus(text), encoded, encoded.rstrip("="))
        safe = base64.urlsafe_b64encode(text.encode()).decode()
        yield from (safe, safe.rstrip("="))
    if "\n" in secret:  # PEM, on one line as the client's log has it
        yield from (line for line in secret.splitlines() if len(line) > 20)


def password_in(address: str) -> str:
    """The password of a URL, empty where it has none."""
    try:
        return urlsplit(address.strip()).password or ""
    except ValueError:
        return ""
