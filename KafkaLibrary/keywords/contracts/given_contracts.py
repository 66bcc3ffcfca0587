"""Contracts as they are given: to the import, and to `Load Contract`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from KafkaLibrary.errors import KeywordMisused, did_you_mean, how_to_install
from KafkaLibrary.keywords.calls import arguments
from KafkaLibrary.lazy_module import LazyModule

if TYPE_CHECKING:
    from KafkaLibrary.contracts.contract import Contract
    from KafkaLibrary.contracts.reading import loading
    from KafkaLibrary.guarding import contract_guard
else:
    contract_guard = LazyModule("KafkaLibrary.guarding.contract_guard")
    loading = LazyModule("KafkaLibrary.contracts.reading.loading")

_WARNINGS_MOST = 20


def read(path: Any, topics: Any = None) -> tuple[Contract, list[str]]:
    """A contract, and warnings of what in it is not checked, or not as it is meant."""
    file = arguments.file_path(path, "the contract")
    try:
        contract = loading.load_contract(file, _by_channel(topics, file))
    except ImportError as problem:
        raise KeywordMisused(
            f"A contract needs packages for its schemas: {problem}.\n{how_to_install('jsonschema', 'yaml')}"
        ) from None
    lines = [str(note) for note in contract.notes]
    shown = lines[:_WARNINGS_MOST]
    more = [f"... and {len(lines) - len(shown)} more"] if len(lines) > len(shown) else []
    return contract, ["\n".join([f"The contract '{contract.name}':", *shown, *more])] if lines else []


def read_all(paths: Any) -> tuple[dict[str, Contract], list[str]]:
    """Those of the import, by the names of their files: a path, or a list of them."""
    if paths is None or paths == "":
        return {}, []
    if isinstance(paths, Mapping) or not isinstance(paths, str | Path | Iterable):
        raise KeywordMisused(f"contract= is the path of an AsyncAPI document, or a list of them, not {paths!r}.")
    found: dict[str, Contract] = {}
    warnings: list[str] = []
    for path in [paths] if isinstance(paths, str | Path) else paths:
        contract, told = read(path)
        name = contract.name if contract.name not in found else str(path)
        found[name] = contract
        warnings += told
    return found, warnings


def chosen(known: Mapping[str, Contract], alias: Any) -> list[Contract]:
    """The contract of that alias, or all that were read. Raises ``KeywordMisused`` where there is none."""
    if not known:
        raise KeywordMisused(
            "No contract was read.\nCall 'Load Contract', or give contract=asyncapi.yaml when the library is imported."
        )
    if alias in (None, ""):
        return list(known.values())
    if alias not in known:
        near = did_you_mean(str(alias), known)
        names = ", ".join(f"'{one}'" for one in known)
        raise KeywordMisused(f"There is no contract '{alias}'. {near}".rstrip() + f"\nThey are: {names}.")
    return [known[alias]]


def topics_of(contracts: Mapping[str, Contract]) -> tuple[str, ...]:
    """The topics to watch, where events are guarded. Raises ``KeywordMisused`` where there are none."""
    if not contracts:
        raise KeywordMisused("contract_guard= needs a contract.\nGive contract=asyncapi.yaml, too.")
    return contract_guard.topics_of(contracts.values())


def summary(contract: Contract) -> str:
    """What was read, in one line."""
    counts = (
        (len(contract.channels), "channel"),
        (len(contract.messages), "message"),
        (len(contract.documents), "file"),
    )
    said = ", ".join(f"{count} {word}{'s' if count != 1 else ''}" for count, word in counts)
    return f"The contract '{contract.name}' (AsyncAPI {contract.version}, {contract.title}) has {said}."


def _by_channel(topics: Any, file: Path) -> dict[str, str]:
    if topics is None or topics == "":
        return {}
    if isinstance(topics, Mapping):
        return {str(name): arguments.topic(topic) for name, topic in topics.items()}
    without = [one.id for one in loading.load_contract(file).channels if one.address is None]
    if len(without) != 1:
        raise KeywordMisused(
            f"topics= is one topic where one channel has no address, and here {len(without)} have none.\n"
            "Give a dictionary with the topic of each, by the channels' ids."
        )
    return {without[0]: arguments.topic(topics)}
