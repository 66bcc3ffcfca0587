"""What a path finds in an event, by the part where it begins: the value, the key, headers, the timestamp, a trace."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Decoded, Event, WindowedKey, as_text
from KafkaLibrary.headers import newest
from KafkaLibrary.matching.paths.grammar import DESCEND, EVERY, OWN, Bracket, ParsedPath
from KafkaLibrary.matching.paths.plain_paths import Steps, getter, opening
from KafkaLibrary.matching.values.json_texts import MARK, Null

if TYPE_CHECKING:
    from KafkaLibrary.matching.paths.jsonpath_filters import Expression

Document = Callable[[Event, bool], Any]


class Finder(Protocol):
    """Gives the results of one path in an event."""

    def __call__(self, event: Event, exact: bool = False) -> list[Any]: ...


UNSTRUCTURED = frozenset(("text", "bytes"))
"""Formats whose values have no fields."""


def needs_jsonpath(parsed: ParsedPath) -> bool:
    return any(step is DESCEND or isinstance(step, Bracket) for step in parsed.steps)


def _finder_in(document: Document, parsed: ParsedPath, into_texts: bool) -> Finder:
    """The finder of a path into what ``document`` takes out of an event."""
    if not needs_jsonpath(parsed):
        get, get_exactly = (getter(parsed.steps, opening(exact, into_texts)) for exact in (False, True))
        return lambda event, exact=False: (get_exactly if exact else get)(document(event, exact))
    expression = expression_of(parsed)

    def find(event: Event, exact: bool = False) -> list[Any]:
        picked = document(event, expression.picks_exactly) if expression.filters else None
        return expression.find(picked, document(event, exact), exact=exact, into_texts=into_texts)

    return find


def expression_of(parsed: ParsedPath) -> Expression:
    from KafkaLibrary.matching.paths.jsonpath_filters import read_expression  # noqa: PLC0415

    return read_expression(parsed.segments)


def value_document(event: Event, exact: bool) -> Any:
    decoded = event.decoded(exact=exact)
    if decoded.format in UNSTRUCTURED and decoded.content is not None:
        raise _without_fields(decoded)
    return decoded.content


def _without_fields(decoded: Decoded) -> Undecodable:
    if decoded.note:
        return Undecodable(f"The value is {decoded.note}.")
    return Undecodable(f"The value was read as {decoded.format}, which has no fields.")


def _value_finder(parsed: ParsedPath, into_texts: bool) -> Finder:
    if not parsed.segments:
        return _find_value if parsed.is_part else _find_document
    if needs_jsonpath(parsed) or _may_ask_envelope(parsed):
        return _finder_in(document_of(parsed), parsed, into_texts)
    get, get_exactly = (getter(parsed.steps, opening(exact, into_texts)) for exact in (False, True))

    def find(event: Event, exact: bool = False) -> list[Any]:
        # The same as by `_finder_in`, one call less: every event of a wait comes through here.
        decoded = event.decoded(exact=exact)
        if decoded.format in UNSTRUCTURED and decoded.content is not None:
            raise _without_fields(decoded)
        return get_exactly(decoded.content) if exact else get(decoded.content)

    return find


def _find_value(event: Event, exact: bool = False) -> list[Any]:
    """What Kafka has as the value: null of a tombstone alone."""
    if event.is_tombstone:
        return [None]
    decoded = event.decoded(exact=exact)
    return [Null(decoded.format) if decoded.content is None else decoded.content]


def _find_document(event: Event, exact: bool = False) -> list[Any]:
    """What is in the value, which may be null: a tombstone has nothing there."""
    return [] if has_no_document(event) else [event.decoded(exact=exact).content]


def has_no_document(event: Event) -> bool:
    """Whether it is a tombstone. A CloudEvent without a value has its attributes there."""
    return event.is_tombstone and event.decoded().content is None


_ABSENT = object()


def _key_document(event: Event, exact: bool) -> Any:
    """The key for a path into it; a text is read as JSON, also behind a byte order mark."""
    key = as_text(event.key)
    if not isinstance(key, str):
        return _ABSENT if isinstance(key, bytes) else key
    try:
        return json.loads(key.removeprefix(MARK), parse_float=Decimal if exact else None)
    except (ValueError, ArithmeticError, RecursionError):
        return _ABSENT


def _key_finder(parsed: ParsedPath, into_texts: bool) -> Finder:
    if not parsed.segments:
        return lambda event, exact=False: [_key_alone(event.key)]
    return _finder_in(document_of(parsed), parsed, into_texts)


def _key_alone(key: Any) -> Any:
    """The key itself, without its window."""
    return key["key"] if isinstance(key, WindowedKey) else key


def _header_finder(parsed: ParsedPath, _: bool) -> Finder:
    if not parsed.steps:
        return lambda event, exact=False: [dict(event.headers)]
    name, which = str(parsed.steps[0]), _which(parsed.steps)
    return lambda event, exact=False: event.headers_named(name)[which]


def _which(steps: Sequence[Any]) -> slice:
    """Which of the headers of a name: the newest where nothing is said."""
    step = steps[1] if len(steps) > 1 else newest(str(steps[0]))
    return slice(None) if step is EVERY else slice(step, step + 1 or None)


def headers_at(event: Event, steps: Sequence[Any]) -> list[Steps]:
    """The name, and which of the headers of that name."""
    if not steps:
        return [()]
    there = range(sum(name == steps[0] for name, _ in event.raw_headers))
    return [(str(steps[0]), place) for place in there[_which(steps)]]


def bytes_finder(parsed: ParsedPath) -> Finder | None:
    steps = parsed.steps
    if parsed.origin == "key" and not steps:
        return lambda event, exact=False: [event.raw_key]
    if parsed.origin != "headers" or not steps:
        return None
    wanted, which = steps[0], _which(steps)
    return lambda event, exact=False: [raw for name, raw in event.raw_headers if name == wanted][which]


def _own(name: str) -> Callable[[ParsedPath, bool], Finder]:
    return lambda parsed, into_texts: lambda event, exact=False: [getattr(event, name)]


def _timestamp_finder(parsed: ParsedPath, _: bool) -> Finder:
    def find(event: Event, exact: bool = False) -> list[Any]:
        moment = event.timestamp
        if moment is None and event.timestamp_ms >= 0:  # Some producers write microseconds.
            raise Undecodable(f"The timestamp of {event.timestamp_ms} ms is beyond the year 9999.")
        return [moment]

    return find


def _trace_finder(parsed: ParsedPath, _: bool) -> Finder:
    from KafkaLibrary.matching.paths.trace_ids import traces_of  # noqa: PLC0415 - few paths are about traces

    return lambda event, exact=False: traces_of(event.raw_headers)


DOCUMENTS: dict[str, Document] = {"value": value_document, "key": _key_document}

# Around a document: the envelope that it came in. Who wrote its path from the envelope on finds the same.

_OF_ENVELOPES = ("payload", "schema")
_ENVELOPES: dict[str, Document] = {
    "value": lambda event, exact: event.decoded(exact=exact).around,
    "key": lambda event, exact: event.around_key,
}


def _may_ask_envelope(parsed: ParsedPath) -> bool:
    return bool(parsed.steps) and parsed.steps[0] in _OF_ENVELOPES


def document_of(parsed: ParsedPath) -> Document:
    """What the path leads into: the envelope where it begins as that, and the document has no such field."""
    document = DOCUMENTS[parsed.origin]
    if not _may_ask_envelope(parsed):
        return document
    envelope, name = _ENVELOPES[parsed.origin], parsed.steps[0]

    def asked(event: Event, exact: bool) -> Any:
        inner, around = document(event, exact), envelope(event, exact)
        return inner if around is None or (isinstance(inner, dict) and name in inner) else around

    return asked


def in_content(event: Event, exact: bool, document: Any, found: list[Steps]) -> list[Steps]:
    """The places in the content of what was found in a document, which may be the envelope around that."""
    if document is not event.decoded(exact=exact).around:
        return found
    return [steps[1:] for steps in found if steps[:1] == ("payload",)]


FINDERS: dict[str, Callable[[ParsedPath, bool], Finder]] = {
    "value": _value_finder,
    "key": _key_finder,
    "headers": _header_finder,
    **{name: _own(name) for name in OWN},
    "timestamp": _timestamp_finder,
    "trace": _trace_finder,
}
