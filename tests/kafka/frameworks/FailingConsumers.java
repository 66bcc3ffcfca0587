import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.BackOff;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.RetryableTopic;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Consumers of two frameworks that take no event, each with its own dead letters. They run until they are ended.
 * Arguments: bootstrap servers, and what the names of topics and groups begin with. With "shop" these are
 *
 * <ul>
 *   <li>shop.plain: a listener of Spring, group shop-billing, puts events on shop.plain-dlt. Another, group
 *       shop-repair, reads that topic and fails, too: shop.plain-dlt-dlt.
 *   <li>shop.retried: a listener of Spring with retry topics, group shop-billing, and three attempts.
 *   <li>shop.streamed: Kafka Streams, application shop-streams, puts on shop.letters what has the value "now" at once,
 *       and all else behind a repartition topic.
 * </ul>
 */
public final class FailingConsumers {
    private FailingConsumers() {
    }

    public static void main(String[] arguments) throws Exception {
        String servers = arguments[0];
        String shop = arguments[1];
        System.setProperty("servers", servers);
        System.setProperty("shop", shop);
        KafkaStreams streams = streams(servers, shop);
        streams.start();
        listener(servers, shop + ".plain", shop + "-billing").start();
        listener(servers, shop + ".plain-dlt", shop + "-repair").start();
        AnnotationConfigApplicationContext retrying = new AnnotationConfigApplicationContext(Retrying.class);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            retrying.close();
            streams.close(Duration.ofSeconds(5));
        }));
    }

    private static KafkaMessageListenerContainer<String, String> listener(String servers, String topic, String group) {
        ContainerProperties properties = new ContainerProperties(topic);
        properties.setGroupId(group);
        properties.setMessageListener((MessageListener<String, String>) event -> {
            throw new IllegalStateException("boom of " + group);
        });
        KafkaMessageListenerContainer<String, String> container =
                new KafkaMessageListenerContainer<>(reading(servers), properties);
        container.setCommonErrorHandler(new DefaultErrorHandler(
                new DeadLetterPublishingRecoverer(new KafkaTemplate<>(writing(servers))), new FixedBackOff(0, 0)));
        return container;
    }

    private static KafkaStreams streams(String servers, String shop) throws Exception {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", servers);
        settings.put("application.id", shop + "-streams");
        settings.put("state.dir", Files.createTempDirectory("streams-").toString());
        settings.put("commit.interval.ms", "200");
        settings.put("errors.dead.letter.queue.topic.name", shop + ".letters");
        settings.put("processing.exception.handler", LogAndContinueProcessingExceptionHandler.class);
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(shop + ".streamed", Consumed.with(Serdes.String(), Serdes.String()))
                .peek((key, value) -> failIf("now".equals(value), "boom at once"))
                .selectKey((key, value) -> "customer of " + key)
                .repartition(Repartitioned.with(Serdes.String(), Serdes.String()).withName("by-customer"))
                .foreach((key, value) -> failIf(true, "boom by customer"));
        return new KafkaStreams(builder.build(), settings);
    }

    private static void failIf(boolean fails, String message) {
        if (fails) {
            throw new IllegalStateException(message);
        }
    }

    private static DefaultKafkaConsumerFactory<String, String> reading(String servers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest");
        return new DefaultKafkaConsumerFactory<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    private static DefaultKafkaProducerFactory<String, String> writing(String servers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers);
        return new DefaultKafkaProducerFactory<>(settings, new StringSerializer(), new StringSerializer());
    }

    /** What Spring needs for retry topics, which it makes itself. */
    @Configuration(proxyBeanMethods = false)
    @EnableKafka
    static class Retrying {
        private final String servers = System.getProperty("servers");

        @Bean
        KafkaAdmin admin() {
            return new KafkaAdmin(new HashMap<>(Map.of("bootstrap.servers", servers)));
        }

        @Bean
        KafkaTemplate<String, String> defaultRetryTopicKafkaTemplate() {
            return new KafkaTemplate<>(writing(servers));
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> kafkaListenerContainerFactory() {
            ConcurrentKafkaListenerContainerFactory<String, String> factory =
                    new ConcurrentKafkaListenerContainerFactory<>();
            factory.setConsumerFactory(reading(servers));
            return factory;
        }

        @Bean
        TaskScheduler scheduler() {
            return new ThreadPoolTaskScheduler();
        }

        @Bean
        Billing billing() {
            return new Billing();
        }
    }

    /** Bills nothing. */
    static class Billing {
        @RetryableTopic(attempts = "3", backOff = @BackOff(delay = 100), numPartitions = "1")
        @KafkaListener(topics = "${shop}.retried", groupId = "${shop}-billing")
        void bill(String order) {
            throw new IllegalStateException("boom of each try");
        }
    }
}
