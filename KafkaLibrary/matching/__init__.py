"""Paths into events, conditions on them, and the events that nearly met those. No Kafka, no Robot."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from KafkaLibrary.matching.comparison import OPERATORS, UNDECIDED, Operator, Outcome
from KafkaLibrary.matching.conditions import Condition, Conditions, Finding, Judgement, State, parse_conditions
from KafkaLibrary.matching.documents import Null, outside_texts, unfolded
from KafkaLibrary.matching.doubtful import ORDERS
from KafkaLibrary.matching.equality import without_quotes
from KafkaLibrary.matching.getters import Steps
from KafkaLibrary.matching.notes import other_null
from KafkaLibrary.matching.numbers import is_number
from KafkaLibrary.matching.paths import Path, has_no_document, parse_path
from KafkaLibrary.matching.screening import Screen
from KafkaLibrary.matching.shown import (
    KINDS,
    REASON_MOST,
    apart,
    kind_of,
    quoted,
    show_path,
    show_text,
    show_value,
    show_values,
)

if TYPE_CHECKING:
    from KafkaLibrary.matching.likeness import Difference, Likeness, parse_likeness
    from KafkaLibrary.matching.loosely import Loosely, Overlooked, Slip
    from KafkaLibrary.matching.markers import MISSING
    from KafkaLibrary.matching.near_misses import NearMiss, NearMisses, rank
    from KafkaLibrary.matching.nearby import names_nearby

__all__ = [
    "KINDS",
    "MISSING",
    "OPERATORS",
    "ORDERS",
    "REASON_MOST",
    "UNDECIDED",
    "Condition",
    "Conditions",
    "Difference",
    "Finding",
    "Judgement",
    "Likeness",
    "Loosely",
    "NearMiss",
    "NearMisses",
    "Null",
    "Operator",
    "Outcome",
    "Overlooked",
    "Path",
    "Screen",
    "Slip",
    "State",
    "Steps",
    "apart",
    "has_no_document",
    "is_number",
    "kind_of",
    "names_nearby",
    "other_null",
    "outside_texts",
    "parse_conditions",
    "parse_likeness",
    "parse_path",
    "quoted",
    "rank",
    "show_path",
    "show_text",
    "show_value",
    "show_values",
    "unfolded",
    "without_quotes",
]

_AT_FIRST_USE = {
    "Difference": "likeness",
    "Likeness": "likeness",
    "parse_likeness": "likeness",
    "Loosely": "loosely",
    "Overlooked": "loosely",
    "Slip": "loosely",
    "MISSING": "markers",
    "NearMiss": "near_misses",
    "NearMisses": "near_misses",
    "rank": "near_misses",
    "names_nearby": "nearby",
}
"""What a wait that succeeds has no need of, and the module that it comes from."""


def __getattr__(name: str) -> Any:
    if name not in _AT_FIRST_USE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_AT_FIRST_USE[name]}"), name)
