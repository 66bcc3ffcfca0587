"""What a doubt says of a keyword that passed, and perhaps not for what was meant: "nearly did", "Did you mean"."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from KafkaLibrary.event import Event
from KafkaLibrary.matching import (
    ORDERS,
    REASON_MOST,
    Condition,
    DoubtedCondition,
    is_number,
    other_null,
    show_text,
    show_values,
    state_of,
    without_quotes,
)
from KafkaLibrary.reporting.waits.phrases import is_absent, topics_of
from KafkaLibrary.watching.doubts import Absent, Doubts, Unfit
from KafkaLibrary.watching.waits import Outcome

if TYPE_CHECKING:
    from KafkaLibrary.matching.likeness.overlooked import Overlooked

_ADVICE = {
    "upper and lower case": "differs only in case",
    "the spelling of numbers": (
        "differs only in how the number is written, such as a leading zero or a unit, or a date"
    ),
    "signs that stand for several values": (
        "would match if it had wildcards, but it has none: several values are written "
        "`PATH in A, B`, a beginning `PATH ^= A`"
    ),
}
_OTHERWISE = "differs only in type, quotes or spaces"


def of_no_match(outcome: Outcome) -> str:
    """What a negative that holds may not have proven: no event could match. Empty where nothing speaks for that."""
    none, doubts = f"No event on {topics_of(outcome)} matched", outcome.doubts
    if doubts.nearly:
        event, doubted = doubts.nearly
        return f"{none}, but {event.place} nearly did: {_hardly_meant(event, doubted)}"
    for one in doubts.absent:
        if one.meant:
            return f"{none}, and perhaps none could: {is_absent(one)}. Did you mean `{show_text(one.meant)}`?"
    if doubts.unfit:
        return f"{none}, and perhaps none could: {_is_unfit(doubts.unfit)}"
    for one in doubts.absent:
        if one.doubtful:
            return (
                f"{none}, and perhaps none could: {_has_none(one)}. "
                f"If it may be missing, add a condition: `{show_text(one.condition.path.text)} exists`."
            )
    return f"{none}, but {_is_misfit(doubts)}" if doubts.misfit else ""


def of_failed_wait(doubts: Doubts) -> list[str]:
    """What is likely to be the cause where no event came; empty where nothing speaks for a slip."""
    if doubts.nearly:
        event, doubted = doubts.nearly
        return [f"{event.place} nearly matched: {_hardly_meant(event, doubted)}"]
    if doubts.unfit:
        return [f"No event could: {_is_unfit(doubts.unfit)}"]
    return [*(f"{meaning.said}." for meaning in doubts.likely), *filter(None, [_is_misfit(doubts)])]


def _is_misfit(doubts: Doubts) -> str:
    if doubts.misfit is None:
        return ""
    event, misfit = doubts.misfit
    return (
        f"{event.place} does not fit the schema that came with it, and was compared as it is: "
        f"{show_text(misfit, REASON_MOST)}. "
        "'Set Topic Format' with value=connect-json makes it unreadable, with value=json no schema counts."
    )


def _is_unfit(unfit: Unfit) -> str:
    where = "the event" if unfit.events == 1 else f"all of the latest {unfit.events:,} events"
    meant = f" Did you mean `{show_text(unfit.meant)}`?" if unfit.meant else ""
    condition = unfit.condition
    return (
        f"{show_text(condition.path.text)} is {unfit.kind} in {where}, which `{show_text(condition.text)}` "
        f"never matches.{meant}"
    )


def of_a_start_to_come(outcome: Outcome) -> str:
    """For a start point in the future, before which nothing is read; empty where something was, or it is past."""
    moment = outcome.request.start.moment
    if moment is None or outcome.findings.read or moment <= datetime.now(moment.tzinfo):
        return ""
    return (
        f"No event on {topics_of(outcome)} was read, and none could be: since= is {moment:%Y-%m-%d %H:%M:%S}, which is "
        "still to come. Leave since= out for the mark of the test, or give a point in time that is past."
    )


def of_unused_topic(name: str) -> str:
    """For a topic that is there since it is watched, and never had an event."""
    return (
        f"No event was ever published to '{name}', and the embedded broker has that topic only because it is given as "
        "watch=.\nIf the name is right, say so: call 'Create Topic' with it before the test."
    )


def of_match(event: Event, doubted: DoubtedCondition) -> str:
    """What a match may not have proven: what people overlook has made it one."""
    why = _hardly_meant(event, doubted)
    return f"{event.place} meets `{doubted.condition.text}`, but perhaps not as you mean it: {why}"


def of_likeness(event: Event, one: Overlooked) -> str:
    """What a likeness may not have proven, as the value has a name or a text that is nearly the expected one."""
    but = f"{event.place} is like the expected value, but perhaps not as you mean it: {show_text(one.path)}"
    if one.name:
        there = f"{but} is missing, and there is {show_text(one.name)}."
        return f"{there} If both names are right, write `#present` for {show_text(one.name)} as well."
    advice = "Set strict=True if that matters."
    return f"{but} was {one.found}, and `{one.expected}` differs only in case, type, quotes or spaces. {advice}"


def _has_none(one: Absent) -> str:
    none = "the event that was read has no" if one.events == 1 else f"none of the latest {one.events:,} events has"
    instead = f"; there is {show_text(one.instead)}" if one.instead else ""
    return f"{none} {show_text(one.condition.asked)}{instead}"


def _hardly_meant(event: Event, doubted: DoubtedCondition) -> str:
    condition, leniency = doubted.condition, doubted.leniency
    path, expected = show_text(condition.path.text), condition.expected
    results = state_of(condition, event)[1]
    null = other_null(condition, event, results)
    if null is not None:
        what = f"its value is null in {null.format}, which is not a tombstone" if null.format else "it is a tombstone"
        return f"{what}. `value == null` matches a tombstone, `$ == null` for null in a value."
    alike = _named_alike(condition, event, results)
    if alike:
        return alike
    found, another = show_values(results), condition.held_by_another(event)
    if doubted.meaning:
        return f"{path} {f'was {found}' if results else 'is missing'}. {doubted.meaning.said}."
    if another:
        end = condition.path.newest
        return (
            f"{path} was {found}, the {end} of that name, and {show_text(another)} meets `{condition.text}`. Write "
            f"{path}[*] if any of them counts, or {path}[{0 if end == 'first' else -1}] if the {end} does."
        )
    if condition.operator.name in ORDERS and isinstance(expected, str):
        return f"{path} was {found}, and {_by_letters(path, doubted)}"
    differs = _ADVICE.get(leniency.name, _OTHERWISE)
    if any(isinstance(one, list) for one in results):
        differs = differs.replace("PATH", f"{path}[*]")
    if leniency.case and not isinstance(expected, str):
        differs += ", or in how names are written"
    why = f"{path} was {found}, and `{condition.text}` {differs}."
    if is_number(expected):
        why += " A number in a variable equals numbers only: as a text, such as `42` for `${42}`, it equals both."
    return f"{why} Set strict=True if that matters."


def _named_alike(condition: Condition, event: Event, results: list[Any]) -> str:
    """Of a field that is named like a part of the event, or like one that is missing; empty where there is none."""
    path, field = show_text(condition.path.text), show_text(condition.decided_by_field(event))
    if not field:
        meant = show_text(condition.overlooked(event))
        both = f"`{path} does not exist    {meant} exists`"
        return f"{path} is missing, and there is {meant}. If both are right, ask for both: {both}." if meant else ""
    found = f"was {show_values(results)}" if results else "is missing"
    decides = "does not meet" if condition.operator.negated or condition.operator.name in ORDERS else "meets"
    return (
        f"{path} is {_PARTS.get(condition.path.origin, 'a part of the event')}, and {found}. "
        f"The field {field} {decides} `{show_text(condition.text)}`. Did you mean `{field}`? If not, set strict=True."
    )


_PARTS = {
    "value": "the whole value",
    "key": "the key of the event",
    "headers": "a header",
    "topic": "the topic of the event",
    "partition": "the partition of the event",
    "offset": "the offset of the event",
    "timestamp": "the time of the event",
}


def _by_letters(path: str, doubted: DoubtedCondition) -> str:
    condition = doubted.condition
    expected = show_text(condition.expected)
    quoted = without_quotes(condition.expected) is not None
    write = "a number without quotes" if quoted else f'`{path} {condition.operator} "{expected}"`'
    where = "numbers are" if quoted else "that order is"
    return f"unless both are numbers they compare as text, letter by letter. If {where} meant, write {write}."
