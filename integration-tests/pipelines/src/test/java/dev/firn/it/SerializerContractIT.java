package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.Text;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import dev.firn.it.testing.RegisteredSchemas;
import dev.firn.it.testing.SerializerProcess;
import dev.firn.it.testing.SerializerProcess.Deserialized;
import dev.firn.it.testing.SerializerProcess.Pair;
import dev.firn.it.testing.Stack;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.Formats;
import dev.firn.schema.RegistryOptions;
import dev.firn.schema.Subjects;
import dev.firn.schema.registry.Patience;
import dev.firn.schema.registry.RegistryAnswer;
import dev.firn.schema.registry.RegistryClient;
import dev.firn.schema.registry.RegistryServers;
import dev.firn.schema.registry.ShelfName;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.Column;
import dev.firn.spi.source.StreamSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a foreign serializer has to agree on with Firn, both ways, against a real registry. It runs with the two that are at
 * hand, or with any that Kafka's clients take: {@code firn.serializer} and {@code firn.deserializer} name the classes,
 * {@code firn.serializer.class-path} their jars, and each {@code firn.serializer.config.NAME} is a setting, in which
 * {@code REGISTRY} stands for the registry's url.
 */
@Tag("heavy")
class SerializerContractIT {

    private static final String CONFIG = "firn.serializer.config.";

    private static final Schema ORDER = new Schema.Parser()
            .parse(
                    """
                    {"type": "record", "name": "Order", "namespace": "shop", "doc": "what was bought", "fields": [
                      {"name": "id", "type": "long"},
                      {"name": "placed_at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                      {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
                      {"name": "note", "type": ["null", "string"], "default": null},
                      {"name": "status", "type": {"type": "enum", "name": "Status", "symbols": ["NEW", "PAID"]}},
                      {"name": "lines", "type": {"type": "array", "items": {"type": "record", "name": "Line", "fields": [
                        {"name": "article", "type": "string"}, {"name": "pieces", "type": "int"}]}}},
                      {"name": "tags", "type": {"type": "map", "values": "double"}}]}
                    """);

    private static final String ADDRESS =
            """
            {"type": "record", "name": "Address", "namespace": "geo", "doc": "a place", "fields": [
              {"name": "zip", "type": "string", "aliases": ["postcode"]},
              {"name": "country", "type": {"type": "enum", "name": "Country", "symbols": ["DE", "FR"]}}]}""";
    private static final String PARCEL =
            """
            {"type": "record", "name": "Parcel", "namespace": "shop", "fields": [
              {"name": "id", "type": "long"}, {"name": "to", "type": "geo.Address"},
              {"name": "back", "type": ["null", "geo.Address"], "default": null},
              {"name": "made_in", "type": "geo.Country"}]}""";

    static Stream<Pair> serializers() {
        Properties properties = System.getProperties();
        String registry = Stack.running().registryUrl();
        if (properties.containsKey("firn.serializer")) {
            Map<String, String> settings = new HashMap<>();
            properties.stringPropertyNames().stream()
                    .filter(name -> name.startsWith(CONFIG))
                    .forEach(name -> settings.put(
                            name.substring(CONFIG.length()),
                            properties.getProperty(name).replace("REGISTRY", registry)));
            return Stream.of(new Pair(
                    properties.getProperty("firn.serializer"),
                    properties.getProperty("firn.deserializer"),
                    properties.getProperty("firn.serializer.class-path", ""),
                    settings));
        }
        return Stream.of(
                new Pair(
                        "dev.firn.serializers.FlinkConfluentSerializer",
                        "dev.firn.serializers.FlinkConfluentDeserializer",
                        "",
                        Map.of("schema.registry.url", registry)),
                new Pair(
                        "io.apicurio.registry.serde.avro.AvroKafkaSerializer",
                        "io.apicurio.registry.serde.avro.AvroKafkaDeserializer",
                        "",
                        Map.of(
                                "apicurio.registry.url",
                                registry.replace("/apis/ccompat/v7", "/apis/registry/v2"),
                                "apicurio.registry.auto-register",
                                "true",
                                "apicurio.registry.as-confluent",
                                "true",
                                "apicurio.registry.id-handler",
                                "io.apicurio.registry.serde.Legacy4ByteIdHandler",
                                "apicurio.registry.use-id",
                                "contentId",
                                "apicurio.registry.artifact-resolver-strategy",
                                "io.apicurio.registry.serde.strategy.TopicIdStrategy")));
    }

    @ParameterizedTest
    @MethodSource("serializers")
    void readsWhatTheOtherSideWrites(Pair pair) throws IOException, Rejected {
        String topic = Stack.unique("theirs");
        try (SerializerProcess theirs = SerializerProcess.start(pair)) {
            byte[] message = theirs.serialize(topic, ORDER.toString(), binary(order()));

            assertThat(decoded(topic, message)).isEqualTo(expectedOrder());
            assertThat(found(client().latest(topic + "-value")))
                    .as("the subject that it registers under, as a plan asks for it")
                    .isEqualTo(ORDER);
        }
    }

    @ParameterizedTest
    @MethodSource("serializers")
    void theOtherSideReadsWhatIsFramedAsFirnReadsIt(Pair pair) throws IOException, Rejected {
        String topic = Stack.unique("ours");
        int id = Stack.running().register(topic + "-value", ORDER.toString());
        byte[] message = framed(id, binary(order()));
        try (SerializerProcess theirs = SerializerProcess.start(pair)) {
            Deserialized read = theirs.deserialize(topic, message);

            assertThat(new Schema.Parser().parse(read.schema())).isEqualTo(ORDER);
            assertThat(read.record()).isEqualTo(binary(order()));
        }
        assertThat(decoded(topic, message)).isEqualTo(expectedOrder());
    }

    /** Apicurio's deserializer asks for what a schema refers to, and then parses it without. */
    static Stream<Pair> thoseThatReadReferences() {
        return serializers().filter(pair -> !pair.serializer().startsWith("io.apicurio."));
    }

    /** {@link ConfluentClientIT} has references behind references. */
    @ParameterizedTest
    @MethodSource("thoseThatReadReferences")
    void bothSidesMakeTheSameOfASchemaThatRefersToOthers(Pair pair) throws IOException, Rejected {
        String topic = Stack.unique("referring");
        Stack.running().register(topic + "-address", ADDRESS);
        int id = RegisteredSchemas.register(topic + "-value", PARCEL, Map.of("geo.Address", topic + "-address"));
        Schema.Parser parser = new Schema.Parser();
        Schema address = parser.parse(ADDRESS);
        Schema country = address.getField("country").schema();
        Schema parcel = parser.parse(PARCEL);
        GenericRecord record = new GenericRecordBuilder(parcel)
                .set("id", 9L)
                .set(
                        "to",
                        new GenericRecordBuilder(address)
                                .set("zip", "10115")
                                .set("country", new GenericData.EnumSymbol(country, "DE"))
                                .build())
                .set("made_in", new GenericData.EnumSymbol(country, "FR"))
                .build();
        byte[] message = framed(id, binary(record));

        assertThat(found(client().schema(id))).isEqualTo(parcel);
        assertThat(decoded(topic, message))
                .isEqualTo(List.of("id=9", "to=[zip=10115, country=DE]", "back=null", "made_in=FR"));
        try (SerializerProcess theirs = SerializerProcess.start(pair)) {
            Deserialized read = theirs.deserialize(topic, message);

            assertThat(new Schema.Parser().parse(read.schema())).isEqualTo(parcel);
            assertThat(read.record()).isEqualTo(binary(record));
        }
    }

    private static GenericRecord order() {
        Schema line = ORDER.getField("lines").schema().getElementType();
        return new GenericRecordBuilder(ORDER)
                .set("id", 42L)
                .set("placed_at", 1_700_000_000_123_456L)
                .set(
                        "amount",
                        ByteBuffer.wrap(new BigDecimal("-12.34").unscaledValue().toByteArray()))
                .set("note", "für \u2603")
                .set(
                        "status",
                        new GenericData.EnumSymbol(ORDER.getField("status").schema(), "PAID"))
                .set(
                        "lines",
                        List.of(new GenericRecordBuilder(line)
                                .set("article", "ice")
                                .set("pieces", 3)
                                .build()))
                .set("tags", Map.of("cold", -1.5))
                .build();
    }

    private static List<String> expectedOrder() {
        return List.of(
                "id=42",
                "placed_at=2023-11-14T22:13:20.123456Z",
                "amount=-12.34",
                "note=für \u2603",
                "status=PAID",
                "lines=[[article=ice, pieces=3]]",
                "tags={cold=-1.5}");
    }

    /** A message of a topic, with the columns that a plan finds for it, as a job reads it. */
    private static Object decoded(String topic, byte[] message) throws Rejected {
        String text = "{type: avro, registry: {url: \"" + Stack.running().registryUrl() + "\"}}";
        Node.Mapping node =
                (Node.Mapping) YamlReader.read("shop.yaml", text).value().orElseThrow();
        FormatOptions format = Binder.bind(node, FormatOptions.class)
                .value()
                .map(Bound::options)
                .orElseThrow();
        Diagnostics diagnostics = new Diagnostics();
        StreamSchema schema = Subjects.of(format, raw -> raw, node.span())
                .inspect(topic, node.span(), diagnostics)
                .orElseThrow(() -> new IllegalStateException(String.valueOf(diagnostics.inOrder())));
        RawRecord record =
                new RawRecord(new Split("events", topic, 0, "id"), 0, RawRecord.NO_TIMESTAMP, null, message, List.of());
        try (FormatReader reader = Formats.of(format, new ShelfName("contract", 1, topic), Map.of())
                .open(raw -> raw)) {
            return reader.decoder(
                            reader.schemaId(record), schema.columns(), type -> values -> named(type.columns(), values))
                    .decode(record);
        }
    }

    private static List<String> named(List<Column> columns, @Nullable Object[] values) {
        return Stream.iterate(0, index -> index < values.length, index -> index + 1)
                .map(index -> columns.get(index).name() + "=" + values[index])
                .toList();
    }

    private static byte[] binary(GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static byte[] framed(int id, byte[] record) {
        return ByteBuffer.allocate(5 + record.length)
                .put((byte) 0)
                .putInt(id)
                .put(record)
                .array();
    }

    private static Schema found(RegistryAnswer answer) {
        return new Schema.Parser().parse(((RegistryAnswer.Found) answer).schema());
    }

    private static RegistryClient client() {
        RegistryOptions registry = RegistryOptions.at(new Text(Stack.running().registryUrl()));
        return new RegistryClient(RegistryServers.of(registry.access(), raw -> raw), Patience.none());
    }
}
