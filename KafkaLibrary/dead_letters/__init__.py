"""Dead letters: events that a consumer could not take, and what their headers tell of where they came from and why."""

from KafkaLibrary.dead_letters.dead_letter import DeadLetter, dead_letter_of, letters_on, own_headers

__all__ = ["DeadLetter", "dead_letter_of", "letters_on", "own_headers"]
