"""What the library tells of the dead letters that frameworks wrote of five events, and what it can't know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from KafkaLibrary.dead_letters import DeadLetter, add_conventions, dead_letter_of, own_headers, usual_topics
from KafkaLibrary.dead_letters.conventions import BY_TOPIC, OWN_TYPES
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder
from tests.kafka.dead_letters.frameworks import FRAMEWORKS
from tests.kafka.dead_letters.recordings import Recorded, recording

ILLEGAL, MISSING = "java.lang.IllegalStateException", "java.util.NoSuchElementException"
UNREADABLE = "org.apache.kafka.common.errors.RecordDeserializationException"
NO_NUMBER = "Size of data received by IntegerDeserializer is not 4"
NO_CURRENCY = "no such currency"
REJECTED, TRIED = "Offset rejected by client.", "Offset delivery count exceeded the threshold."
WRAPPED, TOMBSTONE, NO_TEXT = b"43", b"45", b"46"
"""Keys: of the event whose error had a cause, of the one without a value, and of the one that is no text."""
AS_TEXT = "\ufffd\ufffd".encode() + b'{"orderId": 46}'
"""What is left of the last one where it was read as a text, and written anew."""


class Letters(NamedTuple):
    """One topic of letters, and what each of them tells of its last death."""

    recorded: str
    topic: str
    framework: str
    group: str
    error: str
    message: str
    of_wrapped: tuple[str, str]
    attempts: int | None = None
    has_place: bool = True
    has_time: bool = False
    of: str = "orders"
    """Where died what they tell of."""


SMALLRYE, CLOUD_STREAM = "SmallRye Reactive Messaging", "Spring Cloud Stream"
SHARE_GROUP, WATERMILL = "a share group of Apache Kafka", "Watermill"
NO_REPAIR, NOT_BILLED = "no way to repair it", "not billed"
BILLING = "error.orders.billing"
TOLD = [
    Letters("smallrye", "dead-letter-topic-orders", SMALLRYE, "", ILLEGAL, NO_CURRENCY, (ILLEGAL, NOT_BILLED)),
    Letters("smallrye", "dead-letter-topic-counts", SMALLRYE, "", UNREADABLE, NO_NUMBER, (UNREADABLE, NO_NUMBER)),
    Letters("smallrye", "dead-letter-topic-repair", SMALLRYE, "", ILLEGAL, NO_REPAIR, (ILLEGAL, NOT_BILLED),
            of="dead-letter-topic-orders"),
    Letters("smallrye", "dead-letter-topic-recounts", SMALLRYE, "", UNREADABLE, NO_NUMBER, (UNREADABLE, NO_NUMBER),
            of="dead-letter-topic-counts"),
    Letters("cloud_stream", BILLING, CLOUD_STREAM, "billing", ILLEGAL, NO_CURRENCY, (MISSING, NO_CURRENCY),
            has_time=True),
    Letters("cloud_stream", f"error.{BILLING}.repair", CLOUD_STREAM, "repair", ILLEGAL, NO_REPAIR, (MISSING, NO_REPAIR),
            has_time=True, of=BILLING),
    Letters("share_group", "dlq.orders", SHARE_GROUP, "billing", "", REJECTED, ("", REJECTED), attempts=1),
    Letters("share_group", "dlq.orders.copies", SHARE_GROUP, "copying", "", REJECTED, ("", REJECTED), attempts=1),
    Letters("share_group", "dlq.orders.tried", SHARE_GROUP, "trying", "", TRIED, ("", TRIED), attempts=5),
    Letters("share_group", "dlq.again", SHARE_GROUP, "repair", "", REJECTED, ("", REJECTED), attempts=1,
            of="dlq.orders.copies"),
    Letters("watermill", "orders.poison", WATERMILL, "bill", "", NO_CURRENCY, ("", f"{NOT_BILLED}: {NO_CURRENCY}"),
            has_place=False),
    Letters("watermill", "orders.poison.again", WATERMILL, "repair", "", NO_REPAIR, ("", f"{NOT_BILLED}: {NO_REPAIR}"),
            has_place=False, of="orders.poison"),
]  # fmt: skip


def name_of(letters: Letters) -> str:
    return letters.topic


def letters_of_events(name: str, topic: str) -> list[tuple[Recorded, Recorded]]:
    """Each event with its letter on the topic, by the value that both have; by the key where it was written anew."""
    events, letters = recording(name).events, recording(name).letters_on(topic)
    if all(letter.value is None for letter in letters):  # nothing of the event: each partition is in its order
        return list(zip(events, letters, strict=True))
    by_value = {letter.value: letter for letter in letters}
    by_key = {letter.key: letter for letter in letters}
    return [(event, by_value.get(event.value) or by_key[event.key]) for event in events]


def death_of(letter: Recorded) -> DeadLetter | None:
    return dead_letter_of(letter.topic, letter.headers, letter.timestamp_ms)


def told(letter: Recorded) -> DeadLetter:
    death = death_of(letter)
    assert death is not None, letter.place
    return death


def seen(letter: Recorded) -> Event:
    """The letter as a tester sees it."""
    place, time = (letter.topic, letter.partition, letter.offset), (1, letter.timestamp_ms)
    return Event(PlainRecord(place, time, letter.key, letter.value, tuple(letter.headers)), FoundDecoder())


def test_there_is_a_recording_of_all_of_them_with_their_versions() -> None:
    for framework in FRAMEWORKS:
        assert {*framework.written_by, "Apache Kafka"} == recording(framework.name).versions.keys()


@pytest.mark.parametrize(
    ("recorded", "package", "framework"),
    [
        ("smallrye", "smallrye-reactive-messaging-kafka", SMALLRYE),
        ("cloud_stream", "spring-cloud-stream-binder-kafka", CLOUD_STREAM),
        ("share_group", "kafka-server", SHARE_GROUP),
        ("watermill", "github.com/ThreeDotsLabs/watermill", WATERMILL),
    ],
)
def test_the_version_of_a_convention_is_that_of_its_recording(recorded: str, package: str, framework: str) -> None:
    (convention,) = (one for one in BY_TOPIC.values() if one.framework == framework)
    assert recording(recorded).versions[package].lstrip("v") == convention.version


@pytest.mark.parametrize("row", TOLD, ids=name_of)
def test_their_topics_are_among_those_that_auto_guards(row: Letters) -> None:
    assert re.fullmatch(usual_topics(), row.topic)


@pytest.mark.parametrize("row", TOLD, ids=name_of)
def test_each_letter_tells_where_its_event_died_and_why(row: Letters) -> None:
    pairs = letters_of_events(row.recorded, row.topic)
    before = dict(letters_of_events(row.recorded, row.of)) if row.of != "orders" else {}
    assert len({letter.place for _, letter in pairs}) == 5
    for event, letter in pairs:
        if row.recorded == "smallrye" and "counts" in row.topic and event.key == TOMBSTONE:
            continue  # nothing is a number, too: its method threw
        died = before[event] if before else event
        error, message = row.of_wrapped if event.key == WRAPPED else (row.error, row.message)
        death = told(letter)
        assert (death.framework, death.group, death.error) == (row.framework, row.group, error)
        assert (death.message, death.attempts, death.is_of_made_event) == (message, row.attempts, False)
        assert death.place == (died.place if row.has_place else died.topic)
        assert death.timestamp_ms == (died.timestamp_ms if row.has_time else None)


@pytest.mark.parametrize("row", [row for row in TOLD if row.of != "orders"], ids=name_of)
def test_a_second_death_leads_to_the_first_where_the_framework_keeps_it(row: Letters) -> None:
    first = dict(letters_of_events(row.recorded, row.of))
    for event, letter in letters_of_events(row.recorded, row.topic):
        death = told(letter)
        if row.framework in (SMALLRYE, CLOUD_STREAM):
            assert death.earlier == (told(first[event]),)
            assert death.origin.place == event.place
        else:  # It replaces what the first death told: only the letter that died leads to the event.
            assert death.earlier == ()
            assert death.origin.topic == row.of


def test_without_quarkus_smallrye_tells_of_a_method_that_throws_no_more_than_that() -> None:
    (letter,) = (one for one in recording("smallrye").letters_on("dead-letter-topic-counts") if one.key == TOMBSTONE)
    assert told(letter).error == "io.smallrye.reactive.messaging.providers.ProcessingException"
    assert told(letter).message == "SRMSG00103: Exception thrown when calling the method SmallRyeChannels$Billing#count"
    assert not any(b"no number" in (content or b"") for _, content in letter.headers)


@pytest.mark.parametrize("row", TOLD, ids=name_of)
def test_the_letter_has_the_key_and_the_value_of_its_event_where_the_framework_keeps_them(row: Letters) -> None:
    for event, letter in letters_of_events(row.recorded, row.topic):
        keeps_key = row.framework != WATERMILL and row.topic != "dlq.orders"
        assert letter.key == (event.key if keeps_key else None)
        if row.topic == "dlq.orders":  # without errors.deadletterqueue.copy.record.enable
            assert letter.value is None
        elif event.key == NO_TEXT and row.topic in ("dead-letter-topic-orders", "dead-letter-topic-repair"):
            assert letter.value == AS_TEXT
        else:
            assert letter.value == event.value


@pytest.mark.parametrize("row", TOLD, ids=name_of)
def test_what_is_left_without_the_headers_of_its_deaths_are_those_of_the_event(row: Letters) -> None:
    for event, letter in letters_of_events(row.recorded, row.topic):
        own = own_headers(letter.headers)
        if row.framework == WATERMILL:  # the last of a name, in no order, and nothing is empty
            assert sorted(own) == sorted((name, content or b"") for name, content in dict(event.headers).items())
        elif row.framework == SHARE_GROUP:
            assert own == []
        else:
            assert own == list(event.headers)


def test_the_place_is_a_number_in_the_letters_own_headers_whether_it_is_text_or_bytes() -> None:
    (letter,) = (one for one in recording("cloud_stream").letters_on(BILLING) if one.key == b"42")
    event = seen(letter)
    assert event.headers["x-original-offset"] == 300
    assert event.headers["x-original-partition"] == 1
    assert event.headers["x-original-timestamp"] == recording("cloud_stream").events[0].timestamp_ms
    assert (event.headers["trace"], event.headers["tenant"]) == (b"\x00\xff\x7f", None)
    assert event.headers.get_all("tag") == ["one", "two"]
    assert event.dead_letter == told(letter)


def test_of_a_letter_that_died_again_a_header_gives_what_its_last_death_put_there() -> None:
    """SmallRye puts the place of a death in front of what is there, and what could not be read behind it."""
    for letter in recording("smallrye").letters_on("dead-letter-topic-recounts"):
        headers = seen(letter).headers
        assert headers["dead-letter-topic"] == "dead-letter-topic-counts"
        if letter.key != TOMBSTONE:
            assert headers["deserialization-failure-topic"] == "dead-letter-topic-counts"
            assert headers.get_all("deserialization-failure-topic") == ["orders", "dead-letter-topic-counts"]
    for letter in recording("cloud_stream").letters_on(f"error.{BILLING}.repair"):
        assert seen(letter).headers["x-original-topic"] == BILLING


@pytest.mark.parametrize("topic", ["orders.letters", "orders.told"])
def test_camel_tells_nothing_and_keeps_key_value_and_the_last_of_its_headers(topic: str) -> None:
    for event, letter in letters_of_events("camel", topic):
        assert death_of(letter) is None
        assert letter.key == event.key
        assert letter.value == (AS_TEXT if event.key == NO_TEXT else event.value)
        kept = [header for header in event.headers if header not in (("tag", b"one"), ("tenant", None))]
        assert list(letter.headers)[:3] == kept
        assert {name for name, _ in letter.headers[3:]} == (set(CAMEL.values()) if topic == "orders.told" else set())


CAMEL = {
    "topic": "origin-topic",
    "partition": "origin-partition",
    "offset": "origin-offset",
    "timestamp": "origin-time",
    "group": "origin-group",
    "error": "origin-error",
    "message": "origin-words",
}
"""The headers that the route sets itself."""


@pytest.fixture
def known_route() -> Iterator[None]:
    types = {"partition": "int", "offset": "long", "timestamp": "long"}
    add_conventions({"our route": {key: "=".join(filter(None, (name, types.get(key)))) for key, name in CAMEL.items()}})
    yield
    del BY_TOPIC[CAMEL["topic"]]
    for key in types:
        del OWN_TYPES[CAMEL[key]]


@pytest.mark.usefixtures("known_route")
def test_a_route_of_camel_that_sets_headers_itself_tells_all_by_a_convention_of_ones_own() -> None:
    for event, letter in letters_of_events("camel", "orders.told"):
        message = NOT_BILLED if event.key == WRAPPED else NO_CURRENCY
        place = (event.topic, event.partition, event.offset, event.timestamp_ms)
        assert told(letter) == DeadLetter("our route", *place, "reporting", ILLEGAL, message)
        assert own_headers(letter.headers) == list(letter.headers)[:3]
