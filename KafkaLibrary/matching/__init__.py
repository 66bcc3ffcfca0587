"""Paths into events, conditions on them, and the events that nearly met those. No Kafka, no Robot."""

from KafkaLibrary.matching.comparison import OPERATORS, UNDECIDED, Operator, Outcome
from KafkaLibrary.matching.conditions import Condition, Conditions, Finding, Judgement, State, parse_conditions
from KafkaLibrary.matching.near_misses import NearMiss, NearMisses, rank
from KafkaLibrary.matching.paths import Path, Steps, parse_path
from KafkaLibrary.matching.shown import show_path, show_text, show_value

__all__ = [
    "OPERATORS",
    "UNDECIDED",
    "Condition",
    "Conditions",
    "Finding",
    "Judgement",
    "NearMiss",
    "NearMisses",
    "Operator",
    "Outcome",
    "Path",
    "State",
    "Steps",
    "parse_conditions",
    "parse_path",
    "rank",
    "show_path",
    "show_text",
    "show_value",
]
