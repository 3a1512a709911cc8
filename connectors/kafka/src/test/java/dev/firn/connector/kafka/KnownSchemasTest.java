package dev.firn.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.source.KnownSchemas;
import dev.firn.spi.source.NewestSchema;
import dev.firn.spi.source.SchemaPart;
import dev.firn.spi.source.StreamDefinition;
import dev.firn.spi.source.StreamDescription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Streams as schemas say that are known without a registry. */
class KnownSchemasTest {

    private static final String SOURCE =
            """
            topics: [orders, refunds]
            properties: {bootstrap.servers: "localhost:9092"}
            key: {type: avro}
            metadata: {offset: _offset}
            """;

    private static final String ORDER =
            """
            {"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}""";

    private final Diagnostics diagnostics = new Diagnostics();

    @Test
    void makeColumnsOfValueKeyAndMetadata() {
        assertThat(streams(SOURCE, Map.of("orders value", ORDER, "orders key", "\"string\"", "refunds value", ORDER)))
                .satisfiesExactly(
                        orders -> assertThat(orders.schema()).hasValueSatisfying(schema -> {
                            assertThat(schema.columns().columns())
                                    .containsExactly(
                                            Column.required("id", Primitive.LONG),
                                            Column.optional("key", Primitive.STRING),
                                            Column.required("_offset", Primitive.LONG));
                            assertThat(schema.definition())
                                    .isEqualTo(new StreamDefinition(ORDER, Optional.of("\"string\"")));
                        }),
                        refunds -> assertThat(refunds.schema())
                                .as("nobody knows its key")
                                .isEmpty());
        assertThat(SourceFile.lines(diagnostics)).isEmpty();
    }

    @Test
    void areJudgedAsThoseOfARegistryAre() {
        streams(
                SOURCE,
                Map.of(
                        "orders value",
                        ORDER.replace("\"long\"", "\"Order\""),
                        "refunds value",
                        "{\"type\": \"record\"}"));

        assertThat(SourceFile.lines(diagnostics))
                .containsExactly(
                        "shop.yaml:1:10 error[unmappable-schema] in `orders.avsc`, `id`: record `Order` contains itself, and"
                                + " a column's type can't; fix: flatten it, or keep it as a text of JSON with `json-fields:"
                                + " [\"id\"]` in the `format`",
                        "shop.yaml:1:18 error[unmappable-schema] the schema of `refunds.avsc` is not valid Avro: No name in"
                                + " schema: {\"type\":\"record\"}; fix: register a version that is");
    }

    @Test
    void areNotNeeded() {
        assertThat(streams(SOURCE, Map.of()))
                .extracting(StreamDescription::name, StreamDescription::schema)
                .containsExactly(tuple("orders", Optional.empty()), tuple("refunds", Optional.empty()));
        assertThat(SourceFile.lines(diagnostics)).isEmpty();
    }

    @Test
    void sayWhichTopicsASelectorSelects() {
        KnownSchemas known = new KnownSchemas() {
            @Override
            public Optional<NewestSchema> of(String stream, SchemaPart part) {
                return part == SchemaPart.VALUE
                        ? Optional.of(new NewestSchema(stream + ".avsc", ORDER))
                        : Optional.empty();
            }

            @Override
            public Set<String> streams() {
                return Set.of("orders_2", "orders_10", "refunds", "orders_test", "customers");
            }
        };
        String source =
                """
                topics: ["orders_*", refunds]
                exclude: [orders_test]
                properties: {bootstrap.servers: "localhost:9092"}
                """;

        assertThat(new KafkaSourceConnector().streams(SourceFile.source(source), known, diagnostics))
                .extracting(StreamDescription::name)
                .containsExactly("refunds", "orders_10", "orders_2");
        assertThat(SourceFile.lines(diagnostics)).isEmpty();
    }

    /** @param definitions by stream and part */
    private List<StreamDescription> streams(String source, Map<String, String> definitions) {
        KnownSchemas known = (stream, part) -> Optional.ofNullable(definitions.get(stream + " " + part.word()))
                .map(text -> new NewestSchema(stream + (part == SchemaPart.KEY ? "-key" : "") + ".avsc", text));
        return new KafkaSourceConnector().streams(SourceFile.source(source), known, diagnostics);
    }
}
