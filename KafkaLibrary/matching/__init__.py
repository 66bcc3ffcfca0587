"""Paths into events, conditions on them, and the events that nearly met those. No Kafka, no Robot."""

from KafkaLibrary.matching.comparison import OPERATORS, UNDECIDED, Operator, Outcome
from KafkaLibrary.matching.conditions import Condition, Conditions, Finding, Judgement, State, parse_conditions
from KafkaLibrary.matching.likeness import Difference, Likeness, parse_likeness
from KafkaLibrary.matching.markers import MISSING
from KafkaLibrary.matching.near_misses import NearMiss, NearMisses, rank
from KafkaLibrary.matching.nearby import names_nearby
from KafkaLibrary.matching.paths import Path, Steps, parse_path
from KafkaLibrary.matching.screening import Screen
from KafkaLibrary.matching.shown import REASON_MOST, show_path, show_text, show_value

__all__ = [
    "MISSING",
    "OPERATORS",
    "REASON_MOST",
    "UNDECIDED",
    "Condition",
    "Conditions",
    "Difference",
    "Finding",
    "Judgement",
    "Likeness",
    "NearMiss",
    "NearMisses",
    "Operator",
    "Outcome",
    "Path",
    "Screen",
    "State",
    "Steps",
    "names_nearby",
    "parse_conditions",
    "parse_likeness",
    "parse_path",
    "rank",
    "show_path",
    "show_text",
    "show_value",
]
