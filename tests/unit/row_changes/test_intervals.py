"""Intervals of databases: their texts, their lengths, and the counts of connectors."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.row_changes.intervals import Span, iso_text, order, read_span


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        # As Debezium 3.6.1 wrote the same intervals as texts and as microseconds.
        ("P0Y1M2DT3H4M5.5S", 2_813_645_500_000),
        ("P-1Y-3M4DT0H0M-0.000001S", -39_101_400_000_001),
        ("P100Y0M0DT0H0M0S", 3_155_760_000_000_000),
        ("P0Y0M0DT0H0M0S", 0),
        ("P1M2DT3H4M5.5S", 2_813_645_500_000),
        ("1 mon 2 days 03:04:05.5", 2_813_645_500_000),
        ("-1 years -3 mons +4 days -00:00:00.000001", -39_101_400_000_001),
        ("1 year", 31_557_600_000_000),
        ("1 day", 86_400_000_000),
        ("03:04:05.5", 11_045_500_000),
        ("-00:00:01", -1_000_000),
        ("100:00:00", 360_000_000_000),
        ("10:30", 37_800_000_000),
        ("1 hour", 3_600_000_000),
        ("2 hours 30 minutes", 9_000_000_000),
        ("1 month 1 week", 3_234_600_000_000),
        ("90 sec", 90_000_000),
        ("PT60M", 3_600_000_000),
        ("P1W", 604_800_000_000),
        ("-P1D", -86_400_000_000),
    ],
)
def test_an_interval_is_the_count_that_a_connector_writes_of_it(text: str, micros: int) -> None:
    span = read_span(text)
    assert span is not None
    assert span.counted(6) == micros
    assert span.counted(9) == micros * 1000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "PT",
        "P1DT",
        "1",
        "03:64:05",
        "1 day 2",
        "days",
        "P1.5Y",
        "P1M ",
        "PAID",
        " ",
        "1 fortnight",
        "2026-11-30 10:00:00",
        "1 day  03:00:00",
    ],
)
def test_others_are_none(text: str) -> None:
    assert read_span(text) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("PT60M", "PT1H", 0),
        ("P12M", "P1Y", 0),
        ("P1D", "PT24H", 0),
        ("P1M", "P27D", 1),
        ("P1M", "P30D", None),
        ("P1M", "P32D", -1),
        ("P-1M", "P1D", -1),
    ],
)
def test_where_the_length_of_months_counts_nothing_decides(one: str, other: str, expected: int | None) -> None:
    spans = read_span(one), read_span(other)
    assert spans[0] is not None
    assert spans[1] is not None
    assert order(spans[0], spans[1]) == expected


@given(st.integers(-(10**6), 10**6), st.integers(-(10**15), 10**15))
def test_what_is_written_reads_the_same(months: int, nanos: int) -> None:
    span = Span(months, nanos)
    assert read_span(iso_text(span)) == span
    assert order(span, span) == 0
    assert span.counted(9) == Decimal(months) * 2_629_800 * 10**9 + nanos
