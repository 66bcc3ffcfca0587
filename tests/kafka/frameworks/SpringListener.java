import java.util.Map;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.util.backoff.FixedBackOff;

/**
 * A listener that takes no event: Spring puts each on the topic's dead-letter topic. It runs until it is ended.
 * Arguments: bootstrap servers, topic, group.
 */
public final class SpringListener {
    private SpringListener() {
    }

    public static void main(String[] arguments) {
        String servers = arguments[0];
        ContainerProperties properties = new ContainerProperties(arguments[1]);
        properties.setGroupId(arguments[2]);
        properties.setMessageListener((MessageListener<String, String>) event -> {
            throw new IllegalStateException("boom");
        });
        KafkaMessageListenerContainer<String, String> container =
                new KafkaMessageListenerContainer<>(reading(servers), properties);
        container.setCommonErrorHandler(new DefaultErrorHandler(
                new DeadLetterPublishingRecoverer(new KafkaTemplate<>(writing(servers))), new FixedBackOff(0, 0)));
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
    }

    private static DefaultKafkaConsumerFactory<String, String> reading(String servers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest");
        return new DefaultKafkaConsumerFactory<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    private static DefaultKafkaProducerFactory<String, String> writing(String servers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers);
        return new DefaultKafkaProducerFactory<>(settings, new StringSerializer(), new StringSerializer());
    }
}
