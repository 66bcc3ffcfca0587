"""Robot Framework keywords that test event-driven systems on Kafka."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from KafkaLibrary.version import __version__

if TYPE_CHECKING:
    from KafkaLibrary.library import KafkaLibrary as KafkaLibrary

__all__ = ["KafkaLibrary", "__version__"]


def __getattr__(name: str) -> Any:
    """The library is imported when it is asked for: pytest imports this package in every run, for its plugin."""
    if name != "KafkaLibrary":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    library = import_module("KafkaLibrary.library").KafkaLibrary
    globals()[name] = library
    return library
