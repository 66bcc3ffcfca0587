"""What is at a path of an event, as keywords give it to the tester, and whether it is as expected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from KafkaLibrary.errors import ExpectationFailed, KeywordMisused, Undecodable
from KafkaLibrary.event import Event, Unread, own_copy
from KafkaLibrary.keywords.calls import arguments, search
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note, show

if TYPE_CHECKING:
    from KafkaLibrary import matching
    from KafkaLibrary.matching import Conditions, Path
    from KafkaLibrary.reporting.checks import failed_checks
    from KafkaLibrary.reporting.evidence import evidence_table
    from KafkaLibrary.session import Session
else:
    matching = LazyModule("KafkaLibrary.matching")
    evidence_table = LazyModule("KafkaLibrary.reporting.evidence.evidence_table")
    failed_checks = LazyModule("KafkaLibrary.reporting.checks.failed_checks")


def values_at(event: Event, path: Path, message: str | None = None) -> list[Any]:
    """The values there. Fails for what can't be read, and refuses what is nested too deeply to be given."""
    try:
        both = zip(path.find(event), path.find(event, True), strict=True)
        found = [None if isinstance(fast, matching.Null) else own_copy(fast, exact) for fast, exact in both]
    except Undecodable as reason:
        raise ExpectationFailed(failed_checks.unread_field(event, path, reason, message)) from None
    except RecursionError:
        raise KeywordMisused(
            f"What {event.place} has at '{path.text}' is nested too deeply to be given.\nAsk for a field inside it."
        ) from None
    unread = next((one.reason for one in found if isinstance(one, Unread)), "")
    if unread:
        raise ExpectationFailed(failed_checks.unread_field(event, path, Undecodable(unread), message))
    return found


def path_of(cell: str) -> Path:
    """The path that a cell spells. A condition is refused with the keyword that takes it."""
    if isinstance(cell, str) and matching.is_condition(cell):
        matching.parse_conditions([cell, "exists"])  # says so
    return matching.parse_path(cell)


def condition(path: str, operator: str, expected: Any, strict: Any) -> Conditions:
    """The condition of a path, an operator and what is expected, each in a cell of its own."""
    known = matching.OPERATORS.get(" ".join(str(operator).split()))
    cells = [path, operator] if known and not known.takes_expected and expected == "" else [path, operator, expected]
    return matching.parse_conditions(cells, strict=arguments.truth(strict, "strict"))


def check(session: Session, event: Event, conditions: Conditions, message: str | None) -> None:
    """Fails, with the evidence, unless the event meets the conditions."""
    judgement = conditions.judge(event)
    if not judgement.matches:
        show(evidence_table.checked(event, judgement))
        raise ExpectationFailed(failed_checks.explain(event, judgement, message))
    note("{}: {}{}", event.place, ", ".join(conditions.texts), search.beside(event, conditions))
    search.doubt_match(session, [event], conditions)
