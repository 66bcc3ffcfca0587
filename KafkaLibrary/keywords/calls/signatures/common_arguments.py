"""Arguments that keywords have alike: ``alias`` for another connection, ``message`` in front of a failure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import wraps
from inspect import CO_VARARGS
from typing import Any, Protocol

from KafkaLibrary.errors import ExpectationFailed, KeywordMisused

ALIAS = "alias"
_LONG, _SHORT = "message", "msg"
_ASK_NO_KAFKA = frozenset(
    (
        "connect_to_kafka switch_kafka_connection disconnect_from_kafka disconnect_from_all_kafka expect_dead_letters "
        "load_event_template get_event_field get_event_fields get_event_header event_field_should_be "
        "event_field_should_not_be event_field_should_exist event_field_should_not_exist event_key_should_be "
        "event_header_should_be event_should_match event_should_be_like events_should_be_in_order "
        "events_should_be_unique answers_should_have_been stop_answering load_contract event_should_match_contract "
        "topic_should_be_in_contract contract_should_be_covered log_contract_coverage"
    ).split()
)
"""Keywords that look at events alone, and those that say by themselves which connection they mean."""


class _Sessions(Protocol):
    def using(self, alias: str) -> AbstractContextManager[None]: ...


def with_common_arguments(keyword: Callable[..., Any]) -> Callable[..., Any]:
    """The keyword with those of the arguments that it has not itself. A new keyword gets them by itself."""
    code = keyword.__code__
    own = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    name = keyword.__name__
    added = [] if name in _ASK_NO_KAFKA or ALIAS in own else [ALIAS]
    has_message = _LONG in own
    # Beside conditions, `message=started` is a field whose second sign is missing: nothing may take that for a text.
    takes_conditions = code.co_flags & CO_VARARGS
    takes_message = (has_message or "should" in name or "wait" in name) and not takes_conditions
    if takes_message:
        added += [_SHORT] if has_message else [_LONG, _SHORT]
    if not added:
        return keyword
    place = own.index(_LONG) - 1 if has_message else -1

    @wraps(keyword)
    def called(self: Any, *cells: Any, **named: Any) -> Any:
        if not named:
            return keyword(self, *cells)
        is_given = 0 <= place < min(len(cells), code.co_argcount - 1)
        message = _in_front(named, is_given=is_given) if takes_message else None
        if has_message and message is not None:
            named[_LONG] = message
        alias = named.pop(ALIAS, None) if ALIAS in added else None
        try:
            if alias is None or alias == "":
                return keyword(self, *cells, **named)
            with self._session.using(str(alias)):
                return keyword(self, *cells, **named)
        except ExpectationFailed as failure:
            if message and not has_message:
                failure.args = (f"{message}\n{failure}",)
            raise

    called.added_arguments = tuple(added)  # type: ignore[attr-defined] # a function has room for it
    return called


def _in_front(named: dict[str, Any], *, is_given: bool) -> Any:
    """What stands in front of a failure, by either of its names, taken out of the arguments."""
    long, short = named.pop(_LONG, None), named.pop(_SHORT, None)
    if short is not None and (long is not None or is_given):
        raise KeywordMisused(f"{_LONG}= and {_SHORT}= are two names of one argument: give one of them.")
    return short if long is None else long


def added_to(keyword: Any) -> tuple[str, ...]:
    """The arguments that it did not have itself."""
    names: tuple[str, ...] = getattr(keyword, "added_arguments", ())
    return names


def with_added(own: Sequence[Any], added: Sequence[str]) -> list[Any]:
    """The arguments of a keyword as PythonLibCore tells Robot of them, with those that were added."""
    if not added:
        return list(own)
    plain = [one for one in own if not str(one).startswith("**")]
    has_named = any(isinstance(one, str) and one.startswith("*") for one in plain)
    named = [*([] if has_named else ["*"]), *((name, None) for name in added)]
    return [*plain, *named, *(one for one in own if str(one).startswith("**"))]
