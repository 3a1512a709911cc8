package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is answered where there is no history; one is told by a real job's table. */
class SchemaHistoryVerbTest {

    @TempDir
    private Path folder;

    @Test
    void aTableThatIsNotThereIsAnsweredWithNo() throws IOException {
        Cli.Answer answer = history("{type: hadoop, warehouse: " + folder + "}", "sales.orders");

        assertThat(answer).isEqualTo(new Cli.Answer(1, "", "firn: there is no table `sales.orders`\n"));
    }

    @Test
    void aCatalogThatIsAwayIsTheWorldsFault() throws IOException {
        Cli.Answer answer = history("{type: rest, uri: \"http://127.0.0.1:1\"}", "sales.orders");

        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("127.0.0.1:1");
    }

    @Test
    void aNameThatIsNoneIsTheArgumentsFault() throws IOException {
        Cli.Answer answer = history("{type: hadoop, warehouse: " + folder + "}", "orders");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).startsWith("firn schema history: `orders` is no table: ");
        assertThat(answer.err()).contains("usage: firn schema history [--env NAME] [--format text|json] FILE TABLE");
    }

    @Test
    void aFileThatIsWrongIsToldAsAPlanTellsIt() throws IOException {
        Cli.Answer answer = history("{type: hadop, warehouse: " + folder + "}", "sales.orders");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("pipeline.yaml:9:").contains("hadop");
    }

    private Cli.Answer history(String catalog, String table) throws IOException {
        Path file = Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                pipeline: {name: shop}
                source:
                  type: kafka
                  properties: {bootstrap.servers: "127.0.0.1:1"}
                  topics: [orders]
                  format: {type: avro, registry: {url: "http://127.0.0.1:1"}}
                route:
                  - {from: orders, to: sales.orders}
                sink: {type: iceberg, catalog: %s}
                """
                        .formatted(catalog));
        return firn("schema", "history", file.toString(), table);
    }
}
