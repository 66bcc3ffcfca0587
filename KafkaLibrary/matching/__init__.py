"""Paths into events, conditions on them, and the events that nearly met those. No Kafka, no Robot."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from KafkaLibrary.matching.conditions.cells import parse_conditions
from KafkaLibrary.matching.conditions.condition import Condition, Conditions
from KafkaLibrary.matching.conditions.match_notes import other_null
from KafkaLibrary.matching.conditions.refused_conditions import ORDERS
from KafkaLibrary.matching.one_line_texts import (
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
from KafkaLibrary.matching.operators.equality import without_quotes
from KafkaLibrary.matching.operators.operator_table import OPERATORS, UNDECIDED, Operator, Outcome
from KafkaLibrary.matching.paths import Path, Steps, has_no_document, parse_path
from KafkaLibrary.matching.screening.screen import Screen
from KafkaLibrary.matching.values.json_texts import Null, outside_texts, unfolded
from KafkaLibrary.matching.values.numbers import is_number

if TYPE_CHECKING:
    from KafkaLibrary.matching.conditions.judgement import Finding, Judgement, State
    from KafkaLibrary.matching.conditions.lenient_matching import Loosely, Overlooked, Slip
    from KafkaLibrary.matching.likeness.differences import Difference, Likeness, parse_likeness
    from KafkaLibrary.matching.likeness.markers import MISSING
    from KafkaLibrary.matching.near_misses.ranking import NearMiss, NearMisses, rank
    from KafkaLibrary.matching.paths.similar_names import names_nearby

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
    "Finding": "conditions.judgement",
    "Judgement": "conditions.judgement",
    "State": "conditions.judgement",
    "Difference": "likeness.differences",
    "Likeness": "likeness.differences",
    "parse_likeness": "likeness.differences",
    "Loosely": "conditions.lenient_matching",
    "Overlooked": "conditions.lenient_matching",
    "Slip": "conditions.lenient_matching",
    "MISSING": "likeness.markers",
    "NearMiss": "near_misses.ranking",
    "NearMisses": "near_misses.ranking",
    "rank": "near_misses.ranking",
    "names_nearby": "paths.similar_names",
}
"""What a wait that succeeds has no need of, and the module that it comes from."""


def __getattr__(name: str) -> Any:
    if name not in _AT_FIRST_USE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_AT_FIRST_USE[name]}"), name)
