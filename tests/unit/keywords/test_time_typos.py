"""Times, start points and topics as other tools write them: what is refused says what to write."""

from __future__ import annotations

import pytest

from KafkaLibrary.broker.cluster.topic_names import check_topic_name
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.keywords.calls.since_and_timeout import seconds, start_point


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("PT5S", "5 s"),
        ("pt5s", "5 s"),
        ("PT1M30S", "1 min 30 s"),
        ("P1DT2H", "1 d 2 h"),
        ("PT0.5S", "0.5 s"),
        ("'5 s'", "5 s"),
        ('"5 s"', "5 s"),
        ("5 s;", "5 s"),
        ("5 s.", "5 s"),
        ("5,5", "5.5"),
        ("5,5 s", "5.5 s"),
    ],
)
def test_a_time_of_another_tool_is_told(written: str, meant: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        seconds(written)
    assert str(refused.value).split("\n")[-1] == f"Write it as {meant}."
    assert seconds(meant) > 0


@pytest.mark.parametrize("written", ["five", "P", "PT", "infinite", "None", ""])
def test_of_what_is_no_time_the_forms_are_told(written: str) -> None:
    with pytest.raises(KeywordMisused, match="Write it as 5 s, 500 ms or"):
        seconds(written)


@pytest.mark.parametrize("written", ["5", "5 s", "5 sec", "00:05", "5000 ms", "5.0", 5])
def test_what_robot_takes_is_taken(written: str, caplog: pytest.LogCaptureFixture) -> None:
    assert seconds(written) == 5
    assert caplog.records == []


@pytest.mark.parametrize("written", ["5000 s", "2 h", "999", "1 day", "3600", "1800", 86400])
def test_a_long_time_with_its_unit_is_meant(written: str, caplog: pytest.LogCaptureFixture) -> None:
    seconds(written)
    assert caplog.records == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("beginning", "Write it as earliest."),
        ("start", "Write it as earliest."),
        ("now", "Write it as latest."),
        ("end", "Write it as latest."),
        ("test", "Write it as test start."),
        ("test_start", "Write it as test start."),
        ("suite_start", "Write it as suite start."),
        ("earlist", "Did you mean 'earliest'?"),
        ("30 s ago", "Write it as 30 s."),
        ("1 hour ago", "Write it as 1 hour."),
        ("-30 s", "Write it as 30 s."),
        ("PT30S", "Write it as 30 s."),
        ("whenever", "since= takes earliest, latest"),
    ],
)
def test_a_start_point_of_another_tool_is_told(written: str, meant: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        start_point(written)
    assert meant in str(refused.value)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("orders payments", "commas between them: orders, payments."),
        ("orders;payments", "commas between them: orders, payments."),
        ("orders | payments", "commas between them: orders, payments."),
        ("orders and payments", "commas between them: orders, payments."),
        ("orders\npayments", "commas between them: orders, payments."),
        ('"orders"', "Write orders alone."),
        ("${topic}", "It has ASCII letters"),
        ("a,b", "Call the keyword for each of them."),
        ("bücher", "It has ASCII letters"),
    ],
)
def test_topics_with_something_else_between_them_are_told(written: str, meant: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        check_topic_name(written)
    assert meant in str(refused.value)
