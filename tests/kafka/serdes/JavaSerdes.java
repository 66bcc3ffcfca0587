import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.apicurio.registry.resolver.ParsedSchema;
import io.apicurio.registry.rest.client.models.ProblemDetails;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.apicurio.registry.serde.avro.NonRecordContainer;
import io.apicurio.registry.serde.jsonschema.JsonSchemaKafkaDeserializer;
import io.apicurio.registry.serde.jsonschema.JsonSchemaKafkaSerializer;
import io.apicurio.registry.serde.kafka.KafkaDeserializer;
import io.apicurio.registry.serde.protobuf.MessageIndexesUtil;
import io.apicurio.registry.serde.protobuf.ProtobufDeserializer;
import io.apicurio.registry.serde.protobuf.ProtobufKafkaSerializer;
import io.apicurio.registry.serde.protobuf.ProtobufSchemaParser;
import io.apicurio.registry.utils.protobuf.schema.ProtobufSchema;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes and reads events with the serializers of Java. Takes one command a line as JSON and answers with one line;
 * ends with its input. Arguments: bootstrap servers, and the registry's address up to its first path.
 */
public final class JavaSerdes implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final String registry;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Format> formats = Map.of(
            "avro", new Avro(),
            "protobuf", new Protobuf(),
            "json-schema", new JsonSchema(),
            "text", new Plain<>(Serdes.String(), JsonNode::textValue),
            "long", new Plain<>(Serdes.Long(), node -> node.decimalValue().longValueExact()),
            "int", new Plain<>(Serdes.Integer(), node -> node.decimalValue().intValueExact()),
            "short", new Plain<>(Serdes.Short(), node -> node.decimalValue().shortValueExact()),
            "double", new Plain<>(Serdes.Double(), node -> Double.valueOf(node.asText())),
            "float", new Plain<>(Serdes.Float(), node -> Float.valueOf(node.asText())),
            "uuid", new Plain<>(Serdes.UUID(), node -> UUID.fromString(node.textValue())));

    /** Which part of an event: the schema, and the message in it for Protobuf, are given for writing. */
    private record Part(
            String topic, boolean isKey, Headers headers, String schema, String message, String idInHeader,
            boolean withIndexes) {
        String subject() {
            return topic + (isKey ? "-key" : "-value");
        }
    }

    private interface Format {
        byte[] write(Part part, String json) throws IOException;

        String read(Part part, byte[] raw) throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, UTF_8);
        System.setOut(System.err); // What a library prints is no answer.
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        try (JavaSerdes serdes = new JavaSerdes(arguments[0], arguments[1])) {
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                answers.println(serdes.answer(line));
            }
        }
        System.exit(0); // The registry's client leaves threads behind.
    }

    private JavaSerdes(String bootstrapServers, String registry) {
        this.registry = registry;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "0", "max.block.ms", "10000"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "fetch.max.wait.ms", "10", "auto.offset.reset", "none"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private String answer(String line) {
        try {
            JsonNode command = JSON.readTree(line);
            String asked = command.path("do").asText();
            return switch (asked) {
                case "write" -> write(command).toString();
                case "read" -> read(command).toString();
                default -> throw new IllegalArgumentException("There is nothing called '" + asked + "' to do.");
            };
        } catch (Exception | LinkageError problem) { // Each is the tests' to see, whatever it is.
            problem.printStackTrace();
            return JSON.createObjectNode().put("error", reasons(problem)).toString();
        }
    }

    private ObjectNode write(JsonNode command) throws Exception {
        Headers headers = new RecordHeaders();
        String topic = command.path("topic").asText();
        byte[] key = written(command, headers, "keyFormat", "key", "keySchema", "keyMessage", true);
        byte[] value = written(command, headers, "format", "value", "schema", "message", false);
        RecordMetadata place = producer.send(new ProducerRecord<>(topic, null, key, value, headers)).get();
        return JSON.createObjectNode().put("partition", place.partition()).put("offset", place.offset());
    }

    private byte[] written(
            JsonNode command, Headers headers, String format, String value, String schema, String message, boolean isKey)
            throws IOException {
        if (!command.hasNonNull(value)) {
            return null;
        }
        String topic = command.path("topic").asText();
        Part part = new Part(
                topic, isKey, headers, text(command, schema), text(command, message), text(command, "idInHeader"),
                !"no".equals(text(command, "withIndexes")));
        return format(command, format).write(part, command.path(value).textValue());
    }

    private ObjectNode read(JsonNode command) throws IOException {
        String topic = command.path("topic").asText();
        TopicPartition partition = new TopicPartition(topic, command.path("partition").asInt());
        ConsumerRecord<byte[], byte[]> event = eventAt(partition, command.path("offset").asLong());
        ObjectNode answer = JSON.createObjectNode();
        if (event.key() != null) {
            Part part = new Part(topic, true, event.headers(), text(command, "keySchema"), null, null, true);
            answer.put("key", format(command, "keyFormat").read(part, event.key()));
        }
        if (event.value() != null) {
            Part part = new Part(topic, false, event.headers(), text(command, "schema"), null, null, true);
            answer.put("value", format(command, "format").read(part, event.value()));
        }
        return answer;
    }

    private ConsumerRecord<byte[], byte[]> eventAt(TopicPartition partition, long offset) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        Iterator<ConsumerRecord<byte[], byte[]>> found = consumer.poll(PATIENCE).iterator();
        if (!found.hasNext()) {
            throw new IllegalStateException("There is no event at " + partition + "@" + offset + ".");
        }
        ConsumerRecord<byte[], byte[]> event = found.next();
        if (event.offset() != offset) {
            throw new IllegalStateException("The event after " + partition + "@" + offset + " is " + event.offset());
        }
        return event;
    }

    private Format format(JsonNode command, String field) {
        String name = command.path(field).asText("text");
        Format format = formats.get(name);
        if (format == null) {
            throw new IllegalArgumentException("There is no format '" + name + "'.");
        }
        return format;
    }

    private static String text(JsonNode command, String field) {
        return command.path(field).textValue();
    }

    private static String reasons(Throwable problem) {
        StringBuilder reasons = new StringBuilder();
        for (Throwable reason = problem; reason != null; reason = reason.getCause()) {
            reasons.append(reasons.isEmpty() ? "" : ": ");
            reasons.append(reason instanceof ProblemDetails refusal ? refusal.getDetail() : reason);
        }
        return reasons.toString();
    }

    /** Settings of Apicurio's serializers that make their bytes those of Confluent's. */
    private Map<String, Object> settings(Map<String, Object> more, Part part) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("apicurio.registry.url", registry + "/apis/registry/v3");
        settings.put("apicurio.registry.use-id", part.idInHeader() == null ? "contentId" : part.idInHeader());
        settings.put("apicurio.registry.headers.enabled", part.idInHeader() != null);
        settings.put("apicurio.registry.serde.send-type-ref", false);
        settings.put("apicurio.registry.serde.send-indexes", part.withIndexes());
        return settings;
    }

    // A serializer for each event: they remember schemas by the class of the data, and here that is always the same.
    private <T> byte[] serialized(Serializer<T> serializer, Map<String, Object> more, Part part, T data) {
        try (serializer) {
            serializer.configure(settings(more, part), part.isKey());
            return serializer.serialize(part.topic(), part.headers(), data);
        }
    }

    private <T> T deserialized(Deserializer<T> deserializer, Part part, byte[] raw) {
        try (deserializer) {
            deserializer.configure(settings(Map.of(), part), part.isKey());
            return deserializer.deserialize(part.topic(), part.headers(), raw);
        }
    }

    /** As clients of Confluent's registry do it: the schema as it stands, under the topic's name. */
    private void register(Part part, String type) throws IOException {
        if (part.schema() == null) {
            return;
        }
        String body = JSON.createObjectNode().put("schemaType", type).put("schema", part.schema()).toString();
        URI versions = URI.create(registry + "/apis/ccompat/v7/subjects/" + part.subject() + "/versions");
        HttpRequest request = HttpRequest.newBuilder(versions)
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpClient client = HttpClient.newHttpClient();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("The registry answered " + answer.statusCode() + ": " + answer.body());
            }
        } catch (InterruptedException end) {
            throw new IOException(end);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        consumer.close(Duration.ZERO);
    }

    /** One of Kafka's own. */
    private record Plain<T>(Serde<T> serde, Function<JsonNode, T> meant) implements Format {
        @Override
        public byte[] write(Part part, String json) throws IOException {
            return serde.serializer().serialize(part.topic(), meant.apply(JSON.readTree(json)));
        }

        @Override
        public String read(Part part, byte[] raw) throws IOException {
            return JSON.writeValueAsString(serde.deserializer().deserialize(part.topic(), raw));
        }
    }

    /** Values stand in Avro's own JSON encoding. */
    private final class Avro implements Format {
        @Override
        public byte[] write(Part part, String json) throws IOException {
            Schema schema = new Schema.Parser().parse(part.schema());
            Object datum = new GenericDatumReader<>(schema).read(null, DecoderFactory.get().jsonDecoder(schema, json));
            Object data = datum instanceof GenericContainer ? datum : new NonRecordContainer<>(schema, datum);
            Map<String, Object> registering = Map.of("apicurio.registry.auto-register", true);
            return serialized(new AvroKafkaSerializer<>(), registering, part, data);
        }

        @Override
        public String read(Part part, byte[] raw) throws IOException {
            Object datum = deserialized(new AvroKafkaDeserializer<>(), part, raw);
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            JsonEncoder encoder = EncoderFactory.get().jsonEncoder(schemaOf(datum, part), json);
            Object value = datum instanceof NonRecordContainer<?> container ? container.getValue() : datum;
            new GenericDatumWriter<>(schemaOf(datum, part)).write(value, encoder);
            encoder.flush();
            return json.toString(UTF_8);
        }

        private Schema schemaOf(Object datum, Part part) {
            if (datum instanceof GenericContainer container) {
                return container.getSchema();
            }
            return part.schema() == null ? GenericData.get().induce(datum) : new Schema.Parser().parse(part.schema());
        }
    }

    /** Values stand in ProtoJSON. The message is the schema's first unless it is named, as in `Order.Item`. */
    private final class Protobuf implements Format {
        @Override
        public byte[] write(Part part, String json) throws IOException {
            ProtobufSchema schema = new ProtobufSchemaParser<>().parseSchema(part.schema().getBytes(UTF_8), Map.of());
            DynamicMessage.Builder message = DynamicMessage.newBuilder(named(schema.getFileDescriptor(), part));
            JsonFormat.parser().merge(json, message);
            // Left to itself it registers with the schema all that it knows of Google's, and can't read that again.
            register(part, "PROTOBUF");
            Map<String, Object> more = Map.of(
                    "apicurio.registry.find-latest", true,
                    // It looks for messages at the top of the schema only.
                    "apicurio.registry.serde.validation-enabled", part.message() == null);
            return serialized(new ProtobufKafkaSerializer<Message>(), more, part, message.build());
        }

        @Override
        public String read(Part part, byte[] raw) throws IOException {
            return JsonFormat.printer().print(deserialized(new ByIndexes(), part, raw));
        }

        private Descriptor named(FileDescriptor file, Part part) {
            if (part.message() == null) {
                return file.getMessageTypes().get(0);
            }
            Descriptor found = null;
            for (String name : part.message().split("\\.")) {
                found = found == null ? file.findMessageTypeByName(name) : found.findNestedTypeByName(name);
            }
            return found;
        }
    }

    /** Apicurio reads the indexes of the message and leaves them aside; a consumer of Confluent goes by them. */
    private static final class ByIndexes extends KafkaDeserializer<ProtobufSchema, Message> {
        ByIndexes() {
            super(new ProtobufDeserializer<>() {
                @Override
                protected Message readData(ParsedSchema<ProtobufSchema> schema, ByteBuffer raw, int start, int length) {
                    try {
                        ByteArrayInputStream rest = new ByteArrayInputStream(raw.array(), start, length);
                        Descriptor found = null;
                        for (int index : MessageIndexesUtil.readFrom(rest)) {
                            found = found == null
                                    ? schema.getParsedSchema().getFileDescriptor().getMessageTypes().get(index)
                                    : messages(found).get(index);
                        }
                        return DynamicMessage.parseFrom(found, rest);
                    } catch (IOException problem) {
                        throw new UncheckedIOException(problem);
                    }
                }
            });
        }

        /** Those that the schema's text has: for Confluent the entries of a map are none. */
        private static List<Descriptor> messages(Descriptor around) {
            return around.getNestedTypes().stream()
                    .filter(type -> !type.getOptions().getMapEntry())
                    .toList();
        }
    }

    /** Apicurio's serializer can't register a schema of this kind; it finds and obeys the subject's latest. */
    private final class JsonSchema implements Format {
        @Override
        public byte[] write(Part part, String json) throws IOException {
            register(part, "JSON");
            Map<String, Object> finding = Map.of("apicurio.registry.find-latest", true);
            return serialized(new JsonSchemaKafkaSerializer<JsonNode>(), finding, part, JSON.readTree(json));
        }

        @Override
        public String read(Part part, byte[] raw) throws IOException {
            return JSON.writeValueAsString(deserialized(new JsonSchemaKafkaDeserializer<Object>(), part, raw));
        }
    }
}
