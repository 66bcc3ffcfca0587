"""Which of the events that did not match came nearest, and what the others had in common."""

from KafkaLibrary.matching.near_misses.ranking import NearMiss, NearMisses, rank

__all__ = ["NearMiss", "NearMisses", "rank"]
