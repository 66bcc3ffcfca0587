"""Dead letters: events that a consumer could not take, and what their headers tell of where they came from and why."""

from KafkaLibrary.dead_letters.conventions import copied_by, may_have_letters, times_by_application, usual_topics
from KafkaLibrary.dead_letters.dead_letter import DeadLetter, dead_letter_of, letters_on, own_headers, waits_for_a_retry
from KafkaLibrary.dead_letters.own_conventions import add_conventions

__all__ = [
    "DeadLetter",
    "add_conventions",
    "copied_by",
    "dead_letter_of",
    "letters_on",
    "may_have_letters",
    "own_headers",
    "times_by_application",
    "usual_topics",
    "waits_for_a_retry",
]
