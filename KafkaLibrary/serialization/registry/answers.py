"""What a schema registry answers: schemas with their ids and references, compatibility, and refusals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_DESCRIPTION = re.compile(r"description:'(.*?)', additionalInfo:", re.DOTALL)
_CIRCUMSTANCE = re.compile(r"\{(oldSchema|oldSchemaVersion|validateFields|compatibility)\b")


@dataclass(frozen=True, slots=True)
class Reference:
    """A schema that another one uses by ``name``: a version of a subject, the latest where none is given."""

    name: str
    subject: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """A schema as the registry has it.

    ``references`` has the name and the text of each schema that it needs, those first that others need.
    """

    id: int
    kind: str
    text: str
    references: tuple[tuple[str, str], ...] = ()
    subject: str | None = None
    version: int | None = None
    raw_references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Compatibility:
    """Whether a schema fits the versions of a subject by its level, and what breaks the rule."""

    is_compatible: bool
    level: str
    reasons: tuple[str, ...] = ()


class Refusal(Exception):
    """What a registry answered instead of doing it: the status of HTTP, its own code, its words."""

    def __init__(self, status: int, code: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.code = code
        self.words = words


def incompatible(subject: str, found: Compatibility) -> str:
    """The message for a schema that breaks the rule of its subject, a line a reason."""
    reasons = found.reasons or ("the registry gives no reason, and none was found here",)
    return f"The schema is not compatible with the subject '{subject}' ({found.level}):" + "".join(
        f"\n    {reason}" for reason in reasons
    )


def told(said: Sequence[Any]) -> Iterator[str]:
    """The reasons among what a registry says of an incompatible schema; old schemas and settings are none."""
    for message in map(str, said):
        description = _DESCRIPTION.search(message)
        if description:
            yield description[1]
        elif not _CIRCUMSTANCE.match(message):
            yield message
