"""When a field meets an operator and an expected text."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from KafkaLibrary.errors import Undecodable
from tests.unit.matching.samples import an_event, holding, holds

MISSING = object()


def field(value: Any) -> Any:
    return {} if value is MISSING else {"f": value}


def test_every_operator_meets_what_it_says() -> None:
    cells = ["$.f == 5", "$.f != 6", "$.f > 4", "$.f >= 5", "$.f < 6", "$.f <= 5", "$.f *= 5"]
    cells += [
        "$.f contains 5",
        "$.f not contains 6",
        "$.f ^= 5",
        "$.f $= 5",
        "$.f matches ^5$",
        "$.f in 4, 5",
        "$.f exists",
    ]
    assert holds(*cells, "$.g does not exist", on={"f": 5})


equal = [
    (42, "42"),
    (42, "42.0"),
    (42, "4.2e1"),
    (42.0, "42"),
    (-0.0, "0"),
    (0, "-0"),
    ("42", "42"),
    ("42", '"42"'),
    ("PAID", "PAID"),
    ("PAID", '"PAID"'),
    ('"PAID"', '""PAID""'),
    (" spaced ", '" spaced "'),
    ("a == b", "a == b"),
    ("", ""),
    ("", '""'),
    (True, "true"),
    (True, "True"),
    (False, "false"),
    (False, "False"),
    ("true", "true"),
    ("true", '"true"'),
    (None, "null"),
    (None, "None"),
    ("null", "null"),
    ([], "[]"),
    ([1, 2.0], "[1.0, 2]"),
    ([True, None, "x"], '[true, null, "x"]'),
    ({"a": {"b": [1]}}, '{"a": {"b": [1]}}'),
    ({"a": 1, "b": 2}, '{"b": 2, "a": 1}'),
    ("[1]", "[1]"),
    ("{broken", "{broken"),
    ("ünïcödé 注文", "ünïcödé 注文"),
    ("line\nbreak", "line\nbreak"),
]
different = [
    (42, "43"),
    (42, '"42"'),
    (42, "042"),
    (42, "+42"),
    (42, "0x2a"),
    (42, "4_2"),
    (42, "٤٢"),
    (42, "forty-two"),
    (42, ""),
    ("42", "42.0"),
    ("PAID", "paid"),
    ("PAID ", "PAID"),
    (True, "1"),
    (True, "TRUE"),
    (True, "false"),
    (True, '"true"'),
    (1, "true"),
    (0, "false"),
    (None, ""),
    (None, '"null"'),
    (None, "0"),
    ([True], "[1]"),
    ([1], "[true]"),
    ([1], '["1"]'),
    ([1, 2], "[2, 1]"),
    ([1], "[1, 2]"),
    ([1], "1"),
    ({"a": 1}, '{"a": 1, "b": 2}'),
    ({"a": 1, "b": 2}, '{"a": 1}'),
    ({"a": None}, "{}"),
    ({}, "[]"),
    ([], "{}"),
    ([], ""),
    ([], "null"),
    ({"a": 1}, "{'a': 1}"),
]


@pytest.mark.parametrize(("value", "expected"), equal)
def test_a_field_equals_a_text_of_its_own_type(value: Any, expected: str) -> None:
    assert holds("$.f", "==", expected, on=field(value))


@pytest.mark.parametrize(("value", "expected"), equal)
def test_what_is_equal_is_not_different(value: Any, expected: str) -> None:
    assert not holds("$.f", "!=", expected, on=field(value))


@pytest.mark.parametrize(("value", "expected"), different)
def test_a_field_differs_from_all_other_texts(value: Any, expected: str) -> None:
    assert not holds("$.f", "==", expected, on=field(value))


@pytest.mark.parametrize(("value", "expected"), different)
def test_what_differs_meets_the_opposite(value: Any, expected: str) -> None:
    assert holds("$.f", "!=", expected, on=field(value))


@pytest.mark.parametrize(
    "condition",
    [
        "$.f > 9",
        "$.f >= 10",
        "$.f < 11",
        "$.f <= 10",
        "$.f > -1",
        "$.f > 9.99",
        "$.f < 1e3",
    ],
)
@pytest.mark.parametrize("value", [10, 10.0, "10", "1e1"])
def test_numbers_are_ordered_as_numbers_in_text_fields_too(condition: str, value: Any) -> None:
    assert holds(condition, on=field(value))


@pytest.mark.parametrize(
    ("value", "condition"),
    [
        ("b", "$.f > a"),
        ("10", '$.f < "9"'),
        ("2025-11-03", "$.f > 2025-10-31"),
        (10, '$.f < "9"'),
        (5, "$.f < abc"),
        (1.5, '$.f < "1.50"'),
        ("abc", "$.f > 5"),
    ],
)
def test_all_else_is_ordered_as_text(value: Any, condition: str) -> None:
    assert holds(condition, on=field(value))


@pytest.mark.parametrize(("value", "met"), [("NaN", ()), ("Infinity", (">", ">=")), ("-Infinity", ("<", "<="))])
@pytest.mark.parametrize("operator", [">", ">=", "<", "<="])
def test_doubles_that_connectors_write_as_texts_stand_to_numbers_as_they_are(
    value: str, met: tuple[str, ...], operator: str
) -> None:
    assert holds(f"$.f {operator} 1", on={"f": value}) is (operator in met)


@pytest.mark.parametrize(
    ("value", "condition", "met"),
    [
        ("PT5M", "$.f > PT30M", False),
        ("PT1H", "$.f > PT30M", True),
        ("PT60S", "$.f <= PT1M", True),
        ("P10D", "$.f > P9D", True),
        ("PT0.5S", "$.f < PT1S", True),
        ("-PT5M", "$.f < PT1S", True),
        ("PT23H", "$.f < P1D", True),
        ("P13M", "$.f > P1Y", True),
        ("PT5M", '$.f > "PT30M"', True),  # double quotes mean the text
        ("PAID", "$.f > OPEN", True),
        ("PAID", "$.f < PT30M", True),  # no duration: by letters
    ],
)
def test_durations_are_ordered_by_their_length(value: str, condition: str, met: bool) -> None:
    assert holds(condition, on=field(value)) is met


def test_what_depends_on_the_length_of_a_month_is_not_decided() -> None:
    with pytest.raises(Undecodable, match="depends on how long a month is"):
        holds("$.f > P30D", on=field("P1M"))


def test_where_types_count_a_duration_is_a_text() -> None:
    assert holds("$.f > PT30M", on=field("PT5M"), strict=True)


@pytest.mark.parametrize("operator", [">", ">=", "<", "<="])
@pytest.mark.parametrize("value", [None, True, False, [], [5], {}, {"a": 5}, MISSING])
@pytest.mark.parametrize("expected", ["5", "abc", '""', '"5"', "true", "null"])
def test_what_has_no_order_meets_no_ordering(value: Any, operator: str, expected: str) -> None:
    assert not holds("$.f", operator, expected, on=field(value))


@pytest.mark.parametrize(
    ("value", "condition"),
    [
        ("A paid order", "$.f contains paid"),
        ("A paid order", "$.f *= paid"),
        ("A paid order", '$.f contains " paid "'),
        (12345, "$.f contains 234"),
        (12.5, "$.f contains 2.5"),
        (True, "$.f contains ru"),
        (["A", "B"], "$.f contains B"),
        ([1, 2], "$.f contains 2.0"),
        ([None], "$.f contains null"),
        ([[1]], "$.f contains [1]"),
        (["42"], '$.f contains "42"'),
        ({"status": 1}, "$.f contains status"),
        ("anything", '$.f contains ""'),
        ("PAID-2", "$.f ^= PAID"),
        ("PAID-2", '$.f ^= "PAID"'),
        (123, "$.f ^= 12"),
        ("PAID-2", "$.f $= -2"),
        (1.25, "$.f $= .25"),
        ("order 42", r"$.f matches \d+"),
        ("Order", "$.f matches (?i)^order$"),
        (42, "$.f matches ^4"),
        (False, "$.f matches ^f"),
        ("a\nb", "$.f matches (?m)^b$"),
    ],
)
def test_a_part_is_found(value: Any, condition: str) -> None:
    assert holds(condition, on=field(value))


@pytest.mark.parametrize(
    ("value", "condition"),
    [
        ("A paid order", "$.f contains Paid"),
        (["AB"], "$.f contains A"),
        ([1], '$.f contains "1"'),
        ([True], "$.f contains 1"),
        ({"a": "status"}, "$.f contains status"),
        (None, "$.f contains null"),
        (None, "$.f matches .*"),
        ([], "$.f matches .*"),
        ({}, "$.f ^= {"),
        (["PAID"], "$.f ^= PAID"),
        (MISSING, '$.f contains ""'),
        (MISSING, "$.f not contains x"),
        (MISSING, "$.f != x"),
        (MISSING, "$.f in x"),
        (MISSING, "$.f exists"),
        (["A", "B"], "$.f not contains B"),
        ("PAID", "$.f not contains AI"),
    ],
)
def test_a_part_that_is_not_there_is_not_found(value: Any, condition: str) -> None:
    assert not holds(condition, on=field(value))


@pytest.mark.parametrize("value", [None, "", [], {}, False, 0])
def test_whatever_is_there_exists(value: Any) -> None:
    assert holds("$.f exists", on=field(value))


@pytest.mark.parametrize("value", [None, "", [], {}, False, 0])
def test_whatever_is_there_is_not_missing(value: Any) -> None:
    assert not holds("$.f does not exist", on=field(value))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("PAID", "NEW, PAID"),
        ("PAID", "NEW,PAID"),
        ("PAID", "PAID"),
        ("a, b", '"a, b", c'),
        ('a "b" c', 'x, a "b" c'),
        ("", '"", x'),
        ("", "x,"),
        (2, "1, 2.0"),
        (True, "true, null"),
        (None, "null"),
        ("PAID", '["NEW", "PAID"]'),
        (2, "[1, 2.0]"),
        ([1], "[[1], [2]]"),
        ("null", '["null"]'),
        ("two\nlines", "two\nlines, x"),
    ],
)
def test_a_field_is_one_of_several(value: Any, expected: str) -> None:
    assert holds("$.f", "in", expected, on=field(value))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a", '"a, b", c'),
        ("PAID", "paid, new"),
        (2, '["2"]'),
        (2, '"2", "3"'),
        ("2", "[2]"),
        (None, '["null"]'),
        ("", "a, b"),
        ("A, B", "A, B"),
    ],
)
def test_a_field_is_none_of_several(value: Any, expected: str) -> None:
    assert not holds("$.f", "in", expected, on=field(value))


ITEMS = {"items": [{"sku": "A", "n": 1}, {"sku": "B", "n": 2}, {}]}


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ("$.items[*].sku == B", True),
        ("$.items[*].sku == C", False),
        ("$.items[*].sku != C", True),
        ("$.items[*].sku != B", False),
        ("$.items[*].sku not contains C", True),
        ("$.items[*].sku not contains B", False),
        ("$.items[*].n > 1", True),
        ("$.items[*].n > 2", False),
        ("$.items[*].sku in X, A", True),
        ("$.items[*].sku exists", True),
        ("$.items[*].price exists", False),
        ("$.items[*].price does not exist", True),
        ("$.items[*].sku does not exist", False),
        ("$.items[*].price != 1", False),
    ],
)
def test_of_several_results_one_must_meet_and_all_must_differ(condition: str, met: bool) -> None:
    assert holds(condition, on=ITEMS) is met


def test_expected_texts_are_never_run() -> None:
    assert holds("$.f == ${1 + 1}", "$.f != 2", on=field("${1 + 1}"))


AS_IS = [
    (42, 42),
    (42, 42.0),
    (42, Decimal("42.00")),
    (0.1, 0.1),
    (0.1, Decimal("0.1")),
    (10**30, 10**30),
    (True, True),
    (None, None),
    ([1, 2], [1, 2.0]),
    ([1, 2], (1, 2)),
    ({"a": [1, {"b": None}]}, {"a": [1.0, {"b": None}]}),
    ("text", "text"),
    ("text", b"text"),
]


@pytest.mark.parametrize(("value", "expected"), AS_IS)
def test_a_variable_is_compared_as_it_is(value: Any, expected: Any) -> None:
    assert holds("$.f", "==", expected, on=field(value))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("42", 42),
        (42, True),
        (1, True),
        (True, 1),
        (0, False),
        (None, False),
        ("None", None),
        ("true", True),
        ([1], [True]),
        ([1], ["1"]),
        (["1"], [1]),
        ([[1, 2]], [[1, 3]]),
        ({"a": 1}, {"a": "1"}),
        ({"a": 1}, {}),
        (0.1, Decimal("0.1000000000000000055511151231257827")),
        ("[1", [1]),
        ("x", b"\xff"),
        (1, float("nan")),
    ],
)
def test_a_variable_differs_from_another_type(value: Any, expected: Any) -> None:
    assert not holds("$.f", "==", expected, on=field(value))


@pytest.mark.parametrize(
    ("value", "operator", "expected"),
    [
        (10, ">", 9),
        (10, ">=", Decimal("9.99")),
        (10.5, "<", 11),
        (["a", 42], "contains", 42),
        ([[1], [2]], "contains", [2]),
        (12345, "contains", 234),
        ("order 42", "contains", 42),
        ("true story", "^=", True),
        (42, "$=", 2),
        (42, "matches", 4),
        (42, "in", [41, 42]),
        ("b", "in", ("a", "b")),
        ("b", "in", {"b"}),
        ([1], "not contains", None),
        ("x", "!=", None),
    ],
)
def test_a_variable_meets_other_operators(value: Any, operator: str, expected: Any) -> None:
    assert holds("$.f", operator, expected, on=field(value))


def test_a_variable_number_does_not_order_texts() -> None:
    assert not holds("$.f", ">", 9, on=field("10"))


STRICT = [
    (42, "42", True),
    (42, "42.0", False),
    (42.0, "42", False),
    (42.0, "42.0", True),
    (42.0, "4.2e1", True),
    ("42", "42", False),
    ("42", '"42"', True),
    (10**30, str(10**30), True),
    (True, "true", True),
    ("true", "true", False),
    ("true", '"true"', True),
    (None, "null", True),
    ("null", "null", False),
    ("PAID", "PAID", True),
    ([1], "[1]", True),
    ([1], "[1.0]", False),
    ("[1]", "[1]", False),
    (42, 42, True),
    (42, 42.0, False),
    (42.0, 42, False),
    (42.0, 42.0, True),
    ([{"a": 1}], [{"a": 1}], True),
    ([{"a": 1}], [{"a": 1.0}], False),
    ("text", b"text", False),
]


@pytest.mark.parametrize(("value", "expected", "met"), STRICT)
def test_strictly_the_types_are_the_same_too(value: Any, expected: Any, met: bool) -> None:
    assert holds("$.f", "==", expected, on=field(value), strict=True) is met


TEXTS_IN_VARIABLES = [
    # The field, the text in a variable, and whether they meet without and with strict=True.
    ("10", "10", True, True),
    (10, "10", True, False),
    (True, "true", True, False),
    (None, "null", True, False),
    ([1], "[1]", True, False),
    ("PAID", "PAID", True, True),
    ('"10"', '"10"', True, True),
    ("10", '"10"', False, False),
    (10, '"10"', False, False),
]


@pytest.mark.parametrize(("value", "text", "loosely", "strictly"), TEXTS_IN_VARIABLES)
@pytest.mark.parametrize(
    "as_cells",
    [
        lambda text: [{"f": text}],
        lambda text: ["$.f", "in", ["other", text]],
        lambda text: ["$.f", "in", ("other", text)],
        lambda text: ["$.f", "in", {"other", text}],
    ],
    ids=["in a dictionary", "in a list", "in a tuple", "in a set"],
)
def test_a_text_in_a_variable_has_its_own_quotes_and_is_strictly_a_text_only(
    value: Any, text: str, loosely: bool, strictly: bool, as_cells: Callable[[str], list[Any]]
) -> None:
    cells = as_cells(text)
    assert [holds(*cells, on=field(value), strict=strict) for strict in (False, True)] == [loosely, strictly]


@pytest.mark.parametrize(
    ("value", "condition", "met"),
    [
        ("10", "$.f > 9", False),
        (10, "$.f > 9", True),
        (10, "$.f > 9.5", True),
        ("10", '$.f < "9"', True),
        (10, '$.f < "9"', False),
        (123, "$.f contains 2", False),
        ("123", "$.f contains 2", True),
        (True, "$.f ^= t", False),
        ([1, 2], "$.f contains 2", True),
        (["2"], "$.f contains 2", False),
        (2, "$.f in 1, 2", True),
        ("2", "$.f in 1, 2", False),
        ("2", "$.f != 2", True),
    ],
)
def test_strictly_other_operators_look_at_their_own_type_only(value: Any, condition: str, met: bool) -> None:
    assert holds(condition, on=field(value), strict=True) is met


PAST = datetime(2025, 11, 3, 11, 0, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "condition",
    [
        "timestamp == 2025-11-03T12:00:00Z",
        "timestamp == 2025-11-03 13:00:00.000+01:00",
        "timestamp == 2025-11-03 07:00-0500",
        'timestamp == "2025-11-03T12:00:00Z"',
        "timestamp > 2025-11-03T11:59:59.999Z",
        "timestamp < 2025-11-03T12:00:00,001Z",
        "timestamp >= 2020-01-01",
        "timestamp != 2025-11-03T12:00:01Z",
        "timestamp in 2025-11-03T12:00Z, 2025-11-04T12:00Z",
        "timestamp ^= 2025-11-03",
    ],
)
def test_the_timestamp_is_compared_as_a_point_in_time(condition: str) -> None:
    assert holds(condition, on={})


def test_a_timestamp_without_a_zone_is_local() -> None:
    local = datetime.fromtimestamp(1_762_171_200, tz=timezone.utc).astimezone()
    assert holds(f"timestamp == {local:%Y-%m-%d %H:%M:%S}", on={})


LATER = PAST + timedelta(hours=30)


@pytest.mark.parametrize("moment", [LATER, LATER.astimezone(timezone(timedelta(hours=5))), LATER.replace(tzinfo=None)])
def test_a_timestamp_is_compared_with_a_datetime(moment: datetime) -> None:
    assert holds("timestamp", "<", moment, on={})


def test_an_event_without_a_timestamp_meets_no_time() -> None:
    assert not holds("timestamp > 1970-01-01", on=an_event({}, timestamp=-5))


@pytest.mark.parametrize(
    ("content", "condition"),
    [
        (b"text", "$.f == text"),
        (b"text", "$.f ^= te"),
        (b"10", "$.f > 9"),
        (Decimal("1.50"), "$.f == 1.5"),
        (Decimal("1.50"), "$.f $= .50"),
        (0.1, "$.f == 0.1"),
        (float("inf"), "$.f > 1e300"),
        (PAST, "$.f == 2025-11-03T11:00Z"),
        (PAST, "$.f < 2025-11-03T11:00:01Z"),
        (date(2025, 11, 3), "$.f == 2025-11-03"),
        (date(2025, 11, 3), "$.f > 2025-11-02"),
        (UUID(int=1), "$.f == 00000000-0000-0000-0000-000000000001"),
        ((1, 2), "$.f == [1, 2]"),
        ((1, 2), "$.f contains 2"),
    ],
)
def test_values_of_other_formats_are_compared_too(content: Any, condition: str) -> None:
    assert holds(condition, on=holding({"f": content}))


@pytest.mark.parametrize("operator", ["==", ">", ">=", "<", "<="])
@pytest.mark.parametrize("expected", ["5", float("nan"), 5])
def test_not_a_number_equals_nothing_and_has_no_order(operator: str, expected: Any) -> None:
    event = holding({"f": float("nan")})
    assert not holds("$.f", operator, expected, on=event)


def test_not_a_number_differs_from_itself() -> None:
    assert holds("$.f", "!=", float("nan"), on=holding({"f": float("nan")}))


def test_deep_values_are_compared() -> None:
    deep: Any = 1
    for _ in range(50_000):
        deep = [deep]
    assert holds("$", "==", deep, on=holding(json.loads("[" * 900 + "1" + "]" * 900))) is False


def test_deep_values_that_are_equal_are_found_equal() -> None:
    one: Any = 1
    other: Any = 1
    for _ in range(50_000):
        one, other = [one], [other]
    assert holds("$", "==", one, on=holding(other))
