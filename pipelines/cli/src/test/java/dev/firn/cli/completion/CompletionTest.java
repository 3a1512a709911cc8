package dev.firn.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts offer, asked of the shell that is there wherever Firn can be built. */
class CompletionTest {

    @TempDir
    private Path folder;

    @Test
    void offersVerbs() throws Exception {
        assertThat(offered("firn", "")).contains("lint", "fmt", "schema", "help", "explain", "completion");
        assertThat(offered("firn", "lin")).containsExactly("lint");
        assertThat(offered("firn", "schema", "pu")).containsExactly("pull");
        assertThat(offered("firn", "schema", "pl")).containsExactly("plan");
        assertThat(offered("firn", "completion", "")).containsExactly("bash", "zsh", "fish");
    }

    @Test
    void offersTheOptionsOfAVerbAndNoHiddenOne() throws Exception {
        assertThat(offered("firn", "fmt", "-")).containsExactlyInAnyOrder("--check", "--help");
        assertThat(offered("firn", "lint", "orders.yaml", "--f")).containsExactly("--format");
        assertThat(offered("firn", "schema", "pull", "--pr")).containsExactly("--prune");
        assertThat(offered("firn", "schema", "plan", "--s")).containsExactly("--schema", "--subject");
    }

    @Test
    void offersTheValuesOfAnOption() throws Exception {
        assertThat(offered("firn", "lint", "--format", "")).containsExactly("text", "json");
        assertThat(offered("firn", "grammar", "--format", "m")).containsExactly("markdown");
    }

    @Test
    void offersFilesAndTopics() throws Exception {
        Files.createFile(folder.resolve("orders.yaml"));

        assertThat(offered("firn", "lint", "ord")).containsExactly("orders.yaml");
        assertThat(offered("firn", "help", "partition-b")).containsExactly("partition-by");
        assertThat(offered("firn", "help", "unknown-opt")).containsExactly("unknown-option");
    }

    @Test
    void writesForZshWhatBashReadsAndForFishItsOwn() {
        assertThat(Cli.firn("completion", "zsh").out())
                .contains("bashcompinit")
                .endsWith(Cli.firn("completion", "bash").out());
        assertThat(Cli.firn("completion", "fish").out())
                .contains(
                        "complete -c firn -n '__fish_use_subcommand' -a 'lint' -d 'Checks pipeline files without asking anything"
                                + " outside.'\n",
                        "complete -c firn -n '__fish_seen_subcommand_from lint' -l format -x -a 'text json'");
    }

    @Test
    void knowsThreeShells() {
        assertThat(Cli.firn("completion", "csh"))
                .isEqualTo(new Cli.Answer(
                        2, "", "firn completion: `csh` is no shell that it knows; it knows bash, zsh and fish\n"));
    }

    private List<String> offered(String... words) throws IOException, InterruptedException {
        Path script = Files.writeString(
                folder.resolve(".script"), Cli.firn("completion", "bash").out());
        String ask = "source " + script + "; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _firn;"
                + " ((${#COMPREPLY[@]} == 0)) || printf '%s\\n' \"${COMPREPLY[@]}\"";
        List<String> command = new ArrayList<>(List.of("bash", "-c", ask, "bash"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(answer).isZero();
        return answer.lines().toList();
    }
}
