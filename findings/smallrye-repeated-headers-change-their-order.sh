#!/usr/bin/env bash
# Versions: SmallRye Reactive Messaging 4.33.0 with its dead-letter queue, in Weld 6.0.3, as Quarkus has it; Apache
#   Kafka 4.3.0; Java 17.
# One expects: where an event dies twice, headers of one name have one order, so the last (or the first) of each name tells
#   of the second death; and the value of an unreadable event comes through as it was.
# What happens: of dead-letter-* the first is of the second death, of deserialization-failure-* the last is. And a channel
#   that reads texts finds bytes that are no UTF-8 readable, and writes its letter with EF BF BD in place of each of them.
# A tester is hurt: a client that gives the last header of a name joins the topic of the first death to the error of the
#   second; a letter can't be found by its bytes, or be sent again.
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
      <groupId>io.smallrye.reactive</groupId>
      <artifactId>smallrye-reactive-messaging-kafka</artifactId>
      <version>4.33.0</version>
    </dependency>
    <dependency>
      <groupId>io.smallrye.config</groupId>
      <artifactId>smallrye-config</artifactId>
      <version>3.15.1</version>
    </dependency>
    <dependency>
      <groupId>org.eclipse.microprofile.reactive-streams-operators</groupId>
      <artifactId>microprofile-reactive-streams-operators-api</artifactId>
      <version>3.0.1</version>
    </dependency>
    <dependency>
      <groupId>org.jboss.weld.se</groupId>
      <artifactId>weld-se-core</artifactId>
      <version>6.0.3.Final</version>
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
cat >Channels.java <<'JAVA'
import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.weld.environment.se.Weld;

public class Channels {
    private static final String LETTERS = "dead-letter-topic-";
    private static final byte[] VALUE = {'K', 'r', 'a', 'k', (byte) 0xf3, 'w'};

    public static void main(String[] arguments) throws Exception {
        System.setProperty("mp.messaging.connector.smallrye-kafka.bootstrap.servers", arguments[0]);
        Map<String, Object> settings = Map.of("bootstrap.servers", arguments[0]);
        try (var admin = Admin.create(settings)) {
            admin.createTopics(List.of(one("orders"), one(LETTERS + "texts"), one(LETTERS + "numbers"),
                    one(LETTERS + "again"))).all().get();
        }
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("orders", VALUE)).get();
        }
        channel("texts", "orders", "String");
        channel("numbers", "orders", "Integer");
        channel("again", LETTERS + "numbers", "Integer");
        new Weld().addBeanClass(Billing.class).initialize();
        var text = HexFormat.of().formatHex(letter(settings, LETTERS + "texts").value());
        System.out.println("the event's value " + HexFormat.of().formatHex(VALUE) + ", that of the letter " + text);
        var second = letter(settings, LETTERS + "again");
        var topics = all(second, "dead-letter-topic");
        var failing = all(second, "deserialization-failure-topic");
        System.out.println("dead-letter-topic: " + topics);
        System.out.println("deserialization-failure-topic: " + failing);
        if (!text.equals("4b72616befbfbd77") || !topics.equals(List.of(LETTERS + "numbers", "orders"))
                || !failing.equals(List.of("orders", LETTERS + "numbers"))) {
            throw new AssertionError("the behaviour has changed");
        }
        System.exit(0);
    }

    private static NewTopic one(String name) {
        return new NewTopic(name, 1, (short) 1);
    }

    private static void channel(String name, String topic, String kind) {
        var prefix = "mp.messaging.incoming." + name + ".";
        System.setProperty(prefix + "connector", "smallrye-kafka");
        System.setProperty(prefix + "topic", topic);
        System.setProperty(prefix + "group.id", name);
        System.setProperty(prefix + "auto.offset.reset", "earliest");
        System.setProperty(prefix + "failure-strategy", "dead-letter-queue");
        System.setProperty(prefix + "fail-on-deserialization-failure", "false");
        System.setProperty(prefix + "value.deserializer",
                "org.apache.kafka.common.serialization." + kind + "Deserializer");
    }

    private static ConsumerRecord<byte[], byte[]> letter(Map<String, Object> settings, String topic) {
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var place = new TopicPartition(topic, 0);
            consumer.assign(List.of(place));
            consumer.seekToBeginning(List.of(place));
            for (var end = System.nanoTime() + 60_000_000_000L; System.nanoTime() < end;) {
                for (var letter : consumer.poll(Duration.ofMillis(200))) {
                    return letter;
                }
            }
        }
        throw new AssertionError("no letter came on " + topic);
    }

    private static List<String> all(ConsumerRecord<byte[], byte[]> letter, String name) {
        var found = new ArrayList<String>();
        letter.headers().headers(name).forEach(header -> found.add(new String(header.value(), UTF_8)));
        return found;
    }

    @Singleton
    public static class Billing {
        @Incoming("texts")
        public Uni<Void> bill(String order) {
            return Uni.createFrom().failure(new IllegalStateException("no such order"));
        }

        @Incoming("numbers")
        public void count(Integer order) {
        }

        @Incoming("again")
        public void again(Integer order) {
        }
    }
}
JAVA
java -Dorg.jboss.logging.provider=slf4j -cp 'program/libs/*' Channels.java "$brokers"
