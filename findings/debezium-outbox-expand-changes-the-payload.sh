#!/usr/bin/env bash
# Versions: Debezium 3.6.1.Final, outbox EventRouter with table.expand.json.payload=true; Kafka Connect
#   4.3.0's JsonConverter; Java 17. The transform and the converter alone, without a database.
# One expects: the JSON in the outbox's payload is published as that JSON object.
# What happens: members that are null or an empty list are gone; objects of one list get each other's
#   members, as null; a list such as [1, 2.5] turns the WHOLE payload into one quoted text,
#   on the same topic.
# A tester is hurt: `tags == []` and `note == null` never hold, a schema that requires them fails, and
#   one price without a fraction changes the form of the event.
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
cat >Outbox.java <<'JAVA'
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.debezium.transforms.outbox.EventRouter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;

public class Outbox {
    private static final Schema JSON =
            SchemaBuilder.string().name("io.debezium.data.Json").optional().build();
    private static final Schema ROW = SchemaBuilder.struct().name("shop.public.outbox.Value").optional()
            .field("id", Schema.STRING_SCHEMA).field("aggregatetype", Schema.STRING_SCHEMA)
            .field("aggregateid", Schema.STRING_SCHEMA).field("payload", JSON).build();
    private static final Schema SOURCE = SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.Source").field("table", Schema.STRING_SCHEMA).build();
    private static final Schema ENVELOPE = SchemaBuilder.struct().name("shop.public.outbox.Envelope")
            .field("before", ROW).field("after", ROW).field("source", SOURCE)
            .field("op", Schema.STRING_SCHEMA).field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA).build();

    public static void main(String[] arguments) throws Exception {
        var expected = new LinkedHashMap<String, String>();
        expected.put("{\"id\": 1, \"prices\": [1.5, 2.5]}", "{\"id\":1,\"prices\":[1.5,2.5]}");
        expected.put("{\"id\": 1, \"note\": null, \"tags\": []}", "{\"id\":1}");
        expected.put("{\"items\": [{\"a\": 1}, {\"b\": 2}]}",
                "{\"items\":[{\"b\":null,\"a\":1},{\"b\":2,\"a\":null}]}");
        expected.put("{\"id\": 1, \"prices\": [1, 2.5]}", "\"{\\\"id\\\": 1, \\\"prices\\\": [1, 2.5]}\"");
        for (var payload : expected.keySet()) {
            var seen = published(payload);
            System.out.println(payload + " is published as " + seen);
            if (!json(seen).equals(json(expected.get(payload)))) {
                throw new AssertionError("the behaviour has changed");
            }
        }
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    private static String published(String payload) throws Exception {
        try (var router = new EventRouter<SourceRecord>(); var converter = new JsonConverter()) {
            router.configure(Map.of("table.expand.json.payload", "true"));
            converter.configure(Map.of("schemas.enable", "false"), false);
            var row = new Struct(ROW).put("id", "e1").put("aggregatetype", "order")
                    .put("aggregateid", "42").put("payload", payload);
            var value = new Struct(ENVELOPE).put("after", row)
                    .put("source", new Struct(SOURCE).put("table", "outbox")).put("op", "c").put("ts_ms", 1L);
            var record = router.apply(new SourceRecord(
                    Map.of(), Map.of(), "shop.public.outbox", 0, null, null, ENVELOPE, value));
            return new String(
                    converter.fromConnectData(record.topic(), record.valueSchema(), record.value()), UTF_8);
        }
    }
}
JAVA
java -cp 'libs/*' Outbox.java
