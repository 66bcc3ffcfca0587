"""Placeholders take what the question has, with its type where they stand alone."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.answering.templates import Template, quoted
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder


def question(value: Any, key: bytes | None = b"k-1", headers: Any = ()) -> Event:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return Event(PlainRecord(("orders", 2, 7), (1, 0), key, raw, headers), FoundDecoder())


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("{$.id}", 42),
        ("order {$.id}", "order 42"),
        ("{ $.id }", 42),
        ("{$.customer}", {"name": "Ada"}),
        ("{$.customer.name}!", "Ada!"),
        ("{$.items[*].sku}", ["A", "B"]),
        ("{$.paid} {$.nothing}", "true null"),
        ("{$.nothing}", None),
        ("{key}-{topic}-{partition}-{offset}", "k-1-orders-2-7"),
        ("{headers.source}", "web"),
        ("{{id}}", "{id}"),
        ("{{{$.id}}}", "{42}"),
        ('{"no": placeholder}', '{"no": placeholder}'),
        ("{}", "{}"),
        (["{$.id}", {"a": "{key}"}, 1, None], [42, {"a": "k-1"}, 1, None]),
    ],
)
def test_a_placeholder_takes_what_is_there(template: Any, filled: Any) -> None:
    asked = question(
        {
            "id": 42,
            "customer": {"name": "Ada"},
            "items": [{"sku": "A"}, {"sku": "B"}],
            "paid": True,
            "nothing": None,
        },
        headers=[("source", b"web")],
    )
    assert Template(template).filled(asked) == filled


@pytest.mark.parametrize("digits", ["12345678901234567.89", "1.10", "18446744073709551617", "1e400"])
def test_no_digit_is_lost(digits: str) -> None:
    taken = Template("{$.n}").filled(question(f'{{"n": {digits}}}'.encode()))
    assert Decimal(str(taken)) == Decimal(digits)


def test_what_is_missing_is_named_with_what_there_is() -> None:
    with pytest.raises(KeywordMisused, match=r"takes \$\.orderId .*\$\.a.* missing; there is \$?\.?orderID"):
        Template({"a": "{$.orderId}"}).filled(question({"orderID": 1}))


def test_a_question_that_is_no_json_has_no_fields() -> None:
    with pytest.raises(KeywordMisused, match=r"takes \$\.id from the question"):
        Template("{$.id}").filled(question(b"\xff\x00"))


@pytest.mark.parametrize("slip", ["{orderId}", "x {order.id} y", "{Key}"])
def test_a_name_that_is_no_placeholder_is_refused_at_once(slip: str) -> None:
    with pytest.raises(KeywordMisused, match=r"is not a placeholder"):
        Template({"a": [slip]})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": {$.id}, "b": "{$.id}"}', {"a": "{$.id}", "b": "{$.id}"}),
        ('{"a": [ {key} , {headers.x} ]}', {"a": ["{key}", "{headers.x}"]}),
        ('{"a": "say \\"{$.id}\\"", "b": {}}', {"a": 'say "{$.id}"', "b": {}}),
        ("{\"a\": {$['odd name']}}", {"a": "{$['odd name']}"}),
    ],
)
def test_placeholders_stand_beside_texts_in_json(text: str, value: Any) -> None:
    assert json.loads(quoted(text)) == value


trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(trees)
def test_json_without_placeholders_is_what_it_was(tree: Any) -> None:
    def escaped(value: Any) -> Any:
        if isinstance(value, str):
            return value.replace("{", "{{").replace("}", "}}")
        if isinstance(value, list):
            return [escaped(one) for one in value]
        return {name: escaped(one) for name, one in value.items()} if isinstance(value, dict) else value

    text = json.dumps(tree)
    assert json.loads(quoted(text)) == tree or "{" in text
    assert Template(escaped(tree)).filled(question({})) == tree


@given(trees)
def test_whatever_the_question_has_comes_through(tree: Any) -> None:
    assert Template("{$.there}").filled(question({"there": tree})) == tree
