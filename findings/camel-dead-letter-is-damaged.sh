#!/usr/bin/env bash
# Versions: Apache Camel 4.22.0 (camel-main, camel-kafka) with what it sets by itself; Apache Kafka 4.3.0; Java 17.
# One expects: a dead letter, with useOriginalMessage above all, has the bytes of the event that died.
# What happens: by default the route reads values and keys as texts, so what is no UTF-8 becomes EF BF BD, the sign for
#   "no character", in the letter: Avro, Protobuf, Latin-1 and zipped events can't be read again. No error, and no
#   header that tells of it or of anything else.
# A tester is hurt: a wait for the dead letter by the event's key or value never succeeds, and nothing is left to compare
#   or to send again.
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
      <groupId>org.apache.camel</groupId>
      <artifactId>camel-main</artifactId>
      <version>4.22.0</version>
    </dependency>
    <dependency>
      <groupId>org.apache.camel</groupId>
      <artifactId>camel-kafka</artifactId>
      <version>4.22.0</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>2.0.17</version>
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
cat >Route.java <<'JAVA'
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

public class Route {
    public static void main(String[] arguments) throws Exception {
        var brokers = arguments[0];
        Map<String, Object> settings = Map.of("bootstrap.servers", brokers);
        try (var admin = Admin.create(settings)) {
            admin.createTopics(List.of(new NewTopic("orders", 1, (short) 1), new NewTopic("letters", 1, (short) 1)))
                    .all().get();
        }
        var key = new byte[] {(byte) 0x80, 1};
        var value = "{\"town\": \"Krak\u00f3w\"}".getBytes(ISO_8859_1);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("orders", key, value)).get();
        }
        var main = new Main();
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("kafka:orders?brokers=" + brokers + "&groupId=billing&autoOffsetReset=earliest")
                        .errorHandler(deadLetterChannel("kafka:letters?brokers=" + brokers).useOriginalMessage())
                        .process(order -> {
                            throw new IllegalStateException("no such order");
                        });
            }
        });
        main.start();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var place = new TopicPartition("letters", 0);
            consumer.assign(List.of(place));
            consumer.seekToBeginning(List.of(place));
            for (var end = System.nanoTime() + 60_000_000_000L; System.nanoTime() < end;) {
                for (var letter : consumer.poll(Duration.ofMillis(200))) {
                    var hex = HexFormat.of();
                    System.out.println("the event's key  " + hex.formatHex(key) + ", value  " + hex.formatHex(value));
                    System.out.println("the letter's key " + hex.formatHex(letter.key()) + ", value "
                            + hex.formatHex(letter.value()));
                    System.out.println("the letter's headers " + letter.headers());
                    var damaged = hex.formatHex(value).replace("f3", "efbfbd");
                    if (!hex.formatHex(letter.key()).equals("efbfbd01")
                            || !hex.formatHex(letter.value()).equals(damaged)
                            || letter.headers().toArray().length > 0) {
                        throw new AssertionError("the behaviour has changed");
                    }
                    System.exit(0);
                }
            }
        }
        throw new AssertionError("no letter came");
    }
}
JAVA
java -cp 'program/libs/*' Route.java "$brokers"
