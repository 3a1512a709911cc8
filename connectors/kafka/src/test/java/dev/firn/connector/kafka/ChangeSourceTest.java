package dev.firn.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.connector.kafka.flink.KafkaSourceTranslator;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.spi.flink.SourceTranslator.PlannedSource;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.FramedParts;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.SchemaMemory;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.KnownSchemas;
import dev.firn.spi.source.NewestSchema;
import dev.firn.spi.source.RecordKey;
import dev.firn.spi.source.SchemaPart;
import dev.firn.spi.source.StartPositions;
import dev.firn.spi.source.StreamSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics of changes have the columns of their rows, and the keys of those. */
class ChangeSourceTest {

    private static final String DAY =
            """
            {"name": "day", "type": {"type": "int", "connect.name": "io.debezium.time.Date"}}""";

    private static final String ENVELOPE =
            """
            {"type": "record", "name": "Envelope", "fields": [
              {"name": "before", "type": ["null", {"type": "record", "name": "Value", "fields": [
                %s, {"name": "guests", "type": "int"}]}]},
              {"name": "after", "type": ["null", "Value"]},
              {"name": "op", "type": "string"}]}"""
                    .formatted(DAY);

    private static final String KEY =
            """
            {"type": "record", "name": "Key", "fields": [%s]}""".formatted(DAY);

    private final Diagnostics diagnostics = new Diagnostics();

    private static SourceDefinition source(String more) {
        return SourceFile.source("topics: [days]\nproperties: {bootstrap.servers: \"localhost:9\"}\n"
                + "format: {type: debezium-avro, registry: {url: \"http://localhost:9\"}}\n" + more);
    }

    private Optional<StreamSchema> planned(SourceDefinition source, String value) {
        KnownSchemas known =
                (stream, part) -> Optional.of(new NewestSchema(stream, part == SchemaPart.KEY ? KEY : value));
        return new KafkaSourceConnector()
                .streams(source, known, diagnostics)
                .get(0)
                .schema();
    }

    @Test
    void columnsAndKeysAreThoseOfTheRow() throws Rejected {
        SourceDefinition source = source("key: {type: avro, columns: none}");

        StreamSchema planned = planned(source, ENVELOPE).orElseThrow();

        assertThat(planned.columns())
                .isEqualTo(new TableSchema(
                        List.of(Column.required("day", Primitive.DATE), Column.required("guests", Primitive.INT))));
        assertThat(planned.definition().value()).isEqualTo(ENVELOPE);
        assertThat(planned.definition().key()).contains(KEY);
        assertThat(planned.deletes())
                .contains(new RecordKey(
                        List.of(new RecordKey.Field(Column.required("day", Primitive.DATE), Optional.of("day"))),
                        RecordKey.Deletes.CHANGES));
        RecordFormat format = new KafkaSourceTranslator()
                .format(new PlannedSource(
                        "shop",
                        1,
                        "events",
                        (Record) source.component().options(),
                        List.of("days"),
                        Map.of("days", planned.definition()),
                        StartPositions.none()));
        assertThat(format.framed()).isEqualTo(FramedParts.KEY_AND_VALUE);
        try (SchemaMemory memory = format.memory(raw -> raw);
                FormatReader reader = format.open(raw -> raw)) {
            memory.learn(7, ENVELOPE);
            assertThat(reader.stream("days").written(7).orElseThrow().columns()).isEqualTo(planned.columns());
            assertThat(reader.stream("days").deletes()).isPresent();
        }
    }

    @Test
    void aKeyThatHasColumnsHasTheTypesOfTheRow() {
        StreamSchema planned = planned(source("key: {type: avro}"), ENVELOPE).orElseThrow();

        assertThat(planned.columns().columns())
                .contains(Column.optional("key_day", Primitive.DATE), Column.required("day", Primitive.DATE));
        assertThat(planned.deletes().orElseThrow().field("key_day")).isPresent();
    }

    @Test
    void deletesWithoutBeingTold() {
        assertThat(new KafkaSourceConnector()
                        .describe(source("key: {type: avro, columns: none}"), diagnostics)
                        .guarantee())
                .isEqualTo(
                        "exactly once, read_committed, from earliest; a record without a value or a row deletes a row");
        new KafkaSourceConnector()
                .describe(source("key: {type: avro, columns: none}\ntombstones: delete"), diagnostics);
        assertThat(SourceFile.lines(diagnostics)).isEmpty();
    }

    @Test
    void saysWhatIsMissingAndWhatCanNotBe() {
        new KafkaSourceConnector().describe(source(""), diagnostics);
        new KafkaSourceConnector()
                .describe(source("key: {type: avro, columns: none}\ntombstones: ignore"), diagnostics);

        assertThat(SourceFile.lines(diagnostics))
                .containsExactly(
                        "shop.yaml:3:16 error[missing-option] option `key` is missing, which says what the keys of records"
                                + " that delete rows are; fix: add `key: {type: avro, columns: none}`, for example",
                        "shop.yaml:5:13 error[option-without-use] `tombstones` can't be other than `delete` with `type:"
                                + " debezium-avro`: a record without a value says again that the row with its key is"
                                + " deleted; fix: remove it; a table that is to keep its rows says `deletes: ignore`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"string", "int", "long"})
    void aKeyThatIsNoAvroIsNoRowsKey(String type) {
        new KafkaSourceConnector()
                .describe(source("key: {columns: none, type: " + type + "}\ntombstones: delete"), diagnostics);

        assertThat(SourceFile.lines(diagnostics))
                .containsExactly("shop.yaml:4:28 error[invalid-value] the keys of `type: debezium-avro` are Avro in the"
                        + " Confluent frame, and another type would be no row's `key`; fix: write `type: avro`");
    }

    @Test
    void aSchemaOfRowsIsNoneOfChanges() {
        assertThat(planned(source("key: {type: avro, columns: none}"), KEY)).isEmpty();

        assertThat(SourceFile.lines(diagnostics))
                .containsExactly("shop.yaml:1:10 error[unmappable-schema] the schema of `days` is no envelope of"
                        + " Debezium: it has no field `after`; records that are rows by themselves are of `type: avro`;"
                        + " fix: register a version that is");
    }
}
