"""What the import of the library says of its connection, before that is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from KafkaLibrary.broker.settings.oauth_tokens import TokenSource

LOG_SIZE = 64 * 1024 * 1024
"""Bytes of recent events."""


@dataclass(frozen=True)
class Described:
    """A connection that was described when the library was imported, to be opened at its first use."""

    bootstrap_servers: str | None
    config: str | None
    options: Mapping[str, Any]
    timeout: float
    log_size: int = LOG_SIZE
    watch: tuple[str, ...] = ()
    dead_letters: tuple[str, ...] = ()
    """The topics that are guarded. They are among those that are watched."""
    contract_guard: str = ""
    """``fail`` or ``warn``, where events are guarded by their contracts."""
    schema_registry: Any = field(default=None, repr=False)
    token_source: TokenSource | None = None
    doubts_fail: bool = False
    """Whether a keyword fails where it passed and perhaps not for what was meant; else it warns."""
    logs_failures: bool = False
    """Whether a test that failed leaves in the log what came on the watched topics."""
