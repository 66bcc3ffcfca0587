"""What `Events Should Correspond` says of two topics: events that are missing, doubled or stray."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nsmallest

from KafkaLibrary.errors import ExpectationFailed, KafkaLibraryError, KafkaUnusable
from KafkaLibrary.matching import show_text
from KafkaLibrary.matching.sequences.correspondence import At
from KafkaLibrary.matching.sequences.identities import Identity
from KafkaLibrary.reporting.checks.failed_checks import named
from KafkaLibrary.reporting.waits.failed_waits import unproven
from KafkaLibrary.reporting.waits.phrases import counted, span
from KafkaLibrary.watching.across_topics.flow import Flow
from KafkaLibrary.watching.waits import Outcome

_MOST = 5
_PLACES = 3
_KEY_MOST = 60
_SECOND = 1000


def broken(
    outcome: Outcome, flow: Flow, first: str, second: str, by: str, near_topics: str
) -> KafkaLibraryError | None:
    """Why the events of the first topic don't correspond to those of the second; nothing where they do."""
    pairs = flow.pairs
    lines = [
        *_listed("missing on", second, list(pairs.missing()), first),
        *_listed("duplicated on", second, list(pairs.doubled()), second),
        *_listed("stray on", f"{second}', with none on '{first}", list(pairs.stray()), second),
    ]
    if flow.without_count:
        lines.append(f"{counted(flow.without_count)} without exactly one value to compare:")
        lines += [f"    {named(one.event)}: {one.reason}" for one in flow.without[:_MOST]]
        lines += _more(flow.without_count)
    if not flow.read[first]:
        lines.append(f"No event was read on '{first}': a check of nothing would prove nothing.")
    problem = unproven(outcome, missing_ok=None, near_topics=near_topics, proving="they correspond")
    if not lines and problem is None:
        return None
    said = [f"The events on '{first}' and '{second}' don't correspond by {by}:", *lines] if lines else []
    said += [] if problem is None else str(problem).splitlines()
    kind = KafkaUnusable if isinstance(problem, KafkaUnusable) else ExpectationFailed
    waited = f"It waited {span(outcome.request.deadline.elapsed())}."
    return kind("\n".join([*said, summary(flow, first, second), waited]))


def summary(flow: Flow, first: str, second: str) -> str:
    """How many there were, and how long one took to come."""
    gaps = flow.pairs.gaps()
    text = f"There were {flow.read[first]:,} on '{first}' and {flow.read[second]:,} on '{second}'."
    if gaps is None:
        return text
    one, other = gaps.worst_at
    worst = f"{span(gaps.worst / _SECOND)} from {_place(first, one)} to {_place(second, other)}"
    return f"{text} From one to the other it took {span(gaps.median / _SECOND)} in the median, at most {worst}."


def _listed(what: str, where: str, found: Sequence[tuple[Identity, list[At]]], topic: str) -> list[str]:
    if not found:
        return []
    lines = [f"{len(found):,} {what} '{where}':"]
    for value, places in nsmallest(_MOST, found, key=_when):
        shown = show_text(f"a {value[0]}" if isinstance(value, tuple) else str(value), _KEY_MOST)
        lines.append(f"    {shown}: {', '.join(_places(topic, places))}")
    return lines + _more(len(found))


def _when(found: tuple[Identity, list[At]]) -> tuple[int, int, int]:
    """The earliest first."""
    partition, offset, (_, milliseconds) = found[1][0]
    return milliseconds, partition, offset


def _more(count: int) -> list[str]:
    return [f"    ... and {count - _MOST:,} more"] if count > _MOST else []


def _places(topic: str, places: Sequence[At]) -> Iterator[str]:
    yield from (_place(topic, one) for one in places[:_PLACES])
    if len(places) > _PLACES:
        yield f"{len(places) - _PLACES:,} more"


def _place(topic: str, at: At) -> str:
    return f"{topic}[{at[0]}]@{at[1]}"
