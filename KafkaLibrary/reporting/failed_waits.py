"""What a failed wait says: the verdict, what was read, what came nearest, and what to do. Data in, text out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from KafkaLibrary.deadline import in_words
from KafkaLibrary.errors import ExpectationFailed, KafkaLibraryError, KafkaUnusable
from KafkaLibrary.event import Event
from KafkaLibrary.matching import REASON_MOST, Conditions, show_text, show_value
from KafkaLibrary.reporting.doubts import is_absent, topics_of
from KafkaLibrary.reporting.failed_checks import value_of
from KafkaLibrary.watching.marks import Start
from KafkaLibrary.watching.obstacles_to_proof import Findings
from KafkaLibrary.watching.topics.patterns import is_pattern
from KafkaLibrary.watching.waits import Outcome

_INDENT = "    "
_KEY_MOST = 60
_MARKS_MOST = 6
_CONDITIONS_MOST = 10
_EVENTS_MOST = 5
_DECLARABLE = ("key", "headers")
"""Parts of an event whose formats can be declared, beside its value."""
_LETTERS_MOST = 3
_TOPICS_MOST = 5


def no_match(outcome: Outcome, count: int, near_topics: str) -> KafkaLibraryError:
    """The failure of a wait that did not find enough events."""
    topics, seconds = topics_of(outcome), _seconds(outcome)
    if outcome.findings.unreachable:
        return KafkaUnusable(
            f"Kafka was unreachable, so it is not known whether an event on {topics} matched within {seconds}.\n"
            + outcome.findings.unreachable
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
    none = _listed([f"'{name}'" for name in lacking], _TOPICS_MOST, " and none on ")
    lines = _verdict(f"No event on {none} matched within {_seconds(outcome)}", outcome.request.conditions)
    if outcome.events:
        places = _listed([event.place for event in outcome.events], _TOPICS_MOST, ", ")
        lines.append(f"Each topic should have one. There was one at {places}.")
    return ExpectationFailed("\n".join(lines + _what_is_known(theirs, near_topics)))


def too_many(outcome: Outcome, count: int) -> KafkaLibraryError:
    """The failure of a negative: an event came that should not, or more than should."""
    topics = topics_of(outcome)
    extra = outcome.events[-1]
    if count == 0:
        verdict = f"An event on {topics} matched that should not have come"
    else:
        verdict = f"{len(outcome.events)} events on {topics} matched, where {counted(count)} should"
    lines = _verdict(verdict, outcome.request.conditions)
    lines.append(f"It is {extra.place}, {when(extra, outcome)}{_key(extra)}:")
    lines.append(_INDENT + _value(extra))
    lines += [f"{_INDENT}{note}" for note in outcome.request.conditions.notes_on(extra)]
    for event in outcome.events[:-1][-_EVENTS_MOST:]:
        lines.append(f"{_INDENT}before it: {event.place}{_key(event)}")
    lines.append(f"It was looked for {_began(outcome)}.")
    return ExpectationFailed("\n".join(lines))


def too_few(outcome: Outcome, count: int, near_topics: str) -> KafkaLibraryError:
    """The failure of an exact count that was not reached."""
    lines = _verdict(
        f"{counted(len(outcome.events))} on {topics_of(outcome)} matched within {_seconds(outcome)}, "
        f"where {counted(count)} should",
        outcome.request.conditions,
    )
    return ExpectationFailed("\n".join(lines + _what_is_known(outcome, near_topics)))


def hindrances(
    outcome: Outcome, *, missing_ok: bool | None, near_topics: str, proving: str
) -> KafkaLibraryError | None:
    """Why a negative could not be proven, or nothing where it could.

    ``missing_ok`` is ``None`` where the keyword has no such argument.
    """
    findings = outcome.findings
    lines: list[str] = []
    if findings.unreachable:
        lines.append(findings.unreachable)
    absent = _never_there(outcome)
    if absent and not missing_ok:
        lines += _absent(absent, near_topics)
        advice = "" if missing_ok is None else ", or give missing_ok=True where the topic may be missing"
        lines.append(f"Correct its name{advice}.")
    lines += _deleted(outcome)
    lines += _hindrances(outcome)
    if not lines:
        return None
    kind = KafkaUnusable if findings.unreachable else ExpectationFailed
    return kind("\n".join([*_verdict(f"It could not be proven that {proving}", outcome.request.conditions), *lines]))


def not_quiet(outcome: Outcome, quiet: float, since: float) -> KafkaLibraryError:
    """The failure of a wait for quiet."""
    lines = [
        f"The topic {topics_of(outcome)} was not quiet for {in_words(quiet)} within {_seconds(outcome)}.",
    ]
    if outcome.findings.read:
        lines.append(f"{counted(outcome.findings.read)} came in that time, the last {span(since)} ago.")
    if outcome.events:
        last = outcome.events[-1]
        lines.append(f"It is {last.place}{_key(last)}: {_value(last)}")
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
        lines.append("Kafka had not told yet where the topic begins for this wait.")
    else:
        lines += _missing(outcome, "")
        unjudged = _were(outcome.unjudged_when_stopped)
        if outcome.unjudged_when_stopped and not outcome.findings.read:
            lines.append(f"{unjudged} there and not judged yet, {_began(outcome)}.")
        else:
            lines += _what_was_read(outcome)
            lines += [f"{unjudged} there that had not been judged yet."] * bool(outcome.unjudged_when_stopped)
        lines += _hindrances(outcome)
    return "\n".join(lines)


def summary(outcome: Outcome, near_topics: str = "") -> str:
    """What a wait that passed leaves in the log."""
    lines = [
        f"{_were(outcome.findings.read)} read on {topics_of(outcome)} {_began(outcome)}.",
        *_matched_by_topic(outcome),
        *_absent(_never_there(outcome), near_topics),
    ]
    lines += [f"{is_absent(one)}." for one in outcome.doubts.absent]
    return "\n".join(lines)


def _matched_by_topic(outcome: Outcome) -> list[str]:
    if len(outcome.marks) < 2:
        return []
    counts = Counter(event.topic for event in outcome.events)
    shown = [f"{counts[name] or 'none'} on '{name}'" for name in outcome.marks]
    return [f"Matched: {_listed(shown, _TOPICS_MOST, ', ')}."]


def _verdict(verdict: str, conditions: Conditions) -> list[str]:
    texts = list(conditions.texts)
    if not texts:
        return [f"{verdict}."]
    shown = [_INDENT + text for text in texts[:_CONDITIONS_MOST]]
    if len(texts) > _CONDITIONS_MOST:
        shown.append(f"{_INDENT}and {len(texts) - _CONDITIONS_MOST} more conditions")
    return [f"{verdict}:", *shown]


def _what_is_known(outcome: Outcome, near_topics: str) -> list[str]:
    return [
        *_died(outcome),
        *_missing(outcome, near_topics),
        *_what_was_read(outcome),
        *_hindrances(outcome),
        *_elsewhere(outcome),
    ]


def _what_was_read(outcome: Outcome) -> list[str]:
    findings, near = outcome.findings, outcome.near
    began = _began(outcome)
    if not findings.read:
        return [f"No event was read {began}.", *_before(outcome)]
    nearest = near.nearest() if near else []
    lines = [f"{_were(findings.read)} read {began}." + (" The nearest:" if nearest else "")]
    rows = []
    for miss in nearest:
        event = miss.event
        rows.append((event.place, when(event, outcome), _key(event).lstrip(" ,"), miss.text))
    lines += _columns(rows)
    if near:
        # The nearest stand in rows of their own; only what they don't show is grouped.
        lines += [f"{_INDENT}{count} other event{'s' * (count > 1)}: {text}" for count, text in near.groups()]
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
    advice = "If it is of this test, watch the topic before the step that triggers it, or pass since=."
    if outcome.request.start.kind not in ("scope", "test"):
        advice = "The start point given as since= is later."
    return [f"An event before the mark matches: {event.place}{earlier}. {advice}"]


def _elsewhere(outcome: Outcome) -> list[str]:
    event = outcome.elsewhere
    return [] if event is None else [f"On another watched topic an event matches: {event.place}{_key(event)}."]


def _died(outcome: Outcome) -> list[str]:
    """The dead letters of events of this test: most likely that is why the wait failed."""
    lines = []
    for event in outcome.died[:_LETTERS_MOST]:
        letter = event.dead_letter
        if letter is not None:
            by = f" by {show_text(letter.group)}" if letter.group else ""
            reason = f": {show_text(letter.reason, REASON_MOST)}" if letter.reason else ""
            lines.append(f"{show_text(letter.origin.place)} was dead-lettered{by}{reason}. See {event.place}.")
    more = len(outcome.died) - _LETTERS_MOST
    return [*lines, f"So were {counted(more)} more." if more > 1 else "So was 1 event more."] if more > 0 else lines


def _missing(outcome: Outcome, near_topics: str) -> list[str]:
    return _absent(_never_there(outcome), near_topics) + _deleted(outcome)


def _never_there(outcome: Outcome) -> list[str]:
    return [name for name in outcome.findings.missing if name not in _once_there(outcome)]


def _absent(names: Iterable[str], near_topics: str) -> list[str]:
    return [
        f"No topic that this login may see matches '{name}'. {near_topics}".rstrip()
        if is_pattern(name)
        else f"The topic '{name}' does not exist. {near_topics}".rstrip()
        for name in names
    ]


def _deleted(outcome: Outcome) -> list[str]:
    gone = [name for name in outcome.findings.missing if name in _once_there(outcome)]
    return [f"The topic '{name}' was deleted meanwhile." for name in gone]


def _once_there(outcome: Outcome) -> set[str]:
    return {name for name, mark in outcome.marks.items() if mark.id is not None}


def _unread(findings: Findings) -> list[str]:
    return [f"{name}[{number}] could not be read: {reason}." for (name, number), reason in findings.unread.items()]


def _hindrances(outcome: Outcome) -> list[str]:
    findings = outcome.findings
    lines = [f"The topic '{name}' was deleted and made again meanwhile." for name in dict.fromkeys(findings.made_again)]
    for (name, number), (start, stop) in findings.trimmed.items():
        lines.append(
            f"Events were deleted before they could be read: {name}[{number}] from offset {start} to {stop - 1}."
        )
    for (name, number), offset in findings.open_transactions.items():
        lines.append(
            f"A transaction is still open: {name}[{number}] can't be read beyond offset {offset} until it ends."
        )
    for (name, number), (position, end) in findings.not_reached.items():
        lines.append(
            f"{name}[{number}] was read up to offset {position}, not to its end at {end}: there was no more time."
        )
    lines += _unread(findings)
    conditions = outcome.request.conditions
    what = "whose value" if any(one.path.asks_value for one in conditions) or not conditions else "that"
    if outcome.unjudged_count and outcome.near:  # the nearest show which
        lines.append(f"{_were(outcome.unjudged_count)} read {what} could not be judged.")
    elif outcome.unjudged_count:
        lines.append(f"{_were(outcome.unjudged_count)} read {what} could not be judged:")
        lines += [
            f"{_INDENT}{event.place}{_key(event)}: {show_text(reason, REASON_MOST)}"
            for event, reason in outcome.unjudged
        ]
    if outcome.unjudged_count and what == "that" and any(one.path.origin in _DECLARABLE for one in conditions):
        lines.append("'Set Topic Format' says what keys are, key=FORMAT, and what headers, headers=NAME=FORMAT.")
    return lines


def _began(outcome: Outcome) -> str:
    start = outcome.request.start
    by_clock = any(mark.by_clock for mark in outcome.marks.values())
    where = _STARTS[start.kind](start, outcome)
    offsets = [
        f"{name}[{number}] from offset {offset}"
        for name, mark in outcome.marks.items()
        for number, offset in sorted(mark.offsets.items())
    ]
    places = f" ({_listed(offsets, _MARKS_MOST, ', ')})" if offsets else ""
    clock = ""
    if by_clock and start.kind in ("scope", "test", "suite"):
        clock = ", found by the events' timestamps; give the topic as watch= or to 'Watch Topics' to need no clocks"
    return f"{where}{places}{clock}"


def _scope_start(start: Start, outcome: Outcome) -> str:
    return f"from the mark set at {clock(outcome.began)}" if outcome.began else "from the mark of this test"


_STARTS: dict[str, Callable[[Start, Outcome], str]] = {
    "scope": _scope_start,
    "test": _scope_start,
    "suite": lambda start, outcome: "from the start of the suite",
    "earliest": lambda start, outcome: "from the earliest event",
    "latest": lambda start, outcome: "from the end that the topic had when the wait began",
    "time": lambda start, outcome: f"from {start.moment:%Y-%m-%d %H:%M:%S}",
    "mark": lambda start, outcome: (
        f"from the mark given as since=, set at {clock(start.mark.at if start.mark else None)}"
    ),
    "event": lambda start, outcome: f"from after {start.event.place if start.event else 'the event'}",
}


def when(event: Event, outcome: Outcome) -> str:
    """When the event came: the time since the mark where that stands for the step under test, else the time of day."""
    moment = event.timestamp
    if moment is None:
        return "without a time"
    if outcome.began is None or outcome.request.start.kind not in ("scope", "test"):
        return clock(moment)
    seconds = (moment - outcome.began).total_seconds()
    return ("+" if seconds >= 0 else "-") + span(abs(seconds))


def _key(event: Event) -> str:
    return "" if event.raw_key is None else f", key {show_value(event.shown_key, _KEY_MOST)}"


def _value(event: Event) -> str:
    return value_of(event, 400)


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    if not rows:
        return []
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        _INDENT + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True) if width).rstrip()
        for row in rows
    ]


def _listed(shown: Sequence[str], most: int, between: str) -> str:
    more = len(shown) - most
    return between.join(shown[:most]) + (f" and {more} more" if more > 0 else "")


def _either(names: Iterable[str]) -> str:
    return " or ".join(f"'{name}'" for name in names)


def _seconds(outcome: Outcome) -> str:
    return in_words(outcome.request.deadline.seconds)


def counted(count: int) -> str:
    """So many events."""
    return {0: "No event", 1: "1 event"}.get(count, f"{count:,} events")


def _were(count: int) -> str:
    return {0: "No event was", 1: "1 event was"}.get(count, f"{count:,} events were")


def span(seconds: float) -> str:
    """A time as people write it: hundredths below a minute, and never an exponent."""
    for unit, length in (("days", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:,.0f} {unit}"
    return f"{seconds:.2f} s"


def clock(moment: datetime | None) -> str:
    """The local time of day, to the millisecond."""
    if moment is None:
        return "an unknown time"
    local = moment.astimezone()
    return local.strftime("%H:%M:%S.") + f"{local.microsecond // 1000:03d}"


def unreadable(outcome: Outcome, near_topics: str) -> KafkaLibraryError | None:
    """Why what is there could not all be read, or nothing where it could."""
    findings = outcome.findings
    lines = [findings.unreachable] if findings.unreachable else []
    lines += _missing(outcome, near_topics)
    for (name, number), (position, end) in findings.not_reached.items():
        lines.append(f"{name}[{number}] was read up to offset {position}, not to its end at {end}.")
    lines += _unread(findings)
    if not lines:
        return None
    kind = KafkaUnusable if findings.unreachable else ExpectationFailed
    return kind("\n".join([f"The events on {topics_of(outcome)} could not be read to the end.", *lines]))
