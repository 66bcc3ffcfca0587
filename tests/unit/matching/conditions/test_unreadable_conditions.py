"""What is said of cells that are no conditions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.matching import OPERATORS, parse_conditions
from tests.unit.broker.settings.test_client_settings import Secret
from tests.unit.matching.samples import an_event

ARGUMENTS = ("timeout", "since", "within", "missing_ok")


def refusal(*cells: Any, strict: bool = False) -> str:
    with pytest.raises(KeywordMisused) as refused:
        parse_conditions(cells, strict=strict, arguments=ARGUMENTS)
    return str(refused.value)


def test_a_cell_that_names_an_argument_is_refused() -> None:
    assert refusal("orderId=42") == (
        "This is neither a condition nor an argument.\n"
        "    orderId=42\n"
        "           ^\n"
        "For a field write `orderId == 42`; the arguments are `timeout`, `since`, `within`, `missing_ok`."
    )


@pytest.mark.parametrize("cell", ["timeot=3", "timeot = 3", "Timeout=3", "time_out=3 s", "timeouts=3 in a row"])
def test_a_misspelt_argument_is_told_its_name(cell: str) -> None:
    assert "Did you mean 'timeout'?" in refusal(cell)


@pytest.mark.parametrize("cell", ["timeout=3", "timeout = 3", " timeout=3 s", "timeout="])
def test_an_argument_between_conditions_is_told_its_place(cell: str) -> None:
    assert refusal("$.a == 1", cell).startswith("`timeout=` comes after the conditions, not from a list variable.")


def test_an_argument_with_blanks_is_told_to_have_none() -> None:
    assert "Without a blank before the sign it is an argument: `timeout=3 s`." in refusal("$.a == 1", "timeout = 3 s")
    assert "blank" not in refusal("$.a == 1", "timeout=3 s")


def test_without_names_of_arguments_none_are_listed() -> None:
    with pytest.raises(KeywordMisused) as refused:
        parse_conditions(["orderId=42"])
    assert str(refused.value).endswith("For a field write `orderId == 42`.")


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (["$.a==1"], "`$.a == 1`"),
        (["$.a>=1"], "`$.a >= 1`"),
        (["$.a=1"], "`$.a == 1`"),
        (["$.a==x y"], "`$.a == x y`"),
        (["order.id=5"], "`order.id == 5`"),
        (["$.items[?(@.a == 1)].b!=2"], "`$.items[?(@.a == 1)].b != 2`"),
        (["$.a = 1"], "`$.a == 1`"),
        (["$.a === 1"], "`$.a == 1`"),
        (["$.a equals 1"], "`$.a == 1`"),
        (["$.a is 1"], "`$.a == 1`"),
        (["$.a IS  1"], "`$.a == 1`"),
        (["$.a should be 1"], "`$.a == 1`"),
        (["$.a is not 1"], "`$.a != 1`"),
        (["$.a <> 1"], "`$.a != 1`"),
        (["$.a => 1"], "`$.a >= 1`"),
        (["$.a ≥ 1"], "`$.a >= 1`"),
        (["$.a greater than 1"], "`$.a > 1`"),
        (["$.a =~ ^x"], "`$.a matches ^x`"),
        (["$.a starts with x"], "`$.a ^= x`"),
        (["$.a ends with x"], "`$.a $= x`"),
        (["$.a does not contain x"], "`$.a not contains x`"),
        (["$.a is one of x, y"], "`$.a in x, y`"),
        (["$.a is missing"], "`$.a does not exist`"),
        (["$.a not exists"], "`$.a does not exist`"),
        (["$.a", "not like", "x%"], "`$.a    not ^=    x`"),
        (["$.a validate value > 1"], "never run as code"),
        (["$.a", "equals", "1"], "`$.a    ==    1`"),
        (["$.a", "equals"], "`$.a    ==    EXPECTED`"),
        (["$.a", "equals", 1], "`$.a    ==    1`"),
        (["$.a", "is missing"], "`$.a    does not exist`"),
        (["$.a", "none of", "x, y"], "`$.a    not in    x, y`"),
        (["$.a"], "`$.a exists`"),
        (["orderId"], "`$.orderId exists`"),
        (["orderId", 42], "`$.orderId == VALUE`"),
        (["$.a", "$.b == 1"], "`$.a exists`"),
        (["$.a CONTAINS x"], "`$.a contains x`"),
        (["$.a mtches x"], "Did you mean 'matches' or 'not matches'?"),
        (["$.a % 2"], "The operators are `==` `!=`"),
        (["$.a exists 1"], "`$.a exists`"),
        (["$.a exists", "1"], "`$.1 exists`"),
        (["$.first name == x"], "`$['first name']`"),
        (["$.first name", "==", "x"], "`$['first name']`"),
        (["$.a+b == 1"], "arithmetic"),
        (["$.a[0 == 1"], "needs a `]`"),
        (["== 1"], "`PATH == 1`"),
        ([""], "A condition is one cell"),
        ([" "], "A condition is one cell"),
        ([{}], "A condition is one cell"),
        ([{1: 2}], "are paths, such as"),
        ([{"$.a b": 2}], "`$['a b']`"),
        (["$.a in ['x', 'y']"], "JSON list"),
        (["$.a", "in", 5], "For one value write `==`."),
        (["$.a", "in", {"x": 1}], "For one value write `==`."),
        (["$.a", ">", None], "Compare it with `==` or `!=`."),
        (["$.a", ">", [1]], "Compare it with `==` or `!=`."),
        (["timestamp > yesterday"], "2026-11-03 17:03:11.120"),
        (["timestamp == 2025-13-01"], "2026-11-03 17:03:11.120"),
        (["timestamp in 2025-12-01, soon"], "2026-11-03 17:03:11.120"),
        (["timestamp", ">", 5], "2026-11-03 17:03:11.120"),
    ],
)
def test_the_form_to_write_is_given(cells: list[Any], form: str) -> None:
    assert form in refusal(*cells).split("\n")[-1]


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("$.a equals 1", 4),
        ("  $.a equals 1", 6),
        ("$.a==1", 3),
        ("$.first name == 1", 7),
        ("  $.a+b == 1", 5),
        ("$.a matches (x", 12),
        ("$.a matches a)b", 13),
        ('$.a matches "(x"', 13),
        ("timestamp > soon", 12),
        ("$.a in ['x']", 7),
        ("$.a", 3),
        ("timeot=3", 6),
        ("$.a exists 1", 11),
    ],
)
def test_the_place_is_marked_in_the_cell(cell: str, place: int) -> None:
    shown, caret = refusal(cell).split("\n")[1:3]
    assert (shown, caret) == (f"    {cell}", " " * (4 + place) + "^")


def test_the_place_is_marked_in_the_cell_of_the_expected_value() -> None:
    assert "    (x\n    ^" in refusal("$.a", "matches", "(x")


@pytest.mark.parametrize("operator", [name for name, operator in OPERATORS.items() if operator.takes_expected])
def test_a_secret_is_compared_with_nothing(operator: str) -> None:
    told = refusal("$.a", operator, Secret("hunter2"))
    assert told.startswith("A Secret can't be compared")
    assert "hunter2" not in told


@pytest.mark.parametrize("operator", ["in", "==", "!=", "contains", "not contains"])
@pytest.mark.parametrize("value", [["x", Secret("hunter2")], ({"pw": Secret("hunter2")},), {Secret("hunter2")}])
def test_a_secret_is_no_part_of_an_expected_value(operator: str, value: Any) -> None:
    told = refusal("$.a", operator, value)
    assert told.startswith("A Secret can't be compared")
    assert "hunter2" not in told


@pytest.mark.parametrize("expected", [None, [1], {"a": 1}])
@pytest.mark.parametrize("operator", ["^=", "$=", "matches"])
def test_an_operator_on_texts_needs_a_text(operator: str, expected: Any) -> None:
    assert "needs a text" in refusal("$.a", operator, expected)


@pytest.mark.parametrize(
    ("cell", "name"),
    [(5, "An int (5)"), (None, "A NoneType (null)"), (["$.a == 1"], "A list"), (True, "A bool (true)")],
)
def test_a_cell_of_another_type_is_named(cell: Any, name: str) -> None:
    assert refusal(cell).startswith(name)


def test_an_event_is_no_condition() -> None:
    assert refusal(an_event({"a": 1})).startswith("An Event (<Event orders[0]@0")


def test_all_cells_are_read_before_any_is_used() -> None:
    assert "`equals`" in refusal("$.a == 1", "$.b", "==", "1", "$.c equals 1")


pieces = st.sampled_from(
    [
        "$",
        ".a",
        "a",
        "[",
        "]",
        "[0]",
        "'",
        '"',
        " ",
        "=",
        "==",
        "!",
        ">",
        "*",
        "timeout",
        "headers.",
        "key",
        "\n",
        "(",
        "İ",
    ]
    + [f" {spelling} " for spelling in OPERATORS]
    + [" is ", " not in ", " equals ", "\N{LATIN SMALL LETTER LONG S}", "≥"]
)
texts = st.one_of(st.text(max_size=12), st.lists(pieces, max_size=7).map("".join))
cells = st.one_of(
    texts, st.none(), st.integers(), st.lists(texts, max_size=2), st.dictionaries(texts, texts, max_size=2), st.binary()
)


@given(st.lists(cells, min_size=1, max_size=4), st.booleans())
def test_any_cells_are_conditions_or_misused(cells: list[Any], strict: bool) -> None:
    try:
        found = parse_conditions(cells, strict=strict, arguments=ARGUMENTS)
    except KeywordMisused as refused:
        assert len(str(refused).split("\n")) <= 4  # noqa: PT017
    else:
        assert all(len(text.split("\n")) == 1 for text in found.texts)


CHAINS = [
    ("10 < id < 100", "Write `id > 10    id < 100` in two cells."),
    ("1 <= $.id <= 5", "Write `$.id >= 1    $.id <= 5` in two cells."),
    ("id < 100 > 10", "Write `$.id < 100    $.id > 10` in two cells."),
    ("id >= 10 and <= 100", "Write `$.id >= 10    $.id <= 100` in two cells."),
    ("at >= 2026-05-01 < 2026-06-01", "Write `$.at >= 2026-05-01    $.at < 2026-06-01` in two cells."),
]


@pytest.mark.parametrize(("cell", "advice"), CHAINS)
def test_a_range_in_one_cell_is_two_conditions(cell: str, advice: str) -> None:
    """Compared as one text it would never hold, and a negative would pass."""
    assert advice in refusal(cell)


@pytest.mark.parametrize("cell", ['name > "a > b"', "title == a > b", "title contains 5 > 3", 'id >= ["1 < 2"]'])
def test_a_text_with_such_a_sign_is_a_text(cell: str) -> None:
    assert len(parse_conditions((cell,)).texts) == 1


@pytest.mark.parametrize("time", ["1 s", "5", "5s", "0.5 seconds", "2 min", "1 Hour"])
def test_a_time_without_its_name_is_told_how_to_be_written(time: str) -> None:
    told = refusal("id == 8", time)
    assert told.startswith("After the conditions a time has its name.")
    assert f"Write `timeout={time}`" in told


@pytest.mark.parametrize(
    ("cells", "written"),
    [
        (["id ==", "7"], "`id == 7`, or three cells:    id    ==    7"),
        (["id ==", 7], "`id == 7`"),
        (["status ==", "PAID"], "`status == PAID`"),
        (["total >", "5", "status == PAID"], "`total > 5`"),
        (["id == 1", "status !=", "PAID"], "`status != PAID`"),
    ],
)
def test_a_condition_in_two_cells_is_told_to_be_one_or_three(cells: list[Any], written: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        parse_conditions(cells, arguments=("within", "since"))
    assert "A condition is one cell or three" in str(refused.value)
    assert written in str(refused.value)


@pytest.mark.parametrize(
    "cells",
    [
        ["note =="],
        ["note ==", "id == 7"],
        ["note ==", "id", "==", "7"],
        ["note ==", {"id": 7}],
        ["a exists", "id == 7"],
    ],
)
def test_nothing_behind_an_operator_is_the_empty_text_where_another_condition_follows(cells: list[Any]) -> None:
    assert len(list(parse_conditions(cells))) == 2 - (len(cells) == 1)
