"""Examples of contracts, published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from robot.api.deco import keyword

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Event
from KafkaLibrary.keywords.calls import covering
from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.keywords.calls.since_and_timeout import deadline_of
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note, warn
from KafkaLibrary.secrets.robot_secret import refuse_hidden

if TYPE_CHECKING:
    from KafkaLibrary.contracts import examples
    from KafkaLibrary.keywords.calls.new_events import contract_examples
    from KafkaLibrary.keywords.calls.new_events.made_events import MadeEvent
    from KafkaLibrary.keywords.contracts import given_contracts
else:
    examples = LazyModule("KafkaLibrary.contracts.examples")
    contract_examples = LazyModule("KafkaLibrary.keywords.calls.new_events.contract_examples")
    given_contracts = LazyModule("KafkaLibrary.keywords.contracts.given_contracts")


class ContractExamples(LibraryComponent):
    """Keywords that publish what a contract shows."""

    @keyword
    def publish_example(
        self,
        message_or_topic: Any,
        /,
        *,
        example: Any = None,
        topic: Any = None,
        key: Any = None,
        headers: Any = None,
        contract: Any = None,
        format: str | None = None,  # noqa: A002 - the name that testers read
        schema: Any = None,
        timeout: Any = None,
        **fields: Any,
    ) -> Event:
        """Publishes an example of a contract, and returns the event when Kafka has acknowledged it.

        | =Argument= | =Meaning= |
        | ``message_or_topic`` | a message of the contract, by its name, id or title; or the topic of one |
        | ``example`` | the name of the example, or its place from 0 if it has none; by default the first |
        | ``topic`` | needed if there are several, or their address has parameters |
        | ``key`` | by default the first example of the key's schema; without one there is no key |
        | ``headers`` | headers added to those of the example, or in place of them |
        | ``contract`` | the alias of one contract; by default all that were read |
        | ``fields`` | fields of the value to set, as in `Load Event Template`: ``orderId=43``, ``$.key=7`` |

        Examples are the ``examples`` of a message of the contract, with value and headers, or if it has none, those of
        its value's schema. The value is written in the topic's format; if none is set, with the contract's Avro or
        Protobuf schema, or as JSON. ``format``, ``schema`` and ``timeout`` are those of `Publish Event`.

        An event that `Get Valid Events` made can be given instead, and nothing else beside it.

        The event is checked against the contract first, and refused if its value, key or headers do not match. If a
        part of it can't be checked, it is published with a warning.

        Example:
        | `Load Contract`    ${EXAMPLES}/orders.asyncapi.yaml
        | `Publish Example`    OrderPlaced
        | ${event}=    `Publish Example`    orders    example=sent    orderId=43    key=43
        | Should Be Equal    ${event.value.status}    SENT
        """
        if getattr(message_or_topic, "outgoing", None) is not None:
            beside = (example, topic, key, headers, contract, format, schema, fields or None)
            return self._publish_made(message_or_topic, beside, timeout)
        for given, what in ((key, "The key"), (fields, "A field of the example")):
            refuse_hidden(given, what)
        contracts = given_contracts.chosen(self._session.contracts, contract)
        named, to = "" if example is None else str(example), "" if topic is None else str(topic)
        shown = examples.chosen(contracts, str(message_or_topic), named, to)
        connection = self._session.current
        given = contract_examples.Given(key, headers, fields, format, schema)
        made = contract_examples.made(connection.formats, shown, given)
        if made.unchecked:
            warn(f"The example '{shown.example.name}' was not fully checked: {'; '.join(made.unchecked)}.")
        event = connection.publish([made.event], made.decoder, deadline_of(timeout, self._session))[0]
        covering.note_published(self._session, [event])
        note("Published the example '{}' of '{}': {!r}.", shown.example.name, shown.message.name, event)
        return event

    def _publish_made(self, event: MadeEvent, beside: tuple[Any, ...], timeout: Any) -> Event:
        """One that was proved when it was made."""
        if any(one is not None for one in beside):
            raise KeywordMisused("An event that 'Get Valid Events' made is complete: give nothing else beside it.")
        if not event.is_valid:
            raise KeywordMisused(f"The event '{event.name}' is broken. 'Publish Broken Event' publishes it.")
        deadline = deadline_of(timeout, self._session)
        published = self._session.current.publish([event.outgoing], event.decoder, deadline)[0]
        covering.note_published(self._session, [published])
        note("Published '{}' of '{}': {!r}.", event.name, event.message, published)
        return published
