"""The exceptions: short enough for Robot, without a class name, in three kinds."""

from __future__ import annotations

import pytest

from KafkaLibrary import errors
from KafkaLibrary.errors import (
    MOST_LINES,
    ExpectationFailed,
    KafkaLibraryError,
    KafkaUnusable,
    KeywordMisused,
    NeedsRealKafka,
    Undecodable,
    did_you_mean,
    stops_robot,
)

KINDS = [ExpectationFailed, KafkaUnusable, KeywordMisused, Undecodable]


@pytest.mark.parametrize("kind", KINDS)
def test_all_kinds_have_one_base(kind: type[KafkaLibraryError]) -> None:
    assert issubclass(kind, KafkaLibraryError)


@pytest.mark.parametrize("kind", KINDS)
def test_no_message_begins_with_a_class_name(kind: type[KafkaLibraryError]) -> None:
    assert kind.ROBOT_SUPPRESS_NAME


def test_a_failed_expectation_is_a_failed_assertion() -> None:
    assert issubclass(ExpectationFailed, AssertionError)


@pytest.mark.parametrize("kind", [KafkaUnusable, KeywordMisused])
def test_other_failures_are_no_failed_assertions(kind: type[KafkaLibraryError]) -> None:
    assert not issubclass(kind, AssertionError)


def test_every_exception_of_the_room_has_that_base() -> None:
    own = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, Exception)]
    own = [one for one in own if not issubclass(one, Warning)]
    assert all(issubclass(one, KafkaLibraryError) for one in own)


def test_a_message_of_forty_lines_stays_whole() -> None:
    message = "\n".join(map(str, range(MOST_LINES)))
    assert str(KafkaUnusable(message)) == message


def test_a_longer_message_is_cut_to_forty_lines() -> None:
    message = "\n".join(map(str, range(MOST_LINES + 10)))
    assert len(str(KafkaUnusable(message)).split("\n")) == MOST_LINES


def test_a_cut_message_says_how_much_is_missing() -> None:
    lines = str(KafkaUnusable("\n".join(map(str, range(MOST_LINES + 10))))).split("\n")
    assert lines[-2:] == ["38", "... and 11 more lines"]


def test_what_the_embedded_broker_lacks_names_the_way_to_have_it() -> None:
    assert "bootstrap_servers=HOST:PORT" in str(NeedsRealKafka("delete topics"))


@pytest.mark.parametrize(
    ("word", "known", "sentence"),
    [
        ("order", ["orders", "payments"], "Did you mean 'orders'?"),
        ("ORDERS", ["orders"], "Did you mean 'orders'?"),
        ("orders", ["shop.orders.v1"], "Did you mean 'shop.orders.v1'?"),
        ("oders", ["orders", "older"], "Did you mean 'orders' or 'older'?"),
        ("orders", ["payments"], ""),
        ("orders", [], ""),
        ("", ["orders"], ""),
    ],
)
def test_the_nearest_known_words_are_named(word: str, known: list[str], sentence: str) -> None:
    assert did_you_mean(word, known) == sentence


def test_no_more_than_three_words_are_named() -> None:
    assert did_you_mean("order", [f"order{number}" for number in range(9)]).count("'") == 6


def test_the_nearest_words_do_not_depend_on_the_order_of_the_known_ones() -> None:
    known = ["Orders", "orders", "ORDERS"]
    assert did_you_mean("ordersx", known) == did_you_mean("ordersx", reversed(known))


@pytest.mark.parametrize("name", ["TimeoutExceeded", "TimeoutError"])
def test_what_robot_stops_a_test_by_is_known_in_each_version(name: str) -> None:
    """The second one is before Robot Framework 7.3, where it was an ordinary exception."""
    assert stops_robot(type(name, (Exception,), {"__module__": "robot.errors"})("Test timeout 1 second exceeded."))


def test_a_timeout_of_a_format_s_own_is_none_of_robot() -> None:
    assert not stops_robot(TimeoutError("the service did not answer"))
