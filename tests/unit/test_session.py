"""Connections by alias, tests and suites under way, temporary topics; with connections that only take notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any, ClassVar
from unittest.mock import patch

import pytest

from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.broker.settings.described_connection import Described
from KafkaLibrary.connection import Connection
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaUnusable, KeywordMisused
from KafkaLibrary.session import Session
from KafkaLibrary.watching.marks import Scope, Start

SETTINGS = Settings("localhost:1", {})


class Notes:
    """What is done to the topics of a connection."""

    def __init__(self, connection: Noted) -> None:
        self._connection = connection

    def delete(self, names: Sequence[str], _deadline: Deadline, *, missing_ok: bool) -> None:
        if self._connection.away:
            raise KafkaUnusable("Kafka is away.")
        self._connection.told += [f"delete {name}" for name in names if missing_ok]

    def drop(self, name: str) -> None:
        self._connection.told.append(f"drop {name}")


class Noted:
    """A connection that notes what it is told, and fails when Kafka is said to be away."""

    made: ClassVar[list[Noted]] = []
    away = False

    def __init__(self, alias: str, settings: Settings, timeout: float, log_size: int, scopes: list[Scope]) -> None:
        self.alias, self.settings, self.timeout, self.log_size = alias, settings, timeout, log_size
        self.scopes = [scope.kind for scope in scopes]
        self.told: list[str] = []
        self.warning = ""
        self.topics = self.watcher = Notes(self)
        self.made.append(self)

    def deadline(self, seconds: float | None = None) -> Deadline:
        return Deadline(self.timeout if seconds is None else seconds)

    def asking(self, seconds: float, _trips: int = 1) -> Deadline:
        return self.deadline(min(self.timeout, seconds))

    def _ask(self) -> None:
        if self.away:
            raise KafkaUnusable("Kafka is away.")

    def cluster(self, _deadline: Deadline) -> dict[str, Any]:
        self._ask()
        return {}

    def watch(
        self, topics: Sequence[str], start: Start, deadline: Deadline | None, *, missing: Sequence[str] = ()
    ) -> None:
        self.told.append(f"watch {','.join(topics)} from {start.kind}" + " again" * (deadline is None))
        if topics:
            self._ask()

    def enter(self, kind: str, _started: datetime) -> str:
        self.told.append(f"enter {kind}")
        return "Kafka is away." if self.away else ""

    def leave(self) -> str:
        self.told.append("leave")
        return self.warning

    def close(self) -> None:
        self.told.append("close")


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    monkeypatch.setattr(Noted, "made", [])
    monkeypatch.setattr("KafkaLibrary.connection.Connection", Noted)
    return Noted.made


def a_session(servers: str | None = "localhost:1", watch: tuple[str, ...] = ()) -> Session:
    return Session(Described(servers, None, {}, 10, watch=watch))


def connect(session: Session, alias: str) -> Any:
    session.connect(alias, SETTINGS, None, 1)
    return Noted.made[-1]


def test_the_connection_of_the_import_is_not_opened_before_its_use(made: list[Any]) -> None:
    a_session()
    assert made == []


def test_the_connection_of_the_import_is_opened_at_its_first_use(made: list[Any]) -> None:
    session = a_session()
    assert session.current is session.current is made[0]


def test_without_any_connection_the_ways_to_have_one_are_told() -> None:
    with pytest.raises(KeywordMisused, match="bootstrap_servers= when the library is imported, or call 'Connect"):
        _ = a_session(None).current


def test_a_connection_that_is_opened_is_used() -> None:
    session = a_session()
    assert session.current is not connect(session, "other")
    assert session.current.alias == "other"


def test_a_connection_that_does_not_answer_is_closed_and_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    session = a_session()
    before = session.current
    monkeypatch.setattr(Noted, "away", True)
    with pytest.raises(KafkaUnusable):
        session.connect("other", SETTINGS, None, 1)
    assert (Noted.made[-1].told, session.current) == (["close"], before)


def test_a_connection_that_does_not_answer_leaves_the_one_of_its_alias_open(monkeypatch: pytest.MonkeyPatch) -> None:
    session = a_session()
    before = connect(session, "other")
    monkeypatch.setattr(Noted, "away", True)
    with pytest.raises(KafkaUnusable):
        session.connect("other", SETTINGS, None, 1)
    assert (session.current, before.told) == (before, [])


def test_a_second_connection_of_an_alias_closes_the_first() -> None:
    session = a_session()
    first = connect(session, "other")
    connect(session, "other")
    assert first.told == ["close"]


def test_switching_gives_the_alias_before() -> None:
    session = a_session()
    connect(session, "one")
    connect(session, "two")
    assert (session.switch("one"), session.current.alias) == ("two", "one")


def test_switching_to_the_connection_of_the_import_needs_no_earlier_use() -> None:
    session = a_session()
    connect(session, "one")
    session.switch("default")
    assert session.current.alias == "default"


def test_switching_to_an_unknown_alias_names_the_known_ones() -> None:
    session = a_session(None)
    connect(session, "orders")
    with pytest.raises(
        KeywordMisused, match=r"no connection 'order'\. Did you mean 'orders'\?\nThe open .*: 'orders'\."
    ):
        session.switch("order")


def test_a_failed_switch_changes_nothing() -> None:
    session = a_session(None)
    connect(session, "orders")
    with pytest.raises(KeywordMisused):
        session.switch("order")
    assert session.current.alias == "orders"


def test_after_closing_the_current_connection_the_one_opened_before_is_used() -> None:
    session = a_session()
    connect(session, "one")
    connect(session, "two")
    session.disconnect(None)
    assert session.current.alias == "one"


def test_after_closing_the_current_connection_the_one_used_before_is_used() -> None:
    session = a_session(None)
    for alias in ("one", "two", "three"):
        connect(session, alias)
    session.switch("one")
    session.switch("three")
    session.disconnect(None)
    assert session.current.alias == "one"
    session.disconnect(None)
    assert session.current.alias == "two"


def test_closing_another_connection_does_not_switch() -> None:
    session = a_session()
    connect(session, "one")
    connect(session, "two")
    session.disconnect("one")
    assert session.current.alias == "two"


def test_closing_an_unknown_connection_is_refused() -> None:
    session = a_session()
    connect(session, "orders")
    with pytest.raises(KeywordMisused, match=r"Did you mean 'orders'\?"):
        session.disconnect("oders")


def test_closing_where_nothing_is_open_is_no_failure() -> None:
    a_session().disconnect(None)


def test_closing_all_closes_each(made: list[Any]) -> None:
    session = a_session()
    connect(session, "one")
    connect(session, "two")
    session.disconnect_all()
    assert [one.told[-1] for one in made] == ["close", "close"]


def test_the_connection_of_the_import_opens_again_after_all_were_closed(made: list[Any]) -> None:
    session = a_session()
    first = session.current
    session.disconnect_all()
    assert session.current is not first


def test_a_test_marks_all_open_connections_anew(made: list[Any]) -> None:
    session = a_session()
    connect(session, "one")
    connect(session, "two")
    session.enter("test")
    assert [one.told for one in made] == [["enter test"], ["enter test"]]


def test_a_test_without_watched_topics_opens_no_connection(made: list[Any]) -> None:
    a_session().enter("test")
    assert made == []


def test_a_connection_opened_in_a_test_knows_the_suite_and_the_test(made: list[Any]) -> None:
    session = a_session()
    session.enter("suite")
    session.enter("test")
    connect(session, "one")
    assert made[0].scopes == ["suite", "suite", "test"]


def test_watched_topics_are_watched_from_the_start_of_the_first_test(made: list[Any]) -> None:
    a_session(watch=("orders",)).enter("suite")
    assert made[0].told == ["watch orders from latest", "enter suite"]


def test_watched_topics_are_watched_on_the_first_connection_where_the_import_has_no_address() -> None:
    session = a_session(None, watch=("orders",))
    first, second = connect(session, "one"), connect(session, "two")
    session.enter("test")
    assert (first.told, second.told) == (["watch orders from scope", "enter test"], ["enter test"])


def test_watched_topics_are_watched_anew_where_that_connection_is_opened_again() -> None:
    session = a_session(None, watch=("orders",))
    connect(session, "one")
    assert connect(session, "one").told == ["watch orders from scope"]


def test_watched_topics_are_tried_again_by_the_next_test_when_kafka_was_away(
    made: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = a_session(watch=("orders",))
    monkeypatch.setattr(Noted, "away", True)
    session.enter("suite")
    monkeypatch.setattr(Noted, "away", False)
    session.enter("test")
    assert [note for one in made for note in one.told].count("watch orders from latest again") == 1


def test_that_watched_topics_could_not_be_marked_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Noted, "away", True)
    warnings = a_session(watch=("orders",)).enter("suite")
    assert "The topics given as watch= could not be watched: Kafka is away." in warnings[0]


def test_that_marks_could_not_be_set_is_a_warning_that_names_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    session = a_session()
    connect(session, "orders")
    monkeypatch.setattr(Noted, "away", True)
    assert "of connection 'orders' could not be marked at the start of the test" in session.enter("test")[0]


def test_a_test_that_could_not_be_marked_has_begun_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    session = a_session()
    one = connect(session, "one")
    monkeypatch.setattr(Noted, "away", True)
    session.enter("test")
    session.leave()
    assert one.told == ["enter test", "leave"]


def test_a_warning_of_a_connection_at_the_end_is_handed_on() -> None:
    session = a_session()
    connect(session, "one").warning = "A transaction was left open."
    session.enter("test")
    assert session.leave() == ["A transaction was left open."]


def test_a_temporary_topic_ends_with_its_test() -> None:
    session = a_session()
    one = connect(session, "one")
    session.enter("test")
    session.keep_temporary(session.current, "orders-1")
    session.leave()
    assert "delete orders-1" in one.told


def test_a_temporary_topic_of_the_suite_outlives_its_tests() -> None:
    session = a_session()
    one = connect(session, "one")
    session.enter("suite")
    session.keep_temporary(session.current, "orders-1")
    session.enter("test")
    session.leave()
    assert "delete orders-1" not in one.told


def test_a_temporary_topic_of_the_suite_ends_with_it() -> None:
    session = a_session()
    one = connect(session, "one")
    session.enter("suite")
    session.keep_temporary(session.current, "orders-1")
    session.enter("test")
    session.leave()
    session.leave()
    assert "delete orders-1" in one.told


def test_a_temporary_topic_is_deleted_once() -> None:
    session = a_session()
    one = connect(session, "one")
    session.enter("test")
    session.keep_temporary(session.current, "orders-1")
    session.leave()
    session.leave()
    session.disconnect_all()
    assert one.told.count("delete orders-1") == 1


def test_a_temporary_topic_is_read_no_more() -> None:
    session = a_session()
    one = connect(session, "one")
    session.enter("test")
    session.keep_temporary(session.current, "orders-1")
    session.leave()
    assert "drop orders-1" in one.told


def test_a_temporary_topic_ends_with_its_connection() -> None:
    session = a_session()
    one = connect(session, "one")
    session.keep_temporary(session.current, "orders-1")
    session.disconnect("one")
    assert one.told == ["drop orders-1", "delete orders-1", "close"]


def test_a_temporary_topic_ends_with_a_connection_that_another_of_its_alias_replaces() -> None:
    session = a_session()
    one = connect(session, "one")
    session.keep_temporary(session.current, "orders-1")
    connect(session, "one")
    assert one.told == ["drop orders-1", "delete orders-1", "close"]


def test_a_temporary_topic_that_can_not_be_deleted_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    session = a_session()
    connect(session, "one")
    session.enter("test")
    session.keep_temporary(session.current, "orders-1")
    monkeypatch.setattr(Noted, "away", True)
    assert session.leave() == ["The temporary topic 'orders-1' could not be deleted: Kafka is away."]


def test_temporary_topics_that_end_at_once_are_deleted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within one deadline, however many they are, and however long keywords may wait."""
    deadlines = []

    def delete(_: Notes, names: Sequence[str], deadline: Deadline, *, missing_ok: bool) -> None:
        assert missing_ok
        deadlines.append((names, deadline.seconds))

    monkeypatch.setattr(Notes, "delete", delete)
    session = a_session()
    session.connect("one", SETTINGS, 600.0, 1)
    session.enter("test")
    for number in range(3):
        session.keep_temporary(session.current, f"orders-{number}")
    session.leave()
    assert deadlines == [(["orders-0", "orders-1", "orders-2"], 5.0)]


def test_a_temporary_topic_that_could_not_be_deleted_is_tried_again_when_its_connection_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = a_session()
    one = connect(session, "one")
    session.enter("test")
    session.keep_temporary(session.current, "orders-1")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Noted, "away", True)
        session.leave()
    session.enter("test")
    assert session.leave() == []
    assert "delete orders-1" not in one.told
    session.disconnect_all()
    assert "delete orders-1" in one.told


def test_temporary_topics_that_a_closed_connection_left_are_told_at_the_end_of_the_test(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = a_session()
    one = connect(session, "one")
    session.enter("test")
    session.keep_temporary(session.current, "orders-1")
    session.keep_temporary(session.current, "orders-2")
    monkeypatch.setattr(Noted, "away", True)
    session.disconnect("one")
    assert one.told[-1] == "close"
    told = ["The temporary topics 'orders-1', 'orders-2' could not be deleted: Kafka is away."]
    assert session.leave() == told
    assert session.leave() == []


def test_a_temporary_topic_whose_deletion_was_interrupted_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    session = a_session()
    one = connect(session, "one")
    session.enter("test")
    session.keep_temporary(session.current, "orders-1")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Notes, "delete", interrupted)
        with pytest.raises(KeyboardInterrupt):
            session.leave()
    session.disconnect_all()
    assert "delete orders-1" in one.told


def test_in_plain_python_a_test_ends_the_one_before() -> None:
    session = a_session()
    one = connect(session, "one")
    session.restart_test()
    session.keep_temporary(session.current, "orders-1")
    session.restart_test()
    assert one.told == ["enter test", "drop orders-1", "delete orders-1", "leave", "enter test"]


def test_the_first_test_in_plain_python_ends_nothing() -> None:
    session = a_session()
    one = connect(session, "one")
    session.restart_test()
    assert one.told == ["enter test"]


@pytest.mark.parametrize("timeout", [None, 3.0])
def test_a_connection_has_its_own_timeout_or_the_one_of_the_import(timeout: float | None) -> None:
    session = a_session()
    session.connect("one", SETTINGS, timeout, 1)
    assert Noted.made[-1].timeout == (timeout or 10)


def test_watched_topics_of_a_kafka_that_stays_away_hold_up_each_test_for_a_moment_only() -> None:
    settings = Settings.read("127.0.0.1:1", None, {})
    connection = Connection("away", settings, 60, 1, [Scope("suite", datetime.now(timezone.utc))])
    with patch.object(connection.watcher, "watch") as watch:
        connection.watch(["orders"], Start("latest"), None)
        connection.watch(["orders"], Start(), Deadline(60))
    again, first = (call.args[2].seconds for call in watch.call_args_list)
    assert again < 5
    assert first == 60
