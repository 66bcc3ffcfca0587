"""What is said of answerings: questions that were not answered, other numbers than expected, how long answers took."""

from __future__ import annotations

from collections.abc import Sequence

from KafkaLibrary.answering.answers import Ended
from KafkaLibrary.answering.rule import Rule
from KafkaLibrary.deadline import in_words
from KafkaLibrary.event import Event
from KafkaLibrary.matching import Conditions, show_text
from KafkaLibrary.reporting.waits.phrases import clock

_SHOWN = 10
_REASON_MOST = 400


def failure(ended: Sequence[Ended]) -> str:
    """Why a test fails in which these were under way; empty where nothing speaks against it."""
    return "\n".join(_of_one(one) for one in ended if one.failed)


def _of_one(ended: Ended) -> str:
    rule, count = ended.rule, ended.failed
    questions = "1 event" if count == 1 else f"{count} events"
    heading = f"{questions} on {_topics(rule)} could not be answered:"
    return "\n".join([heading, *_lines(ended.failures, count), _asked(rule)])


def warnings(ended: Sequence[Ended]) -> list[str]:
    """What was still to be answered when the test or suite ended."""
    told = []
    for one in ended:
        count = len(one.left)
        if count:
            questions = "1 question" if count == 1 else f"{count} questions"
            lines = "\n".join(_lines(one.left, count))
            told.append(f"{questions} on {_topics(one.rule)} had no answer yet when answering ended:\n{lines}")
    return told


def summary(rule: Rule) -> str:
    """What became of an answering, in a line or two."""
    answers = "1 answer" if rule.answered == 1 else f"{rule.answered} answers"
    said = [
        f"{answers} to {_counted(rule.questions, 'question')} among {_counted(rule.read, 'event')} on {_topics(rule)}."
    ]
    latencies = rule.latencies
    if latencies:
        said.append(
            "From reading a question to the acknowledgement of its answer it took "
            f"{latencies.median:.1f} ms (median), {latencies.p95:.1f} ms (p95)."
        )
    if rule.delay:
        said.append(f"The wanted delay of {in_words(rule.delay)} is not counted.")
    if rule.beyond:
        said.append(f"{_counted(rule.beyond, 'more question')} came after times={rule.times}.")
    if rule.own:
        said.append(f"{_counted(rule.own, 'event')} came of its own answers, and had none.")
    return " ".join(said)


def other_number(rules: Sequence[Rule], expected: int, seconds: float) -> str:
    """Not as many answers as expected, and what there is to know of that."""
    answered = sum(rule.answered_in_test for rule in rules)
    within = f" within {in_words(seconds)}" if answered < expected else ""
    lines = [
        f"{_counted(expected, 'answer')} {'was' if expected == 1 else 'were'} expected{within}, there were {answered}."
    ]
    for rule in rules:
        lines.append(summary(rule) + (" It has ended." if rule.ended else ""))
        lines += _lines([f"{place}: not answered yet, {why}" for place, why in rule.open.items()], len(rule.open))
        lines += _lines(rule.failures, rule.failed)
        if answered < expected:
            lines += [f"    {_why_not(rule.conditions, event)}" for event in rule.unmatched]
    return "\n".join(lines)


def _why_not(conditions: Conditions, event: Event) -> str:
    judged = conditions.judge(event)
    failed = "; ".join(finding.text for finding in judged.findings if not finding.held)
    return f"{event.place} did not match: {failed}"


def _lines(reasons: Sequence[str], count: int) -> list[str]:
    in_one_line = [" ".join(reason.split()) for reason in reasons[:_SHOWN]]
    lines = [f"    {show_text(reason, _REASON_MOST)}" for reason in in_one_line]
    hidden = count - len(lines)
    return [*lines, f"    ... and {hidden} more"] if hidden > 0 else lines


def _asked(rule: Rule) -> str:
    asked = "".join(f"\n    {text}" for text in rule.conditions.texts)
    return f"Answers to '{rule.to}' were begun at {clock(rule.began)}" + (f" for events with{asked}" if asked else ".")


def _topics(rule: Rule) -> str:
    return ", ".join(f"'{topic}'" for topic in rule.topics)


def _counted(number: int, word: str) -> str:
    return f"1 {word}" if number == 1 else f"{number:,} {word}s"
