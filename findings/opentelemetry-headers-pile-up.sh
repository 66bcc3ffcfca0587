#!/usr/bin/env bash
# Versions: opentelemetry-instrumentation-confluent-kafka 0.66b1, opentelemetry-sdk 1.45.1,
#   confluent-kafka 2.16.1 with its embedded broker.
# One expects: the instrumentation gives each produced event a traceparent of its own, and what
#   the application passes as headers stays the application's.
# What happens: it appends to the list that it was given, so a list used for several events grows: the
#   third event has three traceparents, of three traces, and the instrumented consumer follows
#   the FIRST, which belongs to another event.
# A tester is hurt: an event is found by the trace of an event before it, and the reaction to the third
#   is linked to the first's test.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check confluent-kafka==2.16.1 \
  opentelemetry-sdk==1.45.1 opentelemetry-instrumentation-confluent-kafka==0.66b1
"$work/venv/bin/python" - <<'PY'
import logging
import sys
import time

from opentelemetry import trace
from opentelemetry.instrumentation.confluent_kafka import ConfluentKafkaInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

spans = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(spans))
trace.set_tracer_provider(provider)
ConfluentKafkaInstrumentor().instrument()
import confluent_kafka  # noqa: E402 - after instrument(), which replaces its classes

quiet = logging.getLogger("client")
quiet.addHandler(logging.NullHandler())
quiet.propagate = False
producer = confluent_kafka.Producer({"test.mock.num.brokers": 1}, logger=quiet)
first = next(iter(producer.list_topics(timeout=10).brokers.values()))
headers = [("tenant", b"a")]
tracer = trace.get_tracer("finding")
traces = []
for number in range(3):
    with tracer.start_as_current_span("test") as span:
        traces.append(f"{span.get_span_context().trace_id:032x}")
        producer.produce("orders", key=b"1", value=b"%d" % number, headers=headers, partition=0)
producer.flush(10)

consumer = confluent_kafka.Consumer(
    {
        "bootstrap.servers": f"{first.host}:{first.port}",
        "group.id": "reader",
        "fetch.wait.max.ms": 10,
    },
    logger=quiet,
)
consumer.assign([confluent_kafka.TopicPartition("orders", 0, 0)])
carried = []
spans.clear()
deadline = time.monotonic() + 20
while len(carried) < 3 and time.monotonic() < deadline:
    message = consumer.poll(0.1)
    if message is not None and not message.error():
        values = [value.decode() for name, value in message.headers() if name == "traceparent"]
        carried.append([traces.index(value.split("-")[1]) for value in values])
        print(f"event {message.value().decode()} carries the traces of the events {carried[-1]}")
consumer.close()
provider.force_flush()
linked = [
    traces.index(f"{link.context.trace_id:032x}")
    for span in spans.get_finished_spans()
    for link in span.links
]
print("the consumer's spans are linked to the traces of the events", linked)
print("the application's list of headers now has", len(headers), "entries")
if carried != [[0], [0, 1], [0, 1, 2]] or len(headers) != 4 or set(linked) != {0}:
    sys.exit("the behaviour has changed")
PY
