#!/usr/bin/env bash
# Versions: Kafka Connect 4.3.0, a standalone and a distributed worker; Apache Kafka 4.3.0; Java 17.
# One expects: whoever asks for something of a connector that isn't there is answered 404, by both kinds of worker.
# What happens: the distributed worker answers 404. The standalone one answers 500 to stop and to the restart of the
#   connector or of a task, with "connProps" is null for a reason, and 404 to pause, resume and delete. To the topics of
#   such a connector both answer 200 and an empty list, and 202 to their reset.
# A tester is hurt: a cleanup that takes 404 for "is gone already" fails where the same suite runs on a standalone worker,
#   or passes over every 500; and "the connector has touched no topics" is true of a misspelt name.
# Seen: 2026-12-01
set -euo pipefail
work=$(mktemp -d)
running=()
cleanup() {
  for one in "${running[@]}"; do
    kill -KILL "$one" 2>/dev/null || true
    wait "$one" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap cleanup EXIT
cd "$work"
mkdir broker
cat >broker/pom.xml <<'XML'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_2.13</artifactId>
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
mkdir program
cat >program/pom.xml <<'XML'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>connect-runtime</artifactId>
      <version>4.3.0</version>
    </dependency>
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
for one in broker program; do
  mvn -q -B -Dstyle.color=never -f "$one/pom.xml" \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$work/$one/libs"
done
free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
brokers=127.0.0.1:$(free_port)
controller=127.0.0.1:$(free_port)
cat >server.properties <<PROPERTIES
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://$brokers,CONTROLLER://$controller
advertised.listeners=PLAINTEXT://$brokers
controller.listener.names=CONTROLLER
controller.quorum.voters=1@$controller
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
offsets.topic.replication.factor=1
group.initial.rebalance.delay.ms=0
log.dirs=$work/data
PROPERTIES
java -cp 'broker/libs/*' kafka.tools.StorageTool format -t Finding000000000000000 -c server.properties >format.log
java -Xmx512m -cp 'broker/libs/*' kafka.Kafka server.properties >broker.log 2>&1 &
running+=($!)
cat >common.properties <<PROPERTIES
bootstrap.servers=$brokers
key.converter=org.apache.kafka.connect.json.JsonConverter
value.converter=org.apache.kafka.connect.json.JsonConverter
plugin.discovery=service_load
PROPERTIES
standalone=127.0.0.1:$(free_port)
cat common.properties - >standalone.properties <<PROPERTIES
listeners=http://$standalone
offset.storage.file.filename=$work/offsets
PROPERTIES
distributed=127.0.0.1:$(free_port)
cat common.properties - >distributed.properties <<PROPERTIES
listeners=http://$distributed
group.id=connect
config.storage.topic=connect-config
config.storage.replication.factor=1
offset.storage.topic=connect-offset
offset.storage.replication.factor=1
status.storage.topic=connect-status
status.storage.replication.factor=1
PROPERTIES
for kind in Standalone Distributed; do
  java -Xmx256m -cp 'program/libs/*' "org.apache.kafka.connect.cli.Connect$kind" "${kind,,}.properties" \
    >"$kind.log" 2>&1 &
  running+=($!)
done
python3 - "$standalone" "$distributed" <<'PYTHON'
import sys
import time
import urllib.error
import urllib.request


def ask(url, method):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


asked = [("GET", "/status"), ("PUT", "/pause"), ("DELETE", ""), ("PUT", "/stop"), ("POST", "/restart")]
asked += [("POST", "/restart?includeTasks=true"), ("POST", "/tasks/0/restart")]
asked += [("GET", "/topics"), ("PUT", "/topics/reset")]
seen = {one: [] for one in asked}
for kind, worker in zip(("standalone ", "distributed"), sys.argv[1:]):
    end = time.monotonic() + 120
    while True:
        try:
            if ask(f"http://{worker}/connectors", "GET")[0] == 200:
                break
        except OSError:
            pass
        assert time.monotonic() < end, "the worker doesn't answer"
        time.sleep(0.5)
    for method, path in seen:
        code, text = ask(f"http://{worker}/connectors/NONE{path}", method)
        print(kind, method, f"/connectors/NONE{path}", code, text)
        seen[method, path].append(code)
assert seen == {
    ("GET", "/status"): [404, 404],
    ("PUT", "/pause"): [404, 404],
    ("DELETE", ""): [404, 404],
    ("PUT", "/stop"): [500, 404],
    ("POST", "/restart"): [500, 404],
    ("POST", "/restart?includeTasks=true"): [404, 404],
    ("POST", "/tasks/0/restart"): [500, 404],
    ("GET", "/topics"): [200, 200],
    ("PUT", "/topics/reset"): [202, 202],
}, seen
PYTHON
