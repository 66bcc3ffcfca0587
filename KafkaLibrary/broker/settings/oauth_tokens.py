"""OAuth tokens (``token_source=``): fetched before a client is made, and renewed before they expire.

The client asks for a token inside ``poll``, swallows whatever is raised there, a timeout of Robot
too, and waits ten seconds for one that does not come. So it is only ever given a token that is
here already; the source is asked between its calls.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from KafkaLibrary.errors import KafkaUnusable, KeywordMisused, stops_robot

_LOG = logging.getLogger("KafkaLibrary.client")
_LATE = 0.7
"""The share of its life after which a token is replaced; the client asks for the next one after 0.8."""
_AGAIN = 10.0
"""Seconds between attempts to replace a token that is still good."""
_MILLISECONDS = 1e11
"""A time of expiry above this is in milliseconds, as Amazon's signer gives it."""
_SHAPES = (
    "A source returns a token as text (a JWT, which has its own expiry), or token and expiry in seconds since "
    "1970, and optionally a principal and a dictionary of extensions."
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token, from when to when it is good in seconds since 1970, and what goes with it."""

    text: str
    fetched: float
    expiry: float
    principal: str = ""
    extensions: tuple[tuple[str, str], ...] = ()
    issued: float | None = None

    def __repr__(self) -> str:
        return f"Token(***, expires {_moment(self.expiry)})"


class TokenSource:
    """A function that gives tokens, and the token that it gave last."""

    def __init__(self, name: str, fetch: Callable[[], Any]) -> None:
        self.name = name
        self._fetch = fetch
        self._token: Token | None = None
        self._before: Token | None = None
        """The one that was replaced, which may be good still."""
        self._next = 0.0

    @property
    def secrets(self) -> set[str]:
        """What must never be shown."""
        return {token.text for token in (self._token, self._before) if token is not None}

    def renew(self) -> None:
        """Have a token that is good for a while. Raises ``KafkaUnusable`` where the source gives none."""
        now = time.time()
        if now < self._next:
            return
        self._next = now + _AGAIN  # before the call: a source that itself uses this library ends here
        try:
            token = self._fetched(now)
        except (KafkaUnusable, KeywordMisused) as problem:
            if self._token is None or self._token.expiry <= now:
                self._next = 0.0
                raise
            self._next = min(self._next, self._token.expiry)
            _LOG.warning("%s", problem)
        except BaseException:  # a timeout of Robot, or Ctrl-C: there is no token yet, and the next call asks anew
            self._next = 0.0
            raise
        else:
            self._before = self._token
            self._token = token
            self._next = now + (token.expiry - now) * _LATE

    def kept(self) -> TokenSource:
        """The same for clients of another thread: it serves what is here, and is renewed where Robot runs."""
        return _Kept(self)

    def serve(self, _: str) -> tuple[Any, ...]:
        """The client's callback: the token that is here."""
        token = self._token
        if token is None:  # a client is made after the first token only
            raise LookupError
        return token.text, token.expiry, token.principal, dict(token.extensions)

    def described(self) -> str:
        """What a refused token says of its times, as a part of a sentence."""
        token, now = self._token, time.time()
        if token is None:
            return ""
        if token.issued is not None and token.issued > now + 1:
            return (
                f": it is valid from {_moment(token.issued)}, and here it is {_moment(now)}; the issuer's clock is "
                "ahead"
            )
        if token.expiry <= now:
            return f": it expired at {_moment(token.expiry)}"
        return f", which by this machine's clock is good until {_moment(token.expiry)}"

    def _fetched(self, now: float) -> Token:
        try:
            given = self._fetch()
        except Exception as problem:
            if isinstance(problem, KeywordMisused) or stops_robot(problem):
                raise
            # Without the cause: what a source was working on may be secret.
            raise KafkaUnusable(
                f"The token source '{self.name}' failed with {type(problem).__name__}.\n"
                "Call it by itself to see why; its message is not shown here, as it may hold a token."
            ) from None
        token = _token(self.name, given, now)
        if token.expiry <= now:
            raise KafkaUnusable(
                f"The token source '{self.name}' returned a token that expired at {_moment(token.expiry)}; "
                f"here it is {_moment(now)}.\n"
                "Compare the clocks of this machine and of the issuer, and how long tokens are kept."
            )
        return token

    def __repr__(self) -> str:
        return f"TokenSource({self.name!r})"


class _Kept(TokenSource):
    """A token source that never asks: a keyword may give the tokens, and runs in Robot's own thread only."""

    def __init__(self, source: TokenSource) -> None:
        super().__init__(source.name, source._fetch)
        self._source = source

    @property
    def secrets(self) -> set[str]:
        return self._source.secrets

    def renew(self) -> None:
        """Whoever opened the connection does."""

    def serve(self, _: str) -> tuple[Any, ...]:
        return self._source.serve(_)

    def described(self) -> str:
        return self._source.described()


def _token(name: str, given: Any, now: float) -> Token:
    parts = [_plain(part) for part in given] if isinstance(given, tuple | list) else [_plain(given)]
    text = parts[0] if parts else None
    if not isinstance(text, str) or not text.strip():
        raise KeywordMisused(f"The token source '{name}' returned {type(text).__name__}, not a token.\n{_SHAPES}")
    text = text.strip()
    claims = _claims(text)
    expiry = _seconds(parts[1] if len(parts) > 1 else claims.get("exp"))
    if expiry is None:
        raise KeywordMisused(f"The token source '{name}' does not say when its token expires.\n{_SHAPES}")
    extensions = parts[3] if len(parts) > 3 and isinstance(parts[3], Mapping) else {}
    principal = parts[2] if len(parts) > 2 else claims.get("sub")
    pairs = tuple((str(key), str(value)) for key, value in extensions.items())
    return Token(text, now, expiry, str(principal or ""), pairs, _seconds(claims.get("iat")))


def _plain(value: Any) -> Any:
    """The text inside Robot's ``Secret``, known by its shape."""
    return value.value if type(value).__name__ == "Secret" and hasattr(value, "value") else value


def _claims(token: str) -> Mapping[str, Any]:
    """What a JWT says of itself; of other tokens nothing can be read."""
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError):
        return {}
    return claims if isinstance(claims, Mapping) else {}


def _seconds(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    if not 0 <= number < float("inf"):
        return None
    return number / 1000 if number > _MILLISECONDS else number


def _moment(seconds: float) -> str:
    try:
        return f"{datetime.fromtimestamp(seconds, timezone.utc):%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, OverflowError, OSError):
        return "a time beyond the calendar"
