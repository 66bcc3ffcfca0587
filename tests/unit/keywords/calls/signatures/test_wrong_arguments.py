"""Whatever cells Robot can't assign to a keyword's arguments, the library says what to write instead."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from robot.api import ExecutionResult
from robot.errors import DataError
from robot.libdocpkg import LibraryDocumentation

from KafkaLibrary.keywords.calls.signatures.argument_listener import ExplainedArguments
from KafkaLibrary.keywords.calls.signatures.wrong_arguments import OfDictionary, explained, is_about_arguments

KEYWORDS: dict[str, Any] = {str(one.name): one.args for one in LibraryDocumentation("KafkaLibrary").keywords}
NAMES = sorted({name for arguments in KEYWORDS.values() for name in (*arguments.positional, *arguments.named_only)})
CELLS = st.one_of(
    st.sampled_from(
        [
            "orders",
            "",
            "42",
            "5 s",
            "==",
            "True",
            "id == 6",
            "id==6",
            "$.id = 6",
            "amount>=5",
            "order.id=5",
            '{"a": "b=c"}',
            "sicne=earliest",
            "kye=42",
            "=",
            "=x",
            "http://localhost:8081?a=b",
            "${variable}",
            "two\nlines",
            "název=č",
        ]
    ),
    st.builds(
        "{}={}".format, st.sampled_from([*NAMES, *(name[:-1] for name in NAMES)]), st.sampled_from(["1", "x y", ""])
    ),
    st.text(max_size=12),
    st.just(object()),
)


def robots_error(arguments: Any, cells: list[Any]) -> str:
    """What Robot says of these cells. Nothing where it takes them."""
    try:
        with suppress(ValueError):  # of a value that is not of its type
            arguments.resolve(cells)
    except DataError as error:
        return str(error)
    return ""


@settings(max_examples=200, deadline=None)
@given(keyword=st.sampled_from(sorted(KEYWORDS)), cells=st.lists(CELLS, max_size=7))
def test_all_that_robot_refuses_is_explained_and_the_proposed_call_is_one_that_it_takes(
    keyword: str, cells: list[Any]
) -> None:
    arguments = KEYWORDS[keyword]
    error = robots_error(arguments, cells)
    assume(error)
    assert is_about_arguments(error), error
    said = explained(keyword, arguments, cells, error)
    assert f"'{keyword}'" in said or "named arguments come last" in said, (error, said)
    assert "takes" in said or "in this order" in said or "For an operator" in said or "one value" in said
    proposed = [line.partition("rite:    ")[2] for line in said.split("\n") if "rite:    " in line]
    if proposed and not any("  " in str(cell) or len(str(cell)) > 40 for cell in cells):
        name, *others = proposed[0].split("    ")
        assert name == keyword or name in ("Event Should Match", "Event Field Should Be", "Event Field Should Not Be")
        assert not robots_error(KEYWORDS[name], list(others)), said


@pytest.mark.parametrize(
    ("keyword", "cells", "proposed"),
    [
        ("Event Field Should Exist", ["${e}", "status", "PAID"], "Event Field Should Be    ${e}    status    PAID"),
        ("Event Field Should Not Exist", ["${e}", "a", "1"], "Event Field Should Not Be    ${e}    a    1"),
        ("Event Field Should Be", ["${e}", "status == PAID"], "Event Field Should Be    ${e}    status    PAID"),
        ("Event Field Should Be", ["${e}", "status=PAID"], "Event Field Should Be    ${e}    status    PAID"),
        ("Event Field Should Be", ["${e}", "total > 5"], "Event Should Match    ${e}    total    >    5"),
        ("Event Field Should Not Be", ["${e}", "a==1"], "Event Field Should Not Be    ${e}    a    1"),
        ("Event Header Should Be", ["${e}", "source=web"], "Event Header Should Be    ${e}    source    web"),
        ("Publish Events", ["t", '{"a": 1}', '{"a": 2}'], "Publish Events    t    ${values}"),
        ("Publish Event", ["t", "42", '{"a": 1}'], 'Publish Event    t    {"a": 1}    key=42'),
        ("Publish Event", ["t", '{"a": 1}', "42"], 'Publish Event    t    {"a": 1}    key=42'),
        ("Publish Event", ['t {"a": 1}'], 'Publish Event    t    {"a": 1}'),
        ("Publish Event", ['t {"a": 1} key=42'], 'Publish Event    t    {"a": 1}    key=42'),
        ("Publish Tombstone", ["t 42"], "Publish Tombstone    t    42"),
        ("Event Field Should Be", ["${e} status", "PAID"], "Event Field Should Be    ${e}    status    PAID"),
        (
            "Event Field Should Be",
            ["${my event} a b", "msg=c"],
            "Event Field Should Be    ${my event}    a    b    msg=c",
        ),
        ("Event Field Should Be", ["${es}[0] a", "b"], "Event Field Should Be    ${es}[0]    a    b"),
        ("Event Field Should Be", ["${e}", "status PAID"], "Event Field Should Be    ${e}    status    PAID"),
        ("Event Field Should Be", ["${e} status == PAID"], "Event Field Should Be    ${e}    status    PAID"),
        ("Wait For Events", ["t 2 id == 5"], "Wait For Events    t    2    id == 5"),
        ("Load Event Template", ["a.json id=4"], "Load Event Template    a.json    id=4"),
        ("Create Topic", ["t partitions=3"], "Create Topic    t    partitions=…"),
    ],
)
def test_a_slip_of_form_is_answered_with_the_call_that_was_meant(keyword: str, cells: list[str], proposed: str) -> None:
    said = explained(keyword, KEYWORDS[keyword], cells, robots_error(KEYWORDS[keyword], cells))
    assert f":    {proposed}" in said


def test_a_dictionary_that_was_given_item_by_item_is_told_to_be_one_value() -> None:
    cells = ["orders", OfDictionary("orderId", 1), OfDictionary("status", "PAID")]
    said = explained("Publish Event", KEYWORDS["Publish Event"], cells, "got unexpected named argument 'orderId'")
    assert "no arguments 'orderId', 'status': &{NAME}" in said
    assert "${NAME}" in said


def test_what_robot_takes_is_left_to_it() -> None:
    arguments = ExplainedArguments("Publish Event", KEYWORDS["Publish Event"])
    positional, named = arguments.resolve(["orders", "{}", "key=42"])
    assert (list(positional), dict(named)) == (["orders", "{}"], {"key": "42"})


def test_the_explained_arguments_can_be_asked_like_robots_own() -> None:
    arguments = KEYWORDS["Publish Event"]
    explaining = ExplainedArguments("Publish Event", arguments)
    assert (str(explaining), [*map(str, explaining)], bool(explaining)) == (
        str(arguments),
        [*map(str, arguments)],
        True,
    )
    assert explaining.named_only == arguments.named_only


@pytest.mark.parametrize(
    "error",
    [
        "Variable '${topic}' not found.",
        "ValueError: Argument 'count' got value 'two' that cannot be converted to integer.",
        "Argument names must be strings.",
    ],
)
def test_other_errors_of_robot_are_not_taken_for_wrong_arguments(error: str) -> None:
    assert not is_about_arguments(error)


SUITE = """\
*** Settings ***
Library    KafkaLibrary

*** Test Cases ***
Of The Library
    Publish Event    orders    {"orderId": 42}    42

Of Another One
    No Operation    1

In A Keyword That Runs Others
    Run Keywords    Publish Event    orders    {}    42    AND    No Operation

Of A List Whose Cells Are Not Known
    Publish Event    @{CELLS}
"""
EXPANDED = """\
*** Settings ***
Library    KafkaLibrary    bootstrap_servers=127.0.0.1:1
Library    KafkaLibrary    bootstrap_servers=127.0.0.1:1    AS    Other

*** Variables ***
&{NOTHING}    key=${None}
@{CELLS}      orders    {}    key=42

*** Test Cases ***
Of A Dictionary With None
    KafkaLibrary.Publish Event    orders    &{NOTHING}

Of A Text That Begins With A Dictionary
    KafkaLibrary.Publish Event    &{NOTHING}text

Of One Object With Two Names
    Other.Publish Event    @{CELLS}
"""


def said_in(folder: Path, suite: str, *options: str) -> dict[str, str]:
    """What each test of a suite says in its failure."""
    (folder / "suite.robot").write_text(suite, encoding="utf-8")
    output = folder / "output.xml"
    command = [sys.executable, "-m", "robot", *options, "--output", str(output), "--log", "NONE", "--report", "NONE"]
    subprocess.run([*command, str(folder)], check=False, capture_output=True, cwd=Path(__file__).parents[5])
    return {test.name: test.message for test in ExecutionResult(output).suite.all_tests}


@pytest.mark.parametrize("options", [(), ("--dryrun",)], ids=["run", "dry run"])
def test_a_run_and_a_dry_run_say_it(tmp_path: Path, options: tuple[str, ...]) -> None:
    messages = said_in(tmp_path, SUITE, *options)
    said = "'Publish Event' got a cell too many: '42'."
    assert messages["Of The Library"].startswith(said)
    assert messages["Of Another One"].startswith("Keyword 'BuiltIn.No Operation' expected 0 arguments, got 1.")
    assert said in messages["In A Keyword That Runs Others"]
    assert said not in messages["Of A List Whose Cells Are Not Known"]


def test_what_a_variable_expands_to_is_explained_once(tmp_path: Path) -> None:
    messages = said_in(tmp_path, EXPANDED)
    takes = "It takes topic and value, and by name key="
    assert messages["Of A Dictionary With None"].startswith("'Publish Event' needs value.\n")
    assert messages["Of A Text That Begins With A Dictionary"].startswith("'Publish Event' needs value.\n")
    assert messages["Of One Object With Two Names"].count(takes) == 1


MADE = """\
from pathlib import Path

class Made:
    def __init__(self, told):
        with Path(told).open("a") as file:
            file.write("made\\n")

    def keyword_of_it(self):
        pass
"""
OF_ANOTHER = """\
*** Settings ***
Library    KafkaLibrary
Library    ${CURDIR}/Made.py    ${CURDIR}/told

*** Test Cases ***
One
    Keyword Of It
"""


def test_no_object_of_another_library_is_made(tmp_path: Path) -> None:
    (tmp_path / "Made.py").write_text(MADE, encoding="utf-8")
    assert said_in(tmp_path, OF_ANOTHER, "--dryrun") == {"One": ""}
    assert (tmp_path / "told").read_text(encoding="utf-8") == "made\n"  # by the import


def test_the_explained_arguments_can_be_copied() -> None:
    copied = deepcopy(ExplainedArguments("Publish Event", KEYWORDS["Publish Event"]))
    assert copied.named_only == KEYWORDS["Publish Event"].named_only
