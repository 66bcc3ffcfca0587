"""A fast look at values before they become events: most that can't match are left out before they are decoded."""

from KafkaLibrary.matching.screening.screen import Screen

__all__ = ["Screen"]
