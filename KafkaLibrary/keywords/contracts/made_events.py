"""Events at the limits of a contract, and broken ones: made, proved, and given to a loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from robot.api.deco import keyword

from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note, warn
from KafkaLibrary.secrets.robot_secret import refuse_hidden

if TYPE_CHECKING:
    from KafkaLibrary.keywords.calls.new_events import breaking, broken_events, made_events, outgoing_events
    from KafkaLibrary.keywords.calls.new_events.made_events import MadeEvent, Making
    from KafkaLibrary.keywords.contracts import given_contracts
else:
    breaking = LazyModule("KafkaLibrary.keywords.calls.new_events.breaking")
    broken_events = LazyModule("KafkaLibrary.keywords.calls.new_events.broken_events")
    made_events = LazyModule("KafkaLibrary.keywords.calls.new_events.made_events")
    outgoing_events = LazyModule("KafkaLibrary.keywords.calls.new_events.outgoing_events")
    given_contracts = LazyModule("KafkaLibrary.keywords.contracts.given_contracts")

_TOLD_MOST = 100


class MadeEvents(LibraryComponent):
    """Keywords that make events of contracts and schemas."""

    @keyword
    def get_valid_events(
        self,
        message_or_topic: Any,
        /,
        *,
        kind: Any = None,
        field: Any = None,
        topic: Any = None,
        key: Any = None,
        headers: Any = None,
        contract: Any = None,
        format: str | None = None,  # noqa: A002 - the name that testers read
        schema: Any = None,
    ) -> list[MadeEvent]:
        """Makes valid events at each limit that a contract or a schema sets, and returns them. It publishes none.

        The arguments, and what each event has, are those of `Get Broken Events`. The kinds:

        | =Kind= | =What the event has= |
        | ``at minimum``, ``at maximum`` | the smallest or largest number that is allowed |
        | ``shortest``, ``longest`` | a text of the least or largest length |
        | ``edge of format`` | of a date a leap day, of a time the last second, and the like |
        | ``allowed value`` | each value of an enum, true and false |
        | ``null``, ``another type`` | null, or another type, where that is allowed |
        | ``with the field``, ``left out`` | an optional field is there, or is not |
        | ``unknown field`` | a field that the schema does not name, where that is allowed |
        | ``fewest items``, ``most items``, ``fewest fields``, ``most fields`` | as many as there may be |
        | ``branch`` | what each alternative of ``oneOf`` and ``anyOf``, or of a union, describes |

        `Publish Example` publishes such an event.

        Example:
        | `Load Contract`    ${EXAMPLES}/orders.asyncapi.yaml
        | ${events}=    `Get Valid Events`    OrderPlaced    field=$.status
        | FOR    ${event}    IN    @{events}
        |     ${published}=    `Publish Example`    ${event}
        |     `Event Should Match Contract`    ${published}
        | END
        """
        given = (topic, key, headers, contract, format, schema)
        return self._made(message_or_topic, True, kind, field, given)

    @keyword
    def get_broken_events(
        self,
        message_or_topic: Any,
        /,
        *,
        kind: Any = None,
        field: Any = None,
        topic: Any = None,
        key: Any = None,
        headers: Any = None,
        contract: Any = None,
        format: str | None = None,  # noqa: A002 - the name that testers read
        schema: Any = None,
    ) -> list[MadeEvent]:
        """Makes an invalid event for each fault that a contract or a schema forbids, and returns them.

        It publishes none: `Publish Broken Event` does.

        | =Argument= | =Meaning= |
        | ``message_or_topic`` | a message of the contract, or a topic, which may have a schema instead |
        | ``kind`` | only events of this kind |
        | ``field`` | only events with the fault there: ``$.total``, ``key``, ``headers.attempt`` |
        | ``topic`` | needed if there are several, or their address has parameters |
        | ``key``, ``headers`` | of all the events; by default those that the contract shows, or made of its schemas |
        | ``contract`` | the alias of one contract; by default all that were read |
        | ``format``, ``schema`` | as for `Publish Event` |

        It begins with the contract's first example of the message, or a value made of its schema, and changes it in one
        place: an optional field that is not there is added for that. Each event is checked before it is returned: the
        contract, or without one the schema, forbids it. It is no other message of the contract either. The order is
        always the same.

        Each event has a ``name``, ``kind`` and ``path``, the ``value``, ``key`` and ``headers``, the ``topic``, the
        ``message`` of the contract, and in ``why`` what is wrong with it. The kinds are those of `Publish Broken
        Event` apart from ``oversized``, and these, for JSON Schema, Avro and Protobuf as far as they have such limits:

        | =Kind= | =What is wrong= |
        | ``below minimum``, ``above maximum``, ``not a multiple`` | a number just beyond its limit |
        | ``null``, ``fraction`` | null, or a number with a fraction, where the type does not allow it |
        | ``too short``, ``too long`` | a text with a character less or more than allowed |
        | ``wrong pattern``, ``wrong format`` | a text near to a right one, such as 29 February 2023 |
        | ``unknown field``, ``wrong field name``, ``missing dependent field`` | one that may not be there, or has to |
        | ``too few fields``, ``too many fields`` | one less or more than allowed |
        | ``too few items``, ``too many items``, ``repeated item``, ``missing item`` | of lists |
        | ``unknown branch``, ``forbidden value`` | no alternative of ``oneOf`` or a union; what ``not`` describes |
        | ``wrong wire type`` | a Protobuf field of a kind that does not exist |

        What can't be proved is not made: the log names it, with the reason. So a broken Avro or Protobuf value that its
        schema can still read is left out. The keyword fails if there is no event.

        Example:
        | `Load Contract`    ${EXAMPLES}/orders.asyncapi.yaml
        | ${events}=    `Get Broken Events`    OrderPlaced
        | FOR    ${event}    IN    @{events}
        |     Log    ${event.name}: ${event.why}
        |     `Publish Broken Event`    ${event.topic}    ${event}
        | END
        """
        given = (topic, key, headers, contract, format, schema)
        return self._made(message_or_topic, False, kind, field, given)

    def _made(self, name: Any, is_valid: bool, kind: Any, field: Any, given: tuple[Any, ...]) -> list[MadeEvent]:
        topic, key, headers, contract, format_name, schema = given
        refuse_hidden(key, "The key")
        named, to = str(name), "" if topic is None else str(topic)
        known = self._session.contracts
        contracts = given_contracts.chosen(known, contract) if known or contract is not None else []
        formats = self._session.current.formats
        try:
            wanted = made_events.Wanted(is_valid, _kind(kind, is_valid), made_events.path_of(field))
            described = []
            if not made_events.names_something(contracts, named, to):
                writer = outgoing_events.Writer(formats, to or named, key, headers, format_name, schema)
                described = made_events.of_schema(writer)
            described = described or made_events.of_contracts(formats, contracts, named, to)
            beside = made_events.given_of(key, headers, format_name, schema)
            makings = made_events.made_of_all(described, beside, wanted)
        except ImportError as problem:
            raise breaking.without_packages(problem) from None
        events = [event for making in makings for event in making.events]
        if not events:
            raise made_events.not_made(wanted, makings, [one.name for one in described])
        _tell(events, makings)
        return events


def _kind(kind: Any, is_valid: bool) -> str:
    if kind is None:
        return ""
    if not is_valid:
        return broken_events.kind_named(kind)
    return made_events.valid_kind(kind)


def _tell(events: list[MadeEvent], makings: list[Making]) -> None:
    missing = list(dict.fromkeys(one for making in makings for one in making.missing))
    lines = [f"Made {len(events)} events, and each was checked:"]
    lines += [f"    {one.name}{f': {one.why}' if one.why else ''}" for one in events[:_TOLD_MOST]]
    if len(events) > _TOLD_MOST:
        lines.append(f"    ... and {len(events) - _TOLD_MOST} more")
    if missing:
        lines.append(f"{len(missing)} could not be made:")
        lines += [f"    {one.name}: {one.why}" for one in missing[:_TOLD_MOST]]
        if len(missing) > _TOLD_MOST:
            lines.append(f"    ... and {len(missing) - _TOLD_MOST} more")
    note("{}", "\n".join(lines))
    if any(making.is_cut for making in makings):
        warn(f"Only the first {len(events)} events were made: the schema has more limits. Give kind= or field=.")
