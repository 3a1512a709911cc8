package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.Main;
import dev.firn.cli.Screen;
import dev.firn.it.testing.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are as wrong as people write them: files of other tools, of editors, words and levels that are not ours. */
class WrongFilesTest {

    private static final String FOLDER = "src/test/resources/wrong";
    private static final String REWRITE =
            "mvn -pl integration-tests/pipelines -am test -Dtest=WrongFilesTest -Dsurefire.failIfNoSpecifiedTests=false -Dfirn.golden=write";

    private record Answer(int code, String page) {

        /** The complaints, one an element. */
        List<String> errors() {
            return Arrays.stream(page.split("\n\n"))
                    .filter(complaint -> complaint.contains(": error["))
                    .toList();
        }
    }

    static List<String> files() throws IOException {
        Path folder = Path.of(FOLDER);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> !name.endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void namesThePlaceAndTheMend(String name) throws IOException {
        Answer answer = lint(Path.of(FOLDER, name));

        Golden.assertSame(
                "integration-tests/pipelines/" + FOLDER + "/" + name + ".txt",
                answer.page().replace(FOLDER + "/", ""),
                REWRITE);
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.errors()).isNotEmpty().allSatisfy(error -> {
            assertThat(error.strip().lines().findFirst().orElse(""))
                    .matches("src/test/resources/wrong/" + name + ":\\d+:\\d+: error\\[[a-z-]+]: .+");
            assertThat(error).containsPattern("(?m)^ +(expected|fix): .+");
        });
        assertThat(answer.page()).doesNotContain("\tat ", "Exception", "java.", "\r", "\u001b");
    }

    @Test
    void thereAreManyOfThem() throws IOException {
        assertThat(files()).hasSizeGreaterThan(50);
    }

    @Test
    void aFileOfFiveMegabytesGetsOneAnswer(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("pipeline.yaml"),
                "pipeline: {name: shop}\nroute:\n" + "  - orders: ORDERS\n".repeat(250_000));

        Answer answer = lint(file);

        assertThat(answer.page())
                .isEqualTo(
                        """
                        %s:1:1: error[unreadable-file]: the file `%1$s` is larger than 3 MiB
                         1 | pipeline: {name: shop}
                           | ^
                           expected: a pipeline, which is some lines long
                           help: firn help unreadable-file

                        1 error
                        """
                                .formatted(file));
        assertThat(answer.code()).isEqualTo(2);
    }

    @Test
    void aFolderIsNoFile(@TempDir Path folder) {
        Answer answer = lint(folder);

        assertThat(answer.page())
                .isEqualTo(
                        """
                        %s:1:1: error[unreadable-file]: the file `%1$s` is a folder
                           fix: name a file in it                                     help: firn help unreadable-file

                        1 error
                        """
                                .formatted(folder));
        assertThat(answer.code()).isEqualTo(2);
    }

    private static Answer lint(Path file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of());
        int code = Main.commandLine(screen).execute("lint", file.toString());
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        return new Answer(code, out.toString(StandardCharsets.UTF_8));
    }
}
