"""Rows of a database that change: what Debezium writes of them, whatever form it has on its topic."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from robot.api.deco import keyword

from KafkaLibrary.event import Event
from KafkaLibrary.keywords.calls import arguments
from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note

if TYPE_CHECKING:
    from KafkaLibrary.keywords.calls.rows import outbox_search, row_checks, row_search
else:
    outbox_search = LazyModule("KafkaLibrary.keywords.calls.rows.outbox_search")
    row_checks = LazyModule("KafkaLibrary.keywords.calls.rows.row_checks")
    row_search = LazyModule("KafkaLibrary.keywords.calls.rows.row_search")

Method = TypeVar("Method", bound=Callable[..., Any])


def cells_in_robot(*names: str) -> Callable[[Method], Method]:
    """Hides these arguments from Robot, to which each is a cell among the conditions: `op=update`.

    After an argument that is named Robot takes none without a name, so conditions could not follow it.
    """

    def hide(method: Method) -> Method:
        whole = inspect.signature(method)
        kept = [one for one in whole.parameters.values() if one.name not in names]
        method.__signature__ = whole.replace(parameters=kept)  # type: ignore[attr-defined] # Python looks for it here
        return method

    return hide


class RowChanges(LibraryComponent):
    """Keywords on changes of rows."""

    @keyword
    @cells_in_robot("op", "snapshot")
    def wait_for_row_change(
        self,
        table: Any,
        *conditions: Any,
        op: Any = None,
        snapshot: Any = None,
        timeout: Any = None,
        since: Any = None,
        strict: Any = False,
        connect: Any = None,
    ) -> Event:
        """Waits for the first change of a row that meets all ``conditions``, and returns its event.

        | =Argument= | =Meaning= |
        | ``table`` | the table, ``orders`` or ``public.orders``, or the topic of its changes |
        | ``conditions`` | see `Conditions`, on ``before.COLUMN``, ``after.COLUMN``, ``source``, ``key`` and so on |
        | ``op=`` | a cell among them: ``insert``, ``update``, ``delete``, ``truncate`` or ``snapshot``, or several |
        | ``snapshot=`` | a cell, too: ``no``, ``also`` or ``only`` rows that a connector read when it began |
        | ``timeout`` | how long to wait; the connection's timeout unless given |
        | ``since`` | where to begin, see `Where a wait begins` |
        | ``strict`` | also compare types, see `Conditions` |
        | ``connect`` | the address of Kafka Connect: a failure says which connectors do not run, and why |

        The topic of a table is the one that ends with its name, ``PREFIX.public.orders``. If several do, none is
        chosen. Patterns and lists name topics as usual, see `Topics`.

        Changes may be in Debezium's envelope, with Connect's schema or without, in Avro or JSON, or flattened by
        ``ExtractNewRecordState``: conditions are the same. What an event does not contain can't be judged: a flattened
        one has no ``before``, and has its ``op`` only with ``add.fields=op`` or ``add.headers=op``; ``before.COLUMN``
        of an update needs ``REPLICA IDENTITY FULL``. A delete is one change, whether it is an event with its row, a
        null, a tombstone, or two of these. A condition on a long column that the database did not send, because it was
        unchanged, can't be judged either.

        Rows of a snapshot are not changes. If a flattened event does not say whether it is one, the keyword accepts it
        and warns, see `Doubts`: ``snapshot=also`` accepts both.

        The event has a ``change`` with ``op``, ``before``, ``after``, ``table``, ``schema``, ``database``,
        ``position`` in the database's log (``lsn`` of PostgreSQL), ``transaction``, ``order`` in that, ``snapshot``
        and ``source``. What is unknown is ``None``.

        Example:
        | VAR    ${row}    {"before": {"id": 1, "state": "NEW"}, "after": {"id": 1, "state": "ACTIVE"}, "op": "u"}
        | `Publish Event`    shop.public.customers    ${row}    key={"id": 1}
        | ${event}=    `Wait For Row Change`    customers    op=update    after.state == ACTIVE    before.state == NEW
        | Should Be Equal    ${event.change.after.id}    ${1}
        """
        sought = row_search.RowSearch(table, conditions, op, snapshot, since, strict)
        event = row_search.first(self._session, sought, timeout, connect=connect)[0]
        note("Found {!r}: {}.", event, event.change.op or "a change" if event.change else "a change")
        return event

    @keyword
    def rows_should_be_in_order(self, rows: Any, *, since: Any = None, timeout: Any = None) -> None:
        """Fails unless the changes of each row arrive in the order in which the database made them.

        ``rows`` are a table, named as in `Wait For Row Change`, or a list of events. For each row the place in the
        database's log must increase, ``source.lsn`` with PostgreSQL, and all its changes must be on one partition. For
        a table all changes since ``since`` are checked, and none may be missing: nothing is updated after it was
        deleted, and a row's ``before`` is the ``after`` of the previous change.

        Different rows have no common order: a connector writes transactions in the order of their commits, so
        ``source.lsn`` decreases where two overlap. A duplicate change fails, and so does one without its place,
        such as a flattened one without ``add.fields=lsn``.

        Example:
        | VAR    ${new}    {"before": null, "after": {"id": 1}, "op": "c", "source": {"lsn": 100}}
        | VAR    ${gone}    {"before": {"id": 1}, "after": null, "op": "d", "source": {"lsn": 200}}
        | `Publish Event`    shop.public.parcels    ${new}    key={"id": 1}
        | `Publish Event`    shop.public.parcels    ${gone}    key={"id": 1}
        | `Wait For Row Change`    shop.public.parcels    op=delete
        | `Rows Should Be In Order`    shop.public.parcels
        """
        count = row_checks.check_order(self._session, rows, since, timeout)
        note("{} changes of rows are in order.", count)

    @keyword
    def transaction_should_be_complete(
        self, transaction: Any, *, rows: Any = None, topic: Any = None, timeout: Any = None, since: Any = None
    ) -> list[Event]:
        """Waits until all rows of a transaction are there, and returns their events in the order of its changes.

        | =Argument= | =Meaning= |
        | ``transaction`` | the event of one of its rows, or its id: the number in ``source.txId`` |
        | ``rows`` | how many rows of each table it changed, ``orders: 1, lines: 2``; by default its end says so |
        | ``topic`` | the topic of transactions; unless given, ``PREFIX.transaction`` of the row's connector |
        | ``timeout`` | how long to wait; the connection's timeout unless given |
        | ``since`` | where to begin, see `Where a wait begins` |

        The number of rows is on the topic of transactions, which a connector writes with
        ``provide.transaction.metadata=true``. The ids there, as in ``transaction.id`` of PostgreSQL's rows, end with
        the place of one event, ``803:22334088``, and differ from row to row: only the part before the colon is
        common.

        It fails if rows are missing, if one arrived twice, and if a row does not name its transaction.

        Example:
        | VAR    ${one}    {"before": null, "after": {"id": 1}, "op": "c", "source": {"name": "shop", "txId": 803}}
        | VAR    ${end}    {"status": "END", "id": "803:99", "event_count": 1,
        | ...    "data_collections": [{"data_collection": "public.bills", "event_count": 1}]}    separator=${SPACE}
        | `Publish Event`    shop.public.bills    ${one}    key={"id": 1}
        | `Publish Event`    shop.transaction    ${end}
        | ${row}=    `Wait For Row Change`    shop.public.bills    op=insert
        | `Transaction Should Be Complete`    ${row}
        """
        events = row_checks.complete(self._session, transaction, rows, topic, timeout, since)
        note("All {} rows of the transaction are there.", len(events))
        return events

    @keyword
    @cells_in_robot("id", "type")
    def wait_for_outbox_event(
        self,
        topic: Any,
        *conditions: Any,
        id: Any = None,  # noqa: A002
        type: Any = None,  # noqa: A002
        timeout: Any = None,
        since: Any = None,
        strict: Any = False,
    ) -> Event:
        """Waits for the first event of an outbox that meets all ``conditions``, and returns it.

        Debezium's router reads such events from a table. The column with the event arrives as an object, in Avro, or
        as a JSON text: what is in it is the ``value``, where conditions begin. A text key has no quotes. Two cells
        among the ``conditions`` check headers: ``id=`` for that of the row, ``type=`` for ``eventType`` or ``type``,
        which the router writes with ``table.fields.additional.placement=type:header:eventType``.

        The other arguments are those of `Wait For Event`.

        Example:
        | VAR    &{headers}    id=6f1c    eventType=OrderPlaced
        | VAR    ${column}    "{\\\\"orderId\\\\": 42}"
        | `Publish Event`    outbox.event.order    ${column}    key="42"    headers=${headers}    format=json
        | ${event}=    `Wait For Outbox Event`    outbox.event.order    type=OrderPlaced    orderId == 42
        | Should Be Equal    ${event.value.orderId}    ${42}
        """
        sought = outbox_search.OutboxSearch(topic, conditions, id, type, since, strict)
        event = outbox_search.first(self._session, sought, timeout)
        note("Found {!r}.", event)
        return event

    @keyword
    @cells_in_robot("id", "type")
    def outbox_events_should_come_once(
        self,
        topic: Any,
        *conditions: Any,
        id: Any = None,  # noqa: A002
        type: Any = None,  # noqa: A002
        within: Any = "1 s",
        since: Any = None,
        strict: Any = False,
    ) -> list[Event]:
        """Proves that no two events of an outbox have one id, up to ``within`` from now, and returns them.

        The id is in the header ``id``. It proves as `No Event Should Arrive` does, and fails if there is no event. The
        other arguments are those of `Wait For Outbox Event`.

        Example:
        | VAR    &{headers}    id=7a2d
        | `Publish Event`    outbox.event.parcel    {"parcelId": 7}    headers=${headers}
        | `Outbox Events Should Come Once`    outbox.event.parcel    parcelId == 7    within=0.2 s
        """
        sought = outbox_search.OutboxSearch(topic, conditions, id, type, since, strict)
        events = outbox_search.once_each(self._session, sought, within)
        note("{} events came once each.", len(events))
        return events

    @keyword
    def outbox_event_should_belong_to_row(self, event: Any, row: Any) -> None:
        """Fails unless the ``event`` of an outbox belongs to the ``row``, the event of a change.

        They belong together by the transaction, if both name one, as the change of the outbox table does; otherwise by
        the id: the row is that of the outbox, or its key is that of the event, which the router takes from
        ``aggregateid``.

        Example:
        | VAR    ${placed}    {"before": null, "after": {"id": 43}, "op": "c"}
        | `Publish Event`    shop.public.placed_orders    ${placed}    key={"id": 43}
        | `Publish Event`    outbox.event.placed    {"orderId": 43}    key=43
        | ${row}=    `Wait For Row Change`    shop.public.placed_orders    op=insert
        | ${event}=    `Wait For Outbox Event`    outbox.event.placed    orderId == 43
        | `Outbox Event Should Belong To Row`    ${event}    ${row}
        """
        by = outbox_search.check_belongs(arguments.event(event), arguments.event(row))
        note("They belong together by {}.", by)
