package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without anything outside but a catalog that is a folder. */
class DoctorVerbTest {

    private static final String FILE =
            """
            pipeline: {name: shop}
            source:
              type: kafka
              topics: [orders]
              properties: {bootstrap.servers: "${env:FIRN_DOCTOR_NOWHERE}"}
              format: {type: avro, registry: {url: "${env:FIRN_DOCTOR_NOWHERE}"}}
            route:
              - {from: orders, to: sales.orders}
            sink: {type: iceberg, catalog: {type: hadoop, warehouse: %s}}
            """;

    @TempDir
    private Path folder;

    @Test
    void looksAtTheMachineAlone() {
        Cli.Answer answer = firn("doctor");

        assertThat(answer.err()).isEmpty();
        assertThat(answer.out())
                .startsWith("this machine\n")
                .contains("  Java  ")
                .doesNotContain("the file");
    }

    @Test
    void looksOnWhereSomethingIsMissing() throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), FILE.formatted(folder.resolve("lake")));

        Cli.Answer answer = firn("doctor", file.toString());

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out().substring(answer.out().indexOf("the file")))
                .isEqualTo(
                        """
                        the file
                          ok  lint                     nothing to complain of
                          no  reference                reference `${env:FIRN_DOCTOR_NOWHERE}` can't be resolved: the
                                                       environment variable `FIRN_DOCTOR_NOWHERE` is not set

                        source kafka
                          --  kafka                    not tried: there is nothing behind `${env:FIRN_DOCTOR_NOWHERE}`
                          --  schema registry          not tried: there is nothing behind `${env:FIRN_DOCTOR_NOWHERE}`

                        catalog
                          ok  catalog                  it answers
                          ok  namespace                `shop` has no table, or is not there yet
                          --  may make tables          not tried: nothing tells but making one, as the first run does
                          ok  ledger                   there is none yet: the pipeline has not run

                        1 thing is not well, 3 not tried
                        """);
        assertThat(folder.resolve("lake")).doesNotExist();
        assertThat(folder.resolve(".firn")).doesNotExist();
    }

    @Test
    void answersTwoWhereTheFileIsWrong() throws IOException {
        Path file = Files.writeString(
                folder.resolve("shop.yaml"), FILE.formatted("/lake").replace("topics", "topcis"));

        Cli.Answer answer = firn("doctor", file.toString());

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out())
                .contains("  no  lint                     1 error\n", "mend: firn lint " + file + " shows them\n")
                .doesNotContain("source kafka");
        assertThat(firn("doctor", "--format", "json", file.toString()).out()).startsWith("{\n  \"version\" : 1,\n");
    }
}
