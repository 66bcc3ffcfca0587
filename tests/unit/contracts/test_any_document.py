"""Whatever stands anywhere in a document: it is read, noted or refused, and events are judged without an error."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary.contracts.checking.verdicts import judge
from KafkaLibrary.contracts.reading.loading import load_contract
from KafkaLibrary.errors import KafkaLibraryError
from KafkaLibrary.event import Event
from KafkaLibrary.reporting.checks.failed_contracts import failure, fit, in_few_lines
from tests.unit.contracts.documents import event

MESSAGE = {
    "name": "M",
    "contentType": "application/json",
    "traits": [{"headers": {"type": "object", "required": ["x"]}}],
    "headers": {"type": "object", "required": ["h"], "properties": {"h": {"type": "integer"}}},
    "payload": {
        "type": "object",
        "discriminator": "kind",
        "properties": {"a": {"$ref": "#/components/schemas/A"}, "l": {"type": "array", "items": {"type": "string"}}},
        "oneOf": [{"type": "object"}, {"not": {}}],
    },
    "bindings": {"kafka": {"key": {"type": "integer"}}},
    "examples": [{"payload": {"a": 1}, "headers": {"h": 1}}],
    "correlationId": {"location": "$message.header#/c"},
}
AVRO = {"payload": {"type": "record", "name": "R", "fields": [{"name": "a", "type": "int"}]}}
COMPONENTS = {"schemas": {"A": {"type": "integer"}}}
OF_3 = {
    "asyncapi": "3.0.0",
    "info": {"title": "t"},
    "channels": {
        "orders": {
            "address": "orders",
            "parameters": {"a": {"enum": ["x"]}},
            "bindings": {"kafka": {"topic": "orders"}},
            "messages": {"M": MESSAGE},
        }
    },
    "operations": {
        "o": {
            "action": "send",
            "channel": {"$ref": "#/channels/orders"},
            "messages": [{"$ref": "#/channels/orders/messages/M"}],
            "reply": {
                "channel": {"$ref": "#/channels/orders"},
                "address": {"location": "$message.header#/r"},
            },
        }
    },
    "components": COMPONENTS,
}
OF_2 = {
    "asyncapi": "2.6.0",
    "channels": {
        "orders": {
            "publish": {"operationId": "p", "message": {"oneOf": [MESSAGE, AVRO]}},
            "bindings": {"kafka": {"topic": "orders"}},
            "parameters": {"a": {"schema": {"enum": ["x"]}}},
        }
    },
    "components": COMPONENTS,
}
JUNK: list[Any] = [5, None, [{}], {"$ref": "#"}, {"$ref": 5}]
EVENTS: list[Event] = [
    event({"a": 1, "l": ["x"]}, key=b"1", headers={"h": 1}),
    event(None),
    event(b"\xff\x00", key=b"\xff", headers={"h": b"\xff"}),
    event(5, key=b"1", headers={"__TypeId__": "M"}),
]


def places(part: Any, steps: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for step, inner in inside:
        yield (*steps, step)
        yield from places(inner, (*steps, step))


@pytest.mark.parametrize("junk", JUNK, ids=str)
@pytest.mark.parametrize("document", [OF_2, OF_3], ids=["2", "3"])
def test_nothing_in_a_document_breaks_its_reader(tmp_path: Path, document: Any, junk: Any) -> None:
    path = tmp_path / "asyncapi.json"
    for steps in places(document):
        changed = copy.deepcopy(document)
        around = changed
        for step in steps[:-1]:
            around = around[step]
        around[steps[-1]] = junk
        path.write_text(json.dumps(changed), encoding="utf-8")
        judge_all(path)


def judge_all(path: Path) -> None:
    try:
        contract = load_contract(path)
    except KafkaLibraryError:
        return
    assert all(str(note) for note in contract.notes)
    for one in EVENTS:
        verdict = judge(one, [contract])
        if verdict.state == "fits":
            assert fit(verdict)
            continue
        assert failure(verdict)
        if verdict.state != "no channel":
            assert in_few_lines(verdict)
