package dev.firn.schema.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.reference.Text;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.ConfluentAvroFormat;
import dev.firn.schema.avro.ConfluentAvroKeys;
import dev.firn.schema.json.AvroJsonFormat;
import dev.firn.schema.json.JsonFormat;
import dev.firn.schema.json.JsonRules;
import dev.firn.schema.protobuf.ProtobufFormat;
import dev.firn.schema.raw.RawFormat;
import dev.firn.schema.registry.OutagePolicy;
import dev.firn.schema.registry.RegistryAccess;
import dev.firn.schema.registry.RegistryLogin;
import dev.firn.schema.registry.SchemaSource;
import dev.firn.schema.registry.ShelfName;
import dev.firn.schema.registry.SubjectNames;
import dev.firn.schema.registry.TlsFiles;
import dev.firn.spi.format.FramedParts;
import dev.firn.spi.format.RecordFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which schemas have to go along with a record, so that another process can read it without a registry. */
class FramedPartsTest {

    private static final SchemaSource REGISTRY = new SchemaSource(
            new RegistryAccess(List.of(new Text("http://localhost:1")), new RegistryLogin.OfTheUrl(), TlsFiles.none()),
            new SubjectNames("{topic}-value", Map.of()),
            new OutagePolicy(Duration.ofSeconds(1), OutagePolicy.Then.FAIL),
            new ShelfName("orders", 1, "kafka"));
    private static final ConfluentAvroFormat AVRO = new ConfluentAvroFormat(REGISTRY, Map.of(), AvroRules.STRICT);
    private static final RecordFormat RAW = new RawFormat("value", RawFormat.Type.BINARY);
    private static final KeyFormat FRAMED_KEY = new KeyFormat.Framed(new ConfluentAvroKeys(AVRO), Map.of());
    private static final KeyFormat TEXT_KEY = new KeyFormat.Single(KeyType.STRING, "key");

    static List<Arguments> formats() {
        return List.of(
                Arguments.of(AVRO, FramedParts.VALUE),
                Arguments.of(JsonFormat.framed(REGISTRY, JsonRules.STRICT), FramedParts.VALUE),
                Arguments.of(JsonFormat.plain(Map.of(), JsonRules.STRICT), FramedParts.NONE),
                Arguments.of(AvroJsonFormat.framed(REGISTRY, Map.of(), AvroRules.STRICT), FramedParts.VALUE),
                Arguments.of(AvroJsonFormat.plain(Map.of(), AvroRules.STRICT), FramedParts.NONE),
                Arguments.of(new ProtobufFormat(REGISTRY, AvroRules.STRICT), FramedParts.VALUE),
                Arguments.of(RAW, FramedParts.NONE),
                Arguments.of(with(FRAMED_KEY, RAW), FramedParts.KEY),
                Arguments.of(with(TEXT_KEY, RAW), FramedParts.NONE),
                Arguments.of(with(FRAMED_KEY, AVRO), FramedParts.KEY_AND_VALUE),
                Arguments.of(with(TEXT_KEY, AVRO), FramedParts.VALUE));
    }

    private static RecordFormat with(KeyFormat key, RecordFormat values) {
        return RowFormat.of(values, Optional.of(key), List.of());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void areThoseThatNameASchema(RecordFormat format, FramedParts parts) {
        assertThat(format.framed()).isEqualTo(parts);
    }
}
