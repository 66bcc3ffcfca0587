"""What a tester sees of a row change: `${event.change}`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from KafkaLibrary.fields import Fields
from KafkaLibrary.row_changes.reading import (
    OPERATIONS,
    View,
    header_texts,
    key_names,
    read_envelope,
    read_flattened,
    tells_flattened,
)

_POSITIONS = ("lsn", "file", "pos", "row", "gtid", "scn", "commit_scn", "change_lsn", "commit_lsn", "event_serial_no")
"""Where the databases that Debezium reads say that a change stands in their logs."""
_OF_ONE_EVENT = re.compile(r"([0-9]+):[0-9]+")
"""PostgreSQL's transaction in front of the place of one event: the whole differs from row to row."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One change of one row. What its event does not tell is ``None``.

    ``op`` is ``insert``, ``update``, ``delete``, ``snapshot`` or ``truncate``; ``before`` and ``after`` are the row.
    ``transaction`` is what all rows of one transaction have in common, ``order`` its place among them.
    """

    op: str | None
    before: Any
    after: Any
    table: str | None
    schema: str | None
    database: str | None
    position: Fields
    transaction: str | None
    order: int | None
    snapshot: bool | None
    source: Fields

    @property
    def lsn(self) -> Any:
        """Its place in PostgreSQL's log."""
        return self.position.get("lsn")


def change_told(value: Any, key: Any, raw_headers: Iterable[tuple[str, Any]], is_tombstone: bool) -> RowChange | None:
    """The change that one event tells of by itself, without those around it; nothing where it tells of none.

    A tombstone does where its headers say that the row was deleted: else it may follow an event that did.
    """
    headers, names = header_texts(raw_headers), key_names(key)
    if is_tombstone and headers.get("__op") != "d":
        return None
    view = read_envelope(value, names)
    if view is None and tells_flattened(value, headers):
        view = read_flattened(value, headers, names, is_tombstone=is_tombstone)
    return None if view is None else change_of(view)


def change_of(view: View) -> RowChange:
    """The change that the view tells of, with its own parts."""
    source = Fields(_object(view, "source"))
    transaction = _object(view, "transaction")
    return RowChange(
        OPERATIONS.get(str(view.get("op"))),
        view.get("before"),
        view.get("after"),
        view.get("table"),
        source.get("schema"),
        source.get("db"),
        Fields({name: source[name] for name in _POSITIONS if source.get(name) is not None}),
        transaction_of(view),
        transaction.get("total_order"),
        view.get("snapshot"),
        source,
    )


def transaction_of(view: Mapping[str, Any]) -> str | None:
    """The id that all rows of its transaction have in common; nothing where none is told."""
    source = _object(view, "source")
    for told in (_object(view, "transaction").get("id"), source.get("transaction_id"), source.get("txId")):
        if told is not None:
            return common_id(told)
    return None


def _object(view: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object of the envelope. What calls itself so and is none tells nothing."""
    found = view.get(name)
    return found if isinstance(found, dict) else {}


def common_id(told: Any) -> str:
    """A transaction's id without what is of one event alone: of PostgreSQL's `TXID:LSN` the number in front."""
    text = str(told).strip()
    found = _OF_ONE_EVENT.fullmatch(text)
    return found[1] if found else text
