"""Which client properties are secret by their names, and dictionaries of them that show no secret."""

from __future__ import annotations

import re
from typing import Any

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
