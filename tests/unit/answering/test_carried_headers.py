"""What correlates and what traces goes from the question to its answer, bytes and order kept."""

from __future__ import annotations

import pytest

from KafkaLibrary.answering.carried_headers import carried


@pytest.mark.parametrize(
    "name",
    [
        "correlationId", "correlation-id", "correlation_id", "CorrelationId", "X-Correlation-ID", "kafka_correlationId",
        "JMSCorrelationID", "traceparent", "tracestate", "baggage", "b3", "X-B3-TraceId", "X-B3-Sampled",
        "x-datadog-trace-id", "x-datadog-tags", "elasticapmtraceparent", "uber-trace-id", "uberctx-user",
        "X-Amzn-Trace-Id", "dd-pathway-ctx-base64",
    ],
)  # fmt: skip
def test_it_is_carried(name: str) -> None:
    assert carried([(name, b"\x00\xff")]) == [(name, b"\x00\xff")]


@pytest.mark.parametrize(
    "name", ["source", "__TypeId__", "ce_id", "ce_correlationid", "kafka_replyTopic", "b30", "correlation", "trace"]
)
def test_it_is_not(name: str) -> None:
    assert carried([(name, b"x")]) == []


def test_a_header_that_stands_twice_does_so_again() -> None:
    both: list[tuple[str, bytes | str | None]] = [("traceparent", b"1"), ("x", b"-"), ("traceparent", b"2")]
    assert carried(both) == [("traceparent", b"1"), ("traceparent", b"2")]


def test_a_null_header_stays_null() -> None:
    assert carried([("correlationId", None)]) == [("correlationId", None)]
