"""Conventions that a tester adds: their letters are read as those of the frameworks that are known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.dead_letters import add_conventions, conventions, dead_letter_of, letters_on, own_headers
from KafkaLibrary.errors import ExpectationFailed, KeywordMisused
from KafkaLibrary.headers import newest
from KafkaLibrary.serialization.topics.header_formats import HeaderFormats

OURS = {
    "ours": {
        "topic": "x-died-on",
        "partition": "x-died-in",
        "offset": "x-died-at=long",
        "group": "x-by",
        "error": "x-error",
        "message": "x-why",
        "attempts": "x-tries=int",
        "letters_on": "{topic}.gone-*",
        "others": ["x-host"],
    }
}
LETTER = [
    ("source", b"web"),
    ("x-died-on", b"orders"),
    ("x-died-in", b"3"),
    ("x-died-at", (300).to_bytes(8, "big")),
    ("x-by", b"billing"),
    ("x-why", b"no such currency"),
    ("x-tries", (5).to_bytes(4, "big")),
    ("x-host", b"h"),
]


@pytest.fixture(autouse=True)
def _known() -> Iterator[None]:
    before = dict(conventions.BY_TOPIC)
    yield
    conventions.BY_TOPIC.clear()
    conventions.BY_TOPIC.update(before)
    conventions.OWN_TYPES.clear()
    conventions.put_in_front.cache_clear()


def test_a_letter_is_read_by_the_headers_that_were_given() -> None:
    assert dead_letter_of("orders.gone-1", LETTER, None) is None
    add_conventions(OURS)
    death = dead_letter_of("orders.gone-1", LETTER, None)
    assert death is not None
    assert (death.framework, death.place, death.group) == ("ours", "orders[3]@300", "billing")
    assert (death.reason, death.attempts) == ("no such currency", 5)


def test_its_own_headers_are_those_of_the_event() -> None:
    add_conventions(OURS)
    assert own_headers(LETTER) == [("source", b"web")]


def test_binary_headers_are_read_by_their_types() -> None:
    add_conventions(OURS)
    assert HeaderFormats().read("x-died-at", (300).to_bytes(8, "big")).content == 300
    assert HeaderFormats().write("x-died-at", 300) == (300).to_bytes(8, "big")


def test_its_topics_are_found_by_their_rule() -> None:
    add_conventions(OURS)
    assert letters_on("orders", ["orders.gone-1", "ordersXgone-1", "payments.gone-1"]) == ["orders.gone-1"]


def test_the_first_of_repeated_headers_may_be_the_newest() -> None:
    assert newest("x-died-on") == -1
    add_conventions({"ours": {"topic": "x-died-on", "offset": "x-died-at", "newest": "first"}})
    assert newest("x-died-on") == 0
    headers = [("x-died-on", b"b"), ("x-died-at", b"2"), ("x-died-on", b"a"), ("x-died-at", b"1")]
    death = dead_letter_of("c", headers, None)
    assert death is not None
    assert (death.place, death.origin.place) == ("b@2", "a@1")


def test_one_of_the_table_can_be_replaced() -> None:
    add_conventions({"another Spring": {"topic": "kafka_dlt-original-topic", "message": "x-why"}})
    death = dead_letter_of("orders-dlt", [("kafka_dlt-original-topic", b"orders"), ("x-why", b"so")], None)
    assert death is not None
    assert (death.framework, death.message) == ("another Spring", "so")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "is a dictionary"),
        ({"ours": "x"}, r"of 'ours' is a dictionary of its headers.*not 'x'"),
        ({"ours": {}}, "lacks 'topic'"),
        ({"ours": {"topik": "x"}}, "has no part 'topik'. Did you mean 'topic'"),
        ({"ours": {"topic": 5}}, "topic is the name of a header, such as x-died-on, not 5"),
        ({"ours": {"topic": "x=long"}}, "Its type is text"),
        ({"ours": {"topic": "x", "offset": "y=uuid"}}, "Its type is decimal or int or long or bigint"),
        ({"ours": {"topic": "x", "offset": ""}}, "offset is the name of a header"),
        ({"ours": {"topic": "x", "newest": "left"}}, "newest is first or last, not 'left'"),
        ({"ours": {"topic": "x", "others": "y"}}, "others is a list"),
        ({"ours": {"topic": "x", "letters_on": "^a|b"}}, "letters_on is how the topics of letters are called"),
        ({"ours": {"topic": "x", "letters_on": "{group}.dead"}}, "letters_on is how"),
    ],
)
def test_what_is_no_convention_is_refused(given: Any, said: str) -> None:
    before = dict(conventions.BY_TOPIC)
    with pytest.raises(KeywordMisused, match=said):
        add_conventions(given)
    assert before == conventions.BY_TOPIC


def test_they_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "ours.json"
    file.write_text(json.dumps(OURS), encoding="utf-8")
    library = KafkaLibrary("embedded", dead_letter_conventions=str(file), dead_letters="auto")
    library.start_test()
    order = library.publish_event("orders", "{}")
    headers = {"x-died-on": "orders", "x-died-in": str(order.partition), "x-died-at": order.offset, "x-by": "billing"}
    letter = library.publish_event("orders.gone-1", "{}", headers=headers)
    assert letter.dead_letter is not None
    assert letter.dead_letter.place == order.place
    with pytest.raises(ExpectationFailed, match="which this test published, was dead-lettered by billing"):
        library.end_test()
    library.disconnect_from_all_kafka()


@pytest.mark.parametrize("content", ["", "{", "[]"])
def test_a_file_without_them_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "ours.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(KeywordMisused, match="dead_letter_conventions="):
        KafkaLibrary("embedded", dead_letter_conventions=file)


def test_a_missing_file_is_told() -> None:
    with pytest.raises(KeywordMisused, match=r"no file for dead_letter_conventions"):
        KafkaLibrary("embedded", dead_letter_conventions="nowhere.json")


@pytest.mark.parametrize("anything", ["{topic}", "*", "{topic}*", "{topic}.*", "*-{topic}", "**"])
def test_a_rule_that_any_topic_fits_is_refused(anything: str) -> None:
    with pytest.raises(KeywordMisused, match="means any topic"):
        add_conventions({"ours": {"topic": "x-died-on", "letters_on": anything}})
