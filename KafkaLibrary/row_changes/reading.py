"""A value as a row change: Debezium's envelope, and what is left of it where ExtractNewRecordState flattened it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from KafkaLibrary.fields import NOT_SENT
from KafkaLibrary.headers import as_text
from KafkaLibrary.row_changes.moved_uuids import is_moved

OPERATIONS = {"c": "insert", "u": "update", "d": "delete", "r": "snapshot", "t": "truncate"}
"""What Debezium's letters mean."""
WORDS = {letter: (word,) for letter, word in OPERATIONS.items()} | {
    "c": ("insert", "create"),
    "r": ("snapshot", "read"),
}
"""What a test may call them."""
MARK = "__"
"""Begins what a flattened row has besides its columns. It is the connector's default, too."""
CONTEXT = "__debezium.context."
"""Begins the headers that Debezium adds to each event of a row, from version 3.2 on."""
_OUTBOX = "id"
_EMPTY_TEXTS = ("", "{}", "00000000-0000-0000-0000-000000000000", "P0Y0M0DT0H0M0S")
_EPOCH = "1970-01-01"
_ZEROS = re.compile(r"00:00:00(?:\.0+)?(?:Z|\+00:00)?|00+|(?:AAAA)*(?:AA==|AAA=)")
"""A time of day, bits, and bytes in Base64, of a column that has nothing else."""
_NO_SNAPSHOT = ("false", "none", "")
_COMPARED = (str, int, bool)
_FLATTENED = "is not in the event: ExtractNewRecordState left the row as it is now, and nothing else"
_NO_BEFORE = "is not in the event: before is null, as PostgreSQL sends it unless the table has REPLICA IDENTITY FULL"
_KEY_ALONE = "may not be what it was: before has the key and nothing else, as without REPLICA IDENTITY FULL"
_NO_OP = "is not in the event: it was flattened without add.fields=op or add.headers=op"
_NO_SNAPSHOT_TOLD = "is not in the event: it was flattened without add.fields=op,source.snapshot"


class View(dict[str, Any]):
    """A row change as conditions see it, whatever form it came in: Debezium's envelope.

    ``table`` and ``snapshot`` stand beside its own members. ``unknown`` has what the event does not tell: the places of
    it, each with the reason; ``whole`` are those of which only what is in them is unknown.
    """

    __slots__ = ("form", "unknown", "whole")

    def __init__(self, members: Mapping[str, Any], form: str) -> None:
        super().__init__(members)
        self.form = form
        self.unknown: dict[tuple[str, ...], str] = {}
        self.whole: set[tuple[str, ...]] = set()

    @property
    def is_delete(self) -> bool:
        return self.get("op") == "d"

    def why_unknown(self, steps: tuple[Any, ...]) -> str:
        """Why nobody can tell what is at this place, from its names and indexes; empty where it is told."""
        for place, reason in self.unknown.items():
            if steps[: len(place)] == place and not (steps == place and place in self.whole):
                return f"{'.'.join(map(str, steps))} {reason}"
        return ""

    def why_partly_unknown(self, steps: tuple[Any, ...]) -> str:
        """Why nobody can tell all of what is at this place; empty where it is told."""
        inside = ((place, why) for place, why in self.unknown.items() if len(place) > len(steps))
        return next((f"{'.'.join(place)} {why}" for place, why in inside if place[: len(steps)] == steps), "")


def read_envelope(
    content: Any,
    key_names: Collection[str] = (),
    schema: Any = None,
    *,
    is_key_alone: bool = False,
    former: Mapping[str, Any] | None = None,
) -> View | None:
    """The change in Debezium's envelope; nothing for another value.

    ``schema`` is Connect's, if it came with the value. ``is_key_alone`` if an update of the table had no ``before``.
    ``former`` is the row as the change before this one had left it, where that was read.
    """
    if not isinstance(content, dict) or not _is_envelope(content):
        return None
    source = content.get("source")
    source = source if isinstance(source, dict) else {}
    op = content["op"]
    view = View(content, "envelope")
    view["table"] = source.get("table") or source.get("collection")
    view["snapshot"] = _is_snapshot(op, source.get("snapshot"))
    _note_before(view, content.get("before"), op, _Deleted(key_names, schema, is_key_alone, former))
    return view


def read_flattened(
    content: Any,
    headers: Mapping[str, Any],
    key_names: Collection[str] = (),
    schema: Any = None,
    *,
    is_tombstone: bool = False,
) -> View | None:
    """The change of a row that was flattened; nothing for what is none.

    A null, and a tombstone that is told to be a delete, are deletes: only the key says of which row.
    """
    if content is None:
        view = View({"op": "d", "after": None, "snapshot": False}, "tombstone" if is_tombstone else "flattened")
        view.unknown["before",] = _FLATTENED
        view["source"] = _beside(headers)
    elif isinstance(content, dict) and not is_of_another_kind(content):
        view = _of_row(content, headers, _Deleted(key_names, schema))
    else:
        return None
    view["table"] = view["source"].get("table")
    return view


def tells_flattened(content: Any, headers: Mapping[str, Any]) -> bool:
    """Whether a value says of itself that it is a row of a connector: not every object is one."""
    if not isinstance(content, dict | None) or is_of_another_kind(content):
        return False
    marks = [name for name in content or () if name in (f"{MARK}op", f"{MARK}deleted", f"{MARK}table")]
    if marks or f"{MARK}op" in headers:
        return True
    # An event of an outbox comes from a connector, too: the id of its row is in a header.
    return _OUTBOX not in headers and any(name.startswith(CONTEXT) for name in headers)


def is_of_another_kind(content: Any) -> bool:
    """Whether a connector writes it beside rows: a heartbeat, a change of a schema, a transaction, a message."""
    if not isinstance(content, dict):
        return False
    names = content.keys()
    return (
        names == {"ts_ms"}
        or ("ddl" in names and "databaseName" in names)
        or (content.get("status") in ("BEGIN", "END") and {"id", "event_count", "data_collections"} <= names)
        or (content.get("op") == "m" and "message" in names)
    )


def _is_envelope(content: Mapping[str, Any]) -> bool:
    op = content.get("op")
    if not isinstance(op, str) or op not in OPERATIONS or not ("before" in content or "after" in content):
        return False
    return all(isinstance(content.get(name), dict | None) for name in ("before", "after"))


def _is_snapshot(op: Any, told: Any) -> bool:
    if op == "r":
        return True
    return told is not None and told is not False and str(told).lower() not in _NO_SNAPSHOT


def _of_row(content: Mapping[str, Any], headers: Mapping[str, Any], deleted: _Deleted) -> View:
    beside = {**_beside(headers), **_beside(content)}
    row = {name: value for name, value in content.items() if not name.startswith(MARK)}
    is_deleted = str(beside.get("deleted")).lower()
    told = beside.get("op")
    op = told if isinstance(told, str) and told in OPERATIONS else None
    view = View({"source": beside}, "rewritten" if "deleted" in beside else "flattened")
    if is_deleted == "true" or op == "d":
        view.update(op="d", before=row, after=None, snapshot=False)
        _note_before(view, row, "d", deleted)
        return view
    view["after"] = row
    snapshot = beside.get("snapshot", beside.get("source_snapshot"))
    if op is not None:
        view.update(op=op, snapshot=_is_snapshot(op, snapshot))
    else:
        view.unknown["op",] = _NO_OP
        if "source_snapshot" in beside or "snapshot" in beside:
            view["snapshot"] = _is_snapshot(op, snapshot)
        elif "debezium.oldkey" in beside:  # a row whose key changed, which none does that is only read
            view["snapshot"] = False
        else:
            view.unknown["snapshot",] = _NO_SNAPSHOT_TOLD
    if op in ("c", "r"):
        view["before"] = None
    else:
        view.unknown["before",] = _FLATTENED
    return view


def _beside(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What stands beside the columns, by Debezium's own names."""
    found = {name[len(MARK) :]: value for name, value in fields.items() if name.startswith(MARK)}
    return {name.removeprefix("source_") if name != "source_snapshot" else name: one for name, one in found.items()}


class _Deleted(NamedTuple):
    """What is known of a table, to tell what was sent of a deleted row from what only fills its columns."""

    key_names: Collection[str]
    schema: Any = None
    is_key_alone: bool = False
    former: Mapping[str, Any] | None = None

    def _is_another_row(self, before: Mapping[str, Any]) -> bool:
        """Whether a column is not what it had become."""
        left = self.former or {}
        # Of others the same number may have several forms.
        return any(
            type(left.get(name)) in _COMPARED and not _is_same(left[name], value) for name, value in before.items()
        )

    def fillers(self, before: Mapping[str, Any]) -> list[str]:
        """The columns beside the key, where all of them look as if they had not been sent."""
        defaults = _defaults(self.schema)
        empty = [name for name, one in before.items() if _is_filler(one) or _is_default(one, defaults.get(name))]
        others = [name for name in before if name not in self.key_names]
        if self._is_another_row(before):
            return others
        if not self.key_names:  # of a key that can't be read at least one column is filled
            others = empty if len(empty) >= len(before) - 1 else []
        is_sent = not all(name in empty for name in others)
        if is_sent and self.is_key_alone and any(name in empty for name in others):
            is_sent = False  # a column that is not null has its default, which is in no schema here
        return [] if is_sent else others


def _note_before(view: View, before: Any, op: Any, deleted: _Deleted) -> None:
    """What is unknown of the row as it was, for it depends on the table's replica identity what is sent of it."""
    place = ("before",)
    if op in ("u", "d") and before is None:
        view.unknown[place] = _NO_BEFORE
        view.whole.add(place)
    elif op == "d" and isinstance(before, dict):
        view.unknown.update({(*place, name): _KEY_ALONE for name in deleted.fillers(before)})


def _defaults(schema: Any) -> dict[str, Mapping[str, Any]]:
    """The columns that have a default, by the schema of an envelope or of a row: it is written where nothing is."""
    fields = _fields(schema)
    row = fields.get("before")
    found = fields if row is None else _fields(row)
    return {name: field for name, field in found.items() if field.get("default") is not None}


def _fields(schema: Any) -> dict[str, Mapping[str, Any]]:
    listed = schema.get("fields") if isinstance(schema, Mapping) else None
    found = listed if isinstance(listed, list) else []
    return {str(one.get("field")): one for one in found if isinstance(one, Mapping)}


def _is_default(value: Any, field: Mapping[str, Any] | None) -> bool:
    """Whether it may be the default of its column. That of a type with a name stands there in another form."""
    return field is not None and (isinstance(field.get("name"), str) or field["default"] == value)


def _is_same(left: Any, value: Any) -> bool:
    """A long text may not have been sent, and a whole number may be a decimal where a schema says so."""
    return left in NOT_SENT or left == value or is_moved(left, value)


def _is_filler(value: Any) -> bool:
    """Whether a column that was not sent may look like that: null, or nothing of its type where it may not be null."""
    if isinstance(value, str):
        return value in _EMPTY_TEXTS or value.startswith(_EPOCH) or _ZEROS.fullmatch(value) is not None
    if isinstance(value, bytes):
        return not value.strip(b"\0")
    if isinstance(value, Mapping):  # a decimal with its scale, a point
        return all(_is_filler(part) for name, part in value.items() if name != "wkb")
    return not value


def header_texts(headers: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Headers by their names, without what Connect's JSON puts around them."""
    return {name: plain_text(as_text(raw)) for name, raw in headers}


def plain_text(text: Any) -> Any:
    """A text in quotes, or with its schema, as the text that it is."""
    if not isinstance(text, str) or not text.startswith(('"', '{"schema"')):
        return text
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return read.get("payload") if isinstance(read, dict) else read


def key_names(key: Any) -> Collection[str]:
    """The columns of a row's key; none where it has no names, or can't be read."""
    if isinstance(key, str) and key.startswith("{"):
        try:
            key = json.loads(key)
        except (ValueError, RecursionError):
            return ()
    return tuple(key) if isinstance(key, Mapping) else ()
