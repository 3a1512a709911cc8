package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the project file are right, in every environment. */
class ProjectExamplesTest {

    private static final Path HOME = Path.of("../..");
    private static final Pattern FILES = Pattern.compile("```yaml\n# (\\S+)\n(.*?)```", Pattern.DOTALL);

    @Test
    void theExampleIsRight() {
        Path folder = HOME.resolve("examples/project");

        assertThat(firn(
                                "lint",
                                folder.resolve("firn.yaml").toString(),
                                folder.resolve("orders.yaml").toString())
                        .out())
                .isEqualTo(folder + "/firn.yaml: ok\n" + folder + "/orders.yaml: ok, 1 warning suppressed\n");
    }

    @Test
    void thePageOfTheProjectFileIsRight(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("pipelines"));
        FILES.matcher(Files.readString(HOME.resolve("docs/project-file.md")))
                .results()
                .forEach(file -> write(folder.resolve(file.group(1)), file.group(2)));

        assertThat(firn(
                                "lint",
                                folder + "/firn.yaml",
                                folder + "/pipelines/orders.yaml",
                                folder + "/pipelines/refunds.yaml")
                        .out())
                .isEqualTo(folder + "/firn.yaml: ok\n" + folder + "/pipelines/orders.yaml: ok\n" + folder
                        + "/pipelines/refunds.yaml: ok, 1 warning suppressed\n");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
