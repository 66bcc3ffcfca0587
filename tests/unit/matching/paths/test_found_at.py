"""Where in an event the results of a path stand."""

from __future__ import annotations

from typing import Any

import pytest

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.matching import Steps, parse_path
from tests.unit.matching.samples import an_event

ORDER = {"id": 42, "items": [{"sku": "P-7", "count": 1}, {"sku": "P-8", "count": 3}], "to": {"a": [1.5, 2]}}
EVENT = an_event(ORDER, key=b'{"id": 1}', headers=(("source", b"web"),))


def at(content: Any, steps: Steps) -> Any:
    for step in steps:
        content = content[step]
    return content


@pytest.mark.parametrize(
    "path",
    ["$", "id", "to.a[1]", "to.a[-1]", "items[*].sku", "to.*", "$[*]", "items[?(@.count > 2)].sku", "items[0:2].sku",
     "items[-1:].count", "$..sku", "$..a[0]", "items[?(@.count > 2)]", "missing", "items[7]", "id[*]", "items[*].*"],
)  # fmt: skip
def test_there_stand_the_very_results(path: str) -> None:
    parsed = parse_path(path)
    assert [at(ORDER, steps) for steps in parsed.found_at(EVENT)] == parsed.find(EVENT)


def test_an_index_from_the_end_is_told_from_the_beginning() -> None:
    assert parse_path("items[-1].sku").found_at(EVENT) == [("items", 1, "sku")]


def test_a_header_is_told_by_its_name() -> None:
    assert parse_path("headers.source").found_at(EVENT) == [("source", 0)]


def test_of_several_headers_the_one_is_told_that_was_asked_for() -> None:
    event = an_event({}, headers=(("x", b"1"), ("y", b"2"), ("x", b"3")))
    assert parse_path("headers.x").found_at(event) == [("x", 1)]
    assert parse_path("headers.x[0]").found_at(event) == [("x", 0)]
    assert parse_path("headers.x[*]").found_at(event) == [("x", 0), ("x", 1)]
    assert parse_path("headers.z").found_at(event) == []
    assert parse_path("headers").found_at(event) == [()]


@pytest.mark.parametrize("path", ["key", "key.id", "partition", "timestamp"])
def test_of_other_parts_it_is_the_whole(path: str) -> None:
    assert parse_path(path).found_at(EVENT) == [()]


def test_of_many_results_the_first_are_told() -> None:
    found = parse_path("[*]").found_at(an_event(list(range(5000))))
    assert found[0] == (0,)
    assert len(found) == 1000


def test_a_value_without_fields_can_not_be_judged() -> None:
    with pytest.raises(Undecodable):
        parse_path("id").found_at(an_event("plain text"))
