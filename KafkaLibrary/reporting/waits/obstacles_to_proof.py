"""What kept a wait from an answer: a topic that is missing, events deleted or unread, a transaction still open."""

from __future__ import annotations

from collections.abc import Sequence

from KafkaLibrary.matching import REASON_MOST, show_text
from KafkaLibrary.reporting.waits.phrases import INDENT, TOPICS_MOST, key_of, were
from KafkaLibrary.watching.obstacles_to_proof import Findings
from KafkaLibrary.watching.topics.patterns import is_pattern
from KafkaLibrary.watching.waits import Outcome

_DECLARABLE = ("key", "headers")
"""Parts of an event whose formats can be declared, beside its value."""


def missing_topics(outcome: Outcome, near_topics: str) -> list[str]:
    """Which topics are not there, with names that are near to theirs."""
    return absent_topics(never_there(outcome), near_topics) + deleted_topics(outcome)


def never_there(outcome: Outcome) -> list[str]:
    """The names of topics that the wait has never seen."""
    return [name for name in outcome.findings.missing if name not in _once_there(outcome)]


def absent_topics(names: Sequence[str], near_topics: str) -> list[str]:
    """A line for each of these topics, which do not exist; of very many for the first ones."""
    shown = [
        f"No topic that this login may see matches '{name}'. {near_topics}".rstrip()
        if is_pattern(name)
        else f"The topic '{name}' does not exist. {near_topics}".rstrip()
        for name in names[:TOPICS_MOST]
    ]
    more = len(names) - len(shown)
    if more > 1:
        return [*shown, f"{more:,} more topics do not exist."]
    return [*shown, "1 more topic does not exist."] if more == 1 else shown


def deleted_topics(outcome: Outcome) -> list[str]:
    """A line for each topic that was there at first."""
    gone = [name for name in outcome.findings.missing if name in _once_there(outcome)]
    return [f"The topic '{name}' was deleted meanwhile." for name in gone]


def _once_there(outcome: Outcome) -> set[str]:
    return {name for name, mark in outcome.marks.items() if mark.id is not None}


def unread_partitions(findings: Findings) -> list[str]:
    """A line for each partition of which Kafka refused to give events."""
    return [f"{name}[{number}] could not be read: {reason}." for (name, number), reason in findings.unread.items()]


def obstacles_of(outcome: Outcome, *, beside_nearest: bool = True) -> list[str]:
    """All that was there and not seen, or not judged. Topics that are missing are told apart from it.

    ``beside_nearest`` says whether the nearest events stand in the same message, with what keeps them from a judgement.
    """
    findings = outcome.findings
    lines = [f"The topic '{name}' was deleted and recreated meanwhile." for name in dict.fromkeys(findings.made_again)]
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
    lines += unread_partitions(findings)
    conditions = outcome.request.conditions
    what = "whose value" if any(one.path.asks_value for one in conditions) or not conditions else "that"
    if outcome.unjudged_count and outcome.near and beside_nearest:
        lines.append(f"{were(outcome.unjudged_count)} read {what} could not be judged.")
    elif outcome.unjudged_count:
        lines.append(f"{were(outcome.unjudged_count)} read {what} could not be judged:")
        lines += [
            f"{INDENT}{event.place}{key_of(event)}: {show_text(reason, REASON_MOST)}"
            for event, reason in outcome.unjudged
        ]
    if outcome.unjudged_count and what == "that" and any(one.path.origin in _DECLARABLE for one in conditions):
        lines.append("Declare formats with 'Set Topic Format': key=FORMAT, headers=NAME=FORMAT.")
    return lines
