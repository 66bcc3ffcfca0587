"""Judges what the library told of one run by what is known for certain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from tests.faults.truth import Place, Sent, Truth

Told = Mapping[str, Any]

_SEEN = "unexpected event"
_UNPROVEN = ("not to its end", "made again", "deleted", "could not be read", "does not exist", "unreachable")


@dataclass(slots=True)
class Counts:
    """What one run, or several, came to."""

    events: int = 0
    """Acknowledged events, of the library and of the independent writer."""
    lost: int = 0
    doubled: int = 0
    negatives: int = 0
    proven: int = 0
    refused: int = 0
    """Negatives and exact counts that failed, and rightly: Kafka was away, or the end could not be reached."""
    false_passes: int = 0
    waits: int = 0
    missed: int = 0
    """Waits and looks without an event that was there for them."""
    wrong: int = 0
    """Events at other places than was told, failures about events that are not there, crashes and surprises."""
    beside: int = 0
    """Events that the independent client, without the library, lost or doubled: no fault of the library, and told."""
    witnesses: list[str] = field(default_factory=list)
    """The first of all that must not be."""

    @property
    def faults(self) -> int:
        return self.lost + self.doubled + self.false_passes + self.missed + self.wrong

    def in_words(self) -> str:
        numbers = (f"{one.name.replace('_', ' ')} {getattr(self, one.name)}" for one in fields(self)[:-1])
        return ", ".join(numbers)

    def blame(self, name: str, about: object, count: int = 1) -> None:
        setattr(self, name, getattr(self, name) + count)
        if len(self.witnesses) < 20:
            self.witnesses.append(f"{name}: {about}"[:600])

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def judge(told: Iterable[Told], truth: Truth) -> Counts:
    counts = Counts()
    _judge_writer(truth, counts)
    for one in told:
        kind = one["kind"]
        if kind in _RULES:
            _RULES[kind](one, truth, counts)
    return counts


def _judge_writer(truth: Truth, counts: Counts) -> None:
    for number, one in truth.sent.items():
        if one.acknowledged is not None and one.sent >= truth.since:
            counts.events += 1
            if not truth.waited.get(number):
                counts.blame("beside", f"event {number} of the independent writer is lost")
    for number, places in truth.waited.items():
        if len(places) > 1:
            counts.blame("beside", f"event {number} of the independent writer is at {places}")


def _published(one: Told, truth: Truth, counts: Counts) -> None:
    if one["began"] < truth.since:
        return
    for name, place in zip(one["ids"], one["places"], strict=True):
        counts.events += 1
        found = truth.published.get(name, [])
        if not found:
            counts.blame("lost", f"{name}, acknowledged at {place}")
        elif len(found) > 1:
            counts.blame("doubled", f"{name} at {found}")
        elif list(found[0]) != list(place):
            counts.blame("wrong", f"{name} was acknowledged at {place}, it is at {found[0]}")


def _unacknowledged(one: Told, truth: Truth, counts: Counts) -> None:
    for name in one["ids"]:
        if len(truth.published.get(name, [])) > 1:
            counts.blame("doubled", f"{name}, not acknowledged, at {truth.published[name]}")


def _transaction(one: Told, truth: Truth, counts: Counts) -> None:
    there = [name for name in one["ids"] if truth.published.get(name)]
    doubled = [name for name in there if len(truth.published[name]) > 1]
    if doubled:
        counts.blame("doubled", doubled, len(doubled))
    if one["outcome"] == "commit":
        counts.events += len(one["ids"])
        if len(there) < len(one["ids"]):
            counts.blame("lost", f"of the committed {one['ids']} only {there} is there", len(one["ids"]) - len(there))
    elif one["outcome"] == "abort" and there:
        counts.blame("wrong", f"of the aborted {one['ids']} {there} is there")
    elif there and len(there) < len(one["ids"]):
        counts.blame("wrong", f"of the transaction {one['ids']} only {there} is there")


def _consumed(one: Told, truth: Truth, counts: Counts) -> None:
    counts.waits += 1
    partition, offset = one["place"]
    past = [commit for commit in truth.commits if commit.place[0] == partition and commit.place[1] > offset]
    if one["passed"]:
        if not any(commit.asked <= one["ended"] for commit in past):
            counts.blame("false_passes", one)
    elif any(commit.acknowledged is not None and commit.acknowledged <= one["deadline"] for commit in past):
        counts.blame("missed", one)


def _wait(one: Told, truth: Truth, counts: Counts) -> None:
    counts.waits += 1
    if not one["passed"]:
        if _was_there(one["number"], one, truth):
            counts.blame("missed", one)
    elif not _is_at(one["number"], one["place"], truth):
        counts.blame("wrong", one)


def _waits(one: Told, truth: Truth, counts: Counts) -> None:
    counts.waits += 1
    wanted = range(one["number"], one["number"] + 5)
    if not one["passed"]:
        if all(_was_there(number, one, truth) for number in wanted):
            counts.blame("missed", one)
    elif (
        sorted(number for number, _ in one["places"]) != list(wanted)
        or one["count"] != len(wanted)
        or not all(_is_at(number, place, truth) for number, place in one["places"])
    ):
        counts.blame("wrong", one)


def _none(one: Told, truth: Truth, counts: Counts) -> None:
    counts.negatives += 1
    if one["passed"]:
        counts.proven += 1
        if _was_there(one["number"], one, truth):
            counts.blame("false_passes", one)
    elif _SEEN in one["reason"]:
        counts.proven += 1
        if one["number"] not in truth.sent:
            counts.blame("wrong", one)
    else:
        _must_be_unproven(one, counts)


def _count(one: Told, truth: Truth, counts: Counts) -> None:
    counts.negatives += 1
    if one["passed"]:
        counts.proven += 1
        if len(one["places"]) != 1 or not _is_at(one["number"], one["places"][0], truth):
            counts.blame("false_passes", one)
    elif one["expectation"] and not any(word in one["reason"] for word in _UNPROVEN):
        counts.proven += 1
        if _was_there(one["number"], one, truth):
            counts.blame("missed", one)
    else:
        _must_be_unproven(one, counts)


def _must_be_unproven(one: Told, counts: Counts) -> None:
    counts.refused += 1
    if one["expectation"] and not any(word in one["reason"] for word in _UNPROVEN):
        counts.blame("wrong", one)


def _stock(one: Told, truth: Truth, counts: Counts) -> None:
    if not one["passed"]:
        return
    counts.waits += 1
    wanted = {number for number in truth.sent if number >= one["number"] and _was_there(number, one, truth)}
    missing = wanted.difference(one["numbers"])
    if missing:
        counts.blame("missed", f"Get Events gave none of {sorted(missing)}")
    if len(set(one["numbers"])) < len(one["numbers"]):
        counts.blame("wrong", f"Get Events gave events twice: {one['numbers']}")


def _broken(one: Told, _: Truth, counts: Counts) -> None:
    counts.blame("wrong", one)


_RULES: dict[str, Callable[[Told, Truth, Counts], None]] = {
    "published": _published, "unacknowledged": _unacknowledged, "transaction": _transaction, "consumed": _consumed,
    "wait": _wait, "waits": _waits, "none": _none, "count": _count, "stock": _stock, "broken": _broken,
}  # fmt: skip


def _was_there(number: int, one: Told, truth: Truth) -> bool:
    """Whether that event must have been found: sent behind the mark, and acknowledged before the time was over."""
    sent = truth.sent.get(number)
    if sent is None or number not in truth.waited or sent.acknowledged is None:
        return False
    return _after(one, sent) and sent.acknowledged < one["deadline"]


def _after(one: Told, sent: Sent) -> bool:
    return bool(sent.sent > one["marked"])


def _is_at(number: int, place: Place, truth: Truth) -> bool:
    """True also for an event of a topic that was deleted: where it was, its acknowledgement said."""
    found = [*truth.waited.get(number, []), getattr(truth.sent.get(number), "place", None)]
    return list(place) in [list(one) for one in found if one is not None]
