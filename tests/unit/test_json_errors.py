"""What is told where the JSON in a cell breaks off."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.json_errors import json_advice


def advice(text: str) -> str:
    with pytest.raises(json.JSONDecodeError) as broken:
        json.loads(text)
    return json_advice(text, broken.value.pos)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"a": "two\nlines"}', "write \\\\n inside JSON"),
        ("{'a': 1}", "double quotes, not single ones"),
        ("{\"a\": 'x'}", "double quotes, not single ones"),
        ('{"a": "x",', "Robot ends a cell at two spaces"),
        ('{"a": "x', "Robot ends a cell at two spaces"),
        ('["a"', "Robot ends a cell at two spaces"),
        ('{"a": True}', "true, false and null"),
        ('{"a": None}', "true, false and null"),
        ("PAID", '"PAID"'),
        ('{"a": x}', "A text has double quotes"),
        ('{"a": 1} key=7', 'two or more blanks: write `{"a": 1}    key=7`'),
    ],
)
def test_the_cause_decides_the_advice(text: str, told: str) -> None:
    assert told in advice(text)


@given(st.text(), st.integers(0, 50))
def test_any_place_can_be_asked_about(text: str, place: int) -> None:
    assert "  " not in json_advice(text, place).partition("two or more blanks")[0]


@pytest.mark.parametrize("variable", ['O"Neil', 'ab"', '"ab', 'a"b"c', 'x" y', "C:\\door", '"', '5"6'])
def test_what_a_variable_breaks_gets_a_dictionary(variable: str) -> None:
    assert "give a dictionary" in advice('{"id": "%s", "n": 1}' % variable)  # noqa: UP031 - it has braces


@pytest.mark.parametrize(
    "text", ['{"a": "x" "b": 1}', '["a" 5]', '{"a" 5}', '{"a": "b"}}', '{"a": "x"', "{'a': 1}", '{"a": PAID}']
)
def test_what_no_variable_breaks_does_not(text: str) -> None:
    assert "give a dictionary" not in advice(text)
