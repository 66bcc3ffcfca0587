"""``SyntaxFault``: what is wrong with the text of a path or a condition, where in it, and what to write instead."""

from __future__ import annotations

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.matching.one_line_texts import show_text, with_caret

_LINE = 400


class SyntaxFault(Exception):
    """A text that can't be read; whoever knows the whole cell turns it into ``KeywordMisused``.

    ``place`` counts from the start of the text that was read, ``None`` where no text can be marked.
    """

    def __init__(self, verdict: str, place: int | None, advice: str = "") -> None:
        super().__init__(verdict)
        self.verdict = verdict
        self.place = place
        self.advice = advice

    def moved(self, by: int) -> SyntaxFault:
        """The same fault, seen from a text in which this one begins ``by`` characters later."""
        return SyntaxFault(self.verdict, None if self.place is None else self.place + by, self.advice)

    def misuse(self, text: str) -> KeywordMisused:
        """The exception for the tester, with the place marked in ``text``."""
        marked = "" if self.place is None else with_caret(text, self.place)
        lines = [show_text(self.verdict, _LINE), marked, show_text(self.advice, _LINE)]
        return KeywordMisused("\n".join(line for line in lines if line))
