"""Events that are broken on purpose: each kind breaks what it says, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.keywords.calls.broken_events import KINDS, Wish, broken

VALUE = b'{"orderId":42,"status":"NEW","customer":{"id":"C-1"},"total":12345678901234567890.5}'
GOOD = Outgoing("orders", VALUE, b"42", (("source", b"web"), ("trace", b"1")), 1, 7)
FRAMED = GOOD._replace(value=b"\0\0\0\0\x05" + VALUE)
BINARY = GOOD._replace(value=b"\0\0\0\0\x05\x54\x06NEW")
FIELDS = st.dictionaries(st.text(min_size=1), st.integers() | st.text() | st.booleans() | st.none(), min_size=1)


def document(event: Outgoing) -> Any:
    return json.loads((event.value or b"").removeprefix(b"\0\0\0\0\x05"))


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_is_to_be_broken_is(kind: str) -> None:
    made, what = broken(FRAMED, kind, Wish("$.status" if "header" not in kind else "source"))
    parts = {"missing key": {"key"}, "missing header": {"headers"}}.get(kind, {"value"})
    assert {name for name in Outgoing._fields if getattr(made, name) != getattr(FRAMED, name)} == parts
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
        (GOOD, "cutt", "", "no kind of broken event: 'cutt'. Did you mean 'cut'"),
        (GOOD, "unknown enum", "", "say by field="),
        (GOOD, "missing field", "$.nothing", "has no field"),
        (GOOD, "missing field", "$.orderId.x", "has no field"),
        (GOOD, "missing field", "$.items[*]", "no plain path"),
        (BINARY, "missing field", "", "no JSON object"),
        (GOOD, "wrong schema id", "", "no id of a schema"),
        (GOOD, "missing header", "other", "no header 'other'"),
        (GOOD._replace(headers=()), "missing header", "", "no header that"),
        (GOOD._replace(key=None), "missing key", "", "nothing of the event would be broken"),
        (GOOD._replace(value=None), "cut", "", "no value that could be broken"),
        (GOOD._replace(value=None), "tombstone", "", "nothing of the event would be broken"),
        (GOOD._replace(value=b"4242"), "cut", "", "bare number"),
        (GOOD._replace(value=b"4242"), "missing field", "", "no JSON object"),
    ],
)
def test_what_would_break_nothing_is_refused(good: Outgoing, kind: str, field: str, said: str) -> None:
    with pytest.raises(KeywordMisused, match=said):
        broken(good, kind, Wish(field))
