#!/usr/bin/env bash
# Versions: Debezium's connector for PostgreSQL 3.6.1.Final in its own engine, PostgreSQL 15.18 (Debian 12), Java 17.
#   PostgreSQL's programs have to be in Debian's folder or on the PATH; started as root it runs as the user postgres.
# One expects: numeric(5,-2), a number rounded to hundreds, has scale -2 in its schema, and 123400 is two bytes.
# What happens: its schema says scale 2046 and precision 5, and the value is 123400 with 2046 zeros behind it: 852 bytes,
#   which no decimal of five digits can have. The number is right for whoever computes it, and nobody else.
# A tester is hurt: Avro's rule is scale <= precision, so what checks it takes the field for bytes; a reader that makes
#   floats of unscaled values and scales gets an overflow or nothing; and the events of a test are a thousand times longer.
# Seen: 2026-12-01
set -euo pipefail
work=$(mktemp -d)
database=
cleanup() {
  if [ -n "$database" ]; then
    kill -INT "$database" 2>/dev/null || true
    wait "$database" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap cleanup EXIT
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
      <artifactId>debezium-embedded</artifactId>
      <version>3.6.1.Final</version>
    </dependency>
    <dependency>
      <groupId>io.debezium</groupId>
      <artifactId>debezium-connector-postgres</artifactId>
      <version>3.6.1.Final</version>
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
  -DincludeScope=runtime -DoutputDirectory="$work/libs"
PATH="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1):$PATH"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as=()
if [ "$(id -u)" = 0 ]; then
  as=(setpriv --reuid=postgres --regid=postgres --init-groups)
  chmod 755 "$work"
  mkdir data && chown postgres data
else
  mkdir data
fi
"${as[@]}" initdb -D "$work/data" -U cdc -A trust -E UTF8 --locale=C --no-sync >install.log
"${as[@]}" postgres -D "$work/data" -h 127.0.0.1 -p "$port" -k "$work/data" -c wal_level=logical -c fsync=off \
  >database.log 2>&1 &
database=$!
sql() { psql -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$port" -U cdc -d postgres -c "$1"; }
for _ in $(seq 100); do
  sql 'select 1' >/dev/null 2>&1 && break
  sleep 0.3
done
sql 'create table orders (id int primary key, total numeric(5,-2))'
sql 'insert into orders values (1, 123400)'
insert='insert into orders values (2, 123400)'
cat >Engine.java <<'JAVA'
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Writes two events, one to a line: that of the row that the snapshot finds, and that of the row inserted later. */
public class Engine {
    public static void main(String[] arguments) throws Exception {
        var port = arguments[0];
        var properties = new Properties();
        properties.setProperty("name", "finding");
        properties.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        properties.setProperty("plugin.name", "pgoutput");
        properties.setProperty("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
        properties.setProperty("topic.prefix", "finding");
        properties.setProperty("database.hostname", "127.0.0.1");
        properties.setProperty("database.port", port);
        properties.setProperty("database.user", "cdc");
        properties.setProperty("database.password", "cdc");
        properties.setProperty("database.dbname", "postgres");
        var seen = new LinkedBlockingQueue<String>();
        var threads = Executors.newSingleThreadExecutor();
        try (var engine = DebeziumEngine.create(Json.class).using(properties)
                .notifying((ChangeEvent<String, String> event) -> seen.add(event.value())).build()) {
            threads.execute(engine);
            var snapshot = next(seen);
            var url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=cdc";
            try (var connection = DriverManager.getConnection(url); var statement = connection.createStatement()) {
                statement.execute(arguments[1]);
            }
            Files.write(Path.of("events"), List.of(snapshot, next(seen)));
        }
        System.exit(0);
    }

    private static String next(LinkedBlockingQueue<String> seen) throws Exception {
        var event = seen.poll(60, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event came");
        }
        return event;
    }
}
JAVA
java -cp 'libs/*' Engine.java "$port" "$insert"
python3 - <<'PYTHON'
import base64
import json

for origin, line in zip(("snapshot", "stream"), open("events")):
    event = json.loads(line)
    (after,) = (one for one in event["schema"]["fields"] if one["field"] == "after")
    (total,) = (one for one in after["fields"] if one["field"] == "total")
    unscaled = base64.b64decode(event["payload"]["after"]["total"])
    print(origin, total["parameters"], f"{len(unscaled)} bytes")
    assert total["parameters"] == {"scale": "2046", "connect.decimal.precision": "5"}, total
    assert int.from_bytes(unscaled, "big", signed=True) == 123400 * 10**2046
PYTHON
