"""Whether the changes of each row come in the order in which the database made them, and none is doubled or lacking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from KafkaLibrary.row_changes.change import RowChange
from KafkaLibrary.row_changes.moved_uuids import is_moved

_IN_ORDER = (("lsn",), ("file", "pos", "row"), ("commit_scn",), ("scn",), ("commit_lsn", "event_serial_no"))
"""Where changes stand in the logs of databases, as far as that grows from one to the next."""
_GONE = {"delete": "deleted", "truncate": "truncated"}
_THERE = ("insert", "update", "snapshot")
"""What leaves a row behind."""


class Row(NamedTuple):
    """A change, where its event is, and by which run of a connector it was written."""

    place: str
    topic: str
    partition: int
    key: bytes | None
    change: RowChange
    run: str = ""
    known_before: Mapping[str, Any] | None = None
    """What is certain of the row as it was."""
    known_after: Mapping[str, Any] | None = None
    """What is certain of it as it is now."""

    @property
    def empties(self) -> bool:
        """Whether it took all rows of its table."""
        return self.change.op == "truncate"

    @property
    def table(self) -> tuple[Any, ...]:
        """The table of the row."""
        return self.topic, self.change.database, self.change.schema

    @property
    def identity(self) -> tuple[Any, ...]:
        """Which row it is. Two databases may have one prefix, and their rows the same keys."""
        return *self.table, self.key


class RowOrder(NamedTuple):
    """What came of a check. Without ``compared`` pairs nothing was shown."""

    faults: list[str]
    compared: int


def in_order(rows: Sequence[Row], *, are_all: bool) -> RowOrder:
    """Of each row the changes, one after the other. Where they ``are_all`` that there were, none may be lacking."""
    faults = [
        f"{row.place} has no key, so that nothing tells which row it is"
        for row in rows
        if row.key is None and not row.empties
    ]
    emptied = {row.table: row for row in rows if row.empties}
    compared = 0
    for changes in _by_row(rows):
        # A truncate has no key, so nothing tells what is before it on other partitions.
        knows_all = are_all and emptied.get(changes[0].table, changes[0]).partition == changes[0].partition
        places = sorted({row.partition for row in changes})
        if len(places) > 1:
            numbers = " and ".join(map(str, places))
            faults.append(f"{changes[0].place} and others of its row are on the partitions {numbers}")
            continue
        for one, other in pairwise(changes):
            compared += 1
            fault = _by_position(one, other) or (_by_state(one, other) if knows_all else "")
            if fault:
                faults.append(fault)
    return RowOrder(faults, compared)


def _by_row(rows: Sequence[Row]) -> Iterable[list[Row]]:
    """The changes of each row; to those that are there a truncate is one."""
    by_row: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        if row.empties:
            for changes in by_row.values():
                if changes[0].table == row.table and changes[0].partition == row.partition:
                    changes.append(row)
        elif row.key is not None:
            by_row.setdefault(row.identity, []).append(row)
    return by_row.values()


def _by_position(one: Row, other: Row) -> str:
    first, second = _position(one.change), _position(other.change)
    for row, position in ((one, first), (other, second)):
        if not position:
            way = "add.headers=lsn" if row.change.after is None else "add.fields=lsn"
            return f"{row.place} does not tell its place in the database's log: {way} does"
    if list(map(type, first)) != list(map(type, second)):
        return f"{one.place} and {other.place} tell places in logs of two kinds"
    if second < first:
        return f"{other.place} comes after {one.place}, and was made before it: {_shown(second)}, then {_shown(first)}"
    if first == second and not (one.change.snapshot or other.change.snapshot):
        by = ", by two connectors or one that was started again" if one.run != other.run else ""
        return f"{other.place} is {one.place} once more{by}: both are {_shown(first)} of the database's log"
    return ""


def _by_state(one: Row, other: Row) -> str:
    was, done = one.change.op, other.change.op
    if was in _GONE and done in ("update", "delete"):
        return f"{other.place} is the {done} of a row that {one.place} {_GONE[was]}"
    if was in _THERE and done == "insert":
        return f"{other.place} inserts the row that is there since {one.place}"
    after, before = one.known_after, other.known_before
    if after is None or before is None:
        return ""
    changed = [
        name
        for name, value in before.items()
        # A column that was given another type meanwhile has other values.
        if name in after
        and after[name] != value
        and _are_of_one_kind(value, after[name])
        and not (one.change.snapshot and is_moved(after[name], value))
    ]
    if not changed:
        return ""
    name = changed[0]
    return (
        f"a change is lacking before {other.place}: {name} was {before[name]!r}, and {one.place} left {after[name]!r}"
    )


def _are_of_one_kind(one: Any, other: Any) -> bool:
    """Null is of any; numbers may be written with a fraction or without."""
    if one is None or other is None:
        return True
    numbers = (int, float, Decimal)
    return type(one) is type(other) or (isinstance(one, numbers) and isinstance(other, numbers))


def _position(change: RowChange) -> tuple[Any, ...]:
    for names in _IN_ORDER:
        found = tuple(_number(change.position[name]) for name in names if name in change.position)
        if found:
            return found
    return ()


def _number(part: Any) -> Any:
    """Headers have them as text; of MySQL's files the number at the end grows."""
    text = str(part).rpartition(".")[2]
    return int(text) if text.isdecimal() else text


def _shown(position: tuple[Any, ...]) -> str:
    return ":".join(map(str, position))
