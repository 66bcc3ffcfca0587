import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Members of share groups that take no order. They run until they are ended. Argument: bootstrap servers.
 *
 * <ul>
 *   <li>Group billing rejects orders at once: letters on dlq.orders, without the order.
 *   <li>Group copying does so with a copy of the order in the letter: letters on dlq.orders.copies.
 *   <li>Group trying gives them back until they were delivered too often: letters on dlq.orders.tried.
 *   <li>Group repair rejects the copies: letters on dlq.again.
 * </ul>
 */
public final class ShareGroups {
    private ShareGroups() {
    }

    public static void main(String[] arguments) throws Exception {
        String servers = arguments[0];
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            set(admin, "billing", "dlq.orders", "false");
            set(admin, "copying", "dlq.orders.copies", "true");
            set(admin, "trying", "dlq.orders.tried", "true");
            set(admin, "repair", "dlq.again", "true");
        }
        member(servers, "billing", "orders", AcknowledgeType.REJECT);
        member(servers, "copying", "orders", AcknowledgeType.REJECT);
        member(servers, "trying", "orders", AcknowledgeType.RELEASE);
        member(servers, "repair", "dlq.orders.copies", AcknowledgeType.REJECT);
    }

    private static void set(Admin admin, String group, String letters, String copy) throws Exception {
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), List.of(
                set("share.auto.offset.reset", "earliest"),
                set("errors.deadletterqueue.topic.name", letters),
                set("errors.deadletterqueue.copy.record.enable", copy)))).all().get();
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    private static void member(String servers, String group, String topic, AcknowledgeType refusal) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", servers);
        settings.put("group.id", group);
        settings.put("share.acknowledgement.mode", "explicit");
        new Thread(() -> {
            try (KafkaShareConsumer<byte[], byte[]> consumer = new KafkaShareConsumer<>(
                    settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer.subscribe(List.of(topic));
                while (true) {
                    for (ConsumerRecord<byte[], byte[]> order : consumer.poll(Duration.ofMillis(200))) {
                        boolean paid = order.value() != null && new String(order.value()).contains("paid");
                        consumer.acknowledge(order, paid ? AcknowledgeType.ACCEPT : refusal);
                    }
                    consumer.commitSync();
                }
            }
        }, group).start();
    }
}
