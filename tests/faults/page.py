"""What docs/reliability.md says."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from tests.faults.judge import Counts
from tests.places import RESULTS

KEPT = RESULTS / "faults" / "counts.json"


def keep(results: Mapping[str, Sequence[Counts]]) -> None:
    """Leave what was counted so far for the page, so that a run that is stopped is not lost."""
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(json.dumps({name: [asdict(one) for one in runs] for name, runs in results.items()}, indent=1))


def write(command: str) -> None: ...
