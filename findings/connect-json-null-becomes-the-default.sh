#!/usr/bin/env bash
# Versions: Kafka Connect 4.3.0, JsonConverter; Java 17.
# One expects: a field that is null in the source is null in the event's JSON.
# What happens: where the field is optional and its schema has a default, the default is written:
#   a row whose status was set to NULL is published with "status":"new". That holds with
#   and without schemas in the event; replace.null.with.default=false turns it off.
# A tester is hurt: no event ever shows that the status was taken away, so a test of that change waits
#   in vain, and one that expects "new" passes for the wrong reason.
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
      <groupId>org.apache.kafka</groupId>
      <artifactId>connect-json</artifactId>
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
  -DoutputDirectory="$work/libs"
cat >Nulls.java <<'JAVA'
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;

public class Nulls {
    public static void main(String[] arguments) {
        var status = SchemaBuilder.string().optional().defaultValue("new").build();
        var note = SchemaBuilder.string().optional().build();
        var schema = SchemaBuilder.struct()
                .field("id", Schema.INT32_SCHEMA).field("status", status).field("note", note).build();
        var row = new Struct(schema).put("id", 1).put("status", null).put("note", null);
        var byDefault = json(schema, row, Map.of("schemas.enable", "false"));
        var kept = json(schema, row,
                Map.of("schemas.enable", "false", "replace.null.with.default", "false"));
        System.out.println("a row with status and note NULL");
        System.out.println("  as Connect is set up: " + byDefault);
        System.out.println("  with replace.null.with.default=false: " + kept);
        if (!byDefault.equals("{\"id\":1,\"status\":\"new\",\"note\":null}")
                || !kept.equals("{\"id\":1,\"status\":null,\"note\":null}")) {
            throw new AssertionError("the behaviour has changed");
        }
    }

    private static String json(Schema schema, Struct row, Map<String, String> settings) {
        try (var converter = new JsonConverter()) {
            converter.configure(settings, false);
            return new String(converter.fromConnectData("orders", schema, row), UTF_8);
        }
    }
}
JAVA
java -cp 'libs/*' Nulls.java
