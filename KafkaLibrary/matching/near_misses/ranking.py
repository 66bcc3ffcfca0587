"""Chooses the nearest of the events that did not match, and counts the others by what they had in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Any, NamedTuple

from KafkaLibrary.event import Event
from KafkaLibrary.matching.conditions import Condition, Conditions
from KafkaLibrary.matching.conditions.unmet_conditions import Finding, Judgement, State, state_of
from KafkaLibrary.matching.near_misses.distance import Nearness, nearness_to
from KafkaLibrary.matching.one_line_texts import VALUE_MOST, show_text, show_values
from KafkaLibrary.matching.paths import Path

_DISTINCT = 200
"""Ways to fail that are counted one by one; further ones are counted by their conditions only."""
_GROUPS = 5
_UNJUDGED = "could not be judged"
_TOMBSTONE = "is a tombstone"
_SEARCHED = 200
"""Events in which the name is looked for that was meant by a path which finds nothing."""


class Rank(NamedTuple):
    """The greater, the nearer: conditions held, which of them, nearness of the values, and then the later event."""

    held: int
    first: int  # the event itself is asked for by its key, else most often by the condition that is written first
    nearness: float
    timestamp: int
    offset: int  # of two events of one millisecond the later one, in whatever order they were read


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An event that did not match, and how it was judged."""

    event: Event
    judgement: Judgement

    @property
    def texts(self) -> tuple[str, ...]:
        return self.judgement.texts

    @property
    def text(self) -> str:
        """One line: what the event had instead."""
        return ", ".join(self.texts)


def rank(near_misses: Iterable[NearMiss], most: int = 5) -> list[NearMiss]:
    """The nearest events first, no more than ``most`` of them."""
    ranked = [(_rank(miss), miss) for miss in near_misses]
    ranked.sort(key=lambda one: one[0], reverse=True)
    return [miss for _, miss in ranked[:most]]


def _rank(miss: NearMiss) -> Rank:
    findings = miss.judgement.findings
    nearness = sum(nearness_to(finding.condition)(finding.found) for finding in findings if not finding.held)
    weights = _weights([finding.condition for finding in findings])
    first = sum(weight for weight, finding in zip(weights, findings, strict=True) if finding.held)
    return Rank(miss.judgement.held, first, nearness, miss.event.timestamp_ms, miss.event.offset)


def _weights(conditions: Sequence[Condition]) -> list[int]:
    """What each of them counts for where others hold instead: those on the key most, then in the order written."""
    order = sorted(range(len(conditions)), key=lambda place: conditions[place].path.origin != "key")
    weights = [0] * len(conditions)
    for rank_, place in enumerate(reversed(order)):
        weights[place] = 1 << rank_
    return weights


class _Watched(NamedTuple):
    """A condition, and what is said of many events that fail it."""

    condition: Condition
    weight: int
    nearness: Nearness
    other: str
    missing: str


Way = tuple[Any, ...]
"""What events that fail are told apart by: the conditions, and the types and values found."""
Alike = tuple[str, ...]
"""What they are told apart by when they are too many."""
_Failed = tuple[Way, Nearness, list[Any]]


class _Kept(NamedTuple):
    rank: Rank
    event: Event
    alike: Alike


class NearMisses:
    """Takes every event that was read; keeps the nearest, one for each way to fail, and counts the others.

    ``read`` counts them all, ``undecodable`` those that might have matched if their value could
    be read. Of events that match nothing else is kept.
    """

    def __init__(self, conditions: Conditions, most: int = 5) -> None:
        self.read = 0
        self.undecodable = 0
        self._conditions = conditions
        self._watched = [
            _Watched(one, weight, nearness_to(one), f"{path} had other values", f"{path} is missing")
            for one, weight, path in (
                (one, weight, show_text(one.path.text))
                for one, weight in zip(conditions, _weights(conditions), strict=True)
            )
        ]
        self._most = most
        self._best: dict[Way, _Kept] = {}
        self._farthest: Way | None = None
        self._counts: dict[Way, int] = {}
        self._told: dict[Way, tuple[str, Alike]] = {}
        self._uncounted: dict[Alike, int] = {}
        self._meant: dict[str, tuple[str, Event]] = {}
        self._searched: dict[str, int] = {}

    def add(self, event: Event) -> str:
        """Count the event, and keep it where it is among the nearest. Gives why it could not be judged, if so."""
        self.read += 1
        held = first = unjudged = 0
        failed: list[_Failed] = []
        alike: list[str] = []
        reasons: list[str] = []
        for condition, weight, nearness_of, other, missing in self._watched:
            state, found, reason = state_of(condition, event)
            if state is State.HELD:
                held += 1
                first += weight
            elif state is State.FAILED:
                failed.append((_way(other, found), nearness_of, found))
                alike.append(other)
            elif state is State.MISSING:
                alike.append(missing)
                self._look_for_name(condition.path, event)
            elif state is State.TOMBSTONE:
                alike.append(_TOMBSTONE)
            else:
                unjudged += 1
                alike.append(_UNJUDGED)
                reasons.append(reason)
        if alike:
            failure = (*[way for way, _, _ in failed], *alike, *reasons)
            self._count(failure, tuple(alike), event)
            if self._may_be_kept(failure, held):
                known = self._best.get(failure)
                near = known.rank.nearness if known else sum(nearness_of(found) for _, nearness_of, found in failed)
                self._keep(
                    failure, _Kept(Rank(held, first, near, event.timestamp_ms, event.offset), event, tuple(alike))
                )
        if not unjudged or unjudged < len(alike):
            return ""
        self.undecodable += 1
        return reasons[0]

    def nearest(self) -> list[NearMiss]:
        """The nearest events first; of those that failed alike only the latest."""
        best = sorted(self._best.values(), key=lambda kept: kept.rank, reverse=True)
        return [NearMiss(kept.event, self._judged(kept.event)) for kept in best]

    def _look_for_name(self, path: Path, event: Event) -> None:
        """Any of the events read may have the name that was meant where the nearest one has nothing like it."""
        searched = self._searched.get(path.text, 0)
        if path.text in self._meant or searched >= _SEARCHED:
            return
        if path.origin != "headers" or event.raw_headers:
            self._searched[path.text] = searched + 1
        name = path.name_meant(event)
        if name:
            self._meant[path.text] = name, event

    def _judged(self, event: Event) -> Judgement:
        judgement = self._conditions.judge(event)
        if not self._meant:
            return judgement
        return Judgement(tuple(map(self._with_name, judgement.findings, repeat(event))))

    def _with_name(self, finding: Finding, event: Event) -> Finding:
        path = finding.condition.path
        name, other = self._meant.get(path.text, ("", event))
        if finding.state is not State.MISSING or not name or path.name_meant(event):
            return finding
        return replace(finding, near=(f"{show_text(name)} in {other.place}",))

    def groups(self) -> list[tuple[int, str]]:
        """How many other events failed in which way, the most frequent first."""
        counts, merged = self._without_kept()
        frequent = sorted((failure for failure in counts if counts[failure]), key=lambda one: -counts[one])
        few = len(frequent) <= _GROUPS and not merged
        shown = [failure for failure in frequent[:_GROUPS] if few or counts[failure] > 1]
        for failure in frequent:
            if failure not in shown:
                alike = self._told[failure][1]
                merged[alike] = merged.get(alike, 0) + counts[failure]
        groups = [(counts[failure], self._told[failure][0]) for failure in shown]
        groups += [(count, ", ".join(dict.fromkeys(alike))) for alike, count in merged.items() if count]
        groups.sort(key=lambda group: -group[0])
        rest = sum(count for count, _ in groups[_GROUPS:])
        return groups[:_GROUPS] + ([(rest, "failed in other ways")] if rest else [])

    def _without_kept(self) -> tuple[dict[Way, int], dict[Alike, int]]:
        counts, uncounted = dict(self._counts), dict(self._uncounted)
        for failure, kept in self._best.items():
            if failure in counts:
                counts[failure] -= 1
            else:
                uncounted[kept.alike] -= 1
        return counts, uncounted

    def _count(self, failure: Way, alike: Alike, event: Event) -> None:
        if failure in self._counts:
            self._counts[failure] += 1
        elif len(self._counts) < _DISTINCT:
            self._counts[failure] = 1
            self._told[failure] = (", ".join(self._conditions.judge(event).texts), alike)
        else:
            self._uncounted[alike] = self._uncounted.get(alike, 0) + 1

    def _may_be_kept(self, failure: Way, held: int) -> bool:
        """Whether it is worth while to look how near the values are."""
        if failure in self._best or len(self._best) < self._most:
            return True
        farthest = self._find_farthest()
        return farthest is not None and held >= self._best[farthest].rank.held

    def _find_farthest(self) -> Way | None:
        if self._farthest is None:
            self._farthest = min(self._best, key=lambda way: self._best[way].rank, default=None)
        return self._farthest

    def _keep(self, failure: Way, kept: _Kept) -> None:
        best = self._best
        known = best.get(failure)
        if known is None and len(best) >= self._most:
            farthest = self._find_farthest()
            if farthest is None or kept.rank < best[farthest].rank:
                return
            del best[farthest]
        if known is None or known.rank < kept.rank:
            best[failure] = kept
            self._farthest = None


_SMALL = frozenset((int, bool, float, type(None)))


def _way(condition: str, found: list[Any]) -> Way:
    """A key for what a condition found: the value where it is small, else its text in messages."""
    value = found[0]
    kind = type(value)
    if len(found) == 1 and (kind in _SMALL or (kind is str and len(value) <= VALUE_MOST)):
        return condition, kind, value
    return condition, show_values(found)
