#!/usr/bin/env bash
# Versions: Debezium's connector for PostgreSQL 3.6.1.Final in its own engine, PostgreSQL 15.18 (Debian 12), Java 17.
#   PostgreSQL's programs have to be in Debian's folder or on the PATH; started as root it runs as the user postgres.
# One expects: two rows of the same values give the same event, whether the snapshot found the row or the stream did.
# What happens: a generated column is in the snapshot and its schema, and in the stream in neither, for this PostgreSQL
#   doesn't send it; a column of the type name has its text in the snapshot and null in the stream; and the snapshot
#   reads the day 15 March 44 BC as one of the year 44 AD, the stream right.
# A tester is hurt: a suite that puts its rows in before the connector starts sees `total`, one that puts them in after
#   doesn't; so a test passes or fails by the order in which the two are started.
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
sql 'create table orders (id int primary key, price int, total int generated always as (price * 2) stored,
  owner name, since date)'
values="21, 'anna', '0044-03-15 BC'"
sql "insert into orders (id, price, owner, since) values (1, $values)"
insert="insert into orders (id, price, owner, since) values (2, $values)"
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
import json

events = [json.loads(line) for line in open("events")]
declared = [
    [one["field"] for one in after["fields"]]
    for event in events
    for after in event["schema"]["fields"]
    if after["field"] == "after"
]
snapshot, stream = (event["payload"]["after"] for event in events)
print("snapshot", snapshot)
print("stream  ", stream)
assert snapshot == {"id": 1, "price": 21, "total": 42, "owner": "anna", "since": -703383}, snapshot
assert stream == {"id": 2, "price": 21, "owner": None, "since": -735160}, stream
assert declared == [["id", "price", "total", "owner", "since"], ["id", "price", "owner", "since"]], declared
PYTHON
