"""Paths into events, conditions and expected documents, and the events that nearly met them. No Kafka, no Robot."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from KafkaLibrary.matching.conditions import Condition, Conditions, other_null, parse_conditions
from KafkaLibrary.matching.one_line_texts import (
    KINDS,
    REASON_MOST,
    around_difference,
    kind_of,
    quoted,
    show_path,
    show_text,
    show_value,
    show_values,
)
from KafkaLibrary.matching.operators import OPERATORS, ORDERS, without_quotes
from KafkaLibrary.matching.paths import Path, Steps, has_no_document, parse_path, parse_paths
from KafkaLibrary.matching.screening import Columns, KeptColumns, Screen
from KafkaLibrary.matching.values.json_texts import Null, outside_texts, unfolded
from KafkaLibrary.matching.values.numbers import is_number

if TYPE_CHECKING:
    from KafkaLibrary.matching.conditions.lenient_conditions import DoubtedCondition, LenientConditions
    from KafkaLibrary.matching.conditions.other_meanings import Meaning
    from KafkaLibrary.matching.conditions.refused_conditions import is_condition
    from KafkaLibrary.matching.conditions.unmet_conditions import Finding, Judgement, State, state_of
    from KafkaLibrary.matching.likeness import MISSING, Difference, Likeness, parse_likeness
    from KafkaLibrary.matching.near_misses import NearMiss, NearMisses, rank
    from KafkaLibrary.matching.paths.similar_names import similar_names_in

__all__ = [
    "KINDS",
    "MISSING",
    "OPERATORS",
    "ORDERS",
    "REASON_MOST",
    "Columns",
    "Condition",
    "Conditions",
    "Difference",
    "DoubtedCondition",
    "Finding",
    "Judgement",
    "KeptColumns",
    "LenientConditions",
    "Likeness",
    "Meaning",
    "NearMiss",
    "NearMisses",
    "Null",
    "Path",
    "Screen",
    "State",
    "Steps",
    "around_difference",
    "has_no_document",
    "is_condition",
    "is_number",
    "kind_of",
    "other_null",
    "outside_texts",
    "parse_conditions",
    "parse_likeness",
    "parse_path",
    "parse_paths",
    "quoted",
    "rank",
    "show_path",
    "show_text",
    "show_value",
    "show_values",
    "similar_names_in",
    "state_of",
    "unfolded",
    "without_quotes",
]

_AT_FIRST_USE = {
    "Finding": "conditions.unmet_conditions",
    "Judgement": "conditions.unmet_conditions",
    "State": "conditions.unmet_conditions",
    "state_of": "conditions.unmet_conditions",
    "Difference": "likeness",
    "Likeness": "likeness",
    "parse_likeness": "likeness",
    "LenientConditions": "conditions.lenient_conditions",
    "DoubtedCondition": "conditions.lenient_conditions",
    "Meaning": "conditions.other_meanings",
    "MISSING": "likeness",
    "NearMiss": "near_misses",
    "NearMisses": "near_misses",
    "rank": "near_misses",
    "similar_names_in": "paths.similar_names",
    "is_condition": "conditions.refused_conditions",
}
"""What a wait that succeeds has no need of, and the module that it comes from."""


def __getattr__(name: str) -> Any:
    if name not in _AT_FIRST_USE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_AT_FIRST_USE[name]}"), name)
