"""Events that are broken on purpose: a good one goes in, and one comes out that a consumer should not trip over."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.errors import KeywordMisused, Undecodable, did_you_mean
from KafkaLibrary.keywords.calls import arguments
from KafkaLibrary.matching import parse_path
from KafkaLibrary.serialization.frames import frame_of, read_indexes, write_indexes
from KafkaLibrary.serialization.schemaless import json_format

_NO_SCHEMA = 2**31 - 1
_NO_INDEX = 1_000_000
_TEXT = re.compile(rb':\s*"|^\s*"')
"""Up to where a text begins that is a value of JSON."""
_FRAME = 5
"""Bytes in front of a value with the id of its schema: a zero, and the id."""
_LARGE = 1_000_000
_OF_A_FIELD = ("wrong type", "unknown enum", "missing field", "missing header")
_LATIN = b"\xe9"
"""A letter in Latin-1, and no sign of UTF-8 where another letter follows."""


class Wish(NamedTuple):
    """What is to be broken: a field of the value, or a header, and how large it shall be.

    ``start`` is where the value begins behind the id of its schema, where that is known.
    """

    field: str = ""
    size: int = _LARGE
    start: int | None = None


class Broken(NamedTuple):
    """The broken event, and in words what was done to it."""

    event: Outgoing
    what: str


def broken(good: Outgoing, kind: Any, wish: Wish) -> Broken:
    """A broken one. Raises ``KeywordMisused`` for a kind that there is not, or that can't be made of this event."""
    name = kind_named(kind)
    if name not in KINDS:
        raise KeywordMisused(
            f"kind={name} is made of a contract or a schema, and there is none for '{good.topic}'.\n"
            "Call 'Load Contract', or give schema=."
        )
    made = KINDS[name](good, wish)
    if (made.event.value, made.event.key, made.event.headers) == (good.value, good.key, good.headers):
        raise KeywordMisused(f"kind={name}: nothing of the event would be broken.")
    return made


def kind_named(kind: Any) -> str:
    """The name of a kind, its words as they come. Raises ``KeywordMisused`` for one that there is not."""
    wanted = frozenset(str(kind).lower().replace("-", " ").replace("_", " ").split())
    kinds = (*KINDS, *OF_SCHEMAS)
    for name in kinds:
        if frozenset(name.split()) == wanted:
            return name
    near = did_you_mean(str(kind), kinds)
    raise KeywordMisused(
        f"kind= is not a kind of broken event: {kind!r}. {near}\nThe kinds are {', '.join(KINDS)}; "
        f"and with a contract or a schema {', '.join(OF_SCHEMAS)}."
    )


def wish_of(kind: Any, field: Any, size: Any) -> Wish:
    """What is to be broken. Raises ``KeywordMisused`` for an argument that this kind has no use for."""
    name = kind_named(kind)
    of_fields = (*_OF_A_FIELD, *OF_SCHEMAS)
    for given, argument, kinds in ((field, "field", of_fields), (size, "size", ("oversized",))):
        if given is not None and name not in kinds:
            shown = f"{', '.join(_OF_A_FIELD)} and those of a schema" if argument == "field" else "oversized"
            raise KeywordMisused(f"kind={name} has no use for {argument}=, which is for {shown}.")
    named = "" if field is None else str(field)
    return Wish(named) if size is None else Wish(named, arguments.whole_number(size, "size", 1))


def _value_of(good: Outgoing, kind: str) -> bytes:
    if not good.value:
        raise KeywordMisused(f"kind={kind}: the event has no value that could be broken.")
    return good.value


def _cut(good: Outgoing, wish: Wish) -> Broken:
    raw = _value_of(good, "cut")
    head, content = _framed(raw, wish.start)
    is_json = _document(content) is not None
    # Half of a number is a number, and so is half of a text of words. In binary it may end with a field, and be whole.
    for length in (len(content) // 2, len(content) - 1) if is_json else (len(content) - 1,):
        if length >= 0 and not (is_json and _document(content[:length]) is not None):
            value = head + content[:length]
            return Broken(good._replace(value=value), f"its value was cut after {len(value)} bytes")
    is_what = "is a bare number, of which each part can be read" if content else "has nothing after its schema id"
    raise KeywordMisused(f"kind=cut: the value {is_what}.")


def _wrong_type(good: Outgoing, wish: Wish) -> Broken:
    def change(old: Any) -> Any:
        return {"not": "an object"} if isinstance(old, str | bool) or old is None else "not of its type"

    return _changed(good, wish, "wrong type", change)


def _unknown_enum(good: Outgoing, wish: Wish) -> Broken:
    if not wish.field:
        raise KeywordMisused("kind=unknown enum: say by field= which field has one of several words.")
    return _changed(good, wish, "unknown enum", lambda _: "NO_SUCH_VALUE")


def _changed(good: Outgoing, wish: Wish, kind: str, change: Callable[[Any], Any]) -> Broken:
    head, document, parent, step = _place(good, wish, kind)
    old = parent[step]
    parent[step] = change(old)
    what = f"the field {step} became {json_format.write(parent[step]).decode()}"
    return Broken(good._replace(value=head + json_format.write(document)), what)


def _missing_field(good: Outgoing, wish: Wish) -> Broken:
    head, document, parent, step = _place(good, wish, "missing field")
    del parent[step]
    return Broken(good._replace(value=head + json_format.write(document)), f"the field {step} was left out")


def _place(good: Outgoing, wish: Wish, kind: str) -> tuple[bytes, Any, Any, Any]:
    """The frame, the document, and where in it the field is: the first one unless another is asked for."""
    head, content = _framed(_value_of(good, kind))
    found = _document(content)
    if found is None or not isinstance(found[0], dict) or not found[0]:
        raise KeywordMisused(
            f"kind={kind}: the value is not a JSON object with a field. Bytes of a binary schema\nallow only cut, "
            "oversized, wrong schema id, wrong encoding and tombstone."
        )
    document = parent = found[0]
    steps = parse_path(wish.field).plain_steps if wish.field else (next(iter(document)),)
    if not steps:
        raise KeywordMisused(f"field={wish.field} is not a plain path into the value, such as $.customer.id.")
    for step in steps[:-1]:
        parent = _inside(parent, step, wish)
    _inside(parent, steps[-1], wish)
    return head, document, parent, steps[-1]


def _inside(content: Any, step: Any, wish: Wish) -> Any:
    try:
        if isinstance(content, dict | list):  # a text has places, too
            return content[step]
    except (LookupError, TypeError):
        pass
    raise KeywordMisused(f"The event has no field {wish.field} that could be broken.")


def _oversized(good: Outgoing, wish: Wish) -> Broken:
    """With blanks behind JSON, so that it can be read by who has the room."""
    raw = _value_of(good, "oversized")
    head, content = _framed(raw, wish.start)
    found = _document(content)
    missing = wish.size - len(raw)
    if missing <= 0:
        raise KeywordMisused(f"kind=oversized: the value has {len(raw):,} bytes already. Give a size= above that.")
    content += (b"x" if found is None else b" ") * missing
    return Broken(good._replace(value=head + content), f"its value has {len(head) + len(content):,} bytes")


def _wrong_schema_id(good: Outgoing, _: Wish) -> Broken:
    raw = _value_of(good, "wrong schema id")
    frame = frame_of(raw, good.headers, "value")
    if frame is None or frame.in_header or len(raw) < _FRAME or raw[:1] != b"\0":
        raise KeywordMisused("kind=wrong schema id: the value does not begin with a schema id.")
    what = f"the id of its schema became {_NO_SCHEMA}"
    return Broken(good._replace(value=b"\0" + _NO_SCHEMA.to_bytes(4, "big") + raw[_FRAME:]), what)


def _wrong_protobuf_index(good: Outgoing, _: Wish) -> Broken:
    """Behind the id of a Protobuf schema stands the place of the message in it."""
    raw = _value_of(good, "wrong message index")
    frame = frame_of(raw, good.headers, "value")
    if frame is None or frame.in_header or raw[:1] != b"\0":
        raise KeywordMisused("kind=wrong message index: the value does not begin with a schema id.")
    try:
        start = read_indexes(raw, _FRAME)[1]
    except Undecodable:
        raise KeywordMisused("kind=wrong message index: the value has none, as only Protobuf has.") from None
    value = raw[:_FRAME] + write_indexes([_NO_INDEX]) + raw[start:]
    return Broken(good._replace(value=value), f"it says that it is message {_NO_INDEX} of its schema")


def _missing_key(good: Outgoing, _: Wish) -> Broken:
    return Broken(good._replace(key=None), "it has no key")


def _missing_header(good: Outgoing, wish: Wish) -> Broken:
    kept = tuple(one for one in good.headers if wish.field and one[0] != wish.field)
    if len(kept) == len(good.headers):
        named = f"header '{wish.field}'" if wish.field else "header"
        raise KeywordMisused(f"kind=missing header: the event has no {named} that could be left out.")
    what = f"the header {wish.field} was left out" if wish.field else "it has no header"
    return Broken(good._replace(headers=kept), what)


def _wrong_encoding(good: Outgoing, wish: Wish) -> Broken:
    """A letter in Latin-1 behind the first quote of a text, or in front of all else."""
    raw = _value_of(good, "wrong encoding")
    head, content = _framed(raw, wish.start)
    found = _TEXT.search(content)
    place = found.end() if found else 0
    return Broken(
        good._replace(value=head + content[:place] + _LATIN + content[place:]), "a letter in it is Latin-1, not UTF-8"
    )


def _tombstone(good: Outgoing, _: Wish) -> Broken:
    return Broken(good._replace(value=None), "it has no value")


KINDS: Mapping[str, Callable[[Outgoing, Wish], Broken]] = {
    "cut": _cut,
    "wrong type": _wrong_type,
    "unknown enum": _unknown_enum,
    "missing field": _missing_field,
    "oversized": _oversized,
    "wrong schema id": _wrong_schema_id,
    "wrong message index": _wrong_protobuf_index,
    "missing key": _missing_key,
    "missing header": _missing_header,
    "wrong encoding": _wrong_encoding,
    "tombstone": _tombstone,
}
"""The kinds of broken events, and what makes them."""
OF_BYTES = frozenset(KINDS) - {"wrong type", "unknown enum", "missing field"}
"""Kinds that have nothing to do with fields. The others are proved by a contract or a schema, where there is one."""
OF_SCHEMAS = (
    *("null", "fraction", "below minimum", "above maximum", "not a multiple", "too short", "too long"),
    *("wrong pattern", "wrong format", "unknown field", "wrong field name", "missing dependent field"),
    *("too few fields", "too many fields", "too few items", "too many items", "repeated item", "missing item"),
    *("unknown branch", "forbidden value", "wrong wire type"),
)
"""Kinds that are made of a contract or a schema alone."""


def _framed(raw: bytes, start: int | None = None) -> tuple[bytes, bytes]:
    """The id of a schema in front, and the rest."""
    begin = start if start is not None else _FRAME if raw[:1] == b"\0" else 0
    return raw[:begin], raw[begin:]


def _document(content: bytes) -> list[Any] | None:
    """The JSON of a value, in a list; nothing where it is none."""
    try:
        return [json_format.read_to_write(content)]
    except (ValueError, Undecodable):
        return None
