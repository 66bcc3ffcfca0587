import java.math.BigDecimal;
import java.util.Date;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.json.JsonConverter;

/**
 * A row, and what Kafka Connect's JSON makes of one that is gone: without schemas to the first topic, with them to
 * the second. Arguments: bootstrap servers, and the two topics.
 */
public final class ConnectRows {
    private static final Schema CUSTOMER = SchemaBuilder.struct()
            .field("since", org.apache.kafka.connect.data.Date.SCHEMA)
            .field("credit", Decimal.schema(3))
            .build();
    private static final Schema ROW = SchemaBuilder.struct().optional()
            .field("id", Schema.INT32_SCHEMA)
            .field("total", Decimal.schema(2))
            .field("doc", Schema.STRING_SCHEMA)
            .field("placed", org.apache.kafka.connect.data.Date.SCHEMA)
            .field("at", Timestamp.SCHEMA)
            .field("customer", CUSTOMER)
            .field("prices", SchemaBuilder.map(Schema.INT32_SCHEMA, Decimal.schema(2)).build())
            .build();

    /** The beginning of 2026-11-30 in UTC. */
    private static final long MIDNIGHT = 20_787L * 86_400_000L;

    private ConnectRows() {
    }

    public static void main(String[] arguments) {
        Map<String, Object> settings = Map.of("bootstrap.servers", arguments[0]);
        ByteArraySerializer asTheyAre = new ByteArraySerializer();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, asTheyAre, asTheyAre)) {
            write(producer, arguments[1], "false");
            write(producer, arguments[2], "true");
        }
    }

    private static void write(KafkaProducer<byte[], byte[]> producer, String topic, String schemas) {
        try (JsonConverter keys = converter(schemas, true); JsonConverter values = converter(schemas, false)) {
            Struct row = new Struct(ROW)
                    .put("id", 1)
                    .put("total", new BigDecimal("12.34"))
                    .put("doc", "{\"a\": 1, \"tags\": [\"new\"]}")
                    .put("placed", new Date(MIDNIGHT))
                    .put("at", new Date(MIDNIGHT + 36_000_120L))
                    .put("customer", new Struct(CUSTOMER)
                            .put("since", new Date(0))
                            .put("credit", new BigDecimal("99.505")))
                    .put("prices", Map.of(7, new BigDecimal("0.10")));
            send(producer, topic, keys.fromConnectData(topic, Schema.INT32_SCHEMA, 1),
                    values.fromConnectData(topic, ROW, row));
            send(producer, topic, keys.fromConnectData(topic, Schema.INT32_SCHEMA, 2),
                    values.fromConnectData(topic, ROW, null));
            send(producer, topic, keys.fromConnectData(topic, Schema.INT32_SCHEMA, 3),
                    values.fromConnectData(topic, null, null));
        }
    }

    private static JsonConverter converter(String schemas, boolean ofKeys) {
        JsonConverter converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", schemas), ofKeys);
        return converter;
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, byte[] key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key, value));
    }
}
