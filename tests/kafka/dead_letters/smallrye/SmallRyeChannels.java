import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.weld.environment.se.Weld;

/**
 * Channels of SmallRye Reactive Messaging that take no order, with its dead-letter topics. They run until they are
 * ended. Argument: bootstrap servers.
 *
 * <ul>
 *   <li>Channel orders, group billing: letters on dead-letter-topic-orders.
 *   <li>Channel repair reads those and fails, too: letters on dead-letter-topic-repair.
 *   <li>Channel counts reads orders as numbers of four bytes, which they are not: letters on dead-letter-topic-counts.
 *       For an order without a value its method throws.
 *   <li>Channel recounts reads those likewise: letters on dead-letter-topic-recounts.
 * </ul>
 *
 * <p>Methods give their failures back: so letters tell what Quarkus tells of any method. Without Quarkus, SmallRye calls
 * them by reflection and tells of a method that throws no more than that.
 */
public final class SmallRyeChannels {
    private SmallRyeChannels() {
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("mp.messaging.connector.smallrye-kafka.bootstrap.servers", arguments[0]);
        channel("orders", "orders", "billing", "String");
        channel("repair", "dead-letter-topic-orders", "repair", "String");
        channel("counts", "orders", "counting", "Integer");
        channel("recounts", "dead-letter-topic-counts", "counting", "Integer");
        new Weld().addBeanClass(Billing.class).initialize();
        Thread.currentThread().join();
    }

    private static void channel(String name, String topic, String group, String value) {
        String prefix = "mp.messaging.incoming." + name + ".";
        System.setProperty(prefix + "connector", "smallrye-kafka");
        System.setProperty(prefix + "topic", topic);
        System.setProperty(prefix + "group.id", group);
        System.setProperty(prefix + "auto.offset.reset", "earliest");
        System.setProperty(prefix + "failure-strategy", "dead-letter-queue");
        System.setProperty(prefix + "fail-on-deserialization-failure", "false");
        System.setProperty(prefix + "value.deserializer",
                "org.apache.kafka.common.serialization." + value + "Deserializer");
    }

    /** Bills nothing but what is paid. */
    @Singleton
    public static class Billing {
        @Incoming("orders")
        public Uni<Void> bill(String order) {
            return taken(order, "no such currency");
        }

        @Incoming("repair")
        public Uni<Void> repair(String order) {
            return taken(order, "no way to repair it");
        }

        @Incoming("counts")
        public void count(Integer orders) {
            Objects.requireNonNull(orders, "no number");
        }

        @Incoming("recounts")
        public void recount(Integer orders) {
            Objects.requireNonNull(orders, "still no number");
        }

        private static Uni<Void> taken(String order, String words) {
            if (order != null && order.contains("paid")) {
                return Uni.createFrom().voidItem();
            }
            if (order != null && order.contains("wrapped")) {
                return failed(new IllegalStateException("not billed", new NoSuchElementException(words)));
            }
            return failed(new IllegalStateException(words));
        }

        private static Uni<Void> failed(Throwable error) {
            return Uni.createFrom().failure(error);
        }
    }
}
