import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.storage.Converter;

/**
 * What Apicurio's converters make of one row change, in each way in which they tell its schema: a line of JSON each.
 * Argument: the address of the registry's own interface.
 */
public final class ApicurioConverters {
    private static final String CONVERTERS = "io.apicurio.registry.utils.converter.";
    private static final String HEADERS = "apicurio.registry.headers.enabled";
    private static final String CONFLUENT = "apicurio.registry.as-confluent";
    private static final Map<String, Map<String, String>> WAYS = new LinkedHashMap<>();

    static {
        WAYS.put("headers", Map.of());
        WAYS.put("headers of content", Map.of("apicurio.registry.use-id", "contentId"));
        WAYS.put("eight bytes", Map.of(HEADERS, "false"));
        WAYS.put("as Confluent", Map.of(HEADERS, "false", CONFLUENT, "true", "apicurio.registry.use-id", "contentId"));
    }

    private static final Schema WIDE = SchemaBuilder.struct().name("io.debezium.data.VariableScaleDecimal").optional()
            .field("scale", Schema.INT32_SCHEMA)
            .field("value", Schema.BYTES_SCHEMA)
            .build();
    private static final Schema ROW = SchemaBuilder.struct().name("shop.public.orders.Value").optional()
            .field("id", Schema.INT32_SCHEMA)
            .field("small", Schema.INT16_SCHEMA)
            .field("total", Decimal.schema(2))
            .field("tax", Decimal.builder(4).optional().build())
            .field("placed", org.apache.kafka.connect.data.Date.SCHEMA)
            .field("due", Time.SCHEMA)
            .field("at", Timestamp.SCHEMA)
            .field("day", named(SchemaBuilder.int32(), "io.debezium.time.Date"))
            .field("micros", named(SchemaBuilder.int64(), "io.debezium.time.MicroTimestamp"))
            .field("zoned", named(SchemaBuilder.string(), "io.debezium.time.ZonedTimestamp"))
            .field("doc", named(SchemaBuilder.string(), "io.debezium.data.Json"))
            .field("state", named(SchemaBuilder.string().parameter("allowed", "NEW,PAID"), "io.debezium.data.Enum"))
            .field("wide", WIDE)
            .field("tags", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
            .field("prices", SchemaBuilder.map(Schema.INT32_SCHEMA, Decimal.schema(2)).build())
            .field("extra", SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT64_SCHEMA).build())
            .build();
    private static final Schema ENVELOPE = SchemaBuilder.struct().name("shop.public.orders.Envelope")
            .field("before", ROW)
            .field("after", ROW)
            .field("op", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    private static final Schema KEY = SchemaBuilder.struct().name("shop.public.orders.Key")
            .field("id", Schema.INT32_SCHEMA)
            .build();

    /** The beginning of 2026-11-30 in UTC, and ten o'clock with 120 milliseconds. */
    private static final long MIDNIGHT = 20_787L * 86_400_000L;
    private static final long CLOCK = 36_000_120L;

    private ApicurioConverters() {
    }

    public static void main(String[] arguments) throws ReflectiveOperationException, java.io.IOException {
        ObjectMapper json = new ObjectMapper();
        for (String kind : List.of("AvroConverter", "ExtJsonConverter")) {
            for (Map.Entry<String, Map<String, String>> way : WAYS.entrySet()) {
                Map<String, Object> settings = new HashMap<>(way.getValue());
                settings.put("apicurio.registry.url", arguments[0]);
                settings.put("apicurio.registry.auto-register", "true");
                System.out.println(json.writeValueAsString(written(kind, way.getKey(), settings)));
            }
        }
        System.exit(0); // The client of the registry keeps threads.
    }

    private static Map<String, Object> written(String kind, String way, Map<String, Object> settings)
            throws ReflectiveOperationException {
        Converter keys = converter(kind, settings, true);
        Converter values = converter(kind, settings, false);
        RecordHeaders headers = new RecordHeaders();
        String topic = "shop.public.orders." + kind; // an artifact of the registry has one type
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("converter", kind);
        found.put("way", way);
        found.put("key", keys.fromConnectData(topic, headers, KEY, new Struct(KEY).put("id", 1)));
        found.put("value", values.fromConnectData(topic, headers, ENVELOPE, change()));
        List<Object> told = new ArrayList<>();
        for (Header one : headers) {
            told.add(List.of(one.key(), one.value()));
        }
        found.put("headers", told);
        return found;
    }

    private static Converter converter(String kind, Map<String, Object> settings, boolean isKey)
            throws ReflectiveOperationException {
        Converter made = (Converter) Class.forName(CONVERTERS + kind).getDeclaredConstructor().newInstance();
        made.configure(settings, isKey);
        return made;
    }

    private static Schema named(SchemaBuilder schema, String name) {
        return schema.name(name).optional().build();
    }

    private static Struct change() {
        Struct row = new Struct(ROW)
                .put("id", 1)
                .put("small", (short) 7)
                .put("total", new BigDecimal("12.34"))
                .put("tax", new BigDecimal("0.1900"))
                .put("placed", new Date(MIDNIGHT))
                .put("due", new Date(CLOCK))
                .put("at", new Date(MIDNIGHT + CLOCK))
                .put("day", 20_787)
                .put("micros", (MIDNIGHT + CLOCK) * 1000 + 456)
                .put("zoned", "2026-11-30T10:00:00.120456Z")
                .put("doc", "{\"a\":1}")
                .put("state", "PAID")
                .put("wide", new Struct(WIDE).put("scale", 3).put("value", new byte[] {0x04, (byte) 0xd2}))
                .put("tags", List.of("a", "b"))
                .put("prices", Map.of(7, new BigDecimal("1.50")))
                .put("extra", Map.of("x", 5L));
        return new Struct(ENVELOPE).put("after", row).put("op", "c").put("ts_ms", 5L);
    }
}
