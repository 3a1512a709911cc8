package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no stored plan is told before anything is asked: exit code 2, one line, nothing on stdout. */
class StoredPlanFileTest {

    @TempDir
    Path folder;

    @Test
    void isNotThere() {
        Path missing = folder.resolve("no.json");
        assertThat(against(missing))
                .isEqualTo(refused("there is no file `" + missing + "`; `firn plan --format json FILE > " + missing
                        + "` writes one"));
    }

    @Test
    void isAFolder() {
        assertThat(against(folder))
                .isEqualTo(refused(
                        "`" + folder + "` is a folder; `--against` takes a file that `firn plan --format json` wrote"));
    }

    @Test
    void isNoText() throws IOException {
        Path binary = Files.write(folder.resolve("plan.gz"), new byte[] {0x1f, (byte) 0x8b, 8, (byte) 0xff});
        assertThat(against(binary))
                .isEqualTo(refused(
                        "`" + binary + "` is no text; `--against` takes a file that `firn plan --format json` wrote"));
    }

    @Test
    void isAnotherFile() throws IOException {
        Path settings = Files.writeString(folder.resolve("settings.json"), "{\"a\": 1}");
        assertThat(against(settings))
                .isEqualTo(refused("`" + settings
                        + "` is JSON, but no plan: it has no `pipeline`; `firn plan --format json FILE` writes one"));
    }

    private static Cli.Answer against(Path plan) {
        return Cli.firn("plan", "--against", plan.toString(), "orders.yaml");
    }

    private static Cli.Answer refused(String sentence) {
        return new Cli.Answer(2, "", "firn plan: " + sentence + "\n");
    }
}
