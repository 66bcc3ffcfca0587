"""Checks of events that a test already has."""

from __future__ import annotations

from typing import Any

from robot.api.deco import keyword

from KafkaLibrary.errors import ExpectationFailed, KeywordMisused, did_you_mean
from KafkaLibrary.event import Event, own_copy
from KafkaLibrary.keywords import arguments
from KafkaLibrary.matching import OPERATORS, Conditions, Path, parse_conditions, parse_path, show_value
from KafkaLibrary.reporting import evidence
from KafkaLibrary.reporting.checks import explain, missing_field
from KafkaLibrary.reporting.robot_log import note, show
from KafkaLibrary.session import Session


class Assertions:
    """Keywords that check events."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @keyword
    def event_field_should_be(
        self, event: Any, path: str, expected: Any, *, strict: Any = False, message: str | None = None
    ) -> None:
        """Fails unless the field at ``path`` is ``expected``.

        Paths and comparison are those of `Conditions`: text is compared by the field's own type,
        so ``5`` is the number five where the field is a number; ``strict=True`` compares types too.
        The failure names the event, the value found, and for a missing field the nearest names.
        ``message`` stands in front of it.

        Example:
        | ${event}=    `Publish Event`    orders    {"orderId": 42, "customer": {"name": "Ada"}}
        | `Event Field Should Be`    ${event}    $.orderId    42
        | `Event Field Should Be`    ${event}    customer.name    Ada
        """
        self._check(event, _condition(path, "==", expected, strict), message)

    @keyword
    def event_field_should_not_be(
        self, event: Any, path: str, unexpected: Any, *, strict: Any = False, message: str | None = None
    ) -> None:
        """Fails when the field at ``path`` is ``unexpected``, or is missing.

        Example:
        | ${event}=    `Publish Event`    orders    {"orderId": 42, "status": "NEW"}
        | `Event Field Should Not Be`    ${event}    status    PAID
        """
        self._check(event, _condition(path, "!=", unexpected, strict), message)

    @keyword
    def event_field_should_exist(self, event: Any, path: str, *, message: str | None = None) -> None:
        """Fails unless there is a field at ``path``; its value may be null.

        Example:
        | ${event}=    `Publish Event`    orders    {"orderId": 42, "note": null}
        | `Event Field Should Exist`    ${event}    note
        """
        self._check(event, parse_conditions([path, "exists"]), message)

    @keyword
    def event_field_should_not_exist(self, event: Any, path: str, *, message: str | None = None) -> None:
        """Fails when there is a field at ``path``, be its value null.

        Example:
        | ${event}=    `Publish Event`    orders    {"orderId": 42}
        | `Event Field Should Not Exist`    ${event}    note
        """
        self._check(event, parse_conditions([path, "does not exist"]), message)

    @keyword
    def get_event_field(
        self,
        event: Any,
        path: str,
        operator: str | None = None,
        expected: Any = "",
        message: str | None = None,
        *,
        strict: Any = False,
    ) -> Any:
        """Gives the value of the field at ``path``; with ``operator`` and ``expected`` checks it first.

        A path that may find several (``[*]``, ``..``, a filter or a slice) gives a list.
        Fails when the field is missing.

        Example:
        | ${event}=    `Publish Event`    orders    {"orderId": 42, "items": [{"sku": "P-7"}, {"sku": "P-8"}]}
        | ${id}=    `Get Event Field`    ${event}    orderId    >=    42
        | Should Be Equal    ${id}    ${42}
        | ${skus}=    `Get Event Field`    ${event}    items[*].sku
        | Length Should Be    ${skus}    2
        """
        checked = arguments.event(event)
        if operator is not None:
            self._check(checked, _condition(path, operator, expected, strict), message)
        parsed = parse_path(path)
        found = _values(checked, parsed)
        if parsed.may_find_several:
            return found
        if not found and operator is None:
            show(evidence.checked(checked, f"{parsed.text} is missing"))
            raise ExpectationFailed(missing_field(checked, parsed, message))
        return found[0] if found else None

    @keyword
    def get_event_fields(self, events: Any, path: str) -> list[Any]:
        """Gives the values at ``path`` of all ``events``, in their order.

        An event without the field gives nothing to the list.

        Example:
        | `Publish Event`    orders    {"orderId": 1}
        | `Publish Event`    orders    {"orderId": 2}
        | ${events}=    `Wait For Events`    orders    2    orderId <= 2
        | ${ids}=    `Get Event Fields`    ${events}    orderId
        | Length Should Be    ${ids}    2
        """
        if isinstance(events, Event) or not isinstance(events, list | tuple):
            raise KeywordMisused("A list of events is needed, as 'Wait For Events' gives it.")
        parsed = parse_path(path)
        return [value for event in events for value in _values(arguments.event(event), parsed)]

    @keyword
    def event_key_should_be(
        self, event: Any, expected: Any, *, strict: Any = False, message: str | None = None
    ) -> None:
        """Fails unless the key of the event is ``expected``; ``${None}`` means an event without a key.

        Example:
        | ${event}=    `Publish Event`    orders    {"orderId": 42}    key=42
        | `Event Key Should Be`    ${event}    42
        """
        self._check(event, _condition("key", "==", expected, strict), message)

    @keyword
    def event_header_should_be(
        self, event: Any, name: str, expected: Any, *, strict: Any = False, message: str | None = None
    ) -> None:
        """Fails unless the header ``name`` is ``expected``; where it stands more than once, the last counts.

        Example:
        | VAR    &{headers}    source=web
        | ${event}=    `Publish Event`    orders    {"orderId": 42}    headers=${headers}
        | `Event Header Should Be`    ${event}    source    web
        """
        self._check(event, _condition(_header_path(name), "==", expected, strict), message)

    @keyword
    def get_event_header(self, event: Any, name: str) -> Any:
        """Gives the value of the header ``name``, the last where it stands more than once. Fails where there is none.

        Text in UTF-8 is given as text, anything else as bytes. ``${event.headers}`` has all of them.

        Example:
        | VAR    &{headers}    source=web
        | ${event}=    `Publish Event`    orders    {"orderId": 42}    headers=${headers}
        | ${source}=    `Get Event Header`    ${event}    source
        | Should Be Equal    ${source}    web
        """
        checked = arguments.event(event)
        try:
            return checked.headers[name]
        except KeyError:
            show(evidence.checked(checked, f"header {name} is missing"))
            known = ", ".join(checked.headers) or "none"
            raise ExpectationFailed(
                f"Event {checked.place} has no header '{name}'. {did_you_mean(str(name), checked.headers)}".rstrip()
                + f"\nIts headers are: {known}."
            ) from None

    @keyword
    def event_should_match(self, event: Any, *conditions: Any, strict: Any = False, message: str | None = None) -> None:
        """Fails unless the event meets all ``conditions``, and says of each that it does not meet what it had instead.

        Conditions are written as for `Wait For Event`.

        Example:
        | ${event}=    `Publish Event`    orders    {"orderId": 42, "total": 99.5, "tags": ["new", "web"]}
        | `Event Should Match`    ${event}    orderId == 42    total < 100    tags contains web
        | `Event Should Match`    ${event}    $.note does not exist    $.total    >    ${50}
        """
        if not conditions:
            raise KeywordMisused("Give at least one condition, such as `$.status == PAID`.")
        exact = arguments.truth(strict, "strict")
        self._check(event, parse_conditions(conditions, strict=exact, arguments=("strict", "message")), message)

    @staticmethod
    def _check(event: Any, conditions: Conditions, message: str | None) -> None:
        checked = arguments.event(event)
        judgement = conditions.judge(checked)
        if not judgement.matches:
            show(evidence.checked(checked, judgement))
            raise ExpectationFailed(explain(checked, judgement, message))
        note(f"{checked.place}: {', '.join(conditions.texts)}")


def _condition(path: str, operator: str, expected: Any, strict: Any) -> Conditions:
    known = OPERATORS.get(" ".join(str(operator).split()))
    cells = [path, operator] if known and not known.takes_expected and expected == "" else [path, operator, expected]
    return parse_conditions(cells, strict=arguments.truth(strict, "strict"))


def _values(event: Event, path: Path) -> list[Any]:
    return [own_copy(fast, exact) for fast, exact in zip(path.find(event), path.find(event, True), strict=True)]


def _header_path(name: Any) -> str:
    if not isinstance(name, str) or not name:
        raise KeywordMisused(f"The name of a header is needed, not {show_value(name)}.")
    return f"headers[{_quoted(name)}]"


def _quoted(name: str) -> str:
    return f'"{name}"' if "'" in name else f"'{name}'"
