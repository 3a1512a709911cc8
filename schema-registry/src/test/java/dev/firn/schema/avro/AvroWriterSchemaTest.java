package dev.firn.schema.avro;

import static dev.firn.schema.testing.AvroBytes.record;
import static dev.firn.schema.testing.AvroBytes.schema;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.schema.binding.Unmappable;
import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.WriterSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What evolution is told of an Avro schema. */
class AvroWriterSchemaTest {

    private static final String PRICED =
            "{'type': 'record', 'name': 'Line', 'fields': [{'name': 'price', 'type': %s, 'aliases': ['cost']}]}";
    private static final String COLOR = "{'type': 'enum', 'name': '%s', 'symbols': ['RED', 'BLUE']}";

    private static final Schema EVERYWHERE = record(
            "id 'long', 'aliases': ['number', 'key']",
            "color " + COLOR.formatted("C1"),
            "maybe ['null', " + COLOR.formatted("C2") + "]",
            "lines ['null', {'type': 'array', 'items': ['null', " + PRICED.formatted(COLOR.formatted("C3")) + "]}]",
            "byName {'type': 'map', 'values': {'type': 'record', 'name': 'M', 'fields': ["
                    + "{'name': 'x', 'type': 'int', 'aliases': ['y']}]}}",
            "either ['null', 'string', {'type': 'record', 'name': 'E', 'namespace': 'a', 'aliases': ['b.E', 'b.Old'],"
                    + " 'fields': [{'name': 'z', 'type': {'type': 'array', 'items': " + COLOR.formatted("C4")
                    + "}, 'aliases': ['was_z']}]}, " + COLOR.formatted("C5") + "]",
            "span {'type': 'fixed', 'name': 'D', 'size': 12, 'logicalType': 'duration'}");

    @Test
    void knowsFormerNamesAtEveryDepth() {
        assertThat(of(EVERYWHERE).formerNames())
                .isEqualTo(Map.of(
                        "id", List.of("key", "number"),
                        "lines[].price", List.of("cost"),
                        "byName{}.x", List.of("y"),
                        "either.E", List.of("Old"),
                        "either.E.z", List.of("was_z")));
    }

    @Test
    void knowsWhatHasOneOfSeveralTypesAndWhatHasADefault() {
        WriterSchema schema = of(record(
                "id 'long', 'default': 7",
                "note ['null', 'string'], 'default': null",
                "either ['null', 'string', 'int']",
                "lines {'type': 'array', 'items': {'type': 'record', 'name': 'L', 'fields': ["
                        + "{'name': 'n', 'type': ['int', 'string'], 'default': 1}]}}"));

        assertThat(schema.choices()).containsExactly("either", "lines[].n");
        assertThat(schema.defaults()).containsExactly("id", "lines[].n");
    }

    @Test
    void knowsSymbolsAtEveryDepth() {
        List<String> colors = List.of("RED", "BLUE");

        assertThat(of(EVERYWHERE).symbols())
                .isEqualTo(Map.of(
                        "color", colors,
                        "maybe", colors,
                        "lines[].price", colors,
                        "either.E.z[]", colors,
                        "either.C5", colors));
    }

    @Test
    void itsPathsAreThoseOfItsColumnsAndOfComplaints() {
        WriterSchema written = of(EVERYWHERE);

        Set<String> places = ColumnPath.places(written.columns()).keySet();
        assertThat(places)
                .containsAll(written.formerNames().keySet())
                .containsAll(written.symbols().keySet());
        Schema unmappable = record("lines {'type': 'array', 'items': " + PRICED.formatted("'null'") + "}");
        assertThat(AvroColumns.of(unmappable, AvroRules.STRICT).unmappable().stream()
                        .map(Unmappable::path))
                .containsExactly("lines[].price");
    }

    @Test
    void saysNothingOfWhatBecomesATextOfJson() {
        AvroRules rules = new AvroRules(Nanoseconds.REFUSE, new TreeSet<>(Set.of("lines", "either.E", "color")));

        WriterSchema written = AvroWriterSchema.of(EVERYWHERE, rules).orElseThrow();

        assertThat(written.formerNames().keySet()).containsExactly("byName{}.x", "either.E", "id");
        assertThat(written.symbols().keySet()).containsExactly("either.C5", "maybe");
    }

    @Test
    void isNothingWithoutColumns() {
        assertThat(AvroWriterSchema.of(schema("'string'"), AvroRules.STRICT)).isEmpty();
    }

    /** Whoever registers the same fields elsewhere, with other words about them, has not made another schema. */
    @Test
    void docsNamespacesAndDefaultsMakeNoOtherSchema() {
        Schema bare = schema("{'type': 'record', 'name': 'R', 'fields': [{'name': 'a', 'type': 'int'},"
                + " {'name': 'e', 'type': {'type': 'enum', 'name': 'E', 'symbols': ['X']}}]}");
        Schema told = schema(
                "{'type': 'record', 'name': 'Order', 'namespace': 'com.acme', 'doc': 'd', 'aliases': ['R'],"
                        + " 'fields': [{'name': 'a', 'type': 'int', 'doc': 'd', 'default': 1, 'order': 'descending'},"
                        + " {'name': 'e', 'type': {'type': 'enum', 'name': 'Other', 'symbols': ['X'], 'default': 'X'}}]}");

        assertThat(of(told).fingerprint()).isEqualTo(of(bare).fingerprint());
    }

    @Test
    void whatRowsOrTheirHistoryDependOnMakesAnotherSchema() {
        List<WriterSchema> all = List.of(
                of(record("a 'int'", "b 'int'")),
                of(record("b 'int'", "a 'int'")),
                of(record("a 'int'", "c 'int'")),
                of(record("a 'int'", "b 'long'")),
                of(record("a 'int'", "b ['null', 'int']")),
                of(record("a 'int'", "b 'int', 'aliases': ['c']")),
                of(record("a 'int'", "b 'string'")),
                of(record("a 'int'", "b " + COLOR.formatted("E"))),
                of(record("a 'int'", "b {'type': 'enum', 'name': 'E', 'symbols': ['RED']}")),
                of(record("a 'int'", "b {'type': 'array', 'items': 'int'}")),
                of(record("a 'int'", "b {'type': 'map', 'values': 'int'}")),
                of(record("a 'int'", "b {'type': 'map', 'values': ['null', 'int']}")));

        assertThat(all.stream().map(WriterSchema::fingerprint)).doesNotHaveDuplicates();
    }

    private static WriterSchema of(Schema schema) {
        return AvroWriterSchema.of(schema, AvroRules.STRICT).orElseThrow();
    }
}
