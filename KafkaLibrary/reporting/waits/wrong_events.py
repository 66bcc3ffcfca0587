"""What a test is told that ends with events which are not what their contract describes. Data in, text out."""

from __future__ import annotations

from KafkaLibrary.contracts.checking.verdicts import Verdict
from KafkaLibrary.guarding.contract_guard import Found
from KafkaLibrary.reporting.checks.failed_contracts import in_few_lines
from KafkaLibrary.reporting.long_lists import bounded
from KafkaLibrary.reporting.waits.unexpected_dead_letters import hindrances, tells

_NOT_KNOWN = "Whether each event was what its contract describes is unknown:"
NOT_JUDGED = f"{_NOT_KNOWN} the search failed."
_SIDE_BY_SIDE = "Tests of other processes ran beside this one: an event may be theirs."


def failure(found: Found, already: str = "", *, side_by_side: bool = False) -> str:
    """Why the test fails, or nothing. An event that its message tells of ``already`` is not told again.

    ``side_by_side`` says that tests of other processes may have published some.
    """
    wrong = [one for one in found.wrong if not tells(already, one.event)]
    lines: list[str] = []
    if wrong or found.more:
        count = len(wrong) + found.more
        counted = "1 event" if count == 1 else f"{count:,} events"
        lines = [f"{counted} did not match the contract:", *bounded(_told(wrong, found), found.more)]
        if wrong and wrong[0].candidates:
            nearest = wrong[0].candidates[0]
            lines.append(f"The contract describes '{nearest.message.name}' at {nearest.message.place}.")
        lines += [_SIDE_BY_SIDE] if side_by_side else []
    problems = list(dict.fromkeys([*found.problems, *(line for one in found.findings for line in hindrances(one))]))
    if problems:
        lines += [_NOT_KNOWN, *bounded(problems)]
    return "\n".join(lines)


def warning(found: Found) -> str:
    """What could not be checked, or nothing; each reason is told once in a run."""
    if not found.unchecked:
        return ""
    lines = [f"{reason} ({count:,} event{'s' if count != 1 else ''})" for reason, count in found.unchecked.items()]
    return "\n".join(["Events could not be checked against the contract:", *bounded(lines)])


def _told(wrong: list[Verdict], found: Found) -> list[str]:
    lines = []
    # Kafka counts milliseconds: an event of the one in which the test began may be the test's own.
    began = found.began and found.began.replace(microsecond=found.began.microsecond // 1000 * 1000)
    for one in wrong:
        stamp = one.event.timestamp
        is_older = began is not None and stamp is not None and stamp < began
        earlier = " Its timestamp is from before this test." if is_older else ""
        lines += [f"{line}.{earlier}" for line in in_few_lines(one)]
    return lines
