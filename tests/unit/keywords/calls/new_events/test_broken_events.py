"""Events that are broken on purpose: each kind breaks what it says, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.keywords.calls.new_events.broken_events import KINDS, Wish, broken, wish_of

VALUE = b'{"orderId":42,"status":"NEW","customer":{"id":"C-1"},"total":12345678901234567890.5}'
GOOD = Outgoing("orders", VALUE, b"42", (("source", b"web"), ("trace", b"1")), 1, 7)
FRAMED = GOOD._replace(value=b"\0\0\0\0\x05" + VALUE)
BINARY = GOOD._replace(value=b"\0\0\0\0\x05\x54\x06NEW")
PROTOBUF = GOOD._replace(value=b"\0\0\0\0\x05\0\x08\x2a")
FIELDS = st.dictionaries(st.text(min_size=1), st.integers() | st.text() | st.booleans() | st.none(), min_size=1)


def document(event: Outgoing) -> Any:
    return json.loads((event.value or b"").removeprefix(b"\0\0\0\0\x05"))


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_is_to_be_broken_is(kind: str) -> None:
    good = PROTOBUF if kind == "wrong message index" else FRAMED
    made, what = broken(good, kind, Wish("$.status" if "header" not in kind else "source"))
    parts = {"missing key": {"key"}, "missing header": {"headers"}}.get(kind, {"value"})
    assert {name for name in Outgoing._fields if getattr(made, name) != getattr(good, name)} == parts
    assert what


@pytest.mark.parametrize("good", [GOOD, FRAMED])
def test_one_field_is_broken(good: Outgoing) -> None:
    whole = document(good)
    assert document(broken(good, "wrong type", Wish("$.orderId")).event) == {**whole, "orderId": "not of its type"}
    assert document(broken(good, "wrong type", Wish("$.status")).event) == {**whole, "status": {"not": "an object"}}
    assert document(broken(good, "unknown enum", Wish("$.status")).event) == {**whole, "status": "NO_SUCH_VALUE"}
    assert document(broken(good, "missing field", Wish("$.customer.id")).event) == {**whole, "customer": {}}
    assert "orderId" not in document(broken(good, "missing field", Wish()).event)


def test_other_fields_keep_their_digits() -> None:
    assert b"12345678901234567890.5" in (broken(GOOD, "missing field", Wish("$.status")).event.value or b"")


@given(FIELDS)
def test_no_json_can_be_read_that_was_cut_or_has_another_encoding(value: dict[str, Any]) -> None:
    good = GOOD._replace(value=json.dumps(value, ensure_ascii=False).encode(errors="replace"))
    for kind in ("cut", "wrong encoding"):
        with pytest.raises(ValueError):
            json.loads((broken(good, kind, Wish()).event.value or b"").decode())


def test_what_is_cut_of_a_frame_keeps_its_id() -> None:
    made = broken(BINARY, "cut", Wish()).event.value or b""
    assert made.startswith(b"\0\0\0\0\x05")
    assert len(made) < len(BINARY.value or b"")


@given(st.lists(st.tuples(st.integers(1, 15), st.integers(0, 2**40) | st.binary(max_size=9)), min_size=1))
def test_no_message_of_protobuf_is_whole_that_was_cut(fields: list[tuple[int, int | bytes]]) -> None:
    raw = b"".join(field(number, content) for number, content in fields)
    for head in (b"", b"\0\0\0\0\x05\0"):
        made = broken(GOOD._replace(value=head + raw), "cut", Wish()).event.value or b""
        assert made.startswith(head)
        assert not is_whole(made[len(head) :])


def test_a_message_of_protobuf_is_cut_where_half_of_it_is_one() -> None:
    half = field(1, b"abc")
    assert not is_whole(broken(GOOD._replace(value=half + field(2, b"def")), "cut", Wish()).event.value or b"")


def field(number: int, content: int | bytes) -> bytes:
    """A field as Protobuf writes it."""
    if isinstance(content, int):
        return bytes([number << 3]) + varint(content)
    return bytes([number << 3 | 2, len(content)]) + content


def varint(number: int) -> bytes:
    return bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80]) + varint(number >> 7)


def is_whole(raw: bytes) -> bool:
    """Whether it is fields of Protobuf to its end."""
    while raw:
        is_text = raw[0] & 7 == 2
        end = next((at for at, one in enumerate(raw) if at and one < 0x80), None)
        if end is None:
            return False
        end += 1 + (raw[1] if is_text else 0)
        if end > len(raw):
            return False
        raw = raw[end:]
    return True


def test_the_id_of_a_schema_becomes_that_of_none() -> None:
    assert broken(BINARY, "wrong schema id", Wish()).event.value == b"\0\x7f\xff\xff\xff\x54\x06NEW"


@pytest.mark.parametrize(("good", "size"), [(GOOD, 5000), (GOOD._replace(value=b"text"), 5000), (GOOD, 1_000_000)])
def test_it_has_the_size_that_is_asked_for(good: Outgoing, size: int) -> None:
    assert len(broken(good, "oversized", Wish(size=size)).event.value or b"") == size


@pytest.mark.parametrize("kind", ["key missing", "Missing-Key", "missing_key"])
def test_the_words_of_a_kind_may_be_written_as_they_come(kind: str) -> None:
    assert broken(GOOD, kind, Wish()).event.key is None


@pytest.mark.parametrize(
    ("good", "kind", "field", "said"),
    [
        (GOOD, "cutt", "", "not a kind of broken event: 'cutt'. Did you mean 'cut'"),
        (GOOD, "unknown enum", "", "say by field="),
        (GOOD, "missing field", "$.nothing", "has no field"),
        (GOOD, "missing field", "$.orderId.x", "has no field"),
        (GOOD, "missing field", "$.status[0]", "has no field"),
        (GOOD, "wrong type", "$.status[0]", "has no field"),
        (GOOD, "unknown enum", "$.customer.id[0]", "has no field"),
        (GOOD, "missing field", "$.items[*]", "not a plain path"),
        (FRAMED._replace(value=b"\0\0\0\0\x05"), "cut", "", "nothing after its schema id"),
        (BINARY, "missing field", "", "not a JSON object"),
        (GOOD, "wrong schema id", "", "does not begin with a schema id"),
        (GOOD, "missing header", "other", "no header 'other'"),
        (GOOD._replace(headers=()), "missing header", "", "no header that"),
        (GOOD._replace(key=None), "missing key", "", "nothing of the event would be broken"),
        (GOOD._replace(value=None), "cut", "", "no value that could be broken"),
        (GOOD._replace(value=None), "tombstone", "", "nothing of the event would be broken"),
        (GOOD._replace(value=b"4242"), "cut", "", "bare number"),
        (GOOD._replace(value=b"4242"), "missing field", "", "not a JSON object"),
    ],
)
def test_what_would_break_nothing_is_refused(good: Outgoing, kind: str, field: str, said: str) -> None:
    with pytest.raises(KeywordMisused, match=said):
        broken(good, kind, Wish(field))


@pytest.mark.parametrize("size", [5, len(VALUE)])
def test_what_is_large_enough_is_not_made_larger(size: int) -> None:
    with pytest.raises(KeywordMisused, match=f"the value has {len(VALUE)} bytes already"):
        broken(GOOD, "oversized", Wish(size=size))


@pytest.mark.parametrize("kind", KINDS)
def test_an_argument_that_a_kind_has_no_use_for_is_refused(kind: str) -> None:
    takes_field = kind in ("wrong type", "unknown enum", "missing field", "missing header")
    for value, argument, takes in (("$.status", "field", takes_field), (5000, "size", kind == "oversized")):
        wish = {"field": None, "size": None, argument: value}
        if takes:
            assert wish_of(kind, **wish)[argument == "size"] == value
        else:
            with pytest.raises(KeywordMisused, match=f"kind={kind} has no use for {argument}="):
                wish_of(kind, **wish)
    assert wish_of(kind, None, None) == Wish()
