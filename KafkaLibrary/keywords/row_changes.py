"""Rows of a database that change: what Debezium writes of them, whatever form it has on its topic."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from robot.api.deco import keyword

from KafkaLibrary.event import Event
from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note

if TYPE_CHECKING:
    from KafkaLibrary.keywords.calls import row_search
else:
    row_search = LazyModule("KafkaLibrary.keywords.calls.row_search")

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
        """Waits for the first change of a row that meets all ``conditions``, and gives its event.

        | =Argument= | =Meaning= |
        | ``table`` | the table, ``orders`` or ``public.orders``, or the topic that its changes are on |
        | ``conditions`` | see `Conditions`, on ``before.COLUMN``, ``after.COLUMN``, ``source``, ``key`` and so on |
        | ``op=`` | a cell among them: ``insert``, ``update``, ``delete``, ``truncate`` or ``snapshot``, or several |
        | ``snapshot=`` | a cell, too: ``no``, ``also`` or ``only`` rows that a connector read when it began |
        | ``timeout`` | how long to wait; the connection's timeout unless given |
        | ``since`` | where to begin, see `Where a wait begins` |
        | ``strict`` | types count, see `Conditions` |
        | ``connect`` | the address of Kafka Connect: a failure tells which connectors do not run, and why |

        The topic of a table is the one that ends with its name, ``PREFIX.public.orders``. Where several do, none is
        taken by chance. Patterns and lists name topics as ever, see `Topics`.

        Changes may be in Debezium's envelope, with Connect's schema or without, in Avro or JSON, or flattened by
        ``ExtractNewRecordState``: conditions are the same. What an event does not tell decides nothing: a flattened one
        has no ``before``, and knows its ``op`` only with ``add.fields=op`` or ``add.headers=op``; ``before.COLUMN`` of
        an update needs ``REPLICA IDENTITY FULL``. A delete is one change, be it an event with its row, a null, a
        tombstone, or two of these. A condition on a column that the database did not send, since it is long and was
        left alone, decides nothing either.

        Rows of a snapshot are no changes. Where a flattened event does not tell whether it is one, the keyword takes it
        and warns, see `Doubts`: ``snapshot=also`` says that either is right.

        The event has a ``change`` with ``op``, ``before``, ``after``, ``table``, ``schema``, ``database``,
        ``position`` in the database's log (``lsn`` of PostgreSQL), ``transaction``, ``order`` in that, ``snapshot``
        and ``source``. What is not told is ``None``.

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
