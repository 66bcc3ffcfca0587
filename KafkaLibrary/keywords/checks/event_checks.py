"""Checks of one event that a test has: fields, key, headers, conditions, a whole value, a schema."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from robot.api.deco import keyword

from KafkaLibrary.errors import ExpectationFailed, KeywordMisused, Undecodable
from KafkaLibrary.event import Event, Unread
from KafkaLibrary.keywords.calls import arguments, search
from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note, show

if TYPE_CHECKING:
    from KafkaLibrary import matching
    from KafkaLibrary.keywords.checks import field_values
    from KafkaLibrary.matching import Conditions
    from KafkaLibrary.reporting.checks import failed_checks, failed_likeness, failed_schemas
    from KafkaLibrary.reporting.evidence import evidence_table
    from KafkaLibrary.reporting.waits import doubts
    from KafkaLibrary.serialization.schemas import schema_argument
    from KafkaLibrary.serialization.schemas.codecs import Codec
    from KafkaLibrary.serialization.schemas.schema_argument import LocalSchemas
else:
    field_values = LazyModule("KafkaLibrary.keywords.checks.field_values")
    matching = LazyModule("KafkaLibrary.matching")
    failed_checks = LazyModule("KafkaLibrary.reporting.checks.failed_checks")
    evidence_table = LazyModule("KafkaLibrary.reporting.evidence.evidence_table")
    doubts = LazyModule("KafkaLibrary.reporting.waits.doubts")
    failed_likeness = LazyModule("KafkaLibrary.reporting.checks.failed_likeness")
    failed_schemas = LazyModule("KafkaLibrary.reporting.checks.failed_schemas")
    schema_argument = LazyModule("KafkaLibrary.serialization.schemas.schema_argument")

_WITHOUT_SCHEMA = {"tombstone": "a tombstone", "text": "text and not JSON", "bytes": "bytes and not JSON"}
"""Formats of values that no schema describes."""

_INDEX = re.compile(r"-?[0-9]{1,15}|\*")
_SHOWN_MOST = 200
"""Differences that are marked in the evidence; all of them are counted."""


class EventChecks(LibraryComponent):
    """Keywords that check one event."""

    _schemas: LocalSchemas | None = None

    @keyword
    def event_field_should_be(
        self, event: Any, path: str, expected: Any, *, strict: Any = False, message: str | None = None
    ) -> None:
        """Fails unless the field at ``path`` is ``expected``.

        Paths and comparison are those of `Conditions`: text is compared by the field's own type, so ``5`` is the
        number five if the field is a number; ``strict=True`` also compares types. The failure names the event, the
        actual value, and for a missing field the nearest names. ``message`` goes before it.

        For a path that may find several, such as a filter, one of them has to be ``expected``. If it finds nothing,
        this fails, also for ``[]``: for that write `Event Field Should Not Exist`.

        Example:
        | ${event}=    `Publish Event`    orders    {"orderId": 42, "customer": {"name": "Ada"}}
        | `Event Field Should Be`    ${event}    $.orderId    42
        | `Event Field Should Be`    ${event}    customer.name    Ada
        """
        self._check(arguments.event(event), field_values.condition(path, "==", expected, strict), message)

    @keyword
    def event_field_should_not_be(
        self, event: Any, path: str, expected: Any, *, strict: Any = False, message: str | None = None
    ) -> None:
        """Fails when the field at ``path`` is ``expected``, or is missing.

        Example:
        | ${event}=    `Publish Event`    orders    {"orderId": 42, "status": "NEW"}
        | `Event Field Should Not Be`    ${event}    status    PAID
        """
        self._check(arguments.event(event), field_values.condition(path, "!=", expected, strict), message)

    @keyword
    def event_field_should_exist(self, event: Any, path: str, *, message: str | None = None) -> None:
        """Fails unless there is a field at ``path``; its value may be null.

        Example:
        | ${event}=    `Publish Event`    orders    {"orderId": 42, "note": null}
        | `Event Field Should Exist`    ${event}    note
        """
        self._check(arguments.event(event), matching.parse_conditions([path, "exists"]), message)

    @keyword
    def event_field_should_not_exist(self, event: Any, path: str, *, message: str | None = None) -> None:
        """Fails when there is a field at ``path``, even if its value is null.

        Example:
        | ${event}=    `Publish Event`    orders    {"orderId": 42}
        | `Event Field Should Not Exist`    ${event}    note
        """
        self._check(arguments.event(event), matching.parse_conditions([path, "does not exist"]), message)

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
        """Returns the value of the field at ``path``; with ``operator`` and ``expected`` checks it first.

        A path that may find several (``[*]``, ``..``, a filter or a slice) returns a list, and ``[]`` if it finds
        nothing, which does not fail unless an operator such as ``exists`` checks it. A field inside a JSON text is
        found too, unless ``strict=True``. Fails when any other field is missing, and when the value can't be read.

        Example:
        | ${event}=    `Publish Event`    orders    {"orderId": 42, "items": [{"sku": "P-7"}, {"sku": "P-8"}]}
        | ${id}=    `Get Event Field`    ${event}    orderId    >=    42
        | Should Be Equal    ${id}    ${42}
        | ${skus}=    `Get Event Field`    ${event}    items[*].sku
        | Length Should Be    ${skus}    2
        """
        checked = arguments.event(event)
        if arguments.checks_first(operator, expected):
            self._check(checked, field_values.condition(path, operator, expected, strict), message)
        parsed = field_values.path_of(path)
        if arguments.truth(strict, "strict"):
            parsed = parsed.as_it_stands
        found = field_values.values_at(checked, parsed, message)
        if parsed.may_find_several:
            return found
        if not found and operator is None:
            is_tombstone = parsed.asks_value and matching.has_no_document(checked)
            show(evidence_table.checked(checked, "is a tombstone" if is_tombstone else f"{parsed.text} is missing"))
            raise ExpectationFailed(failed_checks.missing_field(checked, parsed, message))
        return found[0] if found else None

    @keyword
    def event_key_should_be(
        self, event: Any, expected: Any, *, strict: Any = False, message: str | None = None
    ) -> None:
        """Fails unless the key of the event is ``expected``; ``${None}`` means an event without a key.

        A number in a variable equals the text that spells it, unless ``strict=True``.

        Example:
        | ${event}=    `Publish Event`    orders    {"orderId": 42}    key=42
        | `Event Key Should Be`    ${event}    42
        """
        self._check(arguments.event(event), field_values.condition("key", "==", expected, strict), message)

    @keyword
    def event_header_should_be(
        self,
        event: Any,
        name: str,
        expected: Any,
        *,
        index: Any = None,
        strict: Any = False,
        message: str | None = None,
    ) -> None:
        """Fails unless the header ``name`` is ``expected``; if it occurs more than once, the last one counts.

        ``index`` selects another one: ``0`` is the first, ``-1`` the last, and ``*`` checks whether any of them is.
        Numbers that a framework writes in bytes are compared as numbers, see `Formats`. A number in a variable equals
        the text that spells it, unless ``strict=True``.

        Example:
        | VAR    &{headers}    source=web    count=3
        | ${event}=    `Publish Event`    orders    {"orderId": 42}    headers=${headers}
        | `Event Header Should Be`    ${event}    source    web
        | `Event Header Should Be`    ${event}    count    ${3}
        """
        asked = field_values.condition(_header_path(name, index), "==", expected, strict)
        self._check(arguments.event(event), asked, message)

    @keyword
    def get_event_header(
        self,
        event: Any,
        name: str,
        operator: str | None = None,
        expected: Any = "",
        message: str | None = None,
        *,
        index: Any = None,
        strict: Any = False,
    ) -> Any:
        """Returns the value of the header ``name``; with ``operator`` and ``expected`` checks it first.

        Of a header that occurs more than once it is the last one. Fails if there is none.

        ``index`` selects another one: ``0`` is the first, ``-1`` the last, and ``*`` returns a list of all. A header
        is a number, a text or bytes according to its format, see `Formats`. Without a format, UTF-8 is text; anything
        with control characters other than line breaks and tabs, or not in UTF-8, is bytes. ``${event.headers}`` has
        all of them, ``${event.headers.source}`` is one, and ``${event.raw_headers}`` is a list of names and bytes.

        Example:
        | VAR    @{headers}    ${{ ("source", "web") }}    ${{ ("attempt", "1") }}    ${{ ("attempt", "2") }}
        | ${event}=    `Publish Event`    orders    {"orderId": 42}    headers=${headers}
        | ${source}=    `Get Event Header`    ${event}    source
        | Should Be Equal    ${source}    web
        | ${first}=    `Get Event Header`    ${event}    attempt    index=0
        | Should Be Equal    ${first}    1
        | Should Be Equal    ${event.headers.attempt}    2
        | ${attempt}=    `Get Event Header`    ${event}    attempt    >=    2
        """
        checked = arguments.event(event)
        written = _header_path(name, index)
        path = matching.parse_path(written)
        if arguments.checks_first(operator, expected):
            self._check(checked, field_values.condition(written, operator, expected, strict), message)
        found = path.find(checked)
        unread = next((one for one in found if isinstance(one, Unread)), None)
        if unread is not None:
            show(evidence_table.checked(checked, f"header {name} can't be read: {unread.reason}"))
            raise ExpectationFailed(f"The header '{name}' of {checked.place} can't be read: {unread.reason}.")
        if path.may_find_several and (found or operator is not None):
            return found
        if found or operator is not None:  # a header that does not exist was asked for
            return found[0] if found else None
        show(
            evidence_table.checked(checked, f"{path.text if name in checked.headers else f'header {name}'} is missing")
        )
        raise ExpectationFailed(failed_checks.no_header(checked, name))

    @keyword
    def event_should_match(self, event: Any, *conditions: Any, strict: Any = False, message: str | None = None) -> None:
        """Fails unless the event meets all ``conditions``, and shows the actual value for each one that did not match.

        Conditions are written as for `Wait For Event`.

        Example:
        | ${event}=    `Publish Event`    orders    {"orderId": 42, "total": 99.5, "tags": ["new", "web"]}
        | `Event Should Match`    ${event}    orderId == 42    total < 100    tags contains web
        | `Event Should Match`    ${event}    $.note does not exist    $.total    >    ${50}
        """
        checked = arguments.event(event)
        if not conditions:
            raise KeywordMisused("Give at least one condition, such as `$.status == PAID`.")
        exact = arguments.truth(strict, "strict")
        asked = matching.parse_conditions(conditions, strict=exact, arguments=("strict", "message"))
        self._check(checked, asked, message)

    @keyword
    def event_should_be_like(
        self, event: Any, expected: Any, *, strict: Any = False, message: str | None = None
    ) -> None:
        r"""Fails unless the value of the event is like ``expected``, and reports all differences at once.

        ``expected`` is JSON text, a dictionary or a list. What it names must be there and match, at any depth: an
        object may have more fields than expected, a list has the same elements in the same order. Values are compared
        as they are, numbers by value: ``42`` equals ``42.0`` and not the text ``"42"``. So write a number in a
        dictionary as ``${42}``. Date-times are compared as in `Times`. Where an object or a list is expected, its JSON
        as a text also matches. ``strict=True`` also compares types.

        A text that begins with ``#`` is a marker that matches many values:

        | =Marker= | =The field= |
        | ``#present``, ``#notpresent`` | is there, even if null; is not there |
        | ``#ignore`` | is not compared, and may be missing |
        | ``#null``, ``#notnull`` | is there and null; is there and not null |
        | ``#boolean``, ``#number``, ``#string``, ``#array``, ``#object`` | is of that type |
        | ``#uuid`` | is a UUID, such as ``0b2e3b1c-6c1b-4a53-9d0b-6f4f3c2a1d10`` |
        | ``#date``, ``#datetime`` | is an ISO date, ``2026-05-31``; a date and time, ``2026-05-31T17:03:11.120Z`` |
        | ``#? > 5``, ``#? not in A, B``, ``#? length > 2`` | meets this condition of `Conditions`, ``>`` by number |
        | ``#regex [A-Z]-[0-9]+`` | is a text, and the regular expression matches all of it |
        | ``#equals TEXT`` | is exactly this text, which may begin with ``#`` |
        | ``#[]``, ``#[3]`` | is a list; is a list of three elements |
        | ``#[] #uuid``, ``#[3] {"sku": "#string"}`` | the same, and each of its elements matches this |
        | ``#contains ["new", "web"]`` | is a list with these elements, in any order, each as often as it is listed |
        | ``#only ["new", "web"]`` | has these and no others, in any order |
        | ``##string`` | is missing, null or a text: a second ``#`` makes any marker optional |

        After ``#[]``, ``#contains`` and ``#only`` comes another marker, JSON, or else a plain text: ``#contains new``.
        JSON is easiest to write there in a dictionary, as in the example: inside JSON text each of its double quotes
        needs two backslashes. An unknown marker is refused before anything is compared.

        In a cell of its own a marker needs a leading backslash, ``\#uuid``, because Robot reads a cell that begins
        with ``#`` as a comment; in JSON text and after ``name=`` it needs none. A backslash of a regular expression is
        written four times in JSON text, ``\\\\d``, so prefer ``[0-9]``. Robot Framework's timeouts stop an expression
        that takes too long.

        A tombstone, or a value that is not JSON, never matches. The failure names the path of each difference, the
        actual and the expected value, and for a missing field the nearest names. ``message`` goes before it.

        Example:
        | VAR    ${order}    {"orderId": 42, "customer": {"name": "Ada", "vip": true}, "tags": ["new", "web"]}
        | ${event}=    `Publish Event`    orders    ${order}
        | `Event Should Be Like`    ${event}    {"orderId": "#number", "customer": {"name": "Ada"}, "note": "##string"}
        | VAR    &{expected}    orderId=${42}    tags=#only ["web", "new"]
        | `Event Should Be Like`    ${event}    ${expected}
        """
        likeness = matching.parse_likeness(expected, strict=arguments.truth(strict, "strict"))
        if likeness.expected == {}:
            raise KeywordMisused(
                "The expected value names no field, so any object is like it.\n"
                "Name a field that matters, or write `#object` for any object."
            )
        checked = arguments.event(event)
        try:
            differences = likeness.differences_of(checked)
        except Undecodable as reason:
            raise ExpectationFailed(failed_likeness.incomparable(checked, reason, message)) from None
        first = list(islice(differences, _SHOWN_MOST))
        if first:
            show(evidence_table.checked(checked, "differs from the expected value", (one.steps for one in first)))
            raise ExpectationFailed(failed_likeness.unlike(checked, likeness, chain(first, differences), message))
        note("{}: like {}", checked.place, likeness.text)
        overlooked = next(likeness.overlooked_in(checked), None)
        if overlooked:
            search.tell_doubt(self._session, doubts.of_likeness(checked, overlooked))

    @keyword
    def event_should_match_schema(self, event: Any, schema: Any, *, message: str | None = None) -> None:
        """Fails unless the value of the event matches the schema, whatever its format.

        ``schema`` is the path of a ``.json``, ``.yaml``, ``.avsc`` or ``.proto`` file, tried relative to the suite's
        folder first, the schema itself as a dictionary or text, or a subject of the schema registry: its latest
        version, or ``SUBJECT:VERSION``. A part of it is named after ``#``: a message of a Protobuf schema,
        ``orders.proto#Order``; in JSON and YAML a JSON pointer or an anchor,
        ``asyncapi.yaml#/components/schemas/Order``. So a schema may be inside any document, such as an API
        description.

        A value matches an Avro or Protobuf schema if it could be published with it: it has each field that the schema
        requires, no others, and each of its type, see `Formats`.

        A JSON Schema may be of draft-04, draft-06, draft-07, 2019-09 or 2020-12, according to its ``$schema``; the
        default is 2020-12. With ``$ref`` it may refer to all of its document and to files in its folder; nothing is
        ever fetched. An ``$id`` is taken as the file in its folder. A rule that its draft does not know in that form
        is refused, even after a reference.

        Numbers are exact, however many digits they have. The formats ``date``, ``time``, ``date-time``, ``email``,
        ``ipv4``, ``ipv6``, ``regex`` and ``uuid`` are checked. Patterns are Python regular expressions.

        The failure shows every place that did not match, the actual value and what the schema requires; of several
        alternatives, the nearest. A tombstone, or a value that is not JSON, matches no schema. A schema that can't be
        read or checks nothing is refused. ``message`` goes before a failure.

        Avro from a file needs no more packages. JSON Schema needs
        ``pip install 'robotframework-kafka-events[jsonschema]'``; others ``[protobuf]`` or ``[registry]``, and files
        in YAML ``[yaml]``.

        Example:
        | ${event}=    `Publish Event`    orders    {"orderId": 42, "status": "NEW", "total": 99.5}
        | `Event Should Match Schema`    ${event}    ${EXAMPLES}/order.schema.json
        | `Event Should Match Schema`    ${event}    {"required": ["orderId"]}
        | `Event Should Match Schema`    ${event}    ${EXAMPLES}/orders.asyncapi.yaml#/components/schemas/Order
        """
        checked = arguments.event(event)
        known = self._schema(schema)
        try:
            decoded = checked.decoded(exact=True)
        except Undecodable as problem:
            raise ExpectationFailed(failed_schemas.not_comparable(checked, known.name, str(problem), message)) from None
        if decoded.format in _WITHOUT_SCHEMA:
            reason = decoded.note or f"it is {_WITHOUT_SCHEMA[decoded.format]}"
            raise ExpectationFailed(failed_schemas.not_comparable(checked, known.name, reason, message))
        violations = known.schema.violations(decoded.content)
        if violations:
            differing = (violation.steps for violation in violations)
            show(evidence_table.checked(checked, f"does not match the schema {known.name}", differing))
            raise ExpectationFailed(failed_schemas.unlike(checked, known.name, violations, message))
        note("{} matches the schema {}.", checked.place, known.name)

    def _schema(self, schema: Any) -> Codec:
        source = arguments.schema(schema)
        if not source.is_local:
            return self._session.current.formats.registered(source)
        self._schemas = self._schemas or schema_argument.LocalSchemas()
        return self._schemas.codec(source)

    def _check(self, event: Event, conditions: Conditions, message: str | None) -> None:
        field_values.check(self._session, event, conditions, message)


def _header_path(name: Any, index: Any = None) -> str:
    if not isinstance(name, str) or not name:
        raise KeywordMisused(f"Expected a header name, not {matching.show_value(name)}.")
    return f"headers[{matching.quoted(name)}]{_place(index)}"


def _place(index: Any) -> str:
    if index is None or index == "":
        return ""
    text = str(index).strip()
    if isinstance(index, bool) or not _INDEX.fullmatch(text):
        raise KeywordMisused(f"index= is 0 for the first header, -1 for the last, or * for all of them, not {index!r}.")
    return f"[{text}]"
