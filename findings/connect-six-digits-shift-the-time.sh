#!/usr/bin/env bash
# Versions: Kafka Connect 4.3.0, TimestampConverter; Java 17.
# One expects: a text with six digits of a second, as Debezium writes timestamptz, is read by a format
#   with six S: 10:00:00.123456 is 10:00:00.123 and something.
# What happens: the six digits are taken as 123456 milliseconds: two minutes and three seconds are added, and
#   up to 16 minutes 39 seconds; the converter's text for it is 10:02:03.000456. No error.
# A tester is hurt: times in the sink are off by another span for each event, none where the digits are zeros,
#   as they are in most test data.
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
cat >Times.java <<'JAVA'
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.TimestampConverter;

public class Times {
    private static final String FORMAT = "yyyy-MM-dd'T'HH:mm:ss.SSSSSSX";

    public static void main(String[] arguments) {
        var expected = new LinkedHashMap<String, String>();
        expected.put("2026-11-30T10:00:00.000000Z", "2026-11-30T10:00:00Z");
        expected.put("2026-11-30T10:00:00.123456Z", "2026-11-30T10:02:03.456Z");
        expected.put("2026-11-30T10:00:00.999999Z", "2026-11-30T10:16:39.999Z");
        var seen = new LinkedHashMap<String, String>();
        for (var text : expected.keySet()) {
            seen.put(text, ((Date) converted("Timestamp", text)).toInstant().toString());
            System.out.println(text + " is read as " + seen.get(text));
        }
        var back = converted("string", "2026-11-30T10:00:00.123456Z");
        System.out.println("and as a text of the same format it is " + back);
        if (!seen.equals(expected) || !back.equals("2026-11-30T10:02:03.000456Z")) {
            throw new AssertionError("the behaviour has changed");
        }
    }

    private static Object converted(String target, String text) {
        try (var converter = new TimestampConverter.Value<SourceRecord>()) {
            converter.configure(Map.of("field", "at", "target.type", target, "format", FORMAT));
            var record = converter.apply(
                    new SourceRecord(Map.of(), Map.of(), "orders", 0, null, null, null, Map.of("at", text)));
            return ((Map<?, ?>) record.value()).get("at");
        }
    }
}
JAVA
java -Duser.timezone=UTC -cp 'libs/*' Times.java
