package dev.firn.cli.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import dev.firn.spi.source.ProposedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProposedFileTest {

    private static final ProposedSource SOURCE = new ProposedSource(
            List.of(
                    "type: kafka",
                    "topics: [orders]",
                    "properties:",
                    "  bootstrap.servers: \"localhost:9092\"",
                    "  sasl.jaas.config: \"${secret:kafka-sasl-jaas-config}\"",
                    "# 5 of 5 values name a schema of the registry. The columns are those of version 3 of `orders-value`, and this"
                            + " is long.",
                    "format: {type: avro, registry: {url: \"http://localhost:8081\"}}"),
            new TreeMap<>(Map.of("${secret:kafka-sasl-jaas-config}", "hunter2")),
            List.of());

    private static final ProposedFile FILE = new ProposedFile(
            new ProposedFile.Names("orders", "orders", "sales.orders"),
            List.of("Proposed for `orders`."),
            SOURCE,
            List.of(
                    new Finding("event-time", "{column: placed_at}", List.of("`placed_at` says when.")),
                    new Finding("sequence-by", "placed_at", List.of("The newest wins.")),
                    new Finding("mask", "{email: sha256}", List.of("`email` is called like an e-mail address.")),
                    new Finding("partition-by", "\"day(placed_at)\"", List.of("`placed_at` is a timestamptz."))),
            "{type: hadoop, warehouse: ./lake}",
            "Everything in a folder.");

    @TempDir
    Path folder;

    @Test
    void saysWhatIsBuiltAndNotesWhatIsNot() {
        assertThat(FILE.text())
                .isEqualTo(
                        """
                        # Proposed for `orders`.
                        pipeline:
                          # Part of every operator's uid and of every snapshot: choose it before the first run.
                          name: orders
                        source:
                          type: kafka
                          topics: [orders]
                          properties:
                            bootstrap.servers: localhost:9092
                            sasl.jaas.config: ${secret:kafka-sasl-jaas-config}
                          # 5 of 5 values name a schema of the registry. The columns are those of version 3 of
                          # `orders-value`, and this is long.
                          format: {type: avro, registry: {url: "http://localhost:8081"}}
                        route:
                          # In front of the dot stands the namespace; several pipelines may share one.
                          - {from: orders, to: sales.orders}
                        tables:
                          - table: sales.orders
                            # `email` is called like an e-mail address.
                            mask: {email: sha256}
                            # `placed_at` is a timestamptz.
                            partition-by: day(placed_at)
                            # `placed_at` says when.
                            # event-time: {column: placed_at}
                            # The newest wins.
                            # not built yet: sequence-by: placed_at
                        sink:
                          type: iceberg
                          # Everything in a folder.
                          catalog: {type: hadoop, warehouse: ./lake}
                        quarantine:
                          # The bytes of refused records have in clear what `mask` hides. Without them `firn replay` can't
                          # put a record back; its topic still has it.
                          payload: none
                        """);
    }

    @Test
    void quarantineKeepsBytesWhereNothingIsHidden() {
        ProposedFile open =
                new ProposedFile(FILE.names(), List.of(), SOURCE, List.of(), FILE.catalog(), FILE.aboutCatalog());

        assertThat(open.text()).doesNotContain("quarantine");
    }

    @Test
    void isAFileThatLintAndFmtTakeAsItIs() throws IOException {
        Path file = Files.writeString(folder.resolve("orders.yaml"), FILE.text());

        assertThat(Cli.firn("lint", file.toString()).out()).isEqualTo(file + ": ok\n");
        assertThat(Cli.firn("fmt", "--check", file.toString()).exitCode()).isZero();
    }

    @Test
    void aSecretIsNowhereInIt() {
        assertThat(FILE.text() + FILE + new KnownSecrets(SOURCE.secrets(), raw -> raw))
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "orders, orders, orders.orders",
        "shop.orders, shop-orders, shop.orders",
        "shop.eu.orders-v2, shop-eu-orders-v2, shop.eu_orders_v2",
        "2026-clicks, clicks, _2026_clicks._2026_clicks",
        "42, pipeline, _42._42",
        "trailing., trailing-, trailing_.trailing_"
    })
    void namesFollowTheStreams(String stream, String pipeline, String table) {
        assertThat(ProposedNames.pipeline(stream)).isEqualTo(pipeline);
        assertThat(ProposedNames.table(stream)).isEqualTo(table);
    }
}
