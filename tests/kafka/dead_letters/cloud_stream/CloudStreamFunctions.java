import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/**
 * Functions of Spring Cloud Stream that take no order, with the binder's dead-letter topics. They run until they are
 * ended. Argument: bootstrap servers.
 *
 * <ul>
 *   <li>bill, group billing: letters on error.orders.billing.
 *   <li>repair reads those and fails, too, group repair: letters on error.error.orders.billing.repair.
 * </ul>
 */
public final class CloudStreamFunctions {
    private CloudStreamFunctions() {
    }

    public static void main(String[] arguments) throws Exception {
        // A single file of source has a class loader of its own, and the framework looks for its functions in this one.
        Thread.currentThread().setContextClassLoader(CloudStreamFunctions.class.getClassLoader());
        String bindings = "spring.cloud.stream.bindings.";
        String kafka = "spring.cloud.stream.kafka.";
        new SpringApplicationBuilder(Functions.class).web(WebApplicationType.NONE).properties(Map.of(
                "spring.cloud.function.definition", "bill;repair",
                kafka + "binder.brokers", arguments[0],
                kafka + "default.consumer.enable-dlq", "true",
                bindings + "bill-in-0.destination", "orders",
                bindings + "bill-in-0.group", "billing",
                bindings + "bill-in-0.consumer.max-attempts", "1",
                bindings + "repair-in-0.destination", "error.orders.billing",
                bindings + "repair-in-0.group", "repair",
                bindings + "repair-in-0.consumer.max-attempts", "1")).run();
        Thread.currentThread().join();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Functions {
        @Bean
        Consumer<Message<byte[]>> bill() {
            return order -> fail(order, "no such currency");
        }

        @Bean
        Consumer<Message<byte[]>> repair() {
            return order -> fail(order, "no way to repair it");
        }

        private static void fail(Message<?> order, String words) {
            String content = order.getPayload() instanceof byte[] bytes ? new String(bytes) : "";
            if (content.contains("paid")) {
                return;
            }
            if (content.contains("wrapped")) {
                throw new IllegalStateException("not billed", new NoSuchElementException(words));
            }
            throw new IllegalStateException(words);
        }
    }
}
