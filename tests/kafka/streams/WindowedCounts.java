import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.WindowedSerdes;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Counts the events of each key: in windows of five minutes, in a store named "windows", and in sessions that end with
 * five minutes without an event. Its argument is a properties file, which also names the topics.
 */
public final class WindowedCounts {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    public static void main(String[] arguments) throws IOException {
        Properties settings = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of(arguments[0]))) {
            settings.load(file);
        }
        StreamsBuilder builder = new StreamsBuilder();
        KGroupedStream<String, String> events = builder.stream(
                        settings.getProperty("events"), Consumed.with(Serdes.String(), Serdes.String()))
                .groupByKey();
        events.windowedBy(TimeWindows.ofSizeWithNoGrace(FIVE_MINUTES))
                .count(Materialized.<String, Long, WindowStore<Bytes, byte[]>>as("windows")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(Serdes.Long()))
                .toStream()
                .to(
                        settings.getProperty("windows"),
                        Produced.with(
                                WindowedSerdes.timeWindowedSerdeFrom(String.class, FIVE_MINUTES.toMillis()),
                                Serdes.Long()));
        events.windowedBy(SessionWindows.ofInactivityGapWithNoGrace(FIVE_MINUTES))
                .count()
                .toStream()
                .to(
                        settings.getProperty("sessions"),
                        Produced.with(WindowedSerdes.sessionWindowedSerdeFrom(String.class), Serdes.Long()));
        KafkaStreams streams = new KafkaStreams(builder.build(), settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(Duration.ofSeconds(5))));
        streams.start();
    }

    private WindowedCounts() {}
}
