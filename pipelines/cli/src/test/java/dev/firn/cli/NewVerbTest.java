package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As far as it goes without a broker; what it proposes of a real topic is in the integration tests. */
class NewVerbTest {

    @TempDir
    Path folder;

    @Test
    void whatIsMissingIsNamedWhereNobodyCanBeAsked() {
        assertThat(firn("new", "--topic", "orders").err())
                .startsWith("firn new: `--bootstrap` is missing, and there is nobody to ask: --bootstrap HOST:PORT\n");
        Cli.Answer withoutTopic = firn("new", "--bootstrap", "127.0.0.1:1");
        assertThat(withoutTopic.exitCode()).isEqualTo(2);
        assertThat(withoutTopic.err())
                .startsWith("firn new: `--topic` is missing, and there is nobody to ask: --topic TOPIC\n");
    }

    @Test
    void aFileThatIsThereIsNotWrittenOver() throws IOException {
        Path file = Files.writeString(folder.resolve("orders.yaml"), "mine");

        Cli.Answer answer = firn("new", "--topic", "orders", "--bootstrap", "127.0.0.1:1", "--out", file.toString());

        assertThat(answer)
                .isEqualTo(new Cli.Answer(
                        4, "", "firn: `" + file + "` is there already; with `--yes` it is written over\n"));
        assertThat(file).hasContent("mine");
    }

    @Test
    void aPropertyWithoutAValueIsNotPrintedForItMayBeASecret() {
        Cli.Answer answer = firn("new", "--topic", "orders", "--bootstrap", "h:1", "--property", "hunter2");

        assertThat(answer).isEqualTo(new Cli.Answer(2, "", "firn: `--property` takes NAME=VALUE\n"));
    }

    @Test
    void propertiesThatAreNotThereAreNamed() {
        Path file = folder.resolve("client.properties");

        Cli.Answer answer = firn("new", "--topic", "orders", "--bootstrap", "h:1", "--properties", file.toString());

        assertThat(answer).isEqualTo(new Cli.Answer(2, "", "firn: there is no file `" + file + "`\n"));
    }

    @Test
    void namesThatNoFileTakesAreRefusedBeforeAnybodyIsAsked() {
        assertThat(firn("new", "--topic", "o", "--bootstrap", "h:1", "--table", "orders")
                        .err())
                .startsWith("firn new: `orders` is no table: `namespace.table`");
        assertThat(firn("new", "--topic", "o", "--bootstrap", "h:1", "--name", "7up")
                        .err())
                .startsWith("firn new: `7up` is no name: a letter, then");
    }
}
