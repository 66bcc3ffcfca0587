"""What a wait that passed leaves in the log: how much was read, from where, and how much of it matched."""

from __future__ import annotations

from collections import Counter

from KafkaLibrary.reporting.waits.obstacles_to_proof import absent_topics, never_there
from KafkaLibrary.reporting.waits.phrases import TOPICS_MOST, is_absent, listed, topics_of, were
from KafkaLibrary.reporting.waits.start_points import where_it_began
from KafkaLibrary.watching.waits import Outcome


def summary(outcome: Outcome, near_topics: str = "") -> str:
    """What a wait that passed leaves in the log."""
    lines = [
        f"{were(outcome.findings.read)} read on {topics_of(outcome)} {where_it_began(outcome)}.",
        *_matched_by_topic(outcome),
        *absent_topics(never_there(outcome), near_topics),
    ]
    lines += [f"{is_absent(one)}." for one in outcome.doubts.absent]
    return "\n".join(lines)


def _matched_by_topic(outcome: Outcome) -> list[str]:
    if len(outcome.marks) < 2:
        return []
    counts = Counter(event.topic for event in outcome.events)
    shown = [f"{counts[name] or 'none'} on '{name}'" for name in outcome.marks]
    return [f"Matched: {listed(shown, TOPICS_MOST, ', ')}."]
