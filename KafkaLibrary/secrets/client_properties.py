"""Client properties by name, and which of them may never be shown."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, quote_plus

_SECRET_WORDS = (
    "password",
    "secret",
    "token",
    "jaas",
    "passphrase",
    "ssl.key.pem",
    "ssl.keystore.key",
    "basic.auth",
    "sasl.oauthbearer.config",
    "assertion.private.key",
    "oauth_cb",
)
_NO_SECRETS = (
    "sasl.oauthbearer.token.endpoint.url",
    ".credentials.source",  # a word such as URL
)
_LOGIN = re.compile(r"(?<=://)[^/@\s]+@")
_SHORTEST = 3
"""Texts below that are masked as they are only: encoded they would be found in any text."""


class Properties(dict[str, Any]):
    """A dictionary that shows no secret, as a local variable in a traceback neither."""

    def __repr__(self) -> str:
        return repr({name: _shown(name, value) for name, value in self.items()})

    __str__ = __repr__


def _shown(name: str, value: Any) -> Any:
    if is_secret(name) or is_secret_value(value):
        return "***"
    return _LOGIN.sub("***@", value) if isinstance(value, str) else value


class Concealed(str):
    """A text that shows nothing of itself where it is looked at as a value."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


def concealed(value: Any) -> Any:
    """An address or a dictionary with a login in it, so that it shows none in a traceback."""
    if isinstance(value, str):
        return Concealed(value)
    return Properties(value) if isinstance(value, dict) else value


def is_secret(name: str) -> bool:
    """Whether the value of this property must never be shown."""
    dotted = name.lower().replace("_", ".")
    if dotted.endswith(_NO_SECRETS):
        return False
    return any(word in dotted or word in name for word in _SECRET_WORDS)


def is_secret_value(value: Any) -> bool:
    """Whether it is Robot's ``Secret``, which is known here by its shape: no import of Robot is needed."""
    return type(value).__name__ == "Secret" and hasattr(value, "value")


def revealed(value: Any) -> Any:
    """The text inside Robot's ``Secret``."""
    return value.value if is_secret_value(value) else value


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
