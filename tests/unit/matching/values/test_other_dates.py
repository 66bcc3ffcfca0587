"""A date in another form than ISO 8601 has no order by its letters, and equals no other one by chance."""

from __future__ import annotations

import json

import pytest

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.matching import State, parse_conditions, parse_likeness
from KafkaLibrary.matching.values.other_dates import read_other_date
from tests.unit.matching.samples import an_event

VALUE = {
    "at": "2026-05-01",
    "when": "2026-05-31T17:03:11Z",
    "german": "31.05.2026",
    "clock": "17:30",
    "slashes": "2026/05/31",
    "status": "PAID",
    "version": "1.10.0",
}
EVENT = an_event(json.dumps(VALUE).encode())


def state(condition: str) -> State:
    return parse_conditions([condition]).judge(EVENT).findings[0].state


@pytest.mark.parametrize(
    ("condition", "written"),
    [
        ("at > 01.05.2027", "`$.at > 2027-05-01`"),
        ("when < 31.05.2020", "`$.when < 2020-05-31`"),
        ("when < 31-05-2020", "`$.when < 2020-05-31`"),
        ("at > 05/01/2027", "`$.at > 2027-01-05` or `$.at > 2027-05-01`"),
        ("at > 5/31/2027", "`$.at > 2027-05-31`"),
        ("at > 2027-5-1", "`$.at > 2027-05-01`"),
        ("at > May 1, 2027", "`$.at > 2027-05-01`"),
        ("at > 1 May 2027 10:00", "`$.at > 2027-05-01`"),
        ("at > Sat, 01 May 2027 10:00:00 GMT", "`$.at > 2027-05-01`"),
        ("when > now", "2026-05-31T17:03:11Z"),
        ("when > 5 minutes ago", "2026-05-31T17:03:11Z"),
        ("when > Today", "2026-05-31T17:03:11Z"),
        ("when > now() - 1 day", "2026-05-31T17:03:11Z"),
        ("timestamp > 01.05.2027", "`timestamp > 2027-05-01`"),
    ],
)
def test_an_order_beside_such_a_date_is_refused_with_the_one_to_write(condition: str, written: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        parse_conditions([condition])
    assert written in str(refused.value)


@pytest.mark.parametrize("marker", ["#? > 01.05.2027", "#? < now", "#? >= 5/31/2020"])
def test_a_marker_is_refused_alike(marker: str) -> None:
    with pytest.raises(KeywordMisused, match=r"ISO 8601|is not a time"):
        parse_likeness({"at": marker})


@pytest.mark.parametrize(
    ("condition", "written"),
    [
        ('when > "31.05.2020"', "2020-05-31"),
        ("when > 17:00", "2026-05-31T17:00"),
        ("when < 9:00", "2026-05-31"),
        ("at > 2020/01/01", "2020-01-01"),
        ("at != 01.05.2026", "2026-05-01"),
        ("at == 01.05.2026", "2026-05-01"),
        ("at not in 01.05.2026", "2026-05-01"),
        ("at in 01.05.2026, 02.05.2026", "2026-05-02"),
        ("when != today", "2026-05-31"),
        ("when > 5 pm", "2026-05-31"),
        ("when > -5 min", "2026-05-31"),
        ("when < 31.05.26", "2026-05-31"),
        ("german > 2020-01-01", "31.05.2026 is not in ISO 8601"),
        ("clock > 8:00", "17:30 and 8:00 are not in ISO 8601"),
        ("slashes > 2020-01-01", "2026/05/31 is not in ISO 8601"),
    ],
)
def test_beside_a_date_it_decides_nothing_and_is_told(condition: str, written: str) -> None:
    (finding,) = parse_conditions([condition]).judge(EVENT).findings
    assert finding.state is State.UNJUDGED
    assert written in finding.text


@pytest.mark.parametrize(
    "condition",
    [
        "german == 31.05.2026",
        "german != 01.05.2026",
        "german in 31.05.2026, 01.06.2026",
        "clock > 08:00",
        "slashes > 2026/01/01",
        "at > 2026-04",
        "at >= 2025",
        "when > 2026-05-01",
        "status > A",
        "status != now",
        "version > 1.1",
    ],
)
def test_what_is_no_date_beside_one_is_compared_as_ever(condition: str) -> None:
    assert state(condition) is State.HELD


@pytest.mark.parametrize("text", ["", "PAID", "1.2.3", "10.0.0.1", "12:5", "A-17", "2026-05-31", "nowhere", "maybe 5"])
def test_what_only_has_digits_is_no_date(text: str) -> None:
    assert read_other_date(text) is None


def test_a_marker_that_is_not_refused_is_not_met() -> None:
    for marker in ("#? != 01.05.2026", "#? > 2020/01/01"):
        assert list(parse_likeness({"at": marker}).differences(VALUE))
