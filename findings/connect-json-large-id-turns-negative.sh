#!/usr/bin/env bash
# Versions: Kafka Connect 4.3.0, JsonConverter with schemas.enable=false; Java 17.
# One expects: a whole number in an event's JSON that is too large for a long stops the connector, or
#   is kept as a larger type.
# What happens: it is cut to its lower 64 bits: 12345678901234567890, a valid unsigned id, reaches
#   the sink as -6101065172474983726, and 18446744073709551617 as 1. No error, no dead letter.
# A tester is hurt: the row is there, the connector runs, the dead-letter topic is empty; only the id is
#   another one, which may even be that of another row.
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
cat >Ids.java <<'JAVA'
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.json.JsonConverter;

public class Ids {
    public static void main(String[] arguments) {
        try (var converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", "false"), false);
            var seen = List.of("9223372036854775807", "12345678901234567890", "18446744073709551617")
                    .stream().map(id -> {
                        var event = ("{\"id\":" + id + "}").getBytes(UTF_8);
                        var read = ((Map<?, ?>) converter.toConnectData("orders", event).value()).get("id");
                        System.out.println("id " + id + " reaches the sink as " + read);
                        return read;
                    }).toList();
            if (!seen.equals(List.<Object>of(9223372036854775807L, -6101065172474983726L, 1L))) {
                throw new AssertionError("the behaviour has changed");
            }
        }
    }
}
JAVA
java -cp 'libs/*' Ids.java
