"""A fast look at values before they become events: most that can't match are left out before they are decoded."""

from KafkaLibrary.matching.screening.columns import Columns, KeptColumns
from KafkaLibrary.matching.screening.screen import Screen

__all__ = ["Columns", "KeptColumns", "Screen"]
