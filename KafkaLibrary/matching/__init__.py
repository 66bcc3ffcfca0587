"""Paths into events, conditions on them, and the events that nearly met those. No Kafka, no Robot."""

from .comparison import OPERATORS, UNDECIDED, Operator, Outcome
from .conditions import Condition, Conditions, Finding, Judgement, State, parse_conditions
from .near_misses import NearMiss, NearMisses, rank
from .paths import Path, parse_path
from .shown import show_path, show_text, show_value

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
    "parse_conditions",
    "parse_path",
    "rank",
    "show_path",
    "show_text",
    "show_value",
]
