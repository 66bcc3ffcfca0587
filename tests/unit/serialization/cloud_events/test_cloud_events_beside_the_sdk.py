"""What is written is what the SDK of the CloudEvents project reads, and the other way round."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from cloudevents.core.base import BaseCloudEvent
from cloudevents.core.bindings.kafka import KafkaMessage, from_kafka, to_binary, to_structured
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v03.event import CloudEvent as OldCloudEvent
from cloudevents.core.v1.event import CloudEvent
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.serialization.cloud_events.binding import (
    attributes_of,
    envelope_of_binary,
    mode_of,
    split_structured,
    write_binary,
    write_structured,
)
from KafkaLibrary.serialization.schemaless import json_format

MINIMAL = {"type": "OrderPlaced", "source": "/shop"}
READ = {"specversion": "1.0", "id": "1", **MINIMAL}

texts = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1)
extension_names = st.from_regex(r"x[a-z0-9]{1,18}", fullmatch=True)
moments = st.datetimes(
    min_value=datetime(1000, 1, 2),  # noqa: DTZ001 - the zone is given beside
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001
    timezones=st.just(timezone.utc) | st.just(timezone(timedelta(hours=-5, minutes=-30))),
)
trees = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
given_events = st.builds(
    lambda needed, optional, extensions: {**extensions, **needed, **optional},
    st.fixed_dictionaries({"type": texts, "source": texts, "id": texts}),
    st.fixed_dictionaries({}, optional={"subject": texts, "dataschema": texts, "time": moments}),
    st.dictionaries(extension_names, texts, max_size=3),
)


def the_other(raw: bytes | None, headers: list[tuple[str, bytes]]) -> BaseCloudEvent:
    """The event as the SDK reads it from Kafka."""
    return from_kafka(KafkaMessage(dict(headers), None, raw or b""), JSONFormat())


def as_texts(attributes: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: value.astimezone(timezone.utc).isoformat() if isinstance(value, datetime) else str(value)
        for name, value in attributes.items()
    }


@given(given_events, trees)
def test_a_structured_event_reads_as_what_was_given(given_event: dict[str, Any], data: Any) -> None:
    attributes, sent, has_data = attributes_of({**given_event, "data": data})
    raw, _ = write_structured(attributes, sent, has_data=has_data)
    assert split_structured(json_format.read_exact(raw)) == (attributes, data, "data")


@given(given_events, trees)
def test_a_binary_event_reads_as_what_was_given(given_event: dict[str, Any], data: Any) -> None:
    attributes, _, _ = attributes_of(given_event)
    _, headers = write_binary(attributes, json_format.write(data))
    assert mode_of(tuple(headers)) == "binary"
    assert envelope_of_binary(tuple(headers), data, True) == {**attributes, "data": data}


@given(given_events, st.dictionaries(texts, trees, max_size=3), st.booleans())
def test_the_sdk_reads_what_is_written(given_event: dict[str, Any], data: dict[str, Any], structured: bool) -> None:
    attributes, _, _ = attributes_of(given_event)
    if structured:
        other = the_other(*write_structured(attributes, data, "application/json"))
    else:
        other = the_other(*write_binary(attributes, json_format.write(data), "application/json"))
    added = {"time": other.get_time(), "specversion": "1.0", "datacontenttype": "application/json"}
    expected = {**added, **given_event}
    assert as_texts(other.get_attributes()) == as_texts(expected)
    assert other.get_data() == data


@given(st.binary(min_size=1))
def test_the_sdk_reads_bytes_that_are_written(raw: bytes) -> None:
    assert the_other(*write_structured(READ, raw, "application/avro")).get_data() == raw


@given(given_events, st.dictionaries(texts, trees, max_size=3))
def test_binary_events_of_the_sdk_are_read(given_event: dict[str, Any], data: dict[str, Any]) -> None:
    sent = to_binary(CloudEvent(dict(given_event), data), JSONFormat())
    headers = tuple(sent.headers.items())
    assert mode_of(headers) == "binary"
    envelope = envelope_of_binary(headers, json_format.read(sent.value), True)
    assert envelope.pop("data") == data
    envelope["time"] = datetime.fromisoformat(envelope["time"].replace("Z", "+00:00"))
    expected = {"time": envelope["time"], "specversion": "1.0", **given_event}
    assert as_texts(envelope) == as_texts(expected)


@given(given_events, st.dictionaries(texts, trees, max_size=3) | st.binary(min_size=1))
def test_structured_events_of_the_sdk_are_read(given_event: dict[str, Any], data: Any) -> None:
    sent = to_structured(CloudEvent(dict(given_event), data), JSONFormat())
    assert mode_of(tuple(sent.headers.items())) == "structured"
    attributes, read, member = split_structured(json_format.read(sent.value))
    assert (read, member) == (data, "data_base64" if isinstance(data, bytes) else "data")
    assert {name: attributes[name] for name in MINIMAL} == {name: given_event[name] for name in MINIMAL}


@given(st.dictionaries(texts, trees, max_size=3) | st.binary(min_size=1))
def test_events_of_version_0_3_are_read(data: Any) -> None:
    old = OldCloudEvent({**MINIMAL, "id": "1", "specversion": "0.3"}, data)
    _, read, _ = split_structured(json_format.read(to_structured(old, JSONFormat()).value))
    assert read == data
    headers = tuple(to_binary(old, JSONFormat()).headers.items())
    assert envelope_of_binary(headers, None, False)["specversion"] == "0.3"
