"""What is said of an event that did not match its contract: each message that it may be, the nearest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from KafkaLibrary.contracts.checking.candidates import Candidate, Lack
from KafkaLibrary.contracts.checking.verdicts import Verdict, unchecked
from KafkaLibrary.contracts.contract import Contract, Example
from KafkaLibrary.errors import did_you_mean
from KafkaLibrary.event import Event, Unread
from KafkaLibrary.matching import show_text, show_value
from KafkaLibrary.reporting.checks.failed_checks import because, named, value_line
from KafkaLibrary.reporting.checks.failed_schemas import lines_of
from KafkaLibrary.reporting.long_lists import bounded

_CANDIDATES_MOST = 4
_LACKS_MOST = 6
_NAME_MOST = 80


def failure(verdict: Verdict, message: str | None = None) -> str:
    """Why the event does not match."""
    lines = [message] if message else []
    event = verdict.event
    if verdict.state == "no channel":
        return "\n".join([*lines, _no_channel(event, verdict.contracts), value_line(event)])
    lines += [f"Event {named(event)} {_verdict(verdict)}:", *_reasons(verdict), *_key_and_headers(verdict)]
    return "\n".join([*lines, value_line(event)])


def in_few_lines(verdict: Verdict) -> list[str]:
    """The same of one event among others: its place, what it lacks of the nearest message, and the line of that."""
    if not verdict.candidates:
        return [f"{named(verdict.event)} is on a channel without messages."]
    nearest = verdict.candidates[0]
    if verdict.state == "not checked":
        return [f"{named(verdict.event)} was not checked: {next(unchecked(verdict), '')}"]
    lacks = [line for lack in nearest.lacks for line in _lines(lack)]
    more = f" ({len(lacks) - 1} more)" if len(lacks) > 1 else ""
    return [f"{named(verdict.event)} did not match {_called(nearest)}: {lacks[0].strip()}{more}"]


def _verdict(verdict: Verdict) -> str:
    names = ", ".join(f"'{one.name}'" for one in verdict.contracts)
    on = f"the contract{'s' if len(verdict.contracts) > 1 else ''} {names}"
    if verdict.state == "not checked":
        return f"could not be checked against {on}"
    if len(verdict.candidates) == 1:
        return f"does not match {on}"
    return f"matches no message of {on}"


def _reasons(verdict: Verdict) -> Iterator[str]:
    if verdict.state == "not checked":
        yield from (f"    {line}" for line in list(unchecked(verdict))[:_LACKS_MOST])
        yield from (_place(one) for one in verdict.candidates[:1])
        return
    if not verdict.candidates:
        yield "    its channel has no message"
    for one in verdict.candidates[:_CANDIDATES_MOST]:
        lines = [line for lack in one.lacks for line in _lines(lack)]
        yield f"    {_called(one)} is not met in {_counted(len(one.lacks))}:"
        yield from bounded([f"    {line}" for line in lines[:_LACKS_MOST]], max(0, len(lines) - _LACKS_MOST))
    left = len(verdict.candidates) - _CANDIDATES_MOST
    if left > 0:
        others = ", ".join(_called(one) for one in verdict.candidates[_CANDIDATES_MOST:][:10])
        yield f"    It is farther from {left} others: {show_text(others, 200)}."
    if verdict.said:
        yield verdict.said
    yield from (_place(one) for one in verdict.candidates[:1])


def _place(candidate: Candidate) -> str:
    return f"The contract describes {_called(candidate)} at {candidate.message.place}."


def _called(candidate: Candidate) -> str:
    return f"'{show_text(candidate.message.name, _NAME_MOST)}'"


def _counted(count: int) -> str:
    return "1 place" if count == 1 else f"{count} places"


def lacks_of(candidate: Candidate) -> str:
    """What an event lacks of a message, in one line."""
    lines = [line.strip() for lack in candidate.lacks for line in _lines(lack)]
    more = f" ({len(lines) - 1} more)" if len(lines) > 1 else ""
    return f"{lines[0]}{more}" if lines else ""


def _lines(lack: Lack) -> Iterator[str]:
    if lack.violation is None:
        yield f"the {lack.role} can't be that: {because(lack.said)}"
        return
    root = {"value": "$", "key": "key", "headers": "headers"}[lack.role]
    if lack.role == "key" and not lack.violation.steps and lack.violation.found is None:
        yield "the key is missing"
        return
    for line in lines_of(lack.violation):
        # A path of a value begins with `$`, as all paths do.
        yield line if root == "$" else line.replace("$", root, 1)


def _key_and_headers(verdict: Verdict) -> Iterator[str]:
    roles = {lack.role for one in verdict.candidates for lack in one.lacks}
    if "headers" in roles:
        shown = ", ".join(f"{name}={show_value(_plain(one.content), 60)}" for name, one in verdict.event.read_headers())
        yield f"Its headers are: {show_text(shown, 300) or 'none'}."


def _plain(content: object) -> object:
    return bytes(content) if isinstance(content, Unread) else content


def _no_channel(event: Event, contracts: Sequence[Contract]) -> str:
    return f"Event {named(event)} matches no contract: {_not_in(event.topic, contracts)}"


def no_channel(topic: str, contracts: Sequence[Contract], message: str | None) -> str:
    """The failure for a topic that no contract has."""
    said = f"The topic '{topic}' is in no contract: {_not_in(topic, contracts)}"
    return "\n".join([*([message] if message else []), said])


def _not_in(topic: str, contracts: Sequence[Contract]) -> str:
    known = [one for contract in contracts for one in contract.topics]
    names = ", ".join(f"'{one.name}'" for one in contracts)
    near = did_you_mean(topic, known)
    listed = show_text(", ".join(known[:20]), 300) or "none"
    return f"no channel of {names} is about '{topic}'. {near}".rstrip() + f"\nThe topics there are: {listed}."


def fit(verdict: Verdict) -> str:
    """What is left in the log of an event that matches."""
    first, *others = verdict.fitting
    more = f" It is also what {', '.join(map(_called, others))} asks for." if others else ""
    remarks = "".join(f" {remark[:1].upper()}{remark[1:]}." for remark in first.remarks)
    return f"{verdict.event.place} is {_called(first)} of {first.message.place}.{more}{remarks}"


def steps_of(verdict: Verdict) -> list[tuple[str | int, ...]]:
    """Where in the value the nearest message is not met."""
    nearest = verdict.candidates[:1]
    return [
        lack.violation.steps
        for one in nearest
        for lack in one.lacks
        if lack.role == "value" and lack.violation is not None
    ]


def of_example(example: Example, candidate: Candidate, event: Event) -> str:
    """Why an example is not published."""
    lines = [line for lack in candidate.lacks for line in _lines(lack)]
    called = f"'{show_text(example.name, _NAME_MOST)}'"
    return "\n".join(
        [
            f"The example {called} is not what the contract '{candidate.contract.name}' asks, and is not published:",
            *bounded([line.strip() for line in lines[:_LACKS_MOST]], max(0, len(lines) - _LACKS_MOST)),
            f"{_place(candidate)[:-1]}, and the example at {example.place}.",
            value_line(event),
            "'Publish Broken Event' and 'Publish Event' publish what is wrong on purpose.",
        ]
    )
