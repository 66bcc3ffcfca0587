"""Values of a kind that a condition never fits, and those that are compared with a text though they are none."""

from __future__ import annotations

from typing import Any

import pytest

from KafkaLibrary.event import Decoded, Event
from KafkaLibrary.fields import CountedInterval, Geometry, Interval, NanoInterval
from KafkaLibrary.matching import LenientConditions, parse_conditions
from KafkaLibrary.matching.conditions.unfit_values import unfit_kind
from tests.unit.matching.samples import JsonOrText, an_event

POINT = Geometry({"wkb": "AQEAAAAAAAAAAADwPwAAAAAAAABA", "srid": None}, "POINT(1 2)")
HOUR = 3_600_000_000


class Typed(JsonOrText):
    """Has a value of a format whose schema tells more than JSON does."""

    def __init__(self, field: Any) -> None:
        super().__init__()
        self.field = field

    def value(self, event: Event) -> Decoded:
        return Decoded({"field": self.field}, "avro")

    exact_value = value


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (CountedInterval(HOUR), "02:00:00"),
        (CountedInterval(HOUR), "PT2H"),
        (CountedInterval(HOUR), "2 hours"),
        (NanoInterval(HOUR * 1000), "2 hours"),
        (Interval("PT1H"), "2 hours"),
        (POINT, "(1,3)"),
        (POINT, "POINT(1 3)"),
        (5.5, "NaN"),
        (5.5, "-Infinity"),
    ],
)
def test_what_is_compared_with_a_text_is_no_other_kind(field: Any, expected: str) -> None:
    event = an_event(b"-", decoder=Typed(field))
    (condition,) = parse_conditions([f"field == {expected}"])
    assert not condition.holds(event)
    assert unfit_kind(condition, event) == ""
    assert LenientConditions(parse_conditions([f"field != {expected}"])).met_by_chance(event) is None


@pytest.mark.parametrize(
    ("field", "expected", "kind"),
    [
        (CountedInterval(HOUR), "PAID", "a number"),
        (POINT, "5", "an object"),
        (5.5, "ORDER-50", "a number"),
        (True, "PAID", "true or false"),
        ([1], "1", "a list"),
    ],
)
def test_a_kind_that_never_fits_is_known(field: Any, expected: str, kind: str) -> None:
    event = an_event(b"-", decoder=Typed(field))
    (condition,) = parse_conditions([f"field == {expected}"])
    assert unfit_kind(condition, event) == kind


@pytest.mark.parametrize("expected", ["A-1", "sku", "7"])
def test_a_list_of_objects_contains_no_single_value(expected: str) -> None:
    event = an_event(b"-", decoder=Typed([{"sku": "A-1"}, {"sku": "B-2"}]))
    (condition,) = parse_conditions([f"field contains {expected}"])
    assert unfit_kind(condition, event) == "a list of objects"
    doubted = LenientConditions(parse_conditions([f"field not contains {expected}"])).met_by_chance(event)
    assert doubted
    assert doubted.meaning
    assert "name a field in it" in doubted.meaning.said


@pytest.mark.parametrize("field", [["B-2"], [{"sku": "B-2"}, "B-2"], {"sku": "B-2"}, "B-2"])
def test_what_may_contain_it_is_not_doubted(field: Any) -> None:
    event = an_event(b"-", decoder=Typed(field))
    (condition,) = parse_conditions(["field contains A-1"])
    assert unfit_kind(condition, event) == ""
    assert LenientConditions(parse_conditions(["field not contains A-1"])).met_by_chance(event) is None


@pytest.mark.parametrize("cell", ["field contains A-1", "field not contains A-1"])
def test_an_empty_list_says_nothing_of_what_it_would_contain(cell: str) -> None:
    (condition,) = parse_conditions([cell])
    assert unfit_kind(condition, an_event(b"-", decoder=Typed([]))) is None


def test_an_object_may_be_in_a_list_of_objects() -> None:
    event = an_event(b"-", decoder=Typed([{"sku": "B-2"}]))
    assert LenientConditions(parse_conditions(['field not contains {"sku": "A-1"}'])).met_by_chance(event) is None
    (condition,) = parse_conditions(['field contains {"sku": "A-1"}'])
    assert unfit_kind(condition, event) == ""


LEAKING = {"user": {"name": "Ada", "token": "tok-9"}, "password": "hunter2", "many": [1, {"x": "deep"}], "a": "b"}


@pytest.mark.parametrize(
    ("cell", "asked"),
    [
        ("value contains hunter2", "`$..* contains hunter2`"),
        ("$ contains hunter2", "`$..* contains hunter2`"),
        ("value *= deep", "`$..* contains deep`"),
        ("user contains tok-9", "`$.user..* contains tok-9`"),
        ("headers contains web", "for the one that is meant"),
    ],
)
def test_a_text_in_an_object_may_be_meant_where_its_names_are_searched(cell: str, asked: str) -> None:
    event = an_event(LEAKING, headers=(("source", b"web"),))
    conditions = parse_conditions([cell])
    assert not conditions.matches(event)
    doubted = LenientConditions(conditions).nearly_met(event)
    assert doubted is not None
    assert doubted.meaning is not None
    assert doubted.meaning.said.endswith(f"ask {asked}")
    if asked.startswith("`"):
        assert parse_conditions([asked.strip("`")]).matches(event)


@pytest.mark.parametrize("cell", ["value not contains hunter2", "user not contains tok-9"])
def test_that_no_name_has_a_text_which_is_in_a_value_is_doubted(cell: str) -> None:
    event, conditions = an_event(LEAKING), parse_conditions([cell])
    assert conditions.matches(event)
    doubted = LenientConditions(conditions).met_by_chance(event)
    assert doubted is not None
    assert doubted.meaning is not None
    assert "in a negative" in doubted.meaning.said


@pytest.mark.parametrize("cell", ["value contains zzz", "user contains Bob", "a contains x", "many contains 2"])
def test_a_text_that_is_nowhere_in_an_object_is_not_doubted(cell: str) -> None:
    conditions = parse_conditions([cell])
    assert LenientConditions(conditions).nearly_met(an_event(LEAKING)) is None
    strict = parse_conditions(["value contains hunter2"], strict=True)
    assert LenientConditions(strict).nearly_met(an_event(LEAKING)) is None
