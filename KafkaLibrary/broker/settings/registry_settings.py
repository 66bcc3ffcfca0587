"""Properties of the schema registry (``schema_registry=``): where they come from, and which are secret."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.secrets.client_properties import Properties
from KafkaLibrary.secrets.masking import SecretTexts, password_in

PREFIX = "schema.registry."
_WITHOUT_PREFIX = ("basic.auth.",)
"""Names that stand without the prefix in properties files of Java clients."""
_REGISTERS = "auto.register.schemas"
_WITH_LOGINS = ("url", "proxy")


@dataclass(frozen=True)
class RegistrySettings:
    """The properties of the registry's client by its own names; none where there is no registry."""

    properties: Mapping[str, Any] = field(default_factory=dict, repr=False)
    secret_texts: SecretTexts = field(default=SecretTexts(), repr=False)
    registers: bool = False
    """Whether publishing registers schemas that are not registered."""


NO_REGISTRY = RegistrySettings()


def is_of_registry(name: str) -> bool:
    """Whether a property is for the schema registry and not for Kafka."""
    return name.startswith((PREFIX, *_WITHOUT_PREFIX))


def read(argument: Any, properties: Mapping[str, Any], secrets: frozenset[str]) -> RegistrySettings:
    """What ``schema_registry=`` gives, on top of the properties that are for the registry.

    ``secrets`` has the names of properties that must never be shown, all with the prefix.
    """
    given = Properties({name.removeprefix(PREFIX): value for name, value in properties.items() if is_of_registry(name)})
    given.update(_argument(argument))
    hidden = {name.removeprefix(PREFIX) for name in secrets}
    registers = _truth(given.pop(_REGISTERS, False))
    return RegistrySettings(Properties(given), SecretTexts(_secret_texts(given, hidden)), registers)


def _truth(value: Any) -> bool:
    if str(value).lower() not in ("true", "false"):
        raise KeywordMisused(f"The property '{PREFIX}{_REGISTERS}' is True or False, not {value!r}.")
    return str(value).lower() == "true"


def _argument(argument: Any) -> dict[str, Any]:
    if argument is None or argument == "":
        return {}
    if isinstance(argument, Mapping):
        return {str(name).replace("_", ".").removeprefix(PREFIX): value for name, value in argument.items()}
    if isinstance(argument, list | tuple):
        return {"url": ",".join(map(str, argument))}
    if isinstance(argument, str):
        return {"url": argument}
    raise KeywordMisused(
        f"schema_registry= can't be {type(argument).__name__}.\n"
        "Give the registry's URL, or a dictionary of its properties with url among them."
    )


def _secret_texts(given: Mapping[str, Any], hidden: set[str]) -> Iterator[str]:
    for name in hidden & given.keys():
        yield str(given[name])
    login = str(given.get("basic.auth.user.info", ""))
    if ":" in login:
        yield login.partition(":")[2]
    for name in _WITH_LOGINS:
        for address in str(given.get(name, "")).split(","):
            password = password_in(address)
            yield from {password, unquote(password)}
