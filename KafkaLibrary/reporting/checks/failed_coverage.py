"""What is said of the coverage of contracts: how much there is, and what was never seen."""

from __future__ import annotations

from KafkaLibrary.contracts.coverage.sightings import KINDS, Item, Sightings, count
from KafkaLibrary.matching import show_text
from KafkaLibrary.reporting.long_lists import bounded

_IN_DOUBT = "    only by events that match several messages"
_WORDS = {"absent": "left out", "field": "present", "null": "null"}


def enough(found: Sightings) -> str:
    """All of it in a line."""
    total = count(found, found.items)
    beside = f", {total.published} of it by the test alone" if total.published else ""
    return f"{total.covered} of {total.there} parts of the contracts were seen: {total.percent:.1f} %{beside}."


def too_little(found: Sightings, asked: float, message: str | None) -> str:
    """Why that is too little."""
    total = count(found, found.items)
    front = f"{message}\n" if message else ""
    if not total.there:
        return f"{front}The contract has nothing that could be covered: no channel and no message."
    never = sorted((item for item in found.items if found.of(item)[0] in ("never", "several")), key=_order)
    lines = bounded([told(item) + (_IN_DOUBT if item in found.several else "") for item in never])
    return "\n".join([
        f"{front}{total.percent:.1f} % of the contracts were seen, and at least {asked:g} % was expected.",
        f"Of {total.there} parts {len(never)} were never seen:",
        *lines,
    ])  # fmt: skip


def told(item: Item) -> str:
    """One part in a line."""
    if item.kind in ("channel", "operation", "message"):
        return show_text(f"{item.kind} '{item.owner}'")
    what = _WORDS.get(item.kind, item.shown)
    kind = {"value": "value ", "branch": "branch ", "example": "example "}.get(item.kind, "")
    return show_text(" ".join(filter(None, [f"{item.owner}:", item.part, f"{kind}{what}"])))


def table_of_counts(found: Sightings, page: str) -> str:
    """The counts in Robot's own form of tables, for a suite's metadata."""
    total = count(found, found.items)
    rows = []
    for kind in KINDS:
        items = [item for item in found.items if item.kind == kind]
        if items:
            one = count(found, items)
            rows.append(f"| {kind} | {one.covered} of {one.there} | {int(one.percent)} % |")
    return "\n".join([f"*{int(total.percent)} %*, see [{page}|{page}]", "", *rows])


def _order(item: Item) -> tuple[str, str, int, str, str]:
    return item.contract, item.owner, KINDS.index(item.kind), item.part, item.shown
