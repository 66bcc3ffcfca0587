#!/usr/bin/env bash
# Versions: Kafka Connect 4.3.0, SimpleHeaderConverter (the default header.converter); Java 17.
# One expects: a header that passes through a connector has the text that it had: nobody declared
#   a type for it.
# What happens: the converter guesses a type from the text and writes that anew, and what follows a
#   number and a colon or comma is dropped: 10:30 -> 10, 42:orders -> 42, 12,50 -> 12,
#   007 -> 7, 1.10 -> 1.1, the span id 1234567890e12345 -> 1.234567890E+12354.
# A tester is hurt: correlation by header fails for some ids, those that look like numbers, and the
#   event has another id without an error anywhere.
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
cat >Headers.java <<'JAVA'
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;

public class Headers {
    public static void main(String[] arguments) throws Exception {
        var expected = new LinkedHashMap<String, String>();
        expected.put("order-42", "order-42");
        expected.put("10:30", "10");
        expected.put("42:orders", "42");
        expected.put("12,50", "12");
        expected.put("007", "7");
        expected.put("1.10", "1.1");
        expected.put("+15550100", "15550100");
        expected.put("1234567890e12345", "1.234567890E+12354");
        var seen = new LinkedHashMap<String, String>();
        try (var converter = new SimpleHeaderConverter()) {
            converter.configure(Map.of());
            for (var text : expected.keySet()) {
                var read = converter.toConnectHeader("orders", "id", text.getBytes(UTF_8));
                var written = converter.fromConnectHeader("orders", "id", read.schema(), read.value());
                seen.put(text, new String(written, UTF_8));
                System.out.println(text + " is read as " + read.schema().type()
                        + " and written as " + seen.get(text));
            }
        }
        if (!seen.equals(expected)) {
            throw new AssertionError("the behaviour has changed");
        }
    }
}
JAVA
java -cp 'libs/*' Headers.java
