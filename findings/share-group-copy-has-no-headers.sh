#!/usr/bin/env bash
# Versions: Apache Kafka 4.4.0, its share groups with errors.deadletterqueue.copy.record.enable; Java 17.
# One expects: by the setting that copies the record into the dead letter, the letter has its key, value and headers.
# What happens: it has key and value, and no header of the record; it has six of Kafka's own. Their error is the same text
#   for each record that a client rejects, and the letter's time is that of its death.
# A tester is hurt: the event type, the trace, the tenant and the schema's id are gone, so the letter of an event that has
#   its schema in a header can't be read, and none is found by its trace.
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
      <version>4.4.0</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>1.7.36</version>
    </dependency>
  </dependencies>
</project>
XML
for one in broker; do
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
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=1
log.dirs=$work/data
PROPERTIES
java -cp 'broker/libs/*' kafka.tools.StorageTool format -t Finding000000000000000 -c server.properties >format.log
java -Xmx512m -cp 'broker/libs/*' kafka.Kafka server.properties >broker.log 2>&1 &
running+=($!)
cat >Share.java <<'JAVA'
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

public class Share {
    public static void main(String[] arguments) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", arguments[0]);
        try (var admin = Admin.create(settings)) {
            admin.createTopics(List.of(new NewTopic("orders", 1, (short) 1), new NewTopic("dlq.orders", 1, (short) 1)
                    .configs(Map.of("errors.deadletterqueue.group.enable", "true")))).all().get();
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, "billing"), List.of(
                    set("share.auto.offset.reset", "earliest"),
                    set("errors.deadletterqueue.topic.name", "dlq.orders"),
                    set("errors.deadletterqueue.copy.record.enable", "true")))).all().get();
        }
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var order = new ProducerRecord<>("orders", 0, 1000L, "42", "{}");
            order.headers().add("type", "OrderPlaced".getBytes(UTF_8)).add("trace", "abc".getBytes(UTF_8));
            producer.send(order).get();
        }
        var group = Map.<String, Object>of("bootstrap.servers", arguments[0], "group.id", "billing",
                "share.acknowledgement.mode", "explicit");
        var end = System.nanoTime() + 60_000_000_000L;
        try (var member = new KafkaShareConsumer<>(group, new StringDeserializer(), new StringDeserializer())) {
            member.subscribe(List.of("orders"));
            for (var rejected = 0; rejected == 0 && System.nanoTime() < end;) {
                for (var order : member.poll(Duration.ofMillis(200))) {
                    member.acknowledge(order, AcknowledgeType.REJECT);
                    rejected++;
                }
                member.commitSync();
            }
        }
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var place = new TopicPartition("dlq.orders", 0);
            consumer.assign(List.of(place));
            consumer.seekToBeginning(List.of(place));
            while (System.nanoTime() < end) {
                for (var letter : consumer.poll(Duration.ofMillis(200))) {
                    var headers = new LinkedHashMap<String, String>();
                    letter.headers().forEach(one -> headers.put(one.key(), new String(one.value(), UTF_8)));
                    System.out.println("key " + letter.key() + ", value " + letter.value() + ", headers " + headers);
                    if (!letter.key().equals("42") || !letter.value().equals("{}") || letter.timestamp() == 1000L
                            || !headers.keySet().stream().allMatch(name -> name.startsWith("__dlq.errors."))
                            || !headers.get("__dlq.errors.message").equals("Offset rejected by client.")) {
                        throw new AssertionError("the behaviour has changed");
                    }
                    System.exit(0);
                }
            }
        }
        throw new AssertionError("no letter came");
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }
}
JAVA
java -cp 'broker/libs/*' Share.java "$brokers"
