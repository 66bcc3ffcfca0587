"""UUIDs of MariaDB: what its connector reads from the log is moved by a byte, the last one gone.

Its snapshot has them right, so the same column has two texts.
"""

from __future__ import annotations

import re
from typing import Any

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_BYTE = 2


def is_moved(read: Any, logged: Any) -> bool:
    """Whether the text from a log is the UUID that a snapshot has read."""
    if not isinstance(read, str) or not isinstance(logged, str):
        return False
    if not _UUID.fullmatch(read) or not _UUID.fullmatch(logged):
        return False
    return logged.replace("-", "") == "0" * _BYTE + read.replace("-", "")[:-_BYTE]
