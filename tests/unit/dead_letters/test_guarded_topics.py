"""The guard where its topics come, go, are made again, or can't be read to their ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import ExpectationFailed, KafkaUnusable, KeywordMisused
from KafkaLibrary.reporting.waits.unexpected_dead_letters import failure
from KafkaLibrary.watching.across_topics.dead_letter_guard import Guard
from KafkaLibrary.watching.across_topics.topic_guard import look_at_all
from KafkaLibrary.watching.marks import TopicMark
from tests.unit.watching.scene import Scene, a_scene, event_of

LETTERS = "orders-dlt"


class Guarded:
    """A guard of that topic, and tests that end."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.kafka = scene.kafka
        self.guard = Guard((LETTERS,))
        scene.watch(LETTERS)
        self.guard.begin(scene.watcher.scope.marks)
        self.guard.enter("test", "a test")

    def look(self, patience: float = 10.0) -> None:
        look_at_all([self.guard], self.scene.watcher, event_of, patience)

    def end(self, patience: float = 10.0) -> str:
        """Why the test that ends now fails."""
        self.look(patience)
        return failure(self.guard.verdict())


@pytest.fixture
def guarded() -> Iterator[Guarded]:
    with a_scene() as scene:
        scene.kafka.make(LETTERS)
        scene.kafka.publish(LETTERS, "one from before")
        yield Guarded(scene)


def test_what_comes_is_told_once(guarded: Guarded) -> None:
    assert guarded.end() == ""
    guarded.kafka.publish(LETTERS, "{}")
    assert f"{LETTERS}[0]@1" in guarded.end()
    assert guarded.end() == ""


def test_a_topic_that_was_made_again_may_have_had_letters(guarded: Guarded) -> None:
    guarded.kafka.publish(LETTERS, "{}")
    guarded.kafka.make_again(LETTERS)
    assert f"'{LETTERS}' was recreated" in guarded.end()
    assert guarded.end() == ""
    guarded.kafka.publish(LETTERS, "{}")
    assert f"{LETTERS}[0]@0" in guarded.end()
    assert guarded.end() == ""


def test_one_that_is_made_again_while_it_is_read_may_have_had_letters(guarded: Guarded) -> None:
    guarded.scene.source.fetch_nothing_for(2)
    guarded.kafka.publish(LETTERS, "{}")
    guarded.scene.clock.after(1, lambda: guarded.kafka.make_again(LETTERS))
    assert f"'{LETTERS}' was recreated" in guarded.end()
    assert guarded.end() == ""


def test_a_topic_that_is_gone_may_have_had_letters(guarded: Guarded) -> None:
    guarded.kafka.publish(LETTERS, "{}")
    guarded.kafka.delete(LETTERS)
    assert f"'{LETTERS}' no longer exists" in guarded.end()
    assert guarded.end() == ""
    guarded.kafka.make(LETTERS)
    guarded.kafka.publish(LETTERS, "{}")
    assert guarded.end().startswith("1 event was dead-lettered")


def test_one_that_was_looked_at_and_deleted_here_lost_nothing(guarded: Guarded) -> None:
    guarded.kafka.publish(LETTERS, "{}")
    guarded.look()
    guarded.kafka.delete(LETTERS)
    guarded.guard.deleted(LETTERS, looked_at=True)
    assert "1 event was dead-lettered" in guarded.end()
    assert guarded.end() == ""


def test_a_topic_that_was_unknown_for_a_while_has_no_old_letters(guarded: Guarded) -> None:
    assert guarded.end() == ""
    guarded.scene.source.unknown[LETTERS] = 100
    assert "no longer exists" in guarded.end()
    guarded.scene.source.unknown[LETTERS] = 0
    assert guarded.end() == ""
    guarded.kafka.publish(LETTERS, "{}")
    assert guarded.end().startswith("1 event was dead-lettered")


def test_a_topic_without_an_id_is_new_when_it_comes_back(guarded: Guarded) -> None:
    """As Kafka before version 2.8 has them."""
    guarded.kafka.topics[LETTERS].id = ""
    assert "was recreated" in guarded.end()
    guarded.end()
    guarded.kafka.delete(LETTERS)
    assert "no longer exists" in guarded.end()
    guarded.kafka.make(LETTERS)
    guarded.kafka.topics[LETTERS].id = ""
    guarded.kafka.publish(LETTERS, "{}")
    assert f"{LETTERS}[0]@0" in guarded.end()


@pytest.mark.parametrize("wrong", [None, 5, ""])
def test_what_is_no_topic_to_delete_is_refused(wrong: object) -> None:
    library = KafkaLibrary("embedded", dead_letters="*-dlt")
    library.start_test()
    with pytest.raises((KeywordMisused, KafkaUnusable)):
        library.delete_topic(wrong)
    library.disconnect_from_all_kafka()


def test_what_was_not_read_is_read_by_the_next_look(guarded: Guarded) -> None:
    guarded.scene.source.fetch_nothing_for(20)
    guarded.kafka.publish(LETTERS, "{}")
    assert "there was no more time" in guarded.end(patience=1)
    guarded.scene.clock.advance(30)
    assert f"{LETTERS}[0]@1" in guarded.end()
    assert guarded.end() == ""


def test_what_one_look_did_not_know_another_does_not_hide(guarded: Guarded) -> None:
    with a_scene(log_bound=1) as scene:
        scene.kafka.make(LETTERS)
        forgetful = Guarded(scene)
        for _ in range(3):
            scene.kafka.publish(LETTERS, "{}")
        scene.kafka.trim(LETTERS, before=2)
        forgetful.look()
        scene.kafka.publish(LETTERS, "{}")
        assert "Events were deleted before they could be read" in forgetful.end()


def test_a_topic_that_came_while_no_connection_was_open_is_read_from_its_beginning() -> None:
    for cluster, begins in (("here:9092", 0), ("there:9092", 3)):
        guard = Guard(("*-dlt",))
        guard.begin({}, "here:9092")
        guard.begin({LETTERS: TopicMark("id", {0: 3})}, cluster)
        assert guard._seen[LETTERS].offset(0, "id") == begins


def test_who_published_on_a_topic_that_was_there_before_is_forgotten(guarded: Guarded) -> None:
    first, second = guarded.guard.period, guarded.kafka
    second.make("orders")
    second.publish("orders", "old")
    second.publish("orders", "older")
    published = guarded.guard.published
    published.note([slot.record for slot in second.topics["orders"].partitions[0].slots if slot.record], first)
    assert published._spans
    second.make_again("orders", "new")
    guarded.guard.enter("test", "another test")
    record = second.topics["orders"].partitions[0].slots[0].record
    assert record is not None
    published.note([record], guarded.guard.period)
    assert [list(spans) for spans in published._spans.values()] == [[(0, 1, guarded.guard.period)]]
    published.forget("orders")
    assert not published._spans


@pytest.mark.parametrize("keyword", ["delete_topic", "delete_events"])
def test_letters_are_read_before_a_keyword_deletes_them(monkeypatch: pytest.MonkeyPatch, keyword: str) -> None:
    library = KafkaLibrary("embedded", dead_letters=LETTERS)
    library.start_test()
    library.publish_event(LETTERS, "{}")
    connection = library._session.current

    def lose(*_: object) -> None:
        connection.watcher.drop(LETTERS)

    monkeypatch.setattr(connection, "delete_topic", lose)  # the embedded broker deletes nothing
    monkeypatch.setattr(connection.topics, "empty", lose)
    getattr(library, keyword)(LETTERS)
    with pytest.raises(ExpectationFailed, match="1 event was dead-lettered"):
        library.end_test()
    library.disconnect_from_all_kafka()
