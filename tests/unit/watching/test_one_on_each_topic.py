"""A wait for one event on each of several topics."""

from __future__ import annotations

from functools import partial

import pytest

from tests.unit.watching.scene import Scene

THREE = ("orders", "payments", "shipments")


@pytest.fixture
def scene(scene: Scene) -> Scene:
    scene.kafka.make("payments")
    scene.kafka.make("shipments")
    scene.watch(*THREE)
    return scene


def test_each_topic_gives_its_first_match_whatever_the_order_in_which_they_come(scene: Scene) -> None:
    scene.kafka.publish("shipments", '{"id": 2}')
    scene.kafka.publish("shipments", '{"id": 1}')
    scene.kafka.publish("shipments", '{"id": 1}')
    scene.kafka.publish("orders", '{"id": 1}')
    scene.kafka.publish("payments", '{"id": 1}')
    found, why = scene.on_each(THREE, "id == 1")
    assert (list(found.values()), why) == (["orders[0]@0", "payments[0]@0", "shipments[0]@1"], "")


def test_it_returns_as_soon_as_the_last_topic_has_its_event(scene: Scene) -> None:
    for after, topic in enumerate(THREE, start=1):
        scene.clock.after(after, partial(scene.kafka.publish, topic, '{"id": 1}'))
    found, _ = scene.on_each(THREE, "id == 1")
    assert len(found) == 3
    assert scene.clock.now == pytest.approx(3, abs=0.01)


def test_two_on_one_topic_are_not_one_on_each(scene: Scene) -> None:
    for topic in ("orders", "orders", "payments"):
        scene.kafka.publish(topic, '{"id": 1, "state": "NEW"}')
    scene.kafka.publish("shipments", '{"id": 1, "state": "LOST"}')
    assert len(scene.wait(THREE, "id == 1", "state == NEW", count=3).events) == 3
    found, why = scene.on_each(THREE, "id == 1", "state == NEW")
    assert list(found) == ["orders", "payments"]
    lines = why.splitlines()
    assert lines[0] == "No event on 'shipments' matched within 5 seconds:"
    assert lines[3] == "Each topic should have one. Found: orders[0]@0, payments[0]@0."
    assert lines[4].startswith("1 event was read from the mark")
    assert "shipments[0] from offset 0" in lines[4]
    assert "orders" not in lines[4]
    assert lines[5].split() == ["shipments[0]@0", "+0.00", "s", "$.state", "was", "LOST"]
    assert len(lines) == 6


def test_a_failure_tells_of_every_topic_that_had_none(scene: Scene) -> None:
    scene.kafka.publish("payments", '{"id": 1}')
    _, why = scene.on_each(THREE, "id == 1")
    assert why.splitlines()[0] == "No event on 'orders' and none on 'shipments' matched within 5 seconds:"


def test_a_topic_that_is_missing_lacks_its_event(scene: Scene) -> None:
    for topic in THREE:
        scene.kafka.publish(topic, '{"id": 1}')
    _, why = scene.on_each((*THREE, "returns"), "id == 1", since="earliest")
    assert "The topic 'returns' does not exist." in why


def test_a_topic_made_again_needs_its_event_anew(scene: Scene) -> None:
    scene.kafka.publish("orders", '{"id": 1}')
    scene.kafka.publish("payments", '{"id": 1}')
    scene.clock.after(1, lambda: scene.kafka.make_again("orders"))
    scene.clock.after(3, lambda: scene.kafka.publish("shipments", '{"id": 1}'))
    found, why = scene.on_each(THREE, "id == 1")
    assert list(found) == ["payments", "shipments"]
    assert why.startswith("No event on 'orders' matched")
    assert "No event was read from" in why
    assert "The topic 'orders' was deleted and recreated meanwhile." in why


def test_where_kafka_is_away_it_says_so(scene: Scene) -> None:
    scene.kafka.publish("orders", '{"id": 1}')
    scene.clock.after(1, scene.kafka.go_away)
    _, why = scene.on_each(THREE, "id == 1")
    assert why.startswith("Kafka was unreachable, so it is not known whether an event on 'payments' or 'shipments'")


def test_many_topics_stay_readable(scene: Scene) -> None:
    many = tuple(f"t{number}" for number in range(30))
    for name in many:
        scene.kafka.make(name)
    _, why = scene.on_each(many, since="earliest")
    verdict = why.splitlines()[0]
    assert verdict.endswith("and none on 't4' and 25 more matched within 5 seconds.")
