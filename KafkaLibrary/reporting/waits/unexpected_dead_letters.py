"""What a test is told that ends with dead letters it did not expect. Data in, text out."""

from __future__ import annotations

import re

from KafkaLibrary.event import Event
from KafkaLibrary.matching import REASON_MOST, show_text, show_value
from KafkaLibrary.reporting.long_lists import bounded
from KafkaLibrary.reporting.waits import dead_letter_sentences
from KafkaLibrary.watching.across_topics.dead_letter_guard import Died, Verdict
from KafkaLibrary.watching.across_topics.published_events import Period
from KafkaLibrary.watching.obstacles_to_proof import Findings

_KEY_MOST = 60
_SAID, _SAID_MOST = 3, 200
"""Expectations that are told, and characters of each."""


def failure(verdict: Verdict, already: str = "") -> str:
    """Why the test fails, or nothing. What its message says ``already`` is not said again."""
    died = [one for one in verdict.died if not tells(already, one.letter)]
    lines = _verdict(died, verdict.more + verdict.more_of_others, verdict.test)
    hindered = [line for findings in verdict.findings for line in hindrances(findings)]
    problems = list(dict.fromkeys([*verdict.problems, *hindered]))
    if problems:
        lines += ["Whether an unexpected dead letter came is unknown:", *bounded(problems)]
    return "\n".join(lines)


def without_those_of_others(verdict: Verdict) -> tuple[Verdict, list[str]]:
    """The verdict on events that were published here, and a warning of the others.

    Where tests of other processes run beside this one, theirs are not its business.
    """
    theirs = [one for one in verdict.died if one.by is None]
    more = verdict.more_of_others
    if not theirs and not more:
        return verdict, []
    counted = _counted(len(theirs) + more)
    lines = [f"{counted} dead-lettered while the test ran. No test of this process published what died:"]
    own = [one for one in verdict.died if one.by is not None]
    shown = bounded([_line(one, verdict.test) for one in theirs], more)
    return verdict._replace(died=own, more_of_others=0), ["\n".join([*lines, *shown])]


def _verdict(died: list[Died], more: int, test: Period) -> list[str]:
    if not died and not more:
        return []
    lines = [f"{_counted(len(died) + more)} dead-lettered that the {test.kind} did not expect:"]
    shown = bounded([_line(one, test) for one in died], more)
    expected = list(dict.fromkeys(test.said_to_expect()))
    others = [f"It expected others: {'; '.join(show_text(one, _SAID_MOST) for one in expected[:_SAID])}."]
    advice = "'Expect Dead Letters' says which ones a test expects."
    return [*lines, *shown, *(others if expected else []), advice]


def _line(died: Died, test: Period) -> str:
    letter = died.letter
    death = letter.dead_letter
    by = dead_letter_sentences.published_by(died.by, test)
    more = f" and {died.letters - 1:,} more of it" if died.letters > 1 else ""
    if death is None:
        key = "" if letter.raw_key is None else f", key {show_value(letter.shown_key, _KEY_MOST)}"
        shared = "value" if letter.raw_key is None else "key and value"
        of = f" It has the {shared} of what {by}." if by else ""
        return f"{letter.place}{key}: no header says where it died.{of}{more and f' So are{more}.'}"
    return f"{dead_letter_sentences.died(show_text(death.origin.place), letter, REASON_MOST, by)}{more}."


def _counted(count: int) -> str:
    return "1 event was" if count == 1 else f"{count:,} events were"


def tells(message: str, letter: Event) -> bool:
    """Whether a message names this letter."""
    return re.search(rf"(?<![\w.-]){re.escape(letter.place)}(?!\d)", message) is not None


def hindrances(findings: Findings) -> list[str]:
    """What kept a guard from reading all that was there."""
    lines = [
        f"Events were deleted before they could be read: {name}[{number}] from offset {start} to {stop - 1}."
        for (name, number), (start, stop) in findings.trimmed.items()
    ]
    lines += [
        f"{name}[{number}] was read up to offset {position}, not to its end at {end}: there was no more time."
        for (name, number), (position, end) in findings.not_reached.items()
    ]
    return lines + [f"{name}[{number}] could not be read: {why}." for (name, number), why in findings.unread.items()]
