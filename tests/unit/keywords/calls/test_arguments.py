"""What cells of Robot mean."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from robot.libraries.BuiltIn import BuiltIn

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.keywords.calls import arguments
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder

EVENT = Event(PlainRecord(("orders", 0, 5), (1, 0), None, b"{}"), FoundDecoder())


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("orders", ("orders",)),
        (["approved", "rejected"], ("approved", "rejected")),
        (("a", "b", "a"), ("a", "b")),
    ],
)
def test_one_topic_or_several_are_taken(value: Any, names: tuple[str, ...]) -> None:
    assert arguments.topics(value) == names


@pytest.mark.parametrize("value", [None, "", "  ", 5, [], ["orders", None], [""], {}])
def test_what_is_no_topic_is_refused(value: Any) -> None:
    with pytest.raises(KeywordMisused, match="Expected a topic name"):
        arguments.topics(value)


def test_an_event_where_a_topic_is_wanted_may_have_replaced_it() -> None:
    with pytest.raises(KeywordMisused, match="are one variable"):
        arguments.topics(EVENT)


@pytest.mark.parametrize(("value", "number"), [("3", 3), (3, 3), (" 3 ", 3), (3.0, 3), ("0", 0), (Decimal(2), 2)])
def test_a_whole_number_is_read(value: Any, number: int) -> None:
    assert arguments.whole_number(value, "count") == number


@pytest.mark.parametrize(
    "value", ["three", "3.5", 3.5, Decimal("2.7"), None, True, "", [3], float("nan"), float("inf"), "1e3"]
)
def test_what_is_no_whole_number_is_refused(value: Any) -> None:
    with pytest.raises(KeywordMisused, match="count is a whole number, not"):
        arguments.whole_number(value, "count")


@pytest.mark.parametrize(("value", "least"), [(-1, 0), ("0", 1)])
def test_a_number_that_is_too_small_is_refused(value: Any, least: int) -> None:
    with pytest.raises(KeywordMisused, match=f"count is {least} or more"):
        arguments.whole_number(value, "count", least)


@pytest.mark.parametrize(
    ("value", "truth"),
    [(True, True), ("True", True), ("yes", True), ("on", True), ("1", True), (1, True),
     (False, False), ("FALSE", False), ("no", False), ("off", False), ("0", False), (None, False), ("", False)],
)  # fmt: skip
def test_yes_and_no_are_read_as_robot_reads_them(value: Any, truth: bool) -> None:
    assert arguments.truth(value, "strict") is truth


@pytest.mark.parametrize("value", ["maybe", 2, "truee", ["True"]])
def test_what_is_neither_yes_nor_no_is_refused(value: Any) -> None:
    with pytest.raises(KeywordMisused, match="strict= is True or False"):
        arguments.truth(value, "strict")


def test_an_event_is_an_event() -> None:
    assert arguments.event(EVENT) is EVENT


@pytest.mark.parametrize("value", [None, "orders[0]@5", {"a": 1}, [], 5])
def test_what_is_no_event_is_refused(value: Any) -> None:
    with pytest.raises(KeywordMisused, match="Expected an event"):
        arguments.event(value)


def test_a_list_of_events_is_no_event_and_the_way_is_shown() -> None:
    with pytest.raises(KeywordMisused, match=r"not a list of 2\.\nUse one of them, \$\{events\}\[0\]"):
        arguments.event([EVENT, EVENT])


def test_a_file_is_found_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "orders.json").touch()
    assert arguments.file_path(str(tmp_path / "orders.json"), "events") == tmp_path / "orders.json"


def test_a_relative_path_is_tried_against_the_suites_folder_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("suite", "here"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "orders.json").touch()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(BuiltIn, "get_variable_value", lambda *_: str(tmp_path / "suite" / "a.robot"))
    assert arguments.file_path("orders.json", "events") == tmp_path / "suite" / "orders.json"


def test_a_relative_path_is_tried_where_the_process_stands_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "orders.json").touch()
    monkeypatch.chdir(tmp_path)
    assert arguments.file_path("orders.json", "events").is_file()


def test_a_file_that_is_not_there_is_refused_with_the_places_that_were_tried(tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused, match=r"no file for events at '.*none\.json'"):
        arguments.file_path(str(tmp_path / "none.json"), "events")


def test_each_place_that_was_tried_is_named_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(BuiltIn, "get_variable_value", lambda *_: str(tmp_path / "a.robot"))
    with pytest.raises(KeywordMisused) as refused:
        arguments.file_path("none.json", "events")
    assert str(refused.value) == f"There is no file for events at '{tmp_path / 'none.json'}'."


def test_a_path_that_is_too_long_for_any_file_is_refused() -> None:
    with pytest.raises(KeywordMisused, match="no file for events at"):
        arguments.file_path("x" * 5000, "events")


def test_a_path_to_write_that_no_system_takes_is_refused() -> None:
    with pytest.raises(KeywordMisused, match="There is no folder"):
        arguments.new_file_path("x" * 5000 + "/events.jsonl")


@pytest.mark.parametrize("value", [None, "", "  ", 5])
def test_what_is_no_path_is_refused(value: Any) -> None:
    with pytest.raises(KeywordMisused, match="Expected the path of events"):
        arguments.file_path(value, "events")


@pytest.mark.parametrize("several", [["a", "b"], ("a", "b"), "a,b", "a, b"])
def test_several_topics_where_one_is_needed_are_refused_as_several(several: Any) -> None:
    with pytest.raises(KeywordMisused, match="One topic is needed here, not several"):
        arguments.topic(several)


@pytest.mark.parametrize("cell", [["a, b", "c"], "a,b,c", ("a", "b,c"), ["a", "b", "c", "a"]])
def test_commas_count_in_a_cell_and_in_items_of_a_list(cell: Any) -> None:
    assert arguments.topics(cell) == ("a", "b", "c")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("slips orderId == 42", "slips    orderId == 42"),
        ("slips  $.orderId >= 42", "slips    $.orderId >= 42"),
        ("slips timeout=5 s", "slips    timeout=5 s"),
        ('slips {"id": 1}', 'slips    {"id": 1}'),
        ('a,b status == "x, y"', 'a,b    status == "x, y"'),
        ("slips-* status == P*", "slips-*    status == P*"),
        ("^slips.* status == P*", "^slips.*    status == P*"),
        ("type == X", "TOPIC    type == X"),
        ("$.type==X", "TOPIC    $.type==X"),
        ("slips status", "slips    status"),
    ],
)
def test_what_more_is_in_the_cell_of_a_topic_gets_a_cell_of_its_own(cell: str, written: str) -> None:
    for read in (arguments.topics, arguments.topics_by_name):
        with pytest.raises(KeywordMisused) as refused:
            read(cell)
        assert f"write `{written}`" in str(refused.value)


_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}"


@given(st.from_regex(rf"{_NAME}(\s*,\s*{_NAME}){{0,3}}", fullmatch=True))
def test_no_names_of_topics_are_taken_for_more(cell: str) -> None:
    assert arguments.topics(cell)


@pytest.mark.parametrize("name", [".", ".."])
def test_what_kafka_keeps_for_folders_is_told_as_no_name(name: str) -> None:
    with pytest.raises(KeywordMisused, match="249 at most"):
        arguments.topics(name)


@pytest.mark.parametrize("several", ["two words", "a and b", "a; b", "a | b"])
def test_several_topics_need_commas(several: str) -> None:
    with pytest.raises(KeywordMisused, match="put commas between them"):
        arguments.topics(several)


@pytest.mark.parametrize("value", ["2 id == 5", "2 id exists"])
def test_a_condition_in_the_cell_of_a_number_gets_one_of_its_own(value: str) -> None:
    with pytest.raises(KeywordMisused, match=f"write `2    {value[2:]}`"):
        arguments.whole_number(value, "count")


def test_what_more_is_in_the_cell_of_an_event_gets_a_cell_of_its_own() -> None:
    text = '<Event orders[0]@5 key 7 {"note": "a> b"}> total > 5'
    with pytest.raises(KeywordMisused, match=r"write `\$\{event\}    total > 5`"):
        arguments.event(text)


def test_a_list_in_a_list_names_no_topics() -> None:
    with pytest.raises(KeywordMisused, match="One topic is needed here"):
        arguments.topics([["a", "b"]])


def test_a_pattern_is_no_name_of_a_topic() -> None:
    with pytest.raises(KeywordMisused, match="not a valid topic name"):
        arguments.topics_by_name("orders-*")


def test_a_file_that_is_read_later_is_found_as_others_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    suite, current = tmp_path / "suite", tmp_path / "current"
    suite.mkdir()
    current.mkdir()
    monkeypatch.chdir(current)
    monkeypatch.setattr(BuiltIn, "get_variable_value", lambda *_: str(suite / "a.robot"))
    assert arguments.found_path("client.properties") == "client.properties"
    (current / "client.properties").touch()
    assert arguments.found_path("client.properties") == str(current / "client.properties")
    (suite / "client.properties").touch()
    assert arguments.found_path("client.properties") == str(suite / "client.properties")
    assert arguments.found_path("client.propertes") == str(suite / "client.propertes")


def test_a_relative_path_says_where_it_begins_and_the_nearest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    suite = tmp_path / "suite"
    suite.mkdir()
    (suite / "payment.json").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(BuiltIn, "get_variable_value", lambda *_: str(suite / "a.robot"))
    with pytest.raises(KeywordMisused) as refused:
        arguments.file_path("paymnet.json", "the template")
    first, second = str(refused.value).splitlines()
    assert first.endswith("Did you mean 'payment.json'?")
    assert second == "A relative path is tried in the suite's folder first, then in the current folder."


def test_an_argument_among_topics_is_told_to_be_none() -> None:
    with pytest.raises(KeywordMisused, match="If timeout= is meant as an argument: this keyword has none"):
        arguments.topics(["orders", "timeout=5 s"])
