"""Which example of a contract is meant, and how its event is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.contracts.examples import chosen
from KafkaLibrary.errors import KeywordMisused
from tests.unit.contracts.documents import loaded, written

DOCUMENT = """
asyncapi: 2.6.0
info: {title: Orders, version: 1.0.0}
channels:
  orders:
    publish:
      message:
        oneOf: [{$ref: '#/components/messages/Placed'}, {$ref: '#/components/messages/Paid'}]
  archive:
    publish: {message: {$ref: '#/components/messages/Paid'}}
  'eu.{region}.orders':
    publish: {message: {$ref: '#/components/messages/Regional'}}
  words:
    publish: {message: {name: Word, payload: {type: string, examples: [hello, '{x']}}}
  words.json:
    publish:
      message: {name: JsonWord, contentType: application/json, payload: {type: string, examples: [hello]}}
  gone:
    publish:
      message:
        name: Gone
        payload: {type: ['null', object]}
        examples: [{payload: null}]
        bindings: {kafka: {key: {type: string, example: k1}}}
  avro:
    publish:
      message:
        name: Avro
        schemaFormat: application/vnd.apache.avro;version=1.9.0
        payload: {type: record, name: A, fields: [{name: a, type: int}]}
        examples: [{payload: {a: 1}}]
components:
  messages:
    Placed:
      name: Placed
      headers: {type: object, properties: {final: {type: boolean}, kafka_topic: {type: string}}}
      payload: {type: object, properties: {total: {type: number}}}
      examples:
        - {name: first, headers: {final: true, kafka_topic: elsewhere}, payload: {total: 99.5}}
        - {headers: {final: true}}
    Paid: {name: Paid, payload: {type: object}, examples: [{payload: {paid: 1}}, {payload: {paid: 2}}]}
    Regional: {payload: {type: object, example: {region: eu}}}
"""


@pytest.mark.parametrize(
    ("given", "topic", "payload"),
    [
        (("Placed",), "orders", {"total": 99.5}),
        (("orders", "first"), "orders", {"total": 99.5}),
        (("orders", "1"), "orders", {"paid": 2}),
        (("archive",), "archive", {"paid": 1}),
        (("Paid", "1", "archive"), "archive", {"paid": 2}),
        (("eu.north.orders",), "eu.north.orders", {"region": "eu"}),
        (("Regional", "", "eu.north.orders"), "eu.north.orders", {"region": "eu"}),
    ],
)
def test_it_is_found(tmp_path: Path, given: tuple[str, ...], topic: str, payload: Any) -> None:
    shown = chosen([loaded(tmp_path, DOCUMENT)], *given)
    assert (shown.topic, shown.example.payload) == (topic, payload)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("Plced",), r"'Plced'\. Did you mean 'Placed'"),
        (("nothing alike",), r"'nothing alike'\.\nThe messages are: Placed, Paid"),
        (("orders",), "Several messages for 'orders' have examples: Placed, Paid"),
        (("Placed", "frist"), "no example 'frist' of 'Placed'. Did you mean 'first'"),
        (("Placed", "1"), "no example '1' of 'Placed'"),
        (("Paid",), "several topics: orders, archive"),
        (("Regional",), "no topic of one name"),
        (("Placed", "", "archive"), "no message 'Placed' for the topic 'archive'"),
        (("Placed", "", "ordrs"), "no contract has a channel for the topic 'ordrs'. did you mean 'orders'"),
    ],
)
def test_what_is_not_there_or_not_certain_is_refused(tmp_path: Path, given: tuple[str, ...], said: str) -> None:
    with pytest.raises(KeywordMisused, match=f"(?i){said}"):
        chosen([loaded(tmp_path, DOCUMENT)], *given)


@pytest.mark.parametrize(
    ("message", "key", "value", "headers"),
    [
        ("Placed", None, b'{"total":99.5}', [("final", b"true")]),
        ("Word", None, b"hello", []),
        ("JsonWord", None, b'"hello"', []),
        ("Gone", b"k1", None, []),
        ("Avro", None, b"\2", []),
    ],
)
def test_it_goes_out_as_its_contract_says(
    tmp_path: Path, message: str, key: Any, value: Any, headers: list[tuple[str, bytes]]
) -> None:
    kafka = KafkaLibrary("embedded")
    kafka.load_contract(str(written(tmp_path, DOCUMENT)))
    event = kafka.publish_example(message)
    assert (event.raw_key, event.raw_value, list(event.raw_headers)) == (key, value, headers)
    kafka.event_should_match_contract(event)
