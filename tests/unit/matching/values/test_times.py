"""Date-times are compared as the instants that they are, and where a zone is missing nobody guesses."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import FirstLook
from KafkaLibrary.matching import LenientConditions, Screen, State, parse_conditions, parse_likeness, parse_path
from KafkaLibrary.matching.sequences.order import by_field
from KafkaLibrary.matching.sequences.uniqueness import shared_values
from KafkaLibrary.matching.values import times
from KafkaLibrary.matching.values.decisions import Unjudged
from KafkaLibrary.matching.values.times import order_of, read_moment
from tests.unit.matching.samples import an_event, holds

NOON = "2026-11-30T12:00:00Z"


def state(value: Any, *cells: Any, strict: bool = False) -> State:
    """What becomes of the condition on a field ``at``."""
    finding = parse_conditions(cells, strict=strict).judge(an_event({"at": value})).findings[0]
    return finding.state


def reason(value: Any, *cells: Any) -> str:
    return parse_conditions(cells).judge(an_event({"at": value})).findings[0].text


# Instants


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-30T12:00:00.000000Z",
        "2026-11-30T12:00:00.000000000000000000000000Z",
        "2026-11-30T12:00Z",
        "2026-11-30t12:00:00z",
        "2026-11-30 12:00:00+00",
        "2026-11-30 12:00:00 +0000",
        "2026-11-30T12:00:00,0-00:00",
        "2026-11-30T13:00:00+01:00",
        "2026-11-30T13:00:00+01:00[Europe/Prague]",
        "2026-11-30T13:00:00+01:00[Europe/Prague][u-ca=iso8601]",
        "2026-11-30T17:30:00+0530",
        "2026-12-01T02:00:00+14:00",
        "2026-11-30T00:00:00-12",
        "2026-11-30T12:57:44+00:57:44",
        "20261130T120000Z",
        "20261130T1300+0100",
        "+002026-11-30T12:00:00Z",
    ],
)
def test_one_instant_is_written_in_many_ways(text: str) -> None:
    for field, cell in ((NOON, text), (text, NOON)):
        assert state(field, f"at == {cell}") is State.HELD
        assert state(field, f"at >= {cell}") is State.HELD
        assert state(field, f'at in ["2020-01-01T00:00:00Z", "{cell}"]') is State.HELD
        assert state(field, f"at != {cell}") is State.FAILED
        assert state(field, f"at > {cell}") is State.FAILED


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2026-11-30T12:00:00+08:00", NOON),
        (NOON, "2026-11-30T12:00:00-08:00"),
        (NOON, "2026-11-30T12:00:00.0000000000000000000000001Z"),
        ("2026-11-30T12:00:00.12Z", "2026-11-30T12:00:00.1200000001Z"),
        ("2026-11-30T12:00:00.123456788Z", "2026-11-30T12:00:00.123456789Z"),
        ("2026-12-31T23:59:59.999Z", "2026-12-31T23:59:60Z"),
        ("2027-01-01T00:59:60.5+01:00", "2027-01-01T00:00:00Z"),
        (NOON, "2026-11-30T24:00:00Z"),
        ("9999-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"),
        ("-0044-03-15T12:00:00Z", "0001-01-01T00:00:00Z"),
        ("0001-01-01T00:00:00+10:00", "0001-01-01T00:00:00Z"),
    ],
)
def test_instants_have_the_order_of_time_and_not_of_letters(earlier: str, later: str) -> None:
    assert state(earlier, f"at < {later}") is State.HELD
    assert state(earlier, f"at >= {later}") is State.FAILED
    assert state(later, f"at > {earlier}") is State.HELD
    assert state(later, f"at == {earlier}") is State.FAILED


def test_the_day_ends_where_the_next_begins() -> None:
    assert state("2026-11-30T24:00:00Z", "at == 2026-12-01T00:00:00Z") is State.HELD


def test_a_time_inside_of_others_is_the_same_instant() -> None:
    value = "2026-11-30T13:00:00+01:00"
    assert state([value], f"at contains {NOON}") is State.HELD
    assert state([value], f"at not contains {NOON}") is State.FAILED
    assert state({"a": [value]}, "at", "==", {"a": [NOON]}) is State.HELD
    assert state([value], f'at == ["{NOON}"]') is State.HELD
    assert state(value, f'at in ["{NOON}"]') is State.HELD
    assert state(value, f'at == "{NOON}"') is State.HELD


@pytest.mark.parametrize("operator", ["==", ">=", "<="])
def test_a_time_in_a_key_or_a_header_is_one(operator: str) -> None:
    event = an_event({}, key=b"2026-11-30T13:00:00+01:00", headers=(("at", b"2026-11-30T13:00:00+01:00"),))
    assert parse_conditions([f"key {operator} {NOON}", f"headers.at {operator} {NOON}"]).matches(event)


def test_a_part_of_a_text_stays_a_part_of_a_text() -> None:
    text = "2026-11-30T13:00:00+01:00"
    assert state(text, f"at contains {NOON}") is State.FAILED
    assert state(text, "at ^= 2026-11-30T12") is State.FAILED
    assert state(text, "at $= +01:00") is State.HELD


def test_strictly_the_texts_are_compared() -> None:
    text = "2026-11-30T13:00:00+01:00"
    assert state(text, f"at == {NOON}", strict=True) is State.FAILED
    assert state(text, f"at > {NOON}", strict=True) is State.HELD
    assert state("2026-11-30T12:00:00", f"at < {NOON}", strict=True) is State.HELD
    assert not list(parse_likeness({"at": NOON}).differences({"at": text}))
    assert list(parse_likeness({"at": NOON}, strict=True).differences({"at": text}))


zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
aware_ones = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=zones)  # noqa: DTZ001
near_ones = st.datetimes(
    datetime(2026, 11, 30),  # noqa: DTZ001
    datetime(2026, 12, 2),  # noqa: DTZ001
    timezones=zones,
)
spelled = st.tuples(st.sampled_from("T t"), st.sampled_from(["auto", "microseconds"]), st.text("0", max_size=5))


def spell(moment: datetime, how: tuple[str, str, str]) -> str:
    separator, precision, zeros = how
    text = moment.isoformat(separator, precision)
    clock, zone = text[:-6], text[-6:]
    return f"{clock}{zeros if '.' in clock else ''}{zone}"


@given(st.one_of(st.tuples(aware_ones, aware_ones), st.tuples(near_ones, near_ones)), spelled, spelled)
def test_the_order_of_instants_is_that_of_the_calendar(pair: tuple[datetime, datetime], one: Any, other: Any) -> None:
    found, wanted = pair
    field, cell = spell(found, one), spell(wanted, other)
    for operator, is_met in {
        "==": found == wanted, "!=": found != wanted, "<": found < wanted, "<=": found <= wanted,
        ">": found > wanted, ">=": found >= wanted,
    }.items():  # fmt: skip
        expected = State.HELD if is_met else State.FAILED
        assert state(field, "at", operator, cell) is expected
        assert state(field, "at", operator, wanted) is expected


fractions = st.text("0123456789", min_size=1, max_size=40)


@given(fractions, fractions)
def test_a_fraction_of_any_length_is_exact(one: str, other: str) -> None:
    found, wanted = (f"2026-11-30T12:00:00.{digits}Z" for digits in (one, other))
    longest = max(len(one), len(other))
    left, right = int(one.ljust(longest, "0")), int(other.ljust(longest, "0"))
    assert (state(found, f"at < {wanted}") is State.HELD) is (left < right)
    assert (state(found, f"at == {wanted}") is State.HELD) is (left == right)


# What nothing decides

texts = st.one_of(
    st.builds(spell, near_ones, spelled),
    near_ones.map(lambda moment: moment.replace(tzinfo=None).isoformat()),
    near_ones.map(lambda moment: moment.date().isoformat()),
    st.sampled_from(
        ["2026-13-45", "2026-02-30T10:00:00Z", "2026-11-30T25:00:00", "2026-11-30 12:00 UTC", "n/a", "", "2026-11-30Z",
         "20261345T100000Z", "20261130T100000", "2026-11-30T23:59:60Z", "2026-11-30T12:00:60Z"]
    ),
)  # fmt: skip


@given(texts, texts)
def test_both_sides_agree(one: str, other: str) -> None:
    for operator, turned in {"==": "==", "!=": "!=", "<": ">", "<=": ">="}.items():
        if other and one:
            assert state(one, "at", operator, other) is state(other, "at", turned, one)


@given(texts, texts.filter(bool))
def test_what_is_not_decided_is_not_decided_by_a_negation(one: str, other: str) -> None:
    turned = {State.HELD: State.FAILED, State.FAILED: State.HELD, State.UNJUDGED: State.UNJUDGED}
    for operator, negation in {"==": "!=", "<": ">=", "<=": ">"}.items():
        assert state(one, "at", operator, other) is turned[state(one, "at", negation, other)]


@given(near_ones, near_ones)
def test_without_a_zone_it_is_decided_where_no_zone_could_change_it(found: datetime, wanted: datetime) -> None:
    clock = found.replace(tzinfo=None)
    everywhere = [clock.replace(tzinfo=timezone(timedelta(hours=hours))) for hours in range(-12, 15)]
    for operator, answers in {
        "==": {one == wanted for one in everywhere},
        "<": {one < wanted for one in everywhere},
        ">": {one > wanted for one in everywhere},
    }.items():
        judged = state(clock.isoformat(), "at", operator, wanted.isoformat())
        if judged is not State.UNJUDGED:
            assert answers == {judged is State.HELD}
        elif operator != "==":
            assert len(answers) > 1 or wanted in (everywhere[0], everywhere[-1])


@pytest.mark.parametrize(
    ("field", "cell", "said"),
    [
        ("2026-11-30T12:00:00", NOON, "2026-11-30T12:00:00 has no zone and 2026-11-30T12:00:00Z has one"),
        ("2026-11-30T20:00:00", NOON, "2026-11-30T20:00:00 has no zone"),
        ("2026-11-30T00:30:00", NOON, "2026-11-30T00:30:00 has no zone"),
        ("2026-12-01T01:30:00", NOON, "2026-12-01T01:30:00 has no zone"),
        ("20261130T120000", NOON, "20261130T120000 has no zone"),
        (NOON, "2026-11-30 12:00", "2026-11-30 12:00 has no zone and 2026-11-30T12:00:00Z has one"),
        (NOON, "2026-11-30", "2026-11-30 has no zone and 2026-11-30T12:00:00Z has one"),
        ("2026-02-30T10:00:00Z", NOON, "2026-02-30T10:00:00Z is not a readable date-time"),
        (NOON, "2026-02-30T10:00:00Z", "2026-02-30T10:00:00Z is not a readable date-time"),
        ("2026-13-45", NOON, "2026-13-45 is not a readable date-time"),
        ("2026-11-30T12:00:00+99:00", NOON, "+99:00 is not a readable date-time"),
        ("2026-11-30T12:60:00Z", NOON, "12:60:00Z is not a readable date-time"),
        ("2026-11-30T12:00:60Z", NOON, "12:00:60Z is not a readable date-time"),
        ("2026-11-30T24:00:01Z", NOON, "24:00:01Z is not a readable date-time"),
        ("2026-11-30T12:00:00[Europe/Prague]", NOON, "[Europe/Prague] is not a readable date-time"),
        ("2026-11-30 12:00:00 UTC", NOON, "12:00:00 UTC is not a readable date-time"),
        (" 2026-11-30T12:00:00Z", NOON, "not a readable date-time"),
        ("2026-02-30T10:00:00", "2026-11-30T12:00:00", "2026-02-30T10:00:00 is not a readable date-time"),
    ],
)
def test_what_is_not_decided_is_said_with_both_sides(field: str, cell: str, said: str) -> None:
    for operator in ("==", "!=", "<", "<=", ">", ">="):
        told = reason(field, "at", operator, cell)
        assert told.startswith("could not be judged: ")
        assert said in told
        assert field in told
        assert cell in told


def test_what_the_last_digit_of_a_number_decides_needs_no_zone() -> None:
    value = '{"at": {"on": ["2026-11-30T12:00:00", 0.10000000000000000001, "2026-11-30T12:00:00"]}}'
    assert not holds("at", "==", {"on": [NOON, Decimal("0.1"), NOON]}, on=value)


@pytest.mark.parametrize(
    ("field", "condition", "met"),
    [
        ("2026-11-28T12:00:00", f"at < {NOON}", True),
        ("2026-12-02T12:00:00", f"at > {NOON}", True),
        ("2026-12-02T12:00:00", f"at == {NOON}", False),
        (NOON, "at >= 2026-11-28", True),
        (NOON, "at >= 2026-12-02", False),
        (NOON, "at != 2026-11-28", True),
        # Without zones on both sides.
        ("2026-11-30T12:00:00.100", "at == 2026-11-30 12:00:00.1", True),
        ("2026-11-30T12:00", "at == 2026-11-30T12:00:00.000", True),
        ("2026-11-30T12:00:00.9", "at < 2026-11-30T12:00:00.10", False),
        ("2026-11-30T12:00:00", "at >= 2026-11-30", True),
        ("2026-11-30T12:00:00", "at < 2026-11-30", False),
        ("2026-11-30", "at <= 2026-11-30T12:00:00", True),
        ("2026-11-30T12:00:00", "at > 2026-11-29", True),
        ("2026-11-30", "at > 2026-11-29", True),
        ("2026-11-30", "at == 2026-11-30", True),
    ],
)
def test_what_no_zone_could_change_is_decided(field: str, condition: str, met: bool) -> None:
    assert state(field, condition) is (State.HELD if met else State.FAILED)


@pytest.mark.parametrize("condition", ["at > 2026-11-30", "at <= 2026-11-30", "at == 2026-11-30", "at != 2026-11-30"])
def test_a_moment_of_a_day_is_neither_before_nor_behind_it(condition: str) -> None:
    assert "2026-11-30 is a whole day" in reason("2026-11-30T12:00:00", condition)


def test_a_leap_second_is_a_moment_of_its_day() -> None:
    assert "2026-12-31Z is a whole day" in reason("2026-12-31T23:59:60.5Z", "at > 2026-12-31Z")


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">="])
def test_a_number_beside_a_time_may_count_anything(operator: str) -> None:
    told = reason(1796040000000, "at", operator, NOON)
    assert "1796040000000 is a number (as milliseconds since 1970 it is 2026-11-30T12:00:00Z)" in told
    for infinity in (9223372036825200000, 317365552800000000):  # microseconds, of years that no calendar has
        assert f"{infinity} is a number and {NOON} is not" in reason(infinity, "at", operator, NOON)
    assert "5 is a number and 2026-11-30T12:00 is not" in reason(5, "at", operator, "2026-11-30T12:00")
    assert "20787 is a number and 2027-01-01 is not" in reason(20787, "at", operator, "2027-01-01")
    assert "20787 is a number" in reason(20787, "at", operator, date(2027, 1, 1))
    assert state(1796040000000, "at", "==", NOON) is State.FAILED
    assert state(5, "at", operator, "1234-56-78") is not State.UNJUDGED
    assert state(5, "at", operator, NOON, strict=True) is State.FAILED


# What is no time


@pytest.mark.parametrize(
    ("field", "condition", "met"),
    [
        ("2023-11-27", "at == 2023-11-28", False),
        ("1234-56-78", "at == 1234-56-79", False),
        ("1234-56-78", "at == 2023-11-27", False),
        ("1234-56-78", "at < 1234-56-79", True),
        ("2023-11-27-05", "at > 2023-11-27-04", True),
        ("2023-11-27 13", "at == 2023-11-27 12", False),
        ("20231127", "at == 20231128", False),
        ("20231345T100000Z", "at == 20231345T100001Z", False),
        ("20231345T100000Z", f"at == {NOON}", False),
        ("2023.11.27", f"at == {NOON}", False),
        ("n/a", f"at == {NOON}", False),
        ("n/a", f"at > {NOON}", True),
        ("2026-W48-1", f"at == {NOON}", False),
        ("1.2.3", "at > 1.2.2", True),
        (None, f"at != {NOON}", True),
        (True, f"at == {NOON}", False),
        (20261130, f"at == {NOON}", False),
    ],
)
def test_numbers_and_names_are_not_taken_for_times(field: Any, condition: str, met: bool) -> None:
    assert state(field, condition) is (State.HELD if met else State.FAILED)


_NEARLY = (
    r"[+-]?[0-3]\d{3}-[01]\d-[0-3]\d([Tt ][0-2]\d:?[0-6]\d(:[0-6]\d)?([.,]\d{1,12})?(Z|[+-][0-2]\d:?\d\d)?(\[a\])?)?"
)


@given(st.from_regex(_NEARLY, fullmatch=True), st.from_regex(_NEARLY, fullmatch=True))
def test_whatever_is_nearly_a_time_has_an_order_with_two_sides(one: str, other: str) -> None:
    left, right = read_moment(one), read_moment(other)
    if left is not None and right is not None:
        there, back = order_of(left, right), order_of(right, left)
        if isinstance(there, int) and isinstance(back, int):
            assert there == -back
        else:
            assert isinstance(there, Unjudged)
            assert isinstance(back, Unjudged)


def test_an_order_that_holds_by_letters_beside_a_time_holds_by_chance() -> None:
    conditions = parse_conditions([f"at > {NOON}"])
    assert LenientConditions(conditions).met_by_chance(an_event({"at": "n/a"}))
    assert not LenientConditions(conditions).met_by_chance(an_event({"at": "2026-11-30T12:00:01Z"}))
    assert not LenientConditions(parse_conditions([f'at > "{NOON}"'])).met_by_chance(an_event({"at": "n/a"}))


def test_a_time_in_quotes_nearly_meets_a_condition() -> None:
    conditions = parse_conditions([f"at == {NOON}"])
    assert LenientConditions(conditions).nearly_met(an_event({"at": "'2026-11-30T13:00:00+01:00'"}))
    assert not LenientConditions(conditions).nearly_met(an_event({"at": "'2026-11-30T13:00:01+01:00'"}))


# Variables


@pytest.mark.parametrize("operator", ["==", ">=", "<="])
def test_a_datetime_is_compared_with_a_text(operator: str) -> None:
    moment = datetime(2026, 11, 30, 13, tzinfo=timezone(timedelta(hours=1)))
    assert state(NOON, "at", operator, moment) is State.HELD
    assert state("2026-11-30T12:00:00", "at", operator, moment) is State.UNJUDGED
    assert state(NOON, "at", operator, moment.replace(tzinfo=None)) is State.UNJUDGED
    assert state("2026-11-30 13:00", "at", operator, moment.replace(tzinfo=None)) is State.HELD
    assert state("n/a", "at", operator, moment) is State.FAILED


def test_a_date_is_compared_with_a_text() -> None:
    assert state("2026-11-30", "at", "==", date(2026, 11, 30)) is State.HELD
    assert state("2026-12-30", "at", ">", date(2026, 11, 30)) is State.HELD
    assert state(NOON, "at", "==", date(2026, 11, 30)) is State.UNJUDGED


def test_strictly_a_datetime_is_no_text() -> None:
    moment = datetime(2026, 11, 30, 12, tzinfo=timezone.utc)
    assert state(NOON, "at", "==", moment, strict=True) is State.FAILED


# The event's own timestamp

STAMPED = an_event({})


@pytest.mark.parametrize(
    ("cells", "met"),
    [
        (["timestamp == 1762171200000"], True),
        (["timestamp == 2025-11-03T12:00:00.000000000Z"], True),
        (["timestamp == 2025-11-03T12:00:00.000000001Z"], False),
        (["timestamp < 2025-11-03T12:00:00.000000001Z"], True),
        (["timestamp", ">=", 1762171200000], True),
        (["timestamp > 1762171200000"], False),
        (["timestamp > 999999999999"], True),
        (["timestamp in 1762171200000, 1762171200001"], True),
        (["timestamp", "==", date(2025, 11, 1)], False),
        (["timestamp > 2025-11-01"], True),
    ],
)
def test_the_timestamp_is_compared_exactly_and_by_its_milliseconds_too(cells: list[Any], met: bool) -> None:
    for strict in (False, True):
        conditions = parse_conditions(cells, strict=strict)
        assert conditions.matches(STAMPED) is met
        assert not met or LenientConditions(conditions).met_by_chance(STAMPED) is None


@pytest.mark.parametrize(
    ("digits", "advice"),
    [
        ("1701075317", "seconds since 1970, that is `2023-11-27T08:55:17Z`"),
        ("1701075317371000", "microseconds since 1970, that is `2023-11-27T08:55:17.371000Z`"),
        ("1701075317371000000", "nanoseconds since 1970, that is `2023-11-27T08:55:17.371000000Z`"),
        ("5", "Write it as `2026-11-03 17:03:11.120`"),
        ("017010753173", "Write it as `2026-11-03 17:03:11.120`"),
    ],
)
def test_digits_of_another_unit_are_refused_with_the_moment_that_they_may_mean(digits: str, advice: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        parse_conditions([f"timestamp > {digits}"])
    assert advice in str(refused.value)


# Several events


@pytest.mark.parametrize("hours", [-11, -5, 0, 5, 14])
def test_a_timestamp_is_compared_in_local_time_wherever_that_is(hours: int, monkeypatch: pytest.MonkeyPatch) -> None:
    zone = timezone(timedelta(hours=hours))
    monkeypatch.setattr(times, "aware", lambda moment: moment if moment.tzinfo else moment.replace(tzinfo=zone))
    local = datetime(2025, 11, 3, 12, tzinfo=timezone.utc).astimezone(zone).replace(tzinfo=None)
    assert parse_conditions([f"timestamp == {local.isoformat()}"]).matches(STAMPED)


def test_events_are_in_order_by_their_instants() -> None:
    rising = [
        an_event({"at": at}) for at in ("2026-11-30T13:00:00+01:00", "2026-11-30T12:00:00.5Z", "2026-11-30T05:00-08:00")
    ]
    path = parse_path("at")
    assert not by_field(rising, path, by_key=False, descending=False).faults
    assert len(by_field(rising[::-1], path, by_key=False, descending=False).faults) == 2
    unknown = [an_event({"at": NOON}), an_event({"at": "2026-11-30T12:00:01"})]
    (fault,) = by_field(unknown, path, by_key=False, descending=False).faults
    assert "2026-11-30T12:00:01 has no zone" in fault.reason


def test_an_instant_that_two_events_have_is_not_unique() -> None:
    events = [an_event({"at": at}) for at in (NOON, "2026-11-30T12:00:01Z", "2026-11-30T13:00:00.0+01:00")]
    (shared,), unread = shared_values(events, parse_path("at"))
    assert [len(shared.events), unread] == [2, []]


def test_a_document_is_like_another_by_instants_and_says_what_it_can_not_judge() -> None:
    likeness = parse_likeness({"at": NOON, "all": "#contains " + json.dumps([NOON])})
    same = "2026-11-30T13:00:00+01:00"
    assert not list(likeness.differences({"at": same, "all": ["n/a", same]}))
    first, second = likeness.differences({"at": "2026-11-30T12:00:00", "all": ["2026-11-30T12:00:00"]})
    assert first.text.startswith("could not be judged: 2026-11-30T12:00:00 has no zone")
    assert second.path == "$.all"


def test_a_condition_in_a_marker_takes_times_alone() -> None:
    likeness = parse_likeness({"at": f"#? > {NOON}"})
    assert not list(likeness.differences({"at": "2026-11-30T12:00:00-08:00"}))
    for value in ("2026-11-30T13:00:00+08:00", "n/a", "2026-11-30T13:00:00"):
        assert list(likeness.differences({"at": value}))


# Screening


@given(texts, texts.filter(bool), st.sampled_from(["==", "contains", "in"]), st.booleans())
def test_no_screen_leaves_out_a_time_that_is_written_otherwise(
    one: str, other: str, operator: str, strict: bool
) -> None:
    value: Any = [one] if operator == "contains" else one
    conditions = parse_conditions(["at", operator, other], strict=strict)
    raw = json.dumps({"at": value}).encode()
    left = list(
        Screen(conditions, judge_all=False).candidates((), [raw], len(raw), FirstLook(orjson.loads, is_json=True))
    )
    if state(value, "at", operator, other, strict=strict) is State.HELD:
        assert left == [0]


def test_the_digits_of_a_fraction_stand_in_every_form_of_an_instant() -> None:
    conditions = parse_conditions(["at == 2026-11-30T12:00:00.123450Z"])

    def read(raw: bytes) -> Any:
        raise AssertionError("It was decoded.")

    raw = b'{"at": "2026-11-30T12:00:00.543210Z"}'
    assert not list(Screen(conditions, judge_all=False).candidates((), [raw], len(raw), FirstLook(read, is_json=True)))
