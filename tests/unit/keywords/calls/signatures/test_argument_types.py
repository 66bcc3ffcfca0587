"""Every argument has a type in Libdoc, and none of them takes a value from a keyword, or its message."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import PurePath
from types import SimpleNamespace
from typing import Any

import pytest
from robot.api import TestSuite as RobotsSuite
from robot.libdocpkg import LibraryDocumentation
from robot.running import TestLibrary as RobotsLibrary
from robot.running.arguments import CustomArgumentConverters
from robot.running.arguments.customconverters import ConverterInfo

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.keywords.calls.new_events import broken_events, made_events
from KafkaLibrary.keywords.calls.signatures import argument_types, described_keywords
from KafkaLibrary.serialization.registry.subject_names import STRATEGIES
from KafkaLibrary.serialization.topics import topic_formats

LIBDOC = json.loads(LibraryDocumentation("KafkaLibrary").to_json())
CALLS = [*LIBDOC["inits"], *LIBDOC["keywords"]]
ROBOT = RobotsLibrary.from_name("KafkaLibrary")
SPECS: dict[str, Any] = {str(one.name): one.args for one in ROBOT.keywords}
TABLE = "KafkaLibrary/keywords/calls/signatures/argument_types.py"


def arguments_of(call: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in call["args"] if not one["kind"].endswith("_MARKER")]


def test_every_argument_has_a_type() -> None:
    untyped = [
        f"{call['name']}: {one['name']}"
        for call in CALLS
        for one in arguments_of(call)
        if not one["type"] or one["type"]["name"] in ("Any", "object")
    ]
    assert untyped == [], f"Name the type of these in the table of {TABLE}, a new one with its own docstring."


def test_each_own_type_is_documented_and_used() -> None:
    documented = {one["name"]: one for one in LIBDOC["typedocs"]}
    for own in described_keywords.TAKEN_AS_GIVEN:
        assert documented[own.__name__]["doc"], own
        assert documented[own.__name__]["usages"] or own.__name__ == "Doubts", own


def test_the_table_names_no_argument_that_there_is_not() -> None:
    there = {(call["name"], one["name"]) for call in CALLS for one in arguments_of(call)}
    names = {argument for _, argument in there}
    assert [name for name in argument_types._BY_NAME if name not in names] == []
    by_method = {(keyword.lower().replace(" ", "_"), argument) for keyword, argument in there}
    assert [one for one in argument_types._BY_KEYWORD if one not in by_method and one not in there] == []


def converted(keyword: str, argument: str, value: Any) -> Any:
    spec = SPECS[keyword]
    _, named = spec.convert([], [(argument, value)], ROBOT.converters)
    return named[0][1]


TAKEN_AS_IT_IS = [
    5,
    2.5,
    True,
    "5",
    " 5 ",
    "",
    "null",
    "true",
    '{"a": null}',
    "[1, 2]",
    "None",
    b"5",
    {"a": 5},
    [5, None],
    ("a", 1),
    timedelta(seconds=5),
    datetime.now().astimezone(),
    PurePath("a"),
    object(),
]


@pytest.mark.parametrize("keyword", SPECS)
def test_keywords_get_values_as_they_were_given(keyword: str) -> None:
    own = {one.__name__ for one in described_keywords.TAKEN_AS_GIVEN} - {one.__name__ for one in argument_types.OF_TEXT}
    call = next(one for one in LIBDOC["keywords"] if one["name"] == keyword)
    for one in arguments_of(call):
        if one["type"]["name"] in own:
            for value in TAKEN_AS_IT_IS:
                assert converted(keyword, one["name"], value) is value, one["name"]


def test_a_number_is_read_by_robot_and_what_is_none_is_left_to_the_keyword() -> None:
    assert converted("Wait For Events", "count", "2") == 2
    for value in ("two", "", "2.5", 2.5, None, True):
        assert converted("Wait For Events", "count", value) is value


def test_yes_and_no_are_read_by_robot_and_another_word_is_left_to_the_keyword() -> None:
    assert converted("Wait For Event", "strict", "yes") is True
    assert converted("Wait For Event", "strict", "perhaps") == "perhaps"


def test_a_misspelt_word_of_an_enum_is_left_to_the_keyword() -> None:
    assert converted("Publish Event", "format", "jsn") == "jsn"
    assert converted("Publish Event", "format", "own:gzip.compress") == "own:gzip.compress"
    assert converted("Publish Broken Event", "kind", "Cut") == "Cut"


def test_the_words_that_editors_propose_are_those_that_the_library_takes() -> None:
    def words(one: Any) -> set[str]:
        return set(one.__members__)

    assert words(argument_types.Format) == set(topic_formats.NAMES) - {"own", "integer"}
    assert words(argument_types.BrokenKind) == {*broken_events.KINDS, *broken_events.OF_SCHEMAS}
    assert words(argument_types.ValidKind) == set(made_events.VALID_KINDS)
    assert words(argument_types.SubjectStrategy) == set(STRATEGIES)


def test_plain_python_gives_what_it_likes() -> None:
    with pytest.raises(ValueError, match="count is a whole number, not 'two'"):
        KafkaLibrary().wait_for_events("orders", "two")


FIVE = 5
_A_SUITE = """\
*** Settings ***
Library    KafkaLibrary

*** Test Cases ***
Some Calls
    FOR    ${number}    IN RANGE    5
        Run Keyword And Expect Error    *    Load Event Template    no-such-file.json
    END
"""


def test_while_a_suite_runs_robot_makes_few_converters_a_call(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[type] = []
    as_robot_does = ConverterInfo.for_converter

    def noted(kind: type, *others: Any) -> Any:
        made.append(kind)
        return as_robot_does(kind, *others)

    monkeypatch.setattr(ConverterInfo, "for_converter", noted)
    result = RobotsSuite.from_string(_A_SUITE).run(output=None, console="none")
    assert result.return_code == 0
    assert FIVE <= len(made) <= 3 * FIVE + len(described_keywords.TAKEN_AS_GIVEN)


def test_while_a_suite_runs_each_type_is_converted_as_libdoc_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    told = CustomArgumentConverters.from_dict(described_keywords.TAKEN_AS_GIVEN)
    monkeypatch.setattr(described_keywords, "EXECUTION_CONTEXTS", SimpleNamespace(current=object()))
    running = CustomArgumentConverters.from_dict(described_keywords.TAKEN_AS_GIVEN)
    assert len(running) == 2
    for kind in (*described_keywords.TAKEN_AS_GIVEN, str, bool, int, list, object):
        one, other = told.get_converter_info(kind), running.get_converter_info(kind)
        assert (one and one.converter) == (other and other.converter)
        assert (one and one.value_types) == (other and other.value_types)
