"""How log.html shows a value: on lines of its own, with marks, escaped and no longer than there is room."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from KafkaLibrary.event import Decoded, Event
from KafkaLibrary.matching import Steps
from KafkaLibrary.reporting.evidence.value_in_html import MARK, TEXT_MOST, show_event_value, visible
from tests.unit.matching.samples import Broken, JsonOrText, an_event, holding
from tests.unit.reporting.pages import texts_in

MOST = 4000


def shown(value: Any, *marked: Steps, most: int = MOST) -> str:
    event = value if hasattr(value, "raw_value") else an_event(value)
    return show_event_value(event, marked, most).html.replace(MARK, "<mark>")


def test_json_stands_on_lines_in_its_own_order() -> None:
    assert shown('{"b":1,"a":[true,null,{}],"c":{"d":[]}}') == (
        '{\n  "b": 1,\n  "a": [\n    true,\n    null,\n    {}\n  ],\n  "c": {\n    "d": []\n  }\n}'
    )


@pytest.mark.parametrize("number", ["18446744073709551617", "0.10", "1E400", "-0.0", "3.141592653589793238462643"])
def test_numbers_are_those_of_the_event(number: str) -> None:
    assert shown(f'{{"n": {number}}}') == f'{{\n  "n": {number}\n}}'


@pytest.mark.parametrize("value", ["1", '"text"', "true", "null", "[]", "{}", " [ ] "])
def test_a_value_of_one_token_is_itself(value: str) -> None:
    assert shown(value) == value.replace(" ", "")


def test_a_field_is_marked_with_its_name() -> None:
    assert shown({"a": {"b": 1}, "b": 1}, ("a", "b")) == '{\n  "a": {\n    <mark>"b": 1</mark>\n  },\n  "b": 1\n}'


def test_an_element_and_an_object_are_marked() -> None:
    assert shown([1, {"a": 2}, 3], (1,), (2,)) == ('[\n  1,\n  <mark>{\n    "a": 2\n  }</mark>,\n  <mark>3</mark>\n]')


def test_a_field_inside_a_marked_one_is_marked_too() -> None:
    assert shown({"a": {"b": 1}}, ("a",), ("a", "b")).count("<mark>") == 2


def test_the_whole_value_is_marked() -> None:
    assert shown("[1]", ()) == "<mark>[\n  1\n]</mark>"
    assert shown("plain", ()) == "<mark>plain</mark>"
    assert shown(None, ()) == "<mark>tombstone</mark>"


def test_a_name_with_an_escape_is_the_name_that_it_spells() -> None:
    assert shown(r'{"\u0061\"b": 1}', ('a"b',)) == '{\n  <mark>"\\u0061\\"b": 1</mark>\n}'


@pytest.mark.parametrize(
    "value",
    [
        '{"orderId": 4', '{"a" 1}', '{"a": 1,}', "[1 2]", "[1,]", '{1: 2}', "nul", "01", "[1]]", "{]", "", " ", '"open',
        '{"a": 1} and more', ":", ",", "[,1]", '{"a"}', '{"a",1}', "}",
    ],
)  # fmt: skip
def test_what_is_not_json_is_shown_as_it_is(value: str) -> None:
    assert shown(value) == value


# Longer ones are cut.
TEXTS = st.text(max_size=50)


@given(st.recursive(st.none() | st.booleans() | st.integers() | TEXTS, lambda one: st.lists(one, max_size=4)
                    | st.dictionaries(TEXTS, one, max_size=4), max_leaves=12))  # fmt: skip
def test_what_is_json_stays_that_json(value: Any) -> None:
    html = shown(json.dumps(value), most=1_000_000)
    assert json.loads("".join(texts_in(html))) == value


@given(st.text() | st.text(alphabet='{}[],:"\\ 1ae-', max_size=12))
@example("NaN")
@example('["\\')
def test_only_json_is_taken_for_json(text: str) -> None:
    try:
        json.loads(text)
        is_json = True
    except ValueError:
        is_json = False
    as_it_is = "".join(texts_in(shown(text))) == visible(text)
    assert is_json or as_it_is


def test_another_format_is_shown_as_it_was_decoded() -> None:
    content = {"n": Decimal("0.10"), "t": 'say "hi"', "l": [1, (2,)], "b": b"\x00", "none": None}
    assert shown(holding(content), ("l", 1)) == (
        '{\n  "n": 0.10,\n  "t": "say \\"hi\\"",\n  "l": [\n    1,\n    <mark>[\n      2\n    ]</mark>\n  ],\n'
        '  "b": b\'\\x00\',\n  "none": null\n}'
    )


def test_a_value_that_does_not_fit_its_format_is_shown_as_it_is() -> None:
    assert shown(an_event(b"\x00\xff<b>\n", decoder=Broken())) == "\\x00\\xff&lt;b&gt;\n"


def test_nothing_of_a_value_is_html() -> None:
    assert shown({"<script>": "</pre>&amp;<img src=x onerror=alert(1)>"}) == (
        '{\n  "&lt;script&gt;": "&lt;/pre&gt;&amp;amp;&lt;img src=x onerror=alert(1)&gt;"\n}'
    )


def test_what_can_not_be_seen_is_spelled_out() -> None:
    assert shown('"\u202eabc\u200b\x7f\u2028"') == '"\\u202eabc\\u200b\\x7f\\u2028"'
    assert shown(b"\x1b[31m\r\ttext\xff\xfe") == "\\x1b[31m\\r\\ttext\\xff\\xfe"


def test_writing_from_right_to_left_stands_apart() -> None:
    assert shown('["שלום",1]') == '[\n  <bdi>"שלום"</bdi>,\n  1\n]'


def test_a_long_text_leaves_room_for_the_fields_behind_it() -> None:
    html = shown({"page": "x" * (TEXT_MOST + 500), "status": "NEW"}, ("status",))
    assert html.endswith('<i>… 502 more characters</i>,\n  <mark>"status": "NEW"</mark>\n}')


def test_a_value_that_is_too_long_is_cut_and_what_is_left_out_counted() -> None:
    assert shown('"' + "x" * 5_000_000 + '"') == '"' + "x" * 3999 + "<i>… 4,996,002 more bytes</i>"
    assert shown("ab\u00e9" * 10, most=5) == "ab\u00e9ab<i>… 34 more bytes</i>"
    assert shown(b"\xff\x00" * 10, most=7) == "\\xff<i>… 19 more bytes</i>"
    assert shown("[1,2,3,4]", most=9) == "[\n  1,\n  <i>… 6 more bytes</i>"


def test_of_another_format_nobody_knows_how_much_is_left_out() -> None:
    assert shown(holding({"a": "x" * 100}), most=11) == '{\n  "a": "x<i>… more</i>'


def test_a_mark_that_is_left_out_is_told() -> None:
    html = shown({"list": list(range(5000)), "status": "<NEW>"}, ("status",), ("list", 0))
    assert html.endswith("more bytes, $.status among them</i>")
    assert "<mark>0</mark>" in html


def test_a_value_of_50_mb_is_not_taken_apart() -> None:
    class Untouched(JsonOrText):
        def exact_value(self, event: Event) -> Decoded:
            raise AssertionError("It was decoded.")

        value = exact_value

    html = shown(an_event(b"[" + b"1," * 25_000_000 + b"1]", decoder=Untouched()))
    assert html.endswith("<i>… 49,998,402 more bytes</i>")


@given(st.binary(max_size=60) | st.text().map(str.encode), st.integers(1, 80))
def test_no_value_takes_more_than_its_room(raw: bytes, most: int) -> None:
    result = show_event_value(an_event(raw), (), most)
    assert result.length <= most
