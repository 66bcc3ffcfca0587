#!/usr/bin/env bash
# Versions: Debezium's connector for PostgreSQL 3.6.1.Final in its own engine, PostgreSQL 15.18 (Debian 12), Java 17.
#   PostgreSQL's programs have to be in Debian's folder or on the PATH; started as root it runs as the user postgres.
# One expects: an event has all columns of its table, or the connector stops at one that it can't read.
# What happens: columns of interval[], money[], name[], xml[], polygon, circle, line, a multirange, a composite type or a
#   list of a domain are in neither the value nor its schema, as if the table had none. The connector goes on
#   with a warning in its log; include.unknown.datatypes brings some of them, as bytes, and none of the first four.
# A tester is hurt: a column that was added for a new feature is in no event, and a check that compares the fields that
#   are there passes. The domain alone and a list of its base type come, a list of the domain doesn't.
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
sql 'create type address as (street text, number int)'
sql 'create domain amount as numeric(10,2)'
sql 'create table orders (id int primary key, waits interval[], prices money[], names name[], notes xml[], area polygon,
  range circle, axis line, seats int4multirange, shipping address, fees amount[], fee amount, rates numeric(10,2)[])'
values="'{1 day}', '{12.50}', '{a}', '{<a/>}', '((0,0),(1,1),(1,0))', '<(0,0),1>', '{1,2,3}', '{[1,3)}',
  row('Long Lane', 1), '{12.50}', 12.50, '{12.50}'"
sql "insert into orders values (1, $values)"
insert="insert into orders values (2, $values)"
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

for origin, line in zip(("snapshot", "stream"), open("events")):
    event = json.loads(line)
    (after,) = (one for one in event["schema"]["fields"] if one["field"] == "after")
    declared = [one["field"] for one in after["fields"]]
    print(origin, json.dumps(event["payload"]["after"]), "by a schema of", declared)
    assert declared == list(event["payload"]["after"]) == ["id", "fee", "rates"], declared
PYTHON
