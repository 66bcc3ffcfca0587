#!/usr/bin/env bash
# Versions: Debezium's connector for MariaDB 3.5.0.Final in its own engine, MariaDB 10.11.19 (Debian 12), Java 17.
#   mariadbd, mariadb-install-db and mariadb have to be on the PATH; started as root it runs as the user mysql.
# One expects: a column of the type UUID is the same text in the snapshot and in the stream.
# What happens: the snapshot has the text as the database shows it. An insert or update that is read from the binlog
#   has other digits: all moved on by one byte, zeros in front, and the last byte gone. The event looks well-formed.
# A tester is hurt: `after.ref == 123e4567-...` never holds for a change, and does for the rows of the snapshot; two ids
#   that differ in the last byte alone become one.
# Seen: 2026-12-01
set -euo pipefail
work=$(mktemp -d)
database=
cleanup() {
  if [ -n "$database" ]; then
    kill "$database" 2>/dev/null || true
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
      <version>3.5.0.Final</version>
    </dependency>
    <dependency>
      <groupId>io.debezium</groupId>
      <artifactId>debezium-connector-mariadb</artifactId>
      <version>3.5.0.Final</version>
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
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as=()
if [ "$(id -u)" = 0 ]; then
  as=(--user=mysql)
  chmod 755 "$work"
  mkdir data && chown mysql data
else
  mkdir data
fi
mariadb-install-db --no-defaults --datadir="$work/data" "${as[@]}" --auth-root-authentication-method=normal \
  --skip-test-db >install.log 2>&1
mariadbd --no-defaults --datadir="$work/data" "${as[@]}" --bind-address=127.0.0.1 --port="$port" \
  --socket="$work/data/s.sock" --server-id=1 --log-bin=bin --binlog-format=ROW >database.log 2>&1 &
database=$!
sql() { mariadb --no-defaults --socket="$work/data/s.sock" -uroot -N -e "$1"; }
for _ in $(seq 100); do
  sql 'select 1' >/dev/null 2>&1 && break
  sleep 0.3
done
sql "create user cdc@'%' identified by 'cdc'; grant all on *.* to cdc@'%'; create database shop;
  create table shop.orders (id int primary key, ref uuid);
  insert into shop.orders values (1, '123e4567-e89b-12d3-a456-426614174000')"
cat >Engine.java <<'JAVA'
import com.fasterxml.jackson.databind.ObjectMapper;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.Json;
import java.sql.DriverManager;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

public class Engine {
    public static void main(String[] arguments) throws Exception {
        var port = arguments[0];
        var properties = new Properties();
        properties.setProperty("name", "finding");
        properties.setProperty("connector.class", "io.debezium.connector.mariadb.MariaDbConnector");
        properties.setProperty("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
        properties.setProperty("schema.history.internal", "io.debezium.storage.file.history.FileSchemaHistory");
        properties.setProperty("schema.history.internal.file.filename", "history");
        properties.setProperty("topic.prefix", "finding");
        properties.setProperty("database.hostname", "127.0.0.1");
        properties.setProperty("database.port", port);
        properties.setProperty("database.user", "cdc");
        properties.setProperty("database.password", "cdc");
        properties.setProperty("database.server.id", "4711");
        properties.setProperty("database.ssl.mode", "disable");
        properties.setProperty("table.include.list", "shop.orders");
        properties.setProperty("converter.schemas.enable", "false");
        properties.setProperty("include.schema.changes", "false");
        var seen = new LinkedBlockingQueue<String>();
        var threads = Executors.newSingleThreadExecutor();
        try (var engine = DebeziumEngine.create(Json.class).using(properties)
                .notifying((ChangeEvent<String, String> event) -> {
                    if (event.value() != null) {
                        seen.add(event.value());
                    }
                }).build()) {
            threads.execute(engine);
            var before = ref(seen);
            var url = "jdbc:mariadb://127.0.0.1:" + port + "/shop?user=cdc&password=cdc";
            String stored;
            try (var connection = DriverManager.getConnection(url); var statement = connection.createStatement()) {
                statement.execute("insert into orders values (2, '123e4567-e89b-12d3-a456-426614174000')");
                try (var rows = statement.executeQuery("select cast(ref as char) from orders where id = 2")) {
                    rows.next();
                    stored = rows.getString(1);
                }
            }
            var after = ref(seen);
            System.out.println("the database has  " + stored);
            System.out.println("the snapshot says " + before);
            System.out.println("the stream says   " + after);
            if (!before.equals(stored) || !after.equals("00123e45-67e8-9b12-d3a4-564266141740")) {
                throw new AssertionError("the behaviour has changed");
            }
        }
        System.exit(0);
    }

    private static String ref(LinkedBlockingQueue<String> seen) throws Exception {
        var event = seen.poll(60, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event came");
        }
        return new ObjectMapper().readTree(event).get("after").get("ref").asText();
    }
}
JAVA
java -cp 'libs/*' Engine.java "$port"
