"""An event that was acknowledged without an offset is found where it lies, or counts as not published."""

from __future__ import annotations

from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.broker.publishing.unknown_offsets import UNKNOWN, placed
from KafkaLibrary.errors import KafkaUnusable
from KafkaLibrary.event import PlainRecord
from tests.contract.brokers import Broker, refusal, within


def without_offset(record: PlainRecord) -> PlainRecord:
    """As the client gives it after a change of leader."""
    return record._replace(at=(*record.at[:2], UNKNOWN))


def test_it_is_found_behind_what_was_there_before(broker: Broker) -> None:
    topic = broker.topic()
    broker.publish(topic, b"before", partition=2)
    [record] = broker.connection.producer.publish([Outgoing(topic, b"v", b"k", (("id", b"1"),), 2)], within())
    assert placed([without_offset(record)], broker.connection.reader, within()) == [record]


def test_several_of_one_batch_are_found_beside_those_whose_offset_is_known(broker: Broker) -> None:
    topic = broker.topic()
    events = [Outgoing(topic, value, partition=1) for value in (b"a", b"b", b"a", b"c")]
    records = broker.connection.producer.publish(events, within())
    told = [without_offset(records[0]), records[1], without_offset(records[2]), records[3]]
    assert placed(told, broker.connection.reader, within()) == records


def test_one_that_is_not_there_is_said_to_be_not_published(broker: Broker) -> None:
    topic = broker.topic()
    broker.publish(topic, b"another", partition=0)
    lost = PlainRecord((topic, 0, UNKNOWN), (1, 0), None, b"lost")
    reason = refusal(lambda: placed([lost], broker.connection.reader, within()))
    assert isinstance(reason, KafkaUnusable)
    assert f"An event for '{topic}' counts as not published" in str(reason)
