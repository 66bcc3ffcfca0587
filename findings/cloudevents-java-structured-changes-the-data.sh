#!/usr/bin/env bash
# Versions: CloudEvents' SDK for Java 4.0.1 with its JSON format, kafka-clients 4.3.0; Java 17. Without a broker.
# One expects: an event in structured mode is JSON, and is read with the data that it was given; so it is in binary mode.
# What happens: the data is written as it was, and read as doubles: 1234567890123456.78 is 1.2345678901234568E15, and 1.10
#   is 1.1. Empty data is written as "data":} which is no JSON, and which its own deserializer refuses. Data of the type
#   application/vnd.shop+json is Base64 in data_base64.
# A tester is hurt: sums are other ones by the mode that a producer has; one event with no bytes stops each consumer of the
#   topic; and a check of data.total finds nothing where the type has a vendor's name. No event equals the one that was sent.
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
      <groupId>io.cloudevents</groupId>
      <artifactId>cloudevents-json-jackson</artifactId>
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
cat >Structured.java <<'JAVA'
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.CloudEventSerializer;
import java.net.URI;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;

public class Structured {
    private static final String JSON = "application/json";
    private static final String TOTALS = "{\"total\":1234567890123456.78,\"rate\":1.10}";

    public static void main(String[] arguments) {
        var seen = read(Encoding.STRUCTURED, JSON, TOTALS) + "\n" + read(Encoding.BINARY, JSON, TOTALS) + "\n"
                + written(Encoding.STRUCTURED, JSON, "") + "\n" + read(Encoding.STRUCTURED, JSON, "") + "\n"
                + written(Encoding.STRUCTURED, "application/vnd.shop+json", "{\"a\":1}");
        System.out.println(seen);
        if (!seen.equals("""
                {"total":1.2345678901234568E15,"rate":1.1}
                {"total":1234567890123456.78,"rate":1.10}
                {"specversion":"1.0","id":"1","source":"/shop","type":"placed","datacontenttype":"application/json","data":}
                refused
                {"specversion":"1.0","id":"1","source":"/shop","type":"placed",\
                "datacontenttype":"application/vnd.shop+json","data_base64":"eyJhIjoxfQ=="}""")) {
            throw new AssertionError("the behaviour has changed");
        }
    }

    private static String written(Encoding encoding, String type, String data) {
        return new String(written(encoding, type, data, new RecordHeaders()), UTF_8);
    }

    private static byte[] written(Encoding encoding, String type, String data, RecordHeaders headers) {
        var event = CloudEventBuilder.v1().withId("1").withSource(URI.create("/shop")).withType("placed")
                .withData(type, data.getBytes(UTF_8)).build();
        try (var serializer = new CloudEventSerializer()) {
            var format = "application/cloudevents+json";
            serializer.configure(encoding == Encoding.BINARY ? Map.of() : Map.of(
                    CloudEventSerializer.ENCODING_CONFIG, encoding, CloudEventSerializer.EVENT_FORMAT_CONFIG, format),
                    false);
            return serializer.serialize("orders", headers, event);
        }
    }

    private static String read(Encoding encoding, String type, String data) {
        var headers = new RecordHeaders();
        var value = written(encoding, type, data, headers);
        try (var deserializer = new CloudEventDeserializer()) {
            return new String(deserializer.deserialize("orders", headers, value).getData().toBytes(), UTF_8);
        } catch (EventDeserializationException error) {
            return "refused";
        }
    }
}
JAVA
java -cp 'libs/*' Structured.java
