"""Publishing: events, tombstones, files, templates and transactions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from robot.api.deco import keyword

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Event
from KafkaLibrary.keywords.calls import arguments, covering
from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.keywords.calls.since_and_timeout import deadline_of
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note
from KafkaLibrary.secrets.robot_secret import refuse_hidden

if TYPE_CHECKING:
    from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
    from KafkaLibrary.keywords.calls import garbage_collection, search
    from KafkaLibrary.keywords.calls.new_events import doubtful_cells, outgoing_events, template_fields
    from KafkaLibrary.serialization import event_files, event_templates
else:
    search = LazyModule("KafkaLibrary.keywords.calls.search")
    doubtful_cells = LazyModule("KafkaLibrary.keywords.calls.new_events.doubtful_cells")
    garbage_collection = LazyModule("KafkaLibrary.keywords.calls.garbage_collection")
    template_fields = LazyModule("KafkaLibrary.keywords.calls.new_events.template_fields")
    outgoing_events = LazyModule("KafkaLibrary.keywords.calls.new_events.outgoing_events")
    event_files = LazyModule("KafkaLibrary.serialization.event_files")
    event_templates = LazyModule("KafkaLibrary.serialization.event_templates")


class Publishing(LibraryComponent):
    """Keywords that publish."""

    @keyword
    def publish_event(
        self,
        topic: Any,
        value: Any,
        *,
        key: Any = None,
        headers: Any = None,
        partition: Any = None,
        timestamp: Any = None,
        format: str | None = None,  # noqa: A002 - the name that testers read
        schema: Any = None,
        timeout: Any = None,
    ) -> Event:
        r"""Publishes one event and returns it, with its offset, when Kafka has acknowledged it.

        | =Argument= | =Meaning= |
        | ``topic`` | the topic's name |
        | ``value`` | by the topic's format; if none is set, text and bytes as they are, anything else as JSON |
        | ``key`` | likewise; without it the event has no key |
        | ``headers`` | a dictionary, a JSON object, or a list of pairs, where a name may occur twice; see `Headers` |
        | ``partition`` | a number from 0; by default the key decides |
        | ``timestamp`` | a point in time, or milliseconds since 1970; by default now |
        | ``format`` | the format of the value, see `Formats`; by default that of `Set Topic Format` |
        | ``schema`` | the schema that the value is written with, see `Formats`: a file, a subject, an id or its text |
        | ``timeout`` | how long to wait for the acknowledgement; the connection's timeout unless given |

        A value that does not fit its format is refused; with a schema the failure names each field that does not fit.
        If no format is set, text that begins with ``{`` or ``[`` and is not JSON is refused unless ``format=text`` is
        given: Robot turns ``\n`` in a cell into a line break, which JSON does not allow inside a text. A value of
        ``${None}`` is refused too: `Publish Tombstone` publishes an event without a value.

        Fails with the reason if Kafka does not acknowledge the event in time. The event is then removed from the
        queue; if it was already sent, the failure says that it may still arrive.

        Examples:
        | `Publish Event`    orders    {"orderId": 42, "status": "NEW"}    key=42
        | VAR    &{order}    orderId=${43}    status=NEW
        | VAR    &{headers}    source=web
        | ${event}=    `Publish Event`    orders    ${order}    key=43    headers=${headers}
        | Should Be Equal    ${event.topic}    orders
        """
        writer = self._writer(topic, key, headers, format, schema)
        outgoing = writer.event(value, partition, timestamp)
        if writer.takes_any_text:
            self._doubt_cell(doubtful_cells.doubt_of_value(value))
        self._doubt_cell(doubtful_cells.doubt_of_key(key))
        self._doubt_cell(doubtful_cells.doubt_of_timestamp(timestamp))
        return self._publish(writer, [outgoing], timeout)[0]

    @keyword
    def publish_events(
        self,
        topic: Any,
        values: Any,
        *,
        key: Any = None,
        headers: Any = None,
        format: str | None = None,  # noqa: A002
        schema: Any = None,
        timeout: Any = None,
    ) -> list[Event]:
        """Publishes an event for each of ``values``, in their order, and returns them when all are acknowledged.

        ``key`` is a path into each value, such as ``$.orderId``, or a list with a key for each value. The other
        arguments, ``format`` and ``schema`` among them, are those of `Publish Event`. If one value can't be published,
        none is.

        Example:
        | VAR    &{first}    orderId=${50}    status=NEW
        | VAR    &{second}    orderId=${51}    status=NEW
        | VAR    @{values}    ${first}    ${second}
        | ${events}=    `Publish Events`    orders    ${values}    key=$.orderId
        | Should Be Equal    ${events[1].key}    51
        """
        if isinstance(values, str | bytes | Mapping) or not hasattr(values, "__iter__"):
            raise KeywordMisused(
                f"Expected a list of values, not {type(values).__name__}.\n"
                "Pass a list variable as ${values}, not as @{values}. 'Publish Event' publishes a single value."
            )
        writer = self._writer(topic, key, headers, format, schema)
        values = list(values)
        if not values:
            self._doubt_cell("There is nothing to publish: the list of values is empty.")
        with garbage_collection.not_collected(len(values)):
            return self._publish(writer, writer.events(values), timeout)

    @keyword
    def publish_events_from_file(
        self,
        topic: Any,
        path: Any,
        *,
        key: Any = None,
        headers: Any = None,
        format: str | None = None,  # noqa: A002
        schema: Any = None,
        timeout: Any = None,
    ) -> list[Event]:
        """Publishes the events of a file: JSON Lines, a JSON array, or what `Save Events` wrote.

        In the first two each line or element is one value, written in the format of the topic or in ``format`` and
        ``schema``; without a format it is published as it is in the file. What `Save Events` wrote is published with
        exactly the bytes that were read, whatever the format, and keeps its keys, headers, timestamps and tombstones.
        ``key`` and ``headers`` are those of `Publish Events`. A relative ``path`` is tried in the suite's folder
        first. If a line of the file can't be read, nothing is published.

        Example:
        | ${events}=    `Publish Events From File`    orders    ${EXAMPLES}/orders.jsonl    key=$.orderId
        """
        writer = self._writer(topic, key, headers, format, schema)
        found = event_files.read(arguments.file_path(path, "events"))
        with garbage_collection.not_collected(len(found)):
            return self._publish(writer, writer.file_events(found), timeout)

    @keyword
    def publish_tombstone(
        self,
        topic: Any,
        key: Any,
        *,
        headers: Any = None,
        partition: Any = None,
        timestamp: Any = None,
        timeout: Any = None,
    ) -> Event:
        """Publishes an event without a value, which deletes its key if the topic is compacted.

        Example:
        | ${event}=    `Publish Tombstone`    orders    key=42
        | Should Be True    ${event.is_tombstone}
        """
        if key is None:
            raise KeywordMisused("A tombstone needs a key: it deletes that key.")
        writer = self._writer(topic, key, headers)
        outgoing = writer.tombstone(partition, timestamp)
        self._doubt_cell(doubtful_cells.doubt_of_key(key))
        self._doubt_cell(doubtful_cells.doubt_of_timestamp(timestamp))
        return self._publish(writer, [outgoing], timeout)[0]

    @keyword
    def load_event_template(self, path: Any, /, **fields: Any) -> Any:
        """Reads a value from a JSON file, sets fields in it, and returns it for `Publish Event`.

        ``fields`` are paths and what to put there: ``orderId=43``, ``customer.name=Ada``, ``items[0].sku=P-7``. Text
        takes the type of the field in the template, so ``43`` is a number if the template has one; a variable such as
        ``${43}`` is used as it is. A field that the template does not have is refused. Names such as ``timestamp`` are
        fields of the value here: ``timestamp=2026`` sets ``$.timestamp``.

        Example:
        | ${order}=    `Load Event Template`    ${EXAMPLES}/order.json    orderId=77    customer.name=Ada
        | `Publish Event`    orders    ${order}    key=77
        """
        refuse_hidden(fields, "A field of the template")
        return event_templates.filled(
            arguments.file_path(path, "the template"), template_fields.of(fields, "a template")
        )

    @keyword
    def begin_kafka_transaction(self, timeout: Any = None) -> None:
        """From now on this connection publishes in one transaction, until it is committed or aborted.

        Readers of committed events, including this library, see its events only after the commit. A transaction left
        open is aborted when the test ends, with a warning. The embedded broker shows events before the commit, and
        also after an abort.

        Example:
        | `Begin Kafka Transaction`
        | `Publish Event`    orders    {"orderId": 60}
        | `Publish Event`    orders    {"orderId": 61}
        | `Commit Kafka Transaction`
        """
        self._session.current.producer.transactions.begin(deadline_of(timeout, self._session))

    @keyword
    def commit_kafka_transaction(self, timeout: Any = None) -> None:
        """Commits the transaction: its events become visible, all together.

        Example:
        | `Begin Kafka Transaction`
        | `Publish Event`    orders    {"orderId": 63}
        | `Commit Kafka Transaction`
        | `Wait For Event`    orders    orderId == 63
        """
        self._session.current.producer.transactions.commit(deadline_of(timeout, self._session))

    @keyword
    def abort_kafka_transaction(self, timeout: Any = None) -> None:
        """Aborts the transaction: readers of committed events never see its events.

        Example (needs a real Kafka):
        | ${topic}=    `Create Temporary Topic`
        | `Begin Kafka Transaction`
        | `Publish Event`    ${topic}    {"orderId": 62}
        | `Abort Kafka Transaction`
        | `No Event Should Arrive`    ${topic}    orderId == 62
        """
        self._session.current.producer.transactions.abort(deadline_of(timeout, self._session))

    def _writer(
        self, topic: Any, key: Any, headers: Any, format_: str | None = None, schema: Any = None
    ) -> outgoing_events.Writer:
        refuse_hidden(key, "The key")
        return outgoing_events.Writer(self._session.current.formats, topic, key, headers, format_, schema)

    def _doubt_cell(self, said: str) -> None:
        if said:
            search.tell_doubt(self._session, said)

    def _publish(self, writer: outgoing_events.Writer, outgoing: list[Outgoing], timeout: Any) -> list[Event]:
        if not outgoing:
            return []
        events = self._session.current.publish(outgoing, writer.decoder, deadline_of(timeout, self._session))
        covering.note_published(self._session, events)
        last = events[-1]
        if len(events) == 1:
            note("Published {!r}.", last)
        else:
            note("Published {} events, the last {!r}.", len(events), last)
        return events
