"""What checks of one event make of unusual ones."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import ExpectationFailed, KeywordMisused
from tests.unit.matching.samples import an_event


@pytest.fixture
def kafka() -> KafkaLibrary:
    return KafkaLibrary()


@pytest.mark.parametrize("name", [r"a\b", """it's "q\""""])
def test_a_header_is_checked_whatever_its_name(kafka: KafkaLibrary, name: str) -> None:
    event = an_event({}, headers=((name, b"x"),))
    kafka.event_header_should_be(event, name, "x")
    with pytest.raises(ExpectationFailed, match="was x"):
        kafka.event_header_should_be(event, name, "y")


def test_of_many_headers_the_first_are_told(kafka: KafkaLibrary) -> None:
    event = an_event({}, headers=tuple((f"h{number}", b"x") for number in range(3000)))
    with pytest.raises(ExpectationFailed, match="Its headers are: h0, h1, ") as failed:
        kafka.get_event_header(event, "none")
    assert len(str(failed.value)) < 2000


def test_what_is_nested_deeply_is_given_or_refused(kafka: KafkaLibrary) -> None:
    deep = '{"a": ' * 450 + "1" + "}" * 450
    with suppress(KeywordMisused):
        assert json.dumps(kafka.get_event_field(an_event(f'{{"a": {deep}}}'), "$.a")) == deep
