"""What checks of one event make of unusual ones."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

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


@pytest.mark.parametrize("several", [False, True])
def test_a_field_of_what_is_no_json_is_a_failure_that_names_the_event(kafka: KafkaLibrary, several: bool) -> None:
    event = an_event("no JSON", offset=7)
    with pytest.raises(ExpectationFailed, match=r"^Event orders\[0\]@7 .*\$\.a .*\nIts value is no JSON$"):
        kafka.get_event_fields([event], "$.a") if several else kafka.get_event_field(event, "$.a")


def test_a_message_stands_in_front_of_a_field_that_can_not_be_read(kafka: KafkaLibrary) -> None:
    with pytest.raises(ExpectationFailed, match=r"^Oops\nEvent "):
        kafka.get_event_field(an_event("no JSON"), "$.a", message="Oops")


@pytest.mark.parametrize("path", ["", " ", False])
def test_an_empty_path_does_not_ask_for_the_offsets(kafka: KafkaLibrary, path: Any) -> None:
    events = [an_event({"n": 2}, offset=0), an_event({"n": 1}, offset=1)]
    kafka.events_should_be_in_order(events)
    with pytest.raises((KeywordMisused, ExpectationFailed), match=r"The path is empty|\$\.False is missing"):
        kafka.events_should_be_in_order(events, path)


@pytest.mark.parametrize("keyword", ["get_event_field", "get_event_fields", "get_event_header"])
@pytest.mark.parametrize("expected", ["PAID", 0, False, {}])
def test_what_is_expected_without_an_operator_is_refused(kafka: KafkaLibrary, keyword: str, expected: Any) -> None:
    event = an_event({"status": "NEW"}, headers=(("status", b"NEW"),))
    subject: Any = [event] if keyword == "get_event_fields" else event
    with pytest.raises(KeywordMisused, match=r"no operator, so nothing would be checked\.\nWrite the operator before"):
        getattr(kafka, keyword)(subject, "status", expected=expected)


@pytest.mark.parametrize("expected", ["", None])
def test_a_keyword_around_one_may_hand_on_that_it_expects_nothing(kafka: KafkaLibrary, expected: Any) -> None:
    assert kafka.get_event_field(an_event({"status": "NEW"}), "status", None, expected) == "NEW"


def test_an_expected_lag_without_an_operator_is_refused() -> None:
    with pytest.raises(KeywordMisused, match="0 is expected, but there is no operator"):
        KafkaLibrary("127.0.0.1:1").get_consumer_group_lag("shop", "orders", expected=0, timeout="0 s")
