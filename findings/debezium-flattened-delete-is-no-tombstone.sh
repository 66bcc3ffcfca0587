#!/usr/bin/env bash
# Versions: Debezium 3.6.1.Final, ExtractNewRecordState as it is set up; Kafka Connect 4.3.0's
#   JsonConverter; Java 17. The transform and the converter alone, without a database.
# One expects: the default of delete.tombstone.handling.mode is "tombstone", so a deleted row ends as a
#   tombstone: a key with no value.
# What happens: the true tombstone is dropped, and the delete becomes the four bytes `null`, or with schemas
#   an object of "schema" and "payload": null. delete-to-tombstone alone writes a tombstone.
# A tester is hurt: a wait for the tombstone runs out, or a check that reads the value as JSON takes `null`
#   for one; the compacted topic keeps the key of each deleted row for ever.
# Seen: 2026-11-30
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
      <groupId>io.debezium</groupId>
      <artifactId>debezium-connect-plugins</artifactId>
      <version>3.6.1.Final</version>
    </dependency>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>connect-json</artifactId>
      <version>4.3.0</version>
    </dependency>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>connect-transforms</artifactId>
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
mvn -q -B -Dstyle.color=never -f pom.xml \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
  -DoutputDirectory="$work/libs"
cat >Deletes.java <<'JAVA'
import static java.nio.charset.StandardCharsets.UTF_8;

import io.debezium.transforms.ExtractNewRecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;

public class Deletes {
    private static final String TOPIC = "shop.public.orders";
    private static final Schema KEY =
            SchemaBuilder.struct().name(TOPIC + ".Key").field("id", Schema.INT32_SCHEMA).build();
    private static final Schema ROW =
            SchemaBuilder.struct().name(TOPIC + ".Value").optional().field("id", Schema.INT32_SCHEMA).build();
    private static final Schema SOURCE = SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.Source").field("table", Schema.STRING_SCHEMA).build();
    private static final Schema ENVELOPE = SchemaBuilder.struct().name(TOPIC + ".Envelope")
            .field("before", ROW).field("after", ROW).field("source", SOURCE)
            .field("op", Schema.STRING_SCHEMA).field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA).build();

    public static void main(String[] arguments) {
        var seen = new ArrayList<String>();
        for (var settings : List.<Map<String, String>>of(
                Map.of(), Map.of("delete.tombstone.handling.mode", "delete-to-tombstone"))) {
            var value = new Struct(ENVELOPE).put("before", new Struct(ROW).put("id", 1))
                    .put("source", new Struct(SOURCE).put("table", "orders")).put("op", "d").put("ts_ms", 1L);
            var delete = written(settings, ENVELOPE, value);
            var tombstone = written(settings, null, null);
            System.out.println((settings.isEmpty() ? "by default" : settings.values().toString())
                    + ": the delete is written as " + delete + ", its tombstone as " + tombstone);
            seen.addAll(List.of(delete, tombstone));
        }
        if (!seen.equals(List.of("the bytes null", "nothing", "a tombstone", "nothing"))) {
            throw new AssertionError("the behaviour has changed");
        }
    }

    private static String written(Map<String, String> settings, Schema schema, Struct value) {
        try (var transform = new ExtractNewRecordState<SourceRecord>(); var converter = new JsonConverter()) {
            transform.configure(settings);
            converter.configure(Map.of("schemas.enable", "false"), false);
            var key = new Struct(KEY).put("id", 1);
            var record = transform.apply(
                    new SourceRecord(Map.of(), Map.of(), TOPIC, 0, KEY, key, schema, value));
            if (record == null) {
                return "nothing";
            }
            var bytes = converter.fromConnectData(TOPIC, record.valueSchema(), record.value());
            return bytes == null ? "a tombstone" : "the bytes " + new String(bytes, UTF_8);
        }
    }
}
JAVA
java -cp 'libs/*' Deletes.java
