#!/usr/bin/env bash
# Versions: Apache Avro 1.12.1 (Java 17); fastavro 1.13.1 and avro 1.12.2 (Python) beside it.
# One expects: a reader whose schema has timestamp-micros reads events written with timestamp-millis at
#   their time, or the change is incompatible; so for decimals of scale 3 read with scale 2, which
#   by the specification don't match.
# What happens: Java's checker says compatible, and the reader takes the written number in its own unit:
#   30 November 2026 is read as 21 January 1970, and 1.234 as 12.34. Both Python packages
#   go by the writer's unit and read the right values.
# A tester is hurt: the check of the schemas and a test in Python are green, while every service in Java
#   reads the events of the old producer wrong, without an error.
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
      <groupId>org.apache.avro</groupId>
      <artifactId>avro</artifactId>
      <version>1.12.1</version>
    </dependency>
  </dependencies>
</project>
XML
mvn -q -B -Dstyle.color=never -f pom.xml org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
  -DoutputDirectory="$work/libs"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check avro==1.12.2 fastavro==1.13.1
echo '{"type": "long", "logicalType": "timestamp-millis"}' >millis.avsc
echo '{"type": "long", "logicalType": "timestamp-micros"}' >micros.avsc
echo '{"type": "bytes", "logicalType": "decimal", "precision": 8, "scale": 3}' >three.avsc
echo '{"type": "bytes", "logicalType": "decimal", "precision": 8, "scale": 2}' >two.avsc
"$work/venv/bin/python" - <<'PY'
import io
import sys
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

import avro.io
import avro.schema
import fastavro
from fastavro.schema import load_schema

for wrote, reads, value in (
    ("millis", "micros", datetime(2026, 11, 30, 10, 0, tzinfo=timezone.utc)),
    ("three", "two", Decimal("1.234")),
):
    written = io.BytesIO()
    writer, reader = load_schema(f"{wrote}.avsc"), load_schema(f"{reads}.avsc")
    fastavro.schemaless_writer(written, writer, value)
    Path(f"{wrote}.bin").write_bytes(written.getvalue())
    fast = fastavro.schemaless_reader(io.BytesIO(written.getvalue()), writer, reader)
    parsed = [avro.schema.parse(Path(f"{name}.avsc").read_text()) for name in (wrote, reads)]
    apache = avro.io.DatumReader(*parsed).read(avro.io.BinaryDecoder(io.BytesIO(written.getvalue())))
    print(f"written {value}; fastavro reads {fast}, avro reads {apache}")
    if not fast == apache == value:
        sys.exit("the behaviour has changed")
PY
cat >Evolved.java <<'JAVA'
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;

public class Evolved {
    static Schema schema(String name) throws Exception {
        return new Schema.Parser().parse(Files.readString(Path.of(name + ".avsc")));
    }

    static String read(String wrote, String reads) throws Exception {
        var data = new GenericData();
        data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        data.addLogicalTypeConversion(new Conversions.DecimalConversion());
        var writer = schema(wrote);
        var reader = schema(reads);
        var verdict = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType();
        var decoder = DecoderFactory.get().binaryDecoder(Files.readAllBytes(Path.of(wrote + ".bin")), null);
        var seen = verdict + ", read as " + new GenericDatumReader<Object>(writer, reader, data).read(null, decoder);
        System.out.println("Java: " + seen);
        return seen;
    }

    public static void main(String[] arguments) throws Exception {
        var seen = List.of(read("millis", "micros"), read("three", "two"));
        if (!seen.equals(List.of(
                "COMPATIBLE, read as 1970-01-21T18:53:52.800Z", "COMPATIBLE, read as 12.34"))) {
            throw new AssertionError("the behaviour has changed");
        }
    }
}
JAVA
java -cp 'libs/*' Evolved.java 2>java.log || {
  cat java.log
  exit 1
}
