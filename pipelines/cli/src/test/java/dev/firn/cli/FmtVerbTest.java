package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FmtVerbTest {

    private static final String GOOD = "pipeline: {name: orders} # one\n";
    private static final String UGLY = "pipeline:   { 'name' : orders  } # one";
    private static final String WRONG = "pipeline:   {name: orders, name: b}\n";

    @TempDir
    private Path folder;

    @Test
    void formatsFilesAndLeavesAloneWhatIsFormatted() throws IOException {
        Path good = file("good.yaml", GOOD);
        Path ugly = file("ugly.yaml", UGLY);
        Files.setLastModifiedTime(good, FileTime.fromMillis(0));

        assertThat(firn("fmt", good.toString(), ugly.toString()))
                .isEqualTo(new Cli.Answer(0, good + ": ok\n" + ugly + ": formatted\n", ""));
        assertThat(Files.readString(ugly)).isEqualTo(GOOD.replace("} #", "}         #"));
        assertThat(Files.getLastModifiedTime(good)).isEqualTo(FileTime.fromMillis(0));
        assertThat(names()).containsExactlyInAnyOrder("good.yaml", "ugly.yaml");
    }

    @Test
    void checksWithoutWriting() throws IOException {
        Path good = file("good.yaml", GOOD);
        Path ugly = file("ugly.yaml", UGLY);

        assertThat(firn("fmt", "--check", good.toString(), ugly.toString()))
                .isEqualTo(new Cli.Answer(
                        1, good + ": ok\n" + ugly + ": not formatted\nnext: firn fmt " + ugly + "\n", ""));
        assertThat(Files.readString(ugly)).isEqualTo(UGLY);
        assertThat(firn("fmt", "--check", good.toString()).exitCode()).isZero();
    }

    @Test
    void leavesAFileAloneThatCanNotBeRead() throws IOException {
        Path wrong = file("wrong.yaml", WRONG);
        Path ugly = file("ugly.yaml", UGLY);

        assertThat(firn("fmt", "--check", ugly.toString(), wrong.toString()).exitCode())
                .isEqualTo(2);
        Cli.Answer answer = firn("fmt", wrong.toString(), ugly.toString());

        assertThat(answer)
                .isEqualTo(
                        new Cli.Answer(
                                2,
                                ugly + ": formatted\n",
                                wrong
                                        + """
                                :1:28: error[duplicate-key]: key `name` stands here twice, first in line 1
                                 1 | pipeline:   {name: orders, name: b}
                                   |                            ^^^^
                                   fix: remove one of the two, or merge them                  help: firn help duplicate-key

                                1 error
                                """));
        assertThat(Files.readString(wrong)).isEqualTo(WRONG);
        assertThat(firn("fmt", folder.resolve("none.yaml").toString()).err()).contains("error[unreadable-file]");
    }

    @Test
    void keepsPermissionsAndFollowsLinks() throws IOException {
        Path ugly = file("ugly.yaml", UGLY);
        Files.setPosixFilePermissions(ugly, PosixFilePermissions.fromString("rw-r-x---"));
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), Path.of("ugly.yaml"));

        assertThat(firn("fmt", link.toString()).out()).isEqualTo(link + ": formatted\n");

        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(ugly)).startsWith("pipeline: {name: orders}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ugly)))
                .isEqualTo("rw-r-x---");
    }

    @Test
    void formatsWhatIsPipedIn() {
        assertThat(Cli.piped(UGLY, "fmt", "-"))
                .isEqualTo(new Cli.Answer(0, "pipeline: {name: orders}         # one\n", ""));
        assertThat(Cli.piped(UGLY, "fmt", "--check", "-")).isEqualTo(new Cli.Answer(1, "-: not formatted\n", ""));
        assertThat(Cli.piped(WRONG, "fmt", "-").err())
                .startsWith("-:1:28: error[duplicate-key]")
                .contains(" 1 | pipe");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
