"""Whether a value is like an expected document, ``#uuid`` and other markers included, and where it differs."""

from KafkaLibrary.matching.likeness.differences import Difference, Likeness, parse_likeness
from KafkaLibrary.matching.likeness.markers import MISSING

__all__ = ["MISSING", "Difference", "Likeness", "parse_likeness"]
