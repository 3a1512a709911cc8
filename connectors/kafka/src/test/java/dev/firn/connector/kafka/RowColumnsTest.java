package dev.firn.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.firn.connector.kafka.flink.KafkaSourceTranslator;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.spi.flink.SourceTranslator.PlannedSource;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.SchemaMemory;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.KnownSchemas;
import dev.firn.spi.source.NewestSchema;
import dev.firn.spi.source.SchemaPart;
import dev.firn.spi.source.StartPositions;
import dev.firn.spi.source.StreamSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A running job has the columns of a row that the plan had, in the same order. */
class RowColumnsTest {

    private static final String VALUE =
            """
            {"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}""";

    private static final String KEY =
            """
            {"type": "record", "name": "K", "fields": [{"name": "zone", "type": "int"}, {"name": "area", "type": "int"}]}""";

    private static final byte[] NO_OTHER_VERSION = "{\"error_code\": 40403}".getBytes(StandardCharsets.UTF_8);

    private HttpServer registry;

    @BeforeEach
    void start() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", RowColumnsTest::deny);
        registry.start();
    }

    @AfterEach
    void stop() {
        registry.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "key: {type: avro}",
                "key: {type: int}",
                "key: {type: avro}\ntombstones: delete",
                "key: {type: avro, columns: none}\ntombstones: delete",
                "key: {type: string, columns: none}\ntombstones: delete",
                "key: {type: avro, prefix: k_}\nmetadata: {offset: _offset, topic: _topic, headers: _h, key: _k}"
            })
    void areThoseOfThePlan(String beside) throws Rejected {
        SourceDefinition source =
                SourceFile.source("topics: [orders]\nproperties: {bootstrap.servers: \"localhost:9\"}\n"
                        + "format: {type: avro, registry: {url: \"http://localhost:"
                        + registry.getAddress().getPort() + "\"}}\n"
                        + beside);
        StreamSchema planned = planned(source);
        RecordFormat format = new KafkaSourceTranslator()
                .format(new PlannedSource(
                        "shop",
                        1,
                        "events",
                        (Record) source.component().options(),
                        List.of("orders"),
                        Map.of("orders", planned.definition()),
                        StartPositions.none()));

        try (SchemaMemory memory = format.memory(raw -> raw);
                FormatReader reader = format.open(raw -> raw)) {
            memory.learn(7, VALUE);
            FormatReader orders = reader.stream("orders");
            assertThat(columns(orders)).isEqualTo(planned.columns());
            assertThat(orders.deletes().isPresent()).isEqualTo(beside.endsWith("delete"));
            assertThat(planned.deletes().isPresent()).isEqualTo(beside.endsWith("delete"));
            assertThat(planned.columns().columns())
                    .as("none of the key where it says so")
                    .satisfies(columns -> assertThat(beside.contains("none"))
                            .isEqualTo(columns.size() == 1 && beside.contains("key")));
        }
    }

    private static TableSchema columns(FormatReader reader) throws Rejected {
        return reader.lineages(7, "orders").get(0).schema().columns();
    }

    private static StreamSchema planned(SourceDefinition source) {
        KnownSchemas known =
                (stream, part) -> Optional.of(new NewestSchema(stream, part == SchemaPart.KEY ? KEY : VALUE));
        return new KafkaSourceConnector()
                .streams(source, known, new Diagnostics())
                .get(0)
                .schema()
                .orElseThrow();
    }

    private static void deny(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(404, NO_OTHER_VERSION.length);
            exchange.getResponseBody().write(NO_OTHER_VERSION);
        }
    }
}
