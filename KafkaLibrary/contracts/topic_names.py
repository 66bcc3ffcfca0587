"""Which topics an address of a contract means: one, or all that fit its parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_TOPIC = re.compile(r"[A-Za-z0-9._-]{1,249}", re.ASCII)
_PARAMETER = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """``{name}`` in an address: one segment, without a dot, of these values where they are given."""

    values: tuple[str, ...] = ()
    pattern: str = ""

    def fits(self, text: str) -> bool:
        return (not self.values or text in self.values) and (not self.pattern or bool(re.search(self.pattern, text)))


@dataclass(frozen=True, slots=True)
class Address:
    """What stands in the contract, and the parameters within it."""

    text: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    @property
    def topic(self) -> str | None:
        """The topic's name; nothing where parameters stand for parts of it."""
        return None if _PARAMETER.search(self.text) else self.text

    @property
    def pattern(self) -> str:
        """A regular expression that fits the topics, whatever values their parameters may have."""
        pieces = _PARAMETER.split(self.text)
        return "^" + "".join("[^.]+" if at % 2 else re.escape(piece) for at, piece in enumerate(pieces)) + "$"

    def values_in(self, topic: str) -> dict[str, str] | None:
        """What stands for each parameter in this topic; nothing where it does not fit."""
        pieces = _PARAMETER.split(self.text)
        names = pieces[1::2]
        pattern = "".join("([^.]+)" if at % 2 else re.escape(piece) for at, piece in enumerate(pieces))
        found = re.fullmatch(pattern, topic)
        if found is None:
            return None
        values: dict[str, str] = {}
        for name, text in zip(names, found.groups(), strict=True):
            known = self.parameters.get(name)
            if values.setdefault(name, text) != text or (known is not None and not known.fits(text)):
                return None
        return values

    def fits(self, topic: str) -> bool:
        return self.values_in(topic) is not None


def address_of(text: Any, parameters: Mapping[str, Parameter]) -> Address | None:
    """The address, where it can be a topic of Kafka: a name with a slash, or with another sign, can't."""
    if not isinstance(text, str) or not _TOPIC.fullmatch(_PARAMETER.sub("x", text)):
        return None
    return Address(text, parameters)


def parameter_of(content: Any) -> Parameter:
    """A parameter as it stands in a contract: in 2.x its values are in a schema."""
    known = content if isinstance(content, dict) else {}
    inner = known.get("schema")
    schema: dict[str, Any] = inner if isinstance(inner, dict) else known
    listed = schema.get("enum")
    values = listed if isinstance(listed, list) else []
    if "const" in schema:
        values = [schema["const"]]
    pattern = schema.get("pattern")
    return Parameter(tuple(map(str, values)), pattern if isinstance(pattern, str) and _is_regular(pattern) else "")


def _is_regular(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
