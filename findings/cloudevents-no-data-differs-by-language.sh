#!/usr/bin/env bash
# Versions: CloudEvents' SDK for Java 4.0.1 (kafka-clients 4.3.0, Java 17) and for Python 2.2.0, in binary mode, which is
#   what both do by themselves. Without a broker.
# One expects: an event that has no data is one message, whoever writes it, and never a tombstone.
# What happens: Java's serializer gives null, so the message is a tombstone with headers; Python's value is empty. Java
#   reads an empty value of a message as no data, so an event with empty data has none when it is read.
# A tester is hurt: "the tombstone came" passes for an OrderCancelled without data; a compacted topic forgets the order by
#   it when Java wrote the event, and keeps it when Python did.
# Seen: 2026-12-01
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >pom.xml <<'XML'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.cloudevents</groupId>
      <artifactId>cloudevents-kafka</artifactId>
      <version>4.0.1</version>
    </dependency>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka-clients</artifactId>
      <version>4.3.0</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>1.7.36</version>
    </dependency>
  </dependencies>
</project>
XML
mvn -q -B -Dstyle.color=never -f pom.xml org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
  -DincludeScope=runtime -DoutputDirectory="$work/libs"
cat >NoData.java <<'JAVA'
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.CloudEventSerializer;
import java.net.URI;
import org.apache.kafka.common.header.internals.RecordHeaders;

public class NoData {
    public static void main(String[] arguments) {
        var cancelled = CloudEventBuilder.v1().withId("1").withSource(URI.create("/shop")).withType("cancelled");
        var headers = new RecordHeaders();
        var value = new CloudEventSerializer().serialize("orders", headers, cancelled.build());
        System.out.println("Java writes " + (value == null ? "null" : value.length + " bytes") + " and " + headers);
        CloudEvent read = new CloudEventDeserializer().deserialize("orders", headers, new byte[0]);
        System.out.println("Java reads an empty value as the data " + read.getData());
        if (value != null || read.getData() != null) {
            throw new AssertionError("the behaviour has changed");
        }
    }
}
JAVA
java -cp 'libs/*' NoData.java
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cloudevents==2.2.0
venv/bin/python - <<'PYTHON'
from cloudevents.core.bindings.kafka import to_binary_event
from cloudevents.core.v1.event import CloudEvent

message = to_binary_event(CloudEvent({"id": "1", "source": "/shop", "type": "cancelled", "specversion": "1.0"}))
print(f"Python writes {message.value!r} and {message.headers}")
assert message.value == b"", message
PYTHON
