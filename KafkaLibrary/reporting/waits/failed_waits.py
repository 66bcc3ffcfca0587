"""What a failed wait says, "No event on 'orders' matched within 5 s": what was read, the nearest, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from KafkaLibrary.deadline import answered_late, in_words
from KafkaLibrary.errors import ExpectationFailed, KafkaLibraryError, KafkaUnusable
from KafkaLibrary.event import Event
from KafkaLibrary.matching import REASON_MOST, Conditions, show_text
from KafkaLibrary.reporting.checks.failed_checks import value_of
from KafkaLibrary.reporting.waits.dead_letter_sentences import of_events_that_died
from KafkaLibrary.reporting.waits.doubts import of_failed_wait
from KafkaLibrary.reporting.waits.obstacles_to_proof import (
    absent_topics,
    deleted_topics,
    missing_topics,
    never_there,
    obstacles_of,
    unread_partitions,
)
from KafkaLibrary.reporting.waits.phrases import (
    INDENT,
    TOPICS_MOST,
    counted,
    key_of,
    listed,
    seconds_of,
    span,
    topics_of,
    were,
)
from KafkaLibrary.reporting.waits.start_points import when, where_it_began
from KafkaLibrary.watching.waits import Outcome

_CONDITIONS_MOST = 10
_EVENTS_MOST = 5


def no_match(outcome: Outcome, count: int, near_topics: str) -> KafkaLibraryError:
    """The failure of a wait that did not find enough events."""
    topics, seconds = topics_of(outcome), seconds_of(outcome)
    if outcome.findings.unreachable:
        return KafkaUnusable(
            f"Kafka was unreachable, so it is not known whether an event on {topics} matched within {seconds}.\n"
            + "\n".join([outcome.findings.unreachable, *_late(outcome)])
        )
    if count == 1:
        verdict = f"No event on {topics} matched within {seconds}"
    else:
        verdict = f"{counted(len(outcome.events))} of {count} on {topics} matched within {seconds}"
    lines = _verdict(verdict, outcome.request.conditions)
    return ExpectationFailed("\n".join(lines + _what_is_known(outcome, near_topics)))


def not_on_each(outcome: Outcome, near_topics: str) -> KafkaLibraryError:
    """The failure of a wait for one event on each topic: it is about those that had none."""
    lacking, read = outcome.lacking, outcome.findings.read_by_topic
    theirs = replace(
        outcome,
        request=replace(outcome.request, topics=lacking),
        marks={name: mark for name, mark in outcome.marks.items() if name in lacking},
        findings=replace(
            outcome.findings,
            read=sum(read.get(name, 0) for name in lacking),
            missing=[name for name in outcome.findings.missing if name in lacking],
        ),
    )
    if outcome.findings.unreachable:
        return no_match(theirs, 1, near_topics)
    none = listed([f"'{name}'" for name in lacking], TOPICS_MOST, " and none on ")
    lines = _verdict(f"No event on {none} matched within {seconds_of(outcome)}", outcome.request.conditions)
    if outcome.events:
        places = listed([event.place for event in outcome.events], TOPICS_MOST, ", ")
        lines.append(f"Each topic should have one. Found: {places}.")
    return ExpectationFailed("\n".join(lines + _what_is_known(theirs, near_topics)))


def too_many(outcome: Outcome, count: int) -> KafkaLibraryError:
    """The failure of a negative: an event came that should not, or more than should."""
    topics = topics_of(outcome)
    extra = outcome.events[-1]
    if count == 0:
        verdict = f"An unexpected event on {topics} matched"
    else:
        verdict = f"{len(outcome.events)} events on {topics} matched, expected {counted(count)}"
    lines = _verdict(verdict, outcome.request.conditions)
    lines.append(f"It is {extra.place}, {when(extra, outcome)}{key_of(extra)}:")
    lines.append(INDENT + _value(extra))
    lines += [f"{INDENT}{note}" for note in outcome.request.conditions.notes_on(extra)]
    for event in outcome.events[:-1][-_EVENTS_MOST:]:
        lines.append(f"{INDENT}before it: {event.place}{key_of(event)}")
    lines.append(f"Searched {where_it_began(outcome)}.")
    return ExpectationFailed("\n".join(lines))


def too_few(outcome: Outcome, count: int, near_topics: str) -> KafkaLibraryError:
    """The failure of an exact count that was not reached."""
    lines = _verdict(
        f"{counted(len(outcome.events))} on {topics_of(outcome)} matched within {seconds_of(outcome)}, "
        f"expected {counted(count)}",
        outcome.request.conditions,
    )
    return ExpectationFailed("\n".join(lines + _what_is_known(outcome, near_topics)))


def unproven(outcome: Outcome, *, missing_ok: bool | None, near_topics: str, proving: str) -> KafkaLibraryError | None:
    """Why a negative could not be proven, or nothing where it could.

    ``missing_ok`` is ``None`` where the keyword has no such argument.
    """
    findings = outcome.findings
    lines: list[str] = []
    if findings.unreachable:
        lines.append(findings.unreachable)
    absent = never_there(outcome)
    if absent and not missing_ok:
        lines += absent_topics(absent, near_topics)
        advice = "" if missing_ok is None else ", or set missing_ok=True if the topic may be missing"
        lines.append(f"Correct its name{advice}.")
    lines += deleted_topics(outcome)
    lines += obstacles_of(outcome, beside_nearest=False)
    if not lines:
        return None
    lines += _late(outcome) if findings.unreachable or findings.not_reached else []
    kind = KafkaUnusable if findings.unreachable else ExpectationFailed
    return kind("\n".join([*_verdict(f"It could not be proven that {proving}", outcome.request.conditions), *lines]))


def unreadable(outcome: Outcome, near_topics: str) -> KafkaLibraryError | None:
    """Why what is there could not all be read, or nothing where it could."""
    findings = outcome.findings
    lines = [findings.unreachable] if findings.unreachable else []
    lines += missing_topics(outcome, near_topics)
    for (name, number), (position, end) in findings.not_reached.items():
        lines.append(f"{name}[{number}] was read up to offset {position}, not to its end at {end}.")
    lines += unread_partitions(findings)
    if not lines:
        return None
    lines += _late(outcome) if findings.unreachable or findings.not_reached else []
    kind = KafkaUnusable if findings.unreachable else ExpectationFailed
    return kind("\n".join([f"The events on {topics_of(outcome)} could not be read to the end.", *lines]))


def not_quiet(outcome: Outcome, quiet: float, since: float) -> KafkaLibraryError:
    """The failure of a wait for quiet."""
    lines = [
        f"The topic {topics_of(outcome)} was not quiet for {in_words(quiet)} within {seconds_of(outcome)}.",
    ]
    if outcome.findings.read:
        lines.append(f"{counted(outcome.findings.read)} arrived in that time, the last {span(since)} ago.")
    if outcome.events:
        last = outcome.events[-1]
        lines.append(f"It is {last.place}{key_of(last)}: {_value(last)}")
    return ExpectationFailed("\n".join(lines))


def stopped(outcome: Outcome, reason: str) -> str:
    """What was known when something from outside ended a wait before its time. ``reason`` is what that said."""
    deadline, conditions = outcome.request.deadline, outcome.request.conditions
    by = f": {show_text(reason.rstrip('.'), REASON_MOST)}" if reason else ""
    lines = [f"The wait was stopped after {span(deadline.elapsed())} of its {in_words(deadline.seconds)}{by}."]
    if conditions:
        count = counted(len(outcome.events))
        lines += _verdict(f"Until then {count[0].lower()}{count[1:]} on {topics_of(outcome)} matched", conditions)
    if outcome.findings.unreachable:
        lines.append(outcome.findings.unreachable)
    elif not outcome.marks:
        lines.append("Kafka had not reported yet where the topic begins.")
    else:
        lines += missing_topics(outcome, "")
        unjudged = were(outcome.unjudged_when_stopped)
        if outcome.unjudged_when_stopped and not outcome.findings.read:
            lines.append(f"{unjudged} there and not judged yet, {where_it_began(outcome)}.")
        else:
            lines += _what_was_read(outcome)
            lines += [f"{unjudged} there that had not been judged yet."] * bool(outcome.unjudged_when_stopped)
        lines += obstacles_of(outcome)
    return "\n".join(lines)


def _verdict(verdict: str, conditions: Conditions) -> list[str]:
    texts = list(conditions.texts)
    if not texts:
        return [f"{verdict}."]
    shown = [INDENT + text for text in texts[:_CONDITIONS_MOST]]
    if len(texts) > _CONDITIONS_MOST:
        shown.append(f"{INDENT}and {len(texts) - _CONDITIONS_MOST} more conditions")
    return [f"{verdict}:", *shown]


def _what_is_known(outcome: Outcome, near_topics: str) -> list[str]:
    return [
        *of_events_that_died(outcome.died, outcome.request.published_by),
        *missing_topics(outcome, near_topics),
        *of_failed_wait(outcome.doubts),
        *_what_was_read(outcome),
        *obstacles_of(outcome),
        *_elsewhere(outcome),
        *_late(outcome),
    ]


def _what_was_read(outcome: Outcome) -> list[str]:
    findings, near = outcome.findings, outcome.near
    began = where_it_began(outcome)
    if not findings.read:
        return [f"No event was read {began}.", *_before(outcome)]
    nearest = near.nearest() if near else []
    lines = [f"{were(findings.read)} read {began}." + (" The nearest:" if nearest else "")]
    rows = []
    for miss in nearest:
        event = miss.event
        rows.append((event.place, when(event, outcome), key_of(event).lstrip(" ,"), miss.text))
    lines += _columns(rows)
    if near:
        # The nearest stand in rows of their own; only what they don't show is grouped.
        lines += [f"{INDENT}{count} other event{'s' * (count > 1)}: {text}" for count, text in near.groups()]
    if not outcome.ranked_all or (near and near.read < findings.read and outcome.request.conditions):
        lines.append(f"Of these, the latest {near.read if near else 0:,} were compared.")
    return [*lines, *_before(outcome)]


def _before(outcome: Outcome) -> list[str]:
    event = outcome.before
    if event is None:
        return []
    moment = event.timestamp
    earlier = ""
    if moment is not None and outcome.began is not None:
        seconds = (outcome.began - moment).total_seconds()
        earlier = f", {span(seconds)} earlier" if seconds >= 0 else ""
    advice = "If it belongs to this test, watch the topic before the step that triggers it, or pass since=."
    if outcome.request.start.kind not in ("scope", "test"):
        advice = "The start point given as since= is later."
    return [f"An event before the mark matches: {event.place}{earlier}. {advice}"]


def _elsewhere(outcome: Outcome) -> list[str]:
    event = outcome.elsewhere
    return [] if event is None else [f"On another watched topic an event matches: {event.place}{key_of(event)}."]


def _late(outcome: Outcome) -> list[str]:
    """How long Kafka took, where much of the time went there and it was not said yet."""
    said = answered_late(outcome.request.deadline)
    return [said] if said and said not in outcome.findings.unreachable else []


def _value(event: Event) -> str:
    return value_of(event, 400)


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    if not rows:
        return []
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        INDENT + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True) if width).rstrip()
        for row in rows
    ]
