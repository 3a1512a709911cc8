package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Diagnostics are the result of {@code lint}: they stand on stdout. */
class LintVerbTest {

    private static final String GOOD =
            """
            pipeline: {name: orders}
            source:
              type: kafka
              topics: [orders]
              properties: {bootstrap.servers: "${env:KAFKA}"}
              format: {type: avro, registry: {url: "${env:REGISTRY}"}}
            sink: {type: iceberg, catalog: {type: hadoop, warehouse: "file:/lake"}}
            """;

    @TempDir
    private Path folder;

    @Test
    void saysOkToACorrectFile() throws IOException {
        String file = file("good.yaml", GOOD);

        assertThat(firn("lint", file)).isEqualTo(new Cli.Answer(0, file + ": ok\n", ""));
    }

    @Test
    void showsWhatIsWrongWithItsPlaceAndItsMend() throws IOException {
        String file = file("bad.yaml", GOOD.replace("topics:", "start-up: latest\n  topics:"));

        assertThat(firn("lint", file))
                .isEqualTo(new Cli.Answer(
                        2,
                        file
                                + """
                                :4:3: error[unknown-option]: unknown option `start-up`
                                  at source (kafka)
                                 4 |   start-up: latest
                                   |   ^^^^^^^^
                                   expected: one of `exclude`, `format`, `key`, `lost-offsets`, `metadata`, `name`, `properties`,
                                             `startup`, `tombstones`, `topics`, `type`
                                   fix: rename it to `startup`                                help: firn help unknown-option

                                1 error
                                """,
                        ""));
    }

    @Test
    void checksEveryFileOfSeveral() throws IOException {
        String good = file("good.yaml", GOOD);
        String bad = file("bad.yaml", "pipeline: {name: 7}\n");

        Cli.Answer answer = firn("lint", bad, good);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).contains(bad + ":1:", "errors\n").endsWith(good + ": ok\n");
        assertThat(answer.err()).isEmpty();
    }

    @Test
    void answersWithZeroWhereThereAreWarningsOnly() throws IOException {
        String file = file("warned.yaml", GOOD + "tables:\n  - {table: sales.nothing, partition-by: day(d)}\n");

        Cli.Answer answer = firn("lint", file);

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).contains("warning[unmatched-table-entry]");
    }

    @Test
    void saysThatAFileIsMissing() {
        String file = folder.resolve("none.yaml").toString();

        assertThat(firn("lint", file))
                .isEqualTo(new Cli.Answer(
                        2,
                        file + ":1:1: error[unreadable-file]: there is no file `" + file
                                + "`\n   fix: name a file by its path from the folder that you are in\n"
                                + "   help: firn help unreadable-file\n\n1 error\n",
                        ""));
    }

    @Test
    void writesOneJsonDocumentForAllFiles() throws IOException {
        String good = file("good.yaml", GOOD);
        String bad = file("bad.yaml", GOOD.replace("topics: [orders]", "topics: orders\n  topics: x"));

        Cli.Answer answer = firn("lint", "--format", "json", good, bad);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out())
                .startsWith("{\"version\":1,\"diagnostics\":[\n  {\"code\":\"duplicate-key\",\"severity\":\"error\"")
                .endsWith("\n]}\n");
        assertThat(firn("lint", "--format=JSON", good).out()).isEqualTo("{\"version\":1,\"diagnostics\":[]}\n");
    }

    @Test
    void takesAFileWhoseNameStartsWithAnAtSign() throws IOException {
        Path elsewhere = Path.of(file("@good.yaml", GOOD));

        assertThat(firn("lint", elsewhere.toString()).exitCode()).isZero();
        assertThat(firn("lint", "@none.yaml").out()).contains("there is no file `@none.yaml`");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
