"""Answers as a contract describes them: its examples, where its replies go, and what correlates them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import ExpectationFailed, KeywordMisused
from tests.contract.brokers import missing
from tests.contract.conftest import BROKERS

CONTRACT = """
asyncapi: 3.0.0
info: {title: Payments, version: 1.0.0}
channels:
  asked: {address: %(asked)s, messages: {Pay: {$ref: '#/components/messages/Pay'}}}
  told: {address: %(told)s, messages: {Paid: {$ref: '#/components/messages/Paid'}}}
  anywhere: {address: null, messages: {Paid: {$ref: '#/components/messages/Paid'}}}
operations:
  pay:
    action: receive
    channel: {$ref: '#/channels/asked'}
    reply: %(reply)s
components:
  messages:
    Pay:
      payload: {type: object, required: [id], properties: {id: {type: integer}}}
      correlationId: {location: '%(from)s'}
    Paid:
      correlationId: {location: '%(into)s'}
      headers: {type: object, properties: {source: {type: string}}}
      payload:
        type: object
        required: [id, status]
        properties: {id: {type: integer}, status: {enum: [PAID, DECLINED]}, requestId: {type: string}}
      examples:
        - {name: paid, headers: {source: bank}, payload: {id: 1, status: PAID, requestId: r-0}}
        - {name: declined, payload: {id: 1, status: DECLINED}}
        - {name: wrong, payload: {id: 1, status: LOST}}
"""
HEADER, FIELD = "$message.header#/x-request", "$message.payload#/requestId"
TO_CHANNEL = "{channel: {$ref: '#/channels/told'}}"
TO_HEADER = "{address: {location: '$message.header#/reply-to'}, channel: {$ref: '#/channels/anywhere'}}"


class Place:
    """A connection with a contract of two topics."""

    def __init__(self, kafka: KafkaLibrary, folder: Path) -> None:
        self.kafka, self._folder = kafka, folder
        self.asked, self.told = missing(), missing()
        if kafka.kafka_should_be_reachable()["cluster_id"] != "embedded":
            for name in (self.asked, self.told):
                kafka.create_topic(name)
        kafka.watch_topics(self.told)

    def load(self, *, reply: str = TO_CHANNEL, asked: str = HEADER, told: str = HEADER) -> None:
        given = {"asked": self.asked, "told": self.told, "reply": reply, "from": asked, "into": told}
        path = self._folder / "payments.asyncapi.yaml"
        path.write_text(CONTRACT % given, encoding="utf-8")
        self.kafka.load_contract(path)

    def close(self) -> None:
        self.kafka.disconnect_from_all_kafka()


@pytest.fixture(params=BROKERS, ids=["embedded", "real"][: len(BROKERS)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    kafka = KafkaLibrary(request.param, timeout="10 s")
    kafka.start_test()
    made = Place(kafka, tmp_path)
    yield made
    made.close()


def test_an_example_answers_on_the_channel_of_the_reply(place: Place) -> None:
    place.load()
    place.kafka.answer_events(place.asked, with_="example", fields={"id": "{$.id}"})
    place.kafka.publish_event(place.asked, {"id": 42}, key="k", headers={"x-request": "r-42"})
    event = place.kafka.wait_for_event(place.told)
    assert event.value == {"id": 42, "status": "PAID", "requestId": "r-0"}
    assert event.key == "k"
    assert dict(event.headers) == {"source": "bank", "x-request": "r-42"}
    place.kafka.answers_should_have_been(1)


@pytest.mark.parametrize("wanted", ["example: declined", "example:declined"])
def test_the_example_may_be_named(place: Place, wanted: str) -> None:
    place.load()
    place.kafka.answer_events(place.asked, with_=wanted, to=place.told)
    place.kafka.publish_event(place.asked, {"id": 42}, headers={"x-request": "r-42"})
    assert place.kafka.wait_for_event(place.told).value["status"] == "DECLINED"


def test_where_the_question_says_the_answer_goes(place: Place) -> None:
    place.load(reply=TO_HEADER)
    place.kafka.answer_events(place.asked, with_="example")
    place.kafka.publish_event(place.asked, {"id": 42}, headers={"x-request": "r-42", "reply-to": place.told})
    assert place.kafka.wait_for_event(place.told).headers["x-request"] == "r-42"


def test_a_header_may_correlate_with_a_field(place: Place) -> None:
    place.load(told=FIELD)
    place.kafka.answer_events(place.asked, with_="example")
    place.kafka.publish_event(place.asked, {"id": 42}, headers={"x-request": "r-42"})
    event = place.kafka.wait_for_event(place.told)
    assert event.value == {"id": 1, "status": "PAID", "requestId": "r-42"}
    assert "x-request" not in event.headers


def test_a_field_may_correlate_with_a_header(place: Place) -> None:
    place.load(asked="$message.payload#/id")
    place.kafka.answer_events(place.asked, with_='{"id": {$.id}, "status": "PAID"}')
    place.kafka.publish_event(place.asked, {"id": 42})
    assert place.kafka.wait_for_event(place.told).headers["x-request"] == "42"


def test_what_a_template_says_of_it_stays(place: Place) -> None:
    place.load(told=FIELD)
    place.kafka.answer_events(place.asked, with_={"id": "{$.id}", "status": "PAID", "requestId": "mine"})
    place.kafka.publish_event(place.asked, {"id": 42}, headers={"x-request": "r-42"})
    assert place.kafka.wait_for_event(place.told).value["requestId"] == "mine"


def test_an_example_without_what_correlates_is_not_sent(place: Place) -> None:
    place.load()
    place.kafka.answer_events(place.asked, with_="example")
    place.kafka.publish_event(place.asked, {"id": 42})
    with pytest.raises(ExpectationFailed, match=r"takes headers\.x-request from the question, and it is missing"):
        place.kafka.stop_answering()
    assert place.kafka.get_events(place.told) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"with_": "example: wrong"}, r"\$\.status was LOST"),
        ({"with_": "example", "fields": {"id": "{$.text}"}}, "'id' of the answer is a number"),
    ],
)
def test_an_example_that_does_not_fit_is_not_sent(place: Place, given: dict[str, object], said: str) -> None:
    place.load()
    place.kafka.answer_events(place.asked, **given)  # type: ignore[arg-type]
    place.kafka.publish_event(place.asked, {"id": 42, "text": "[1]"}, headers={"x-request": "r"})
    with pytest.raises(ExpectationFailed, match=said):
        place.kafka.stop_answering()
    assert place.kafka.get_events(place.told) == []


@pytest.mark.parametrize(
    ("wanted", "said"),
    [("example: lost", "no example 'lost'.*paid, declined, wrong"), ("example", "Several messages of .* have")],
)
def test_an_example_that_is_not_there_is_refused_at_once(place: Place, wanted: str, said: str) -> None:
    place.load()
    text = Path(place.kafka._session.contracts["payments.asyncapi.yaml"].path).read_text(encoding="utf-8")
    if wanted == "example":
        other = "Other: {payload: {type: object, required: [x]}, examples: [{payload: {x: 1}}]}, Paid: {$ref"
        path = Path(place.kafka._session.contracts["payments.asyncapi.yaml"].path)
        path.write_text(text.replace("Paid: {$ref", other, 1), encoding="utf-8")
        place.kafka.load_contract(path)
    with pytest.raises(KeywordMisused, match=f"(?s){said}"):
        place.kafka.answer_events(place.asked, with_=wanted, to=place.told)


def test_an_example_needs_a_contract(place: Place) -> None:
    with pytest.raises(KeywordMisused, match="is an example of a contract, and none was read"):
        place.kafka.answer_events(place.asked, with_="example", to=place.told)


def test_the_guard_sees_an_answer_that_is_not_what_the_contract_says(tmp_path: Path) -> None:
    given = {"asked": "asked", "told": "told", "reply": TO_CHANNEL, "from": HEADER, "into": HEADER}
    path = tmp_path / "payments.yaml"
    path.write_text(CONTRACT % given, encoding="utf-8")
    kafka = KafkaLibrary("embedded", contract=str(path), contract_guard="FAIL")
    kafka.start_test()
    kafka.answer_events("asked", with_={"id": "{$.id}", "status": "LOST"})
    kafka.publish_event("asked", {"id": 42}, headers={"x-request": "r"})
    with pytest.raises(ExpectationFailed, match=r"did not match 'Paid': .*status was LOST"):
        kafka.end_test()
