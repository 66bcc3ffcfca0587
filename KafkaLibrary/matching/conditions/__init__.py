"""Conditions: cells become conditions or are refused, an event meets them or not, and why not."""

from KafkaLibrary.matching.conditions.cells import parse_conditions
from KafkaLibrary.matching.conditions.condition import Condition, Conditions
from KafkaLibrary.matching.conditions.match_notes import other_null

__all__ = ["Condition", "Conditions", "other_null", "parse_conditions"]
