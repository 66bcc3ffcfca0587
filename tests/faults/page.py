"""What docs/reliability.md says."""
from __future__ import annotations
from collections.abc import Mapping, Sequence
from tests.faults.judge import Counts
def write(results: Mapping[str, Sequence[Counts]], command: str) -> None: ...
