"""Where rooms stand in a picture: each above all that it uses, in an order in which few arrows cross."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import pairwise
from math import fsum

from tests.pictures.imports import Uses

_SWEEPS = 24
_PULLS = 4
_LANE = 6
"""Width of what is left free beside the rooms of a row for an arrow that passes them."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A room in a row; or with ``above`` a lane through that row, for the arrows to the room of that name below."""

    name: str
    above: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows from the lowest up, the middle of each spot, and the arrows from row to row."""

    rows: Sequence[Sequence[Spot]]
    middles: Mapping[Spot, float]
    arrows: Sequence[tuple[Spot, Spot]]


def laid_out(uses: Uses, width_of: Callable[[str], float], gap: float) -> Layout:
    """Raises ``graphlib.CycleError`` where rooms use each other in a circle."""
    levels = _levels(uses)
    arrows = sorted({arrow for user, used in _drawn(uses) for arrow in _steps(user, used, levels)}, key=_by_name)
    spots = {spot for arrow in arrows for spot in arrow} | {Spot(name) for name in uses}
    rows: list[list[Spot]] = [[] for _ in range(max(levels.values()) + 1)]
    for spot in sorted(spots, key=lambda one: (one.name, one.above)):
        rows[levels[spot.name] + spot.above].append(spot)
    beside = _neighbours(arrows)
    _order(rows, beside)
    return Layout(rows, _middles(rows, beside, lambda spot: _LANE if spot.above else width_of(spot.name), gap), arrows)


def _levels(uses: Uses) -> dict[str, int]:
    """The rows of all rooms. One that uses nothing stands right below the lowest of those that use it."""
    levels: dict[str, int] = {}
    for name in TopologicalSorter(uses).static_order():
        levels[name] = max((levels[used] + 1 for used in uses[name]), default=0)
    for name in (name for name, used in uses.items() if not used):
        levels[name] = min((levels[user] - 1 for user, used in uses.items() if name in used), default=0)
    return levels


def _drawn(uses: Uses) -> Iterator[tuple[str, str]]:
    """Who uses whom, without what follows: where one uses another by way of a third."""
    reached: dict[str, set[str]] = {}
    for name in TopologicalSorter(uses).static_order():
        reached[name] = uses[name].union(*(reached[used] for used in uses[name]))
    for name, used in uses.items():
        by_way = set().union(*(reached[one] for one in used))
        yield from ((name, one) for one in used - by_way)


def _steps(user: str, used: str, levels: Mapping[str, int]) -> Iterator[tuple[Spot, Spot]]:
    """An arrow passes each row between through the lane of its room, in which all arrows to it come together."""
    between = [Spot(used, above) for above in range(levels[user] - levels[used] - 1, 0, -1)]
    return pairwise([Spot(user), *between, Spot(used)])


def _by_name(arrow: tuple[Spot, Spot]) -> tuple[str, int, str, int]:
    return (arrow[0].name, arrow[0].above, arrow[1].name, arrow[1].above)


def _neighbours(arrows: Sequence[tuple[Spot, Spot]]) -> dict[Spot, list[Spot]]:
    beside: dict[Spot, list[Spot]] = {}
    for upper, lower in arrows:
        beside.setdefault(upper, []).append(lower)
        beside.setdefault(lower, []).append(upper)
    return beside


def _order(rows: Sequence[list[Spot]], beside: Mapping[Spot, Sequence[Spot]]) -> None:
    """Sorts each row by the mean place of what its spots are tied to, down and up in turn."""
    for sweep in range(_SWEEPS):
        numbers = range(len(rows)) if sweep % 2 else range(len(rows) - 1, -1, -1)
        for number in numbers:
            places = {spot: (i + 0.5) / len(row) for row in rows for i, spot in enumerate(row)}
            wanted = _wanted(rows[number], places, beside)
            rows[number].sort(key=wanted.__getitem__)


def _middles(
    rows: Sequence[Sequence[Spot]],
    beside: Mapping[Spot, Sequence[Spot]],
    width_of: Callable[[Spot], float],
    gap: float,
) -> dict[Spot, float]:
    """Each spot as near to the mean of its neighbours as the others of its row let it."""
    middles: dict[Spot, float] = {}
    for row in rows:
        left = -fsum(width_of(spot) + gap for spot in row) / 2
        for spot in row:
            middles[spot] = left + width_of(spot) / 2
            left += width_of(spot) + gap
    for sweep in range(_PULLS):
        for row in rows if sweep % 2 else reversed(rows):
            wanted = _wanted(row, middles, beside)
            middles.update(zip(row, _apart([*wanted.values()], [width_of(spot) for spot in row], gap), strict=True))
    return middles


def _apart(wanted: Sequence[float], widths: Sequence[float], gap: float) -> list[float]:
    """The wanted places, moved until nothing overlaps: the mean of moving to the right and of moving to the left."""
    distances = [(before + after) / 2 + gap for before, after in pairwise(widths)]
    right, left = list(wanted), list(wanted)
    for i, distance in enumerate(distances):
        right[i + 1] = max(right[i + 1], right[i] + distance)
    for i in range(len(distances) - 1, -1, -1):
        left[i] = min(left[i], left[i + 1] - distances[i])
    return [(one + other) / 2 for one, other in zip(right, left, strict=True)]


def _wanted(
    row: Sequence[Spot], places: Mapping[Spot, float], beside: Mapping[Spot, Sequence[Spot]]
) -> dict[Spot, float]:
    """For each spot the mean place of its neighbours; its own where it has none."""
    found = ((spot, [places[one] for one in beside.get(spot, [spot])]) for spot in row)
    return {spot: fsum(several) / len(several) for spot, several in found}
