"""What a format without a schema is: a name, a way to bytes, and three ways back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Format:
    """How one format reads and writes. ``read_exact`` and ``read_own`` as ``event.Decoder`` says."""

    name: str
    write: Callable[[Any], bytes]
    read: Callable[[bytes], Any]
    read_exact: Callable[[bytes], Any]
    read_own: Callable[[bytes], Any]
