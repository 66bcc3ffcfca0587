"""Dead letters: events that a consumer could not take, and what their headers tell of where they came from and why."""

from KafkaLibrary.dead_letters.conventions import USUAL_TOPICS
from KafkaLibrary.dead_letters.dead_letter import DeadLetter, dead_letter_of, letters_on, own_headers, waits_for_a_retry

__all__ = ["USUAL_TOPICS", "DeadLetter", "dead_letter_of", "letters_on", "own_headers", "waits_for_a_retry"]
