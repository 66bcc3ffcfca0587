"""The guard in plain Python: ``end_test`` raises for dead letters that the test did not expect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.dead_letters import usual_topics
from KafkaLibrary.errors import ExpectationFailed, KeywordMisused
from KafkaLibrary.event import Event
from KafkaLibrary.watching.across_topics.dead_letter_guard import Guard
from KafkaLibrary.watching.topics.patterns import matches

LETTERS = "orders-dlt"


@pytest.fixture
def guarded() -> Iterator[KafkaLibrary]:
    library = KafkaLibrary("embedded", dead_letters="auto")
    library.start_test("first")
    yield library
    library.disconnect_from_all_kafka()


def bury(library: KafkaLibrary, event: Event, topic: str = LETTERS) -> Event:
    headers: list[tuple[str, Any]] = [
        ("__connect.errors.topic", event.topic),
        ("__connect.errors.partition", str(event.partition)),
        ("__connect.errors.offset", str(event.offset)),
        ("__connect.errors.exception.message", "no such currency"),
    ]
    return library.publish_event(
        topic, event.raw_value, key=event.raw_key, headers=headers, partition=0, format="bytes"
    )


def test_the_end_of_a_test_raises_for_a_letter(guarded: KafkaLibrary) -> None:
    order = guarded.publish_event("orders", {"orderId": 42})
    letter = bury(guarded, order)
    with pytest.raises(AssertionError, match="which this test published, was dead-lettered") as failure:
        guarded.end_test()
    assert order.place in str(failure.value)
    assert letter.place in str(failure.value)


def test_a_letter_is_told_once(guarded: KafkaLibrary) -> None:
    bury(guarded, guarded.publish_event("orders", "{}"))
    with pytest.raises(ExpectationFailed):
        guarded.end_test()
    guarded.start_test()
    guarded.end_test()


def test_where_the_end_was_not_told_the_next_start_raises(guarded: KafkaLibrary) -> None:
    bury(guarded, guarded.publish_event("orders", "{}"))
    with pytest.raises(ExpectationFailed, match="which this test published"):
        guarded.start_test()
    guarded.end_test()


def test_the_name_of_an_earlier_test_is_told(guarded: KafkaLibrary) -> None:
    order = guarded.publish_event("orders", "{}")
    guarded.end_test()
    guarded.start_test("second")
    bury(guarded, order)
    with pytest.raises(ExpectationFailed, match="which the earlier test 'first' published"):
        guarded.end_test()


def test_letters_of_one_event_are_told_as_one(guarded: KafkaLibrary) -> None:
    order = guarded.publish_event("orders", "{}")
    for _ in range(3):
        bury(guarded, order)
    with pytest.raises(ExpectationFailed, match=r"^1 event was(.|\n)* and 2 more of it\."):
        guarded.end_test()


def test_a_letter_of_a_letter_on_its_own_topic_is_that_of_the_first_event(guarded: KafkaLibrary) -> None:
    order = guarded.publish_event("orders", "{}")
    guarded.end_test()
    guarded.start_test("second")
    guarded.expect_dead_letters()
    letter = bury(guarded, order)
    guarded.end_test()
    guarded.start_test("third")
    headers = [*letter.raw_headers, ("__connect.errors.topic", letter.topic)]
    headers += [("__connect.errors.partition", str(letter.partition)), ("__connect.errors.offset", str(letter.offset))]
    guarded.publish_event(LETTERS, "{}", headers=headers)
    with pytest.raises(ExpectationFailed, match=r"^1 event was") as failure:
        guarded.end_test()
    assert f"{order.place}, which the earlier test 'first' published," in str(failure.value)


def test_headers_in_a_circle_are_told(guarded: KafkaLibrary) -> None:
    place = (("topic", LETTERS), ("partition", "0"), ("offset", "0"))
    headers = [(f"__connect.errors.{name}", content) for name, content in place * 2]
    guarded.publish_event(LETTERS, "{}", headers=headers, partition=0)
    with pytest.raises(ExpectationFailed, match=r"orders-dlt\[0\]@0.* was dead-lettered"):
        guarded.end_test()


def test_a_topic_that_is_called_as_those_of_letters_is_found_when_it_comes(guarded: KafkaLibrary) -> None:
    bury(guarded, guarded.publish_event("orders", "{}"), "error.orders.billing")
    with pytest.raises(ExpectationFailed, match=r"error\.orders\.billing"):
        guarded.end_test()


def test_a_topic_of_tries_has_no_letters() -> None:
    library = KafkaLibrary("embedded", dead_letters="orders-*")
    library.start_test()
    library.publish_event("orders-retry-200", "{}", headers={"kafka_original-topic": "orders"})
    library.end_test()
    library.publish_event("orders-dlt", "{}", headers={"kafka_original-topic": "orders"})
    with pytest.raises(ExpectationFailed):
        library.end_test()
    library.disconnect_from_all_kafka()


@pytest.mark.parametrize(
    "expected",
    [{}, {"topic": LETTERS}, {"topic": "*-dlt"}, {"reason": "no such currency"}, {"topic": LETTERS, "reason": "such"}],
)
def test_what_is_expected_does_not_fail(guarded: KafkaLibrary, expected: dict[str, str]) -> None:
    guarded.expect_dead_letters(**expected)
    bury(guarded, guarded.publish_event("orders", "{}"))
    guarded.end_test()


@pytest.mark.parametrize("expected", [{"topic": "payments-dlt"}, {"reason": "timeout"}, {"group": "billing"}])
def test_what_differs_from_the_expected_does(guarded: KafkaLibrary, expected: dict[str, str]) -> None:
    guarded.expect_dead_letters(**expected)
    bury(guarded, guarded.publish_event("orders", "{}"))
    with pytest.raises(ExpectationFailed):
        guarded.end_test()


def test_what_one_test_expects_the_next_does_not(guarded: KafkaLibrary) -> None:
    guarded.expect_dead_letters()
    guarded.end_test()
    guarded.start_test()
    bury(guarded, guarded.publish_event("orders", "{}"))
    with pytest.raises(ExpectationFailed):
        guarded.end_test()


def test_where_kafka_is_away_nothing_is_known() -> None:
    library = KafkaLibrary("127.0.0.1:1", dead_letters=LETTERS, timeout=0.2)
    library.start_test()
    with pytest.raises(ExpectationFailed, match="Whether an unexpected dead letter came is unknown"):
        library.end_test()


def test_without_a_guard_nothing_is_asked() -> None:
    library = KafkaLibrary("127.0.0.1:1", timeout=0.2)
    library.start_test()
    library.expect_dead_letters()
    library.end_test()


def noted(asked: list[str], name: str, ask: Callable[..., Any], *given: Any, **named: Any) -> Any:
    asked.append(name)
    return ask(*given, **named)


def requests_of_tests(monkeypatch: pytest.MonkeyPatch, **given: Any) -> int:
    """How often Kafka is asked until the last of ten tests ends, one at once behind the other as Robot runs them."""
    library = KafkaLibrary("embedded", **given)
    listeners: Any = library.ROBOT_LIBRARY_LISTENER
    listener, test = listeners[0], SimpleNamespace(name="test", message="", status="PASS")
    listener.start_suite(test, test)
    reader = library._session.current.reader
    asked: list[str] = []
    for name in ("describe", "ends", "marks", "beginnings", "offsets_at", "names", "ask_names"):
        monkeypatch.setattr(reader, name, partial(noted, asked, name, getattr(reader, name)))
    for number in range(10):
        listener.start_test(test, test)
        library.publish_event("orders", {"orderId": number})
        library.wait_for_event("orders", f"orderId == {number}")
        until = len(asked)
        listener.end_test(test, test)
    assert (test.status, test.message) == ("PASS", "")
    library.disconnect_from_all_kafka()
    return until


@pytest.mark.parametrize("topics", [LETTERS, "*-dlt"])
def test_a_guarded_topic_costs_no_request_more_than_a_watched_one(monkeypatch: pytest.MonkeyPatch, topics: str) -> None:
    watched = requests_of_tests(monkeypatch, watch=["orders", topics])
    assert requests_of_tests(monkeypatch, watch=["orders"], dead_letters=topics) == watched


class Run:
    """A run of Robot as the library's listener sees it."""

    def __init__(self, library: KafkaLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
        self.library = library
        listeners: Any = library.ROBOT_LIBRARY_LISTENER
        self.listener = listeners[0]
        self.warned: list[str] = []
        monkeypatch.setattr("KafkaLibrary.library.logger.warn", self.warned.append)

    def suite(self, *, is_last: bool = False) -> AbstractContextManager[None]:
        return self._period("suite", SimpleNamespace(name="a suite", parent=None if is_last else "the suites"))

    @contextmanager
    def _period(self, kind: str, one: SimpleNamespace) -> Iterator[None]:
        getattr(self.listener, f"start_{kind}")(one, one)
        yield
        getattr(self.listener, f"end_{kind}")(one, one)

    def test(self, *steps: Callable[[], object], status: str = "PASS", message: str = "") -> tuple[str, str]:
        """The status and message of a test that these steps end with before the listener is told of its end."""
        result = SimpleNamespace(name="a test", status=status, message=message)
        with self._period("test", result):
            for step in steps:
                step()
        return result.status, result.message


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    library = KafkaLibrary("embedded", dead_letters="orders-dlt, *-poison")
    yield Run(library, monkeypatch)
    library.disconnect_from_all_kafka()


def an_order_dies(library: KafkaLibrary) -> Event:
    return bury(library, library.publish_event("orders", "{}"))


def test_a_misspelt_topic_is_told_when_the_suite_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(KafkaLibrary("embedded", dead_letters="order-dlt, payments-dlt"), monkeypatch)
    with run.suite():
        assert run.test(lambda: run.library.publish_event(LETTERS, "{}")) == ("PASS", "")
    run.library.disconnect_from_all_kafka()
    assert run.warned == [
        "The topic 'order-dlt' that is given as dead_letters= was never there. Did you mean 'orders-dlt'?"
    ]


def test_the_message_of_a_test_that_passed_has_told_nothing(run: Run) -> None:
    status, message = run.test(lambda: an_order_dies(run.library), message="Seen: orders-dlt[0]@0")
    assert status == "FAIL"
    assert message.startswith("Seen: orders-dlt[0]@0\n\n1 event was dead-lettered")


@pytest.mark.parametrize("other", ["my-orders-dlt[0]@0", "my.orders-dlt[0]@0", "orders-dlt[0]@01"])
def test_another_place_in_the_message_is_not_that_of_the_letter(run: Run, other: str) -> None:
    _, message = run.test(lambda: an_order_dies(run.library), status="FAIL", message=f"No event like {other}")
    assert "1 event was dead-lettered" in message


def test_what_a_failed_test_tells_is_not_told_again(run: Run) -> None:
    told = "It died. See orders-dlt[0]@0."
    assert run.test(lambda: an_order_dies(run.library), status="FAIL", message=told) == ("FAIL", told)


def test_a_letter_of_a_skipped_test_fails_the_next(run: Run) -> None:
    status, message = run.test(lambda: an_order_dies(run.library), status="SKIP", message="Not today.")
    assert status == "SKIP"
    assert "which this test published" in message
    assert run.warned == [message.removeprefix("Not today.\n\n")]
    status, message = run.test()
    assert status == "FAIL"
    assert "which the earlier test 'a test' published, was dead-lettered" in message
    assert run.test() == ("PASS", "")


def test_a_letter_between_suites_is_told_and_fails_the_next_test(run: Run) -> None:
    with run.suite():
        assert run.test() == ("PASS", "")
        an_order_dies(run.library)
    assert len(run.warned) == 1
    with run.suite(is_last=True):
        assert run.test()[0] == "FAIL"
        assert run.test() == ("PASS", "")
        an_order_dies(run.library)
    assert len(run.warned) == 2


def test_very_many_of_other_processes_fail_no_test(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("KafkaLibrary.library._runs_side_by_side", lambda: True)
    headers = [("__connect.errors.topic", "theirs"), ("__connect.errors.partition", "0")]
    letters = [[*headers, ("__connect.errors.offset", str(number))] for number in range(30)]
    theirs = [partial(run.library.publish_event, LETTERS, "{}", headers=one) for one in letters]
    assert run.test(*theirs) == ("PASS", "")
    assert run.warned[0].startswith("30 events were dead-lettered while the test ran.")
    assert "and 10 more" in run.warned[0]
    status, message = run.test(*theirs, lambda: an_order_dies(run.library))
    assert status == "FAIL"
    assert message.startswith("1 event was dead-lettered")


def test_whether_others_run_is_asked_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It costs as much as a keyword: Robot looks for names like that of a variable which is missing."""
    ask = Mock(return_value=False)
    monkeypatch.setattr("KafkaLibrary.library._runs_side_by_side", ask)
    for _ in range(3):
        assert run.test() == ("PASS", "")
    assert ask.call_count == 1


def test_a_letter_that_lost_its_key_is_known_by_its_value(run: Run) -> None:
    run.library.start_test("first")
    run.library.publish_event("orders", '{"orderId": 42}', key="42")
    run.library._session.current.note_published = None  # the letter is not the test's own
    run.library.publish_event(LETTERS, '{"orderId": 42}', headers={"topic_poisoned": "orders"})
    with pytest.raises(ExpectationFailed, match="orders, which this test published, was dead-lettered"):
        run.library.end_test()


def test_what_was_made_from_the_events_of_a_test_is_known_by_its_value(run: Run) -> None:
    headers = {"__streams.errors.topic": "shop-x-repartition", "__streams.errors.partition": "0"}
    headers["__streams.errors.offset"] = "0"
    run.library.start_test("first")
    run.library.publish_event("orders", '{"orderId": 42}', key="42")
    run.library._session.current.note_published = None  # the letter is not the test's own
    run.library.publish_event(LETTERS, '{"orderId": 42}', key="ada", headers=headers)
    with pytest.raises(ExpectationFailed, match=r"shop-x-repartition\[0\]@0, made from what this test published, was"):
        run.library.end_test()


def test_letters_of_a_connection_that_is_opened_again_are_told(run: Run) -> None:
    def connect() -> None:
        run.library.connect_to_kafka("embedded")

    assert run.test(lambda: an_order_dies(run.library), connect)[0] == "FAIL"


def test_what_is_expected_may_be_said_after_the_connection_was_closed(run: Run) -> None:
    close, expect = run.library.disconnect_from_all_kafka, run.library.expect_dead_letters
    assert run.test(lambda: an_order_dies(run.library), close, expect) == ("PASS", "")


def test_where_to_look_fails_nothing_is_known(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    with run.suite(is_last=True):
        assert run.test() == ("PASS", "")
        monkeypatch.setattr(Guard, "look", broken)
        result = SimpleNamespace(name="a test", status="PASS", message="")
        run.listener.start_test(result, result)
        with pytest.raises(ZeroDivisionError):
            run.listener.end_test(result, result)
        assert result.status == "FAIL"
        assert result.message.startswith("Whether an unexpected dead letter came is unknown")
        monkeypatch.undo()
        assert run.test() == ("PASS", "")


def test_where_no_connection_was_opened_it_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(KafkaLibrary(dead_letters="auto"), monkeypatch)
    for _ in range(2):
        with run.suite():
            assert run.test() == ("PASS", "")
    assert run.warned == ["dead_letters= is set, but no dead letter was searched: no connection to Kafka was opened."]


@pytest.mark.parametrize("wrong", ["two words", "^(", 42, True, "True", "yes", "ON", "all", "auto, true", {"auto": 1}])
def test_topics_that_none_can_be_called_are_refused(wrong: object) -> None:
    with pytest.raises(KeywordMisused):
        KafkaLibrary("embedded", dead_letters=wrong)


@pytest.mark.parametrize("nothing", [None, "", "None", "False", False, "no", "off", []])
def test_nothing_is_guarded_where_the_argument_says_so(nothing: object) -> None:
    assert KafkaLibrary("embedded", dead_letters=nothing)._session.guard is None


def test_auto_that_met_no_topic_tells_which_may_be_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    for published, warned in (
        (["orders", "payments-failed"], "dead_letters=auto found no topic. If dead letters go to 'payments-failed', g"),
        (["orders"], ""),
        (["payments-failed", "orders-dlq"], "1 event was dead-lettered"),
    ):
        run = Run(KafkaLibrary("embedded", dead_letters="auto"), monkeypatch)
        with run.suite(is_last=True):
            for topic in published:
                run.library.publish_event(topic, "{}")
        run.library.disconnect_from_all_kafka()
        assert [one[: len(warned)] for one in run.warned] == ([warned] if warned else [])


@pytest.mark.parametrize("pattern", [usual_topics(), "orders-dl*"])
def test_a_pattern_that_met_no_topic_is_told_where_kafka_hides_topics(pattern: str) -> None:
    said = f"dead_letters={'auto' if pattern == usual_topics() else pattern} found no topic, so nothing was guarded"
    guard = Guard((pattern, "orders-dlt"))
    assert guard.never_met(["orders"], hides=False) == []
    guard = Guard((pattern,))
    assert guard.never_met(["orders"], hides=True)[0].startswith(said)
    assert guard.never_met(["orders"], hides=True) == []
    guard = Guard((pattern,))
    guard.is_there("orders-dlt")
    assert guard.never_met(["orders"], hides=True) == []


@pytest.mark.parametrize(
    "name",
    [
        *("orders-dlq", "orders.DLQ", "DLQ.orders", "orders_Dlt", "Dead-Letter-Orders", "ORDERS-DEAD-LETTER"),
        *("deadletterqueue", "orders.deadLetterQueue.v1", "poison", "orders-poison", "orders.poisoned"),
    ],
)
def test_auto_means_what_people_call_topics_of_dead_letters(name: str) -> None:
    assert matches(usual_topics(), name)


@pytest.mark.parametrize("name", ["orders", "payments-failed", "orders.errors", "antidlq", "deadlines", "orders-dlqs"])
def test_auto_means_no_topic_of_ordinary_events(name: str) -> None:
    assert not matches(usual_topics(), name)


@pytest.mark.parametrize("empty", ["group", "reason"])
def test_an_empty_text_is_no_expectation(guarded: KafkaLibrary, empty: str) -> None:
    with pytest.raises(KeywordMisused, match=f"^{empty}= is empty"):
        guarded.expect_dead_letters(**{empty: ""})
