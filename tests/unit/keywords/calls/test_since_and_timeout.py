"""What cells mean that name times: since, timeout and timestamp."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.keywords.calls import since_and_timeout
from KafkaLibrary.keywords.calls.since_and_timeout import seconds, start_point, timestamp_of
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder
from KafkaLibrary.watching.marks import Mark, Start

EVENT = Event(PlainRecord(("orders", 0, 5), (1, 0), None, b"{}"), FoundDecoder())
MARK = Mark({}, datetime(2026, 5, 31, tzinfo=timezone.utc))
BEYOND = "9999-12-31T23:59:59-14:00"
"""A point in time of a year that the calendar does not have, in any local zone."""


def moment_of(start: Start) -> datetime:
    assert start.moment is not None
    return start.moment


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("5 s", 5),
        ("500 ms", 0.5),
        ("1 minute 30 seconds", 90),
        ("1:30", 90),
        ("0.3", 0.3),
        (2, 2),
        (0, 0),
        (0.25, 0.25),
        (timedelta(milliseconds=1500), 1.5),
    ],
)
def test_a_time_is_read_as_robot_reads_it(value: Any, expected: float) -> None:
    assert seconds(value) == expected


@pytest.mark.parametrize(
    "value", ["soon", "", None, True, False, [5], "5 parsecs", "-1 s", -1, "inf", float("inf"), float("nan"), {}]
)
def test_what_is_no_time_is_refused_with_the_argument_and_the_form(value: Any) -> None:
    with pytest.raises(KeywordMisused, match=r"within=(.|\n)*Write it as 5 s"):
        seconds(value, "within")


def test_a_time_of_microseconds_is_not_rounded_away() -> None:
    assert seconds(0.0004) == 0.0004


@pytest.mark.parametrize("value", [None, ""])
def test_without_since_a_wait_begins_at_the_start_of_the_test(value: Any) -> None:
    assert start_point(value).kind == "scope"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("earliest", "earliest"),
        ("Latest", "latest"),
        ("test start", "test"),
        (" Suite   Start ", "suite"),
    ],
)
def test_a_named_start_point_is_known_whatever_its_case_and_spaces(text: str, kind: str) -> None:
    assert start_point(text).kind == kind


def test_a_mark_is_a_start_point() -> None:
    assert start_point(MARK).mark is MARK


def test_an_event_is_a_start_point() -> None:
    assert start_point(EVENT).event is EVENT


@pytest.mark.parametrize("value", ["30 s", "30s", "0.5 minutes", "00:00:30", timedelta(seconds=30)])
def test_a_time_span_is_that_long_ago(value: Any) -> None:
    before = datetime.now(timezone.utc)
    moment = moment_of(start_point(value))
    after = datetime.now(timezone.utc)
    assert before - timedelta(seconds=30) <= moment <= after - timedelta(seconds=30)


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-31 17:03:11+00:00",
        "2026-05-31T17:03:11Z",
        "2026-05-31T17:03:11z",
        "2026-05-31 19:03:11+02:00",
        "2026-05-31 17:03:11.000Z",
        "2026-05-31T17:03:11.0Z",
    ],
)
def test_a_point_in_time_with_a_zone_is_that_moment(text: str) -> None:
    moment = moment_of(start_point(text))
    assert moment == datetime(2026, 5, 31, 17, 3, 11, tzinfo=timezone.utc)


@pytest.mark.parametrize("value", ["2026-05-31 17:03:11", datetime(2026, 5, 31, 17, 3, 11)])  # noqa: DTZ001
def test_a_point_in_time_without_a_zone_is_local(value: Any) -> None:
    local = datetime(2026, 5, 31, 17, 3, 11).astimezone()
    assert moment_of(start_point(value)) == local


@pytest.mark.parametrize(
    "text", ["2026-05-31", "2026-05-31 17:03", "2026-05-31 17:03:11.5", "2026-05-31 17:03:11.123456"]
)
def test_a_point_in_time_may_be_written_shorter_or_finer(text: str) -> None:
    assert moment_of(start_point(text)).astimezone().date() == datetime(2026, 5, 31).date()  # noqa: DTZ001


@pytest.mark.parametrize("text", ["5", "1748710991", "1748710991123", "0.5"])
def test_digits_alone_are_refused_for_they_could_be_either(text: str) -> None:
    with pytest.raises(KeywordMisused, match=f"since={text} could be seconds or a point in time"):
        start_point(text)


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        ("5", "Write 5 s for a time span."),
        ("1701075317", "since=2023-11-27T08:55:17Z for the point in time that is 1701075317 seconds after 1970 began"),
        ("1701075317", ", 1701075317 s for a time span."),
        ("1701075317371", "since=2023-11-27T08:55:17.371Z for the point in time that is 1701075317371 milliseconds"),
        (1701075317371, "since=2023-11-27T08:55:17.371Z for the point in time that is 1701075317371 milliseconds"),
        ("1701075317371000", "since=2023-11-27T08:55:17.371000Z"),
        ("1701075317371000000", "since=2023-11-27T08:55:17.371000000Z"),
    ],
)
def test_digits_that_count_from_1970_are_refused_with_their_point_in_time(value: Any, advice: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        start_point(value)
    assert advice in str(refused.value)
    assert "371 s" not in str(refused.value)


@pytest.mark.parametrize("text", ["2023-11-27T08:55:17.371Z", "2023-11-27T08:55:17.371000000Z"])
def test_the_point_in_time_that_is_proposed_is_taken(text: str) -> None:
    assert moment_of(start_point(text)).timestamp() == 1701075317.371


@pytest.mark.parametrize(
    "value",
    ["yesterday", "2026-13-01", "2026-05-31 25:00", "-5 s", "test", 5, 5.0, True, ["earliest"], {}, "30 parsecs"],
)
def test_what_is_no_start_point_is_refused_with_those_that_there_are(value: Any) -> None:
    with pytest.raises(KeywordMisused, match="since= takes earliest, latest, test start"):
        start_point(value)


@pytest.mark.parametrize("value", [BEYOND, datetime.max.replace(tzinfo=timezone(timedelta(hours=-14)))])
def test_a_moment_that_the_local_calendar_does_not_have_is_refused(value: Any) -> None:
    with pytest.raises(KeywordMisused, match="since= "):
        start_point(value)


@given(st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.just(timezone.utc)))  # noqa: DTZ001
def test_the_milliseconds_of_a_point_in_time_are_exact(moment: datetime) -> None:
    whole = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    expected = (whole - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(milliseconds=1)
    assert timestamp_of(whole) == expected


@pytest.mark.parametrize(
    ("value", "milliseconds"),
    [
        ("1748710991123", 1748710991123),
        (1748710991123, 1748710991123),
        (1, 1),
        ("2026-05-31T17:03:11Z", 1780246991000),
        ("2026-05-31 17:03:11.5+00:00", 1780246991500),
        (None, None),
        ("", None),
    ],
)
def test_a_timestamp_is_a_point_in_time_or_milliseconds(value: Any, milliseconds: int | None) -> None:
    assert timestamp_of(value) == milliseconds


@pytest.mark.parametrize("value", ["now", "30 s", -5, "-5", True, 1.5, [], "1900-01-01", "²", "9" * 5000, BEYOND])
def test_what_is_no_timestamp_is_refused(value: Any) -> None:
    with pytest.raises(KeywordMisused, match="timestamp= "):
        timestamp_of(value)


@pytest.mark.parametrize("value", [0, "0", "1970-01-01T00:00:00Z", "1969-12-31T00:00:00Z"])
def test_a_timestamp_before_kafkas_time_is_told_as_such(value: Any) -> None:
    with pytest.raises(KeywordMisused, match="Kafka's time begins after the first moment of 1970"):
        timestamp_of(value)


def test_a_timestamp_beyond_kafkas_time_is_told_as_such() -> None:
    assert timestamp_of(2**63 - 1) == 2**63 - 1
    with pytest.raises(KeywordMisused, match="beyond what Kafka's time has"):
        timestamp_of(2**63)


@pytest.mark.parametrize("text", ["17:03:11", "17:03:11.120", "1:02:03", "17:03", "00:30", "1:2"])
def test_what_could_be_a_time_of_day_is_no_start_point(text: str) -> None:
    with pytest.raises(KeywordMisused, match="could be a time of day or a time span") as refused:
        start_point(text)
    assert "2026-05-31 17:03:11" in str(refused.value)


@pytest.mark.parametrize("value", [1000, "5000", "30000", 1500.0])
def test_a_number_as_round_as_milliseconds_is_told_to_be_seconds(value: Any, caplog: pytest.LogCaptureFixture) -> None:
    assert seconds(value) == float(value)
    assert f"timeout={value} is " in caplog.text
    assert f"{value} ms" in caplog.text


@pytest.mark.parametrize(("name", "value"), [("within", "500"), ("within", 250), ("quiet", "100"), ("within", "800.0")])
def test_a_round_number_of_seconds_that_is_waited_out_is_told(
    name: str, value: Any, caplog: pytest.LogCaptureFixture
) -> None:
    assert seconds(value, name) == float(value)
    assert f"{name}={value} is " in caplog.text
    assert f"{value} ms" in caplog.text


@pytest.mark.parametrize(
    ("name", "value"), [("timeout", "500"), ("timeout", 120), ("within", "120"), ("within", 300), ("quiet", "125")]
)
def test_a_long_time_that_may_be_meant_is_told_in_the_log_alone(
    name: str, value: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[str] = []
    monkeypatch.setattr(since_and_timeout, "note", noted.append)
    seconds(value, name)
    assert [f"{name}={value} is " in one for one in noted] == [True]
    assert caplog.text == ""


@pytest.mark.parametrize("value", [5, "30", 600, "1800", 3600, "5000 ms", "1 h", "2 hours", 0])
def test_a_time_that_may_be_meant_is_taken_without_a_word(value: Any, caplog: pytest.LogCaptureFixture) -> None:
    seconds(value)
    assert caplog.text == ""
