import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.main.Main;

/**
 * Routes of Apache Camel that take no order, each with its own dead letters. They run until they are ended.
 * Argument: bootstrap servers.
 *
 * <ul>
 *   <li>Group billing puts orders on orders.letters, as Camel does where nothing is told.
 *   <li>Group reporting changes the order first, and puts what came on orders.told, with headers that it sets itself.
 * </ul>
 */
public final class CamelRoutes extends RouteBuilder {
    private final String servers;

    private CamelRoutes(String servers) {
        this.servers = servers;
    }

    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new CamelRoutes(arguments[0]));
        main.run();
    }

    @Override
    public void configure() {
        from(orders("billing"))
                .errorHandler(deadLetterChannel(to("orders.letters")))
                .process(CamelRoutes::bill);
        from(orders("reporting"))
                .errorHandler(deadLetterChannel(to("orders.told")).useOriginalMessage()
                        .onPrepareFailure(CamelRoutes::tell))
                .process(CamelRoutes::change)
                .process(CamelRoutes::bill);
    }

    private String orders(String group) {
        return to("orders") + "&groupId=" + group + "&autoOffsetReset=earliest";
    }

    private String to(String topic) {
        return "kafka:" + topic + "?brokers=" + servers;
    }

    private static void change(Exchange order) {
        order.getMessage().setBody("changed: " + order.getMessage().getBody(String.class));
    }

    /** What a route has to tell by itself, for Camel tells nothing. */
    private static void tell(Exchange letter) {
        var headers = letter.getMessage().getHeaders();
        headers.put("origin-topic", headers.get(KafkaConstants.TOPIC));
        headers.put("origin-partition", headers.get(KafkaConstants.PARTITION));
        headers.put("origin-offset", headers.get(KafkaConstants.OFFSET));
        headers.put("origin-time", headers.get(KafkaConstants.TIMESTAMP));
        headers.put("origin-group", "reporting");
        Throwable error = letter.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        headers.put("origin-error", error.getClass().getName());
        headers.put("origin-words", error.getMessage());
    }

    private static void bill(Exchange order) {
        String content = String.valueOf(order.getMessage().getBody(String.class));
        if (content.contains("paid")) {
            return;
        }
        if (content.contains("wrapped")) {
            throw new IllegalStateException("not billed", new java.util.NoSuchElementException("no such currency"));
        }
        throw new IllegalStateException("no such currency");
    }
}
