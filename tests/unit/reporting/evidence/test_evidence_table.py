"""The tables of events in log.html."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.reporting.evidence.evidence_table import (
    EVENTS_MOST,
    TABLE_MOST,
    VALUE_MOST,
    checked,
    events_table,
    table,
)
from KafkaLibrary.reporting.evidence.value_in_html import MARK
from KafkaLibrary.serialization.topics.header_formats import declared_formats
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder
from tests.unit.matching.samples import Broken, an_event, conditions
from tests.unit.reporting.pages import texts_in
from tests.unit.watching.scene import Scene, a_scene

MOST_OF_HTML = 6 * TABLE_MOST + EVENTS_MOST * 4_000
"""`&amp;` is five times as long as what it stands for, and a row has tags and what was judged."""


@pytest.fixture
def scene() -> Iterator[Scene]:
    with a_scene() as made:
        made.kafka.make("orders")
        made.begin()
        made.watch("orders")
        yield made


def rows(html: str) -> list[str]:
    return html.split("<tr>")[2:]


def plain(html: str) -> str:
    return html.replace(MARK, "<mark>")


def judged(event: Event, *cells: Any) -> str:
    return plain(checked(event, conditions(*cells).judge(event)))


def put(scene: Scene, **fields: Any) -> None:
    scene.kafka.publish("orders", json.dumps(fields))


def test_a_wait_that_read_nothing_has_no_table(scene: Scene) -> None:
    assert table(scene.wait("orders", "status == PAID")) == ""


def test_a_failed_wait_shows_what_it_read_folded(scene: Scene) -> None:
    scene.clock.after(0.31, lambda: put(scene, status="NEW"))
    html = plain(table(scene.wait("orders", "status == PAID")))
    assert html.startswith("<details><summary>1 event read</summary>")
    (row,) = rows(html)
    assert "<b>orders[0]@0</b>" in row
    assert "<br>+0.31 s since the mark</td>" in row
    assert '{\n  <mark>"status": "NEW"</mark>\n}' in row
    assert "<div><mark>$.status was NEW</mark></div><div>asked for $.status == PAID</div>" in row


def test_the_nearest_stands_first_and_then_the_latest(scene: Scene) -> None:
    for number in (42, 1, 1, 1):
        put(scene, orderId=number, status="NEW")
    html = table(scene.wait("orders", "orderId == 42", "status == PAID"))
    assert [row.partition("<b>")[2].partition("</b>")[0] for row in rows(html)] == [
        "orders[0]@0",
        "orders[0]@3",
        "orders[0]@2",
        "orders[0]@1",
    ]
    assert "1 of 2 conditions held" in rows(html)[0]


def test_events_that_are_not_shown_are_counted(scene: Scene) -> None:
    for number in range(393):
        put(scene, orderId=number)
    html = table(scene.wait("orders", "orderId == -1"))
    assert len(rows(html)) == EVENTS_MOST
    assert "<summary>393 events read</summary>" in html
    assert "<i>… 373 more events</i>" in html


def test_events_that_there_is_no_room_for_are_counted(scene: Scene) -> None:
    for number in range(10):
        put(scene, orderId=number, text=[["x" * 900] * 4])
    html = table(scene.wait("orders", "orderId == -1"))
    assert len(rows(html)) == 6
    assert "<i>… 4 more events</i>" in html


def test_the_event_that_should_not_have_come_is_shown_whole(scene: Scene) -> None:
    scene.clock.after(0.5, lambda: put(scene, orderId=42, status="PAID"))
    outcome, _ = scene.prove("orders", 0, "orderId == 42")
    html = plain(table(outcome, "should not have come"))
    assert "<br>+0.50 s since the mark</td>" in html
    assert '{\n  <mark>"orderId": 42</mark>,\n  "status": "PAID"\n}' in html  # marked is what was asked for
    assert "should not have come" in html


def test_of_one_too_many_the_last_stands_first(scene: Scene) -> None:
    for number in range(3):
        put(scene, orderId=number)
    html = table(scene.prove("orders", 2, "orderId >= 0")[0], "one too many")
    assert [("one too many" in row, ">matched<" in row) for row in rows(html)] == [
        (True, False),
        (False, True),
        (False, True),
    ]


def test_a_match_before_the_mark_is_shown(scene: Scene) -> None:
    put(scene, orderId=42)
    scene.clock.advance(1)
    scene.watch("orders")
    put(scene, orderId=41)
    html = table(scene.wait("orders", "orderId == 42"))
    assert "<summary>1 event read, 1 that matches elsewhere</summary>" in html
    assert "matches, but arrived before the mark" in rows(html)[1]
    assert "more event" not in html


def test_a_value_that_could_not_be_judged_is_shown(scene: Scene) -> None:
    scene.kafka.publish("orders", '{"orderId": 4')
    html = table(scene.wait("orders", "orderId == 42"))
    assert "<pre" in html
    assert '>{"orderId": 4</pre>' in html
    assert "could not be judged: " in html


@pytest.mark.parametrize("value", [r'{"C:\Users": 1, "b": 2}', r'{"a\u12":1}'])
def test_a_value_with_a_bad_escape_in_a_name_is_shown_as_it_is(value: str) -> None:
    assert f"<mark>{value}</mark></pre>" in judged(an_event(value), "value == 5")


@pytest.mark.parametrize(
    ("cell", "marked"),
    [
        ("key == 43", '<mark>key "42"</mark>'),
        ("headers.source == app", "<mark>source: web</mark>"),
        ("offset == 5", "<b><mark>orders[0]@7</mark></b>"),
        ("timestamp > 2030-01-01", "<mark>2025-"),
        ("orderId == 43", '<mark>"orderId": 42</mark>'),
        ("items[*].sku == P-9", '<mark>"sku": "P-7"</mark>'),
        ("items[?(@.count > 5)].sku == P-9", '<mark>"sku": "P-8"</mark>'),
        ("value == 5", '<mark>{\n  "orderId"'),
        ("orderId does not exist", '<mark>"orderId": 42</mark>'),
    ],
)
def test_what_failed_is_marked_where_it_stands(cell: str, marked: str) -> None:
    value = {"orderId": 42, "items": [{"sku": "P-7", "count": 1}, {"sku": "P-8", "count": 9}]}
    event = an_event(value, key=b"42", headers=(("source", b"web"), ("trace", b"1")), offset=7)
    html = judged(event, cell, "offset >= 0")
    assert marked in html
    assert "<mark>trace" not in html


def test_a_field_that_is_missing_is_judged() -> None:
    html = judged(an_event({"orderId": 42}), "order_id == 42")
    assert "$.order_id is missing (there is orderId)" in html


def test_a_check_may_say_why_in_its_own_words() -> None:
    assert "header &lt;b&gt; is missing" in checked(an_event({}), "header <b> is missing")


def test_key_and_headers_stand_below_the_place() -> None:
    html = events_table([an_event("2", key=b"k", headers=(("a", b"x"), ("b", None)))])
    assert "key k<br>a: x<br>b: null</td>" in html


def test_it_says_what_a_header_was_read_as_and_why() -> None:
    headers = (("kafka_dlt-original-offset", b"\0" * 7 + b"*"), ("aLong", b"42"), ("n", b"\0\0\0\7"), ("raw", b"\0"))
    record = PlainRecord(("orders", 0, 0), (1, 0), None, b"{}", headers)
    formats = declared_formats("aLong=long, n=int")
    html = events_table([Event(record, FoundDecoder(headers=formats))])
    assert (
        "kafka_dlt-original-offset: 42 (read as long, as Spring for Apache Kafka writes it)<br>"
        "aLong: b'42' (not a long: 2 bytes, and a long has 8)<br>n: 7 (read as int)<br>raw: b'\\x00'"
    ) in html


def test_of_several_headers_the_one_is_marked_that_was_judged() -> None:
    event = an_event({}, headers=(("x", b"new"), ("x", b"old")))
    assert "x: new<br><mark>x: old</mark>" in judged(event, "headers.x == b")
    assert "<mark>x: new</mark><br>x: old" in judged(event, "headers.x[0] == b")
    assert "<mark>x: new</mark><br><mark>x: old</mark>" in judged(event, "headers == {}")


def test_an_event_without_key_shows_none() -> None:
    assert "key k" not in events_table([an_event("1")])


def test_many_headers_are_cut_and_counted() -> None:
    html = events_table([an_event("1", headers=tuple((f"h{number}", b"v") for number in range(50)))])
    assert "h19: v<br>… 30 more headers" in html


def test_a_table_of_all_events_is_open_and_shows_the_last() -> None:
    html = events_table([an_event(str(offset), offset=offset) for offset in range(25)])
    assert html.startswith("<details open><summary>25 events</summary>")
    assert "@24<" in html
    assert "@4<" not in html
    assert "… 5 more events" in html


def test_words_are_broken_only_where_they_are_long() -> None:
    short, long = (events_table([an_event("1", key=key)]) for key in (b"c-92df72273d", b"a" * 100))
    assert "nowrap" in rows(short)[0]
    assert "nowrap" not in rows(long)[0]


anything = st.text() | st.binary()


@given(st.lists(st.tuples(anything, anything, st.lists(st.tuples(st.text(), st.none() | anything), max_size=3))))
@example([("<script>alert(1)</script>", "</td>", [("<b>", b"\xff&lt;")])] * 30)
def test_whatever_an_event_holds_the_html_is_ours(parts: list[tuple[Any, Any, list[tuple[str, Any]]]]) -> None:
    events = [
        an_event(value, _raw(key), tuple((name, _raw(of)) for name, of in headers)) for value, key, headers in parts
    ]
    pages = [events_table(events)]
    pages += [judged(event, "key == 1", "$.a == <i>", "value contains </pre>", "headers.a == 1") for event in events]
    for html in pages:
        texts_in(html)
        assert len(html) <= MOST_OF_HTML


def _raw(text: str | bytes | None) -> bytes | None:
    return text.encode(errors="replace") if isinstance(text, str) else text


@pytest.mark.parametrize(
    "value",
    [b"<", b"&", b"\xff", b"[", b'{"a":', b'[["\xd7\xa9"],', b'"\xe2\x80\xae'],
)
def test_no_value_makes_the_log_long(value: bytes) -> None:
    headers = (("<" * 1000, b"&" * 100_000),) * 1000
    event = an_event(value * 1_000_000, b"&" * 1_000_000, headers, decoder=Broken())
    html = events_table([event] * EVENTS_MOST)
    texts_in(html)
    assert len(html) <= MOST_OF_HTML
    assert len(html) > VALUE_MOST


def test_twenty_events_cost_a_few_milliseconds() -> None:
    value = {f"field{number}": "x" * 15 for number in range(10)}
    events = [an_event(value, offset=offset) for offset in range(20)]
    began = time.perf_counter()
    html = events_table(events)
    assert time.perf_counter() - began < 0.1  # some 5 ms; the rest is for a machine that is busy
    assert len(rows(html)) == 20
