"""One change of a valid value at one place, and the proof that what comes out is valid, or is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be changed. ``contents`` gives whole values with the change made, the likelier one first.

    ``quiet`` is a change of which nobody is told where it can't be made: another one stands for it.
    """

    kind: str
    steps: Steps
    contents: Callable[[], Iterable[Any]]
    is_valid: bool = False
    detail: str = ""
    quiet: bool = False
    of: Any = None
    """The valid value that it is a change of."""


class Unmade(NamedTuple):
    """A change that could not be made, and why."""

    kind: str
    steps: Steps
    why: str


class Proved(NamedTuple):
    """A changed value that was judged, and why it is invalid, where it is."""

    change: Change
    content: Any
    why: str


class Judgement(NamedTuple):
    """Whether a value is valid, or nothing where that can't be told; and why not."""

    is_valid: bool | None
    why: str = ""


def proved(changes: Iterable[Change | Unmade], judge: Callable[[Any], Judgement]) -> Iterator[Proved | Unmade]:
    """Each change with the first of its values that is what it should be."""
    told: set[tuple[Any, ...]] = set()
    for change in changes:
        if isinstance(change, Unmade):
            yield change
            continue
        known = (change.kind, change.steps, change.is_valid, change.detail)
        if known in told:
            continue
        found = _first(change, judge)
        if isinstance(found, Proved) or not change.quiet:
            told.add(known)
            yield found


def _first(change: Change, judge: Callable[[Any], Judgement]) -> Proved | Unmade:
    reasons = []
    for content in change.contents():
        judged = judge(content)
        if judged.is_valid is change.is_valid:
            return Proved(change, content, judged.why)
        reasons.append(judged.why)
    if not reasons:
        return Unmade(change.kind, change.steps, "no value was found for it")
    return Unmade(change.kind, change.steps, reasons[0] or "the schema allows it")


def at(content: Any, steps: Steps) -> Any:
    """What stands at a place. Raises ``LookupError``."""
    for step in steps:
        content = content[step]
    return content


def put(content: Any, steps: Steps, value: Any) -> Any:
    """The same with another value at one place; of a list also behind its last."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(content, list) and isinstance(step, int):
        inner = put(content[step], rest, value) if rest else value
        return [*content[:step], inner, *content[step + 1 :]]
    inner = put(content[step], rest, value) if rest else value
    return {**content, step: inner}


def without(content: Any, steps: Steps) -> Any:
    """The same without what stands at one place."""
    *around, last = steps
    inside = at(content, tuple(around))
    if isinstance(inside, list):
        return put(content, tuple(around), [one for index, one in enumerate(inside) if index != last])
    return put(content, tuple(around), {name: one for name, one in inside.items() if name != last})
