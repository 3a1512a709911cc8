package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.cli.testing.Cli;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeoverTest {

    private final List<String> begun = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Changeover changeover = new Changeover(
            new Screen(
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    new ByteArrayInputStream(new byte[0]),
                    Map.of()),
            "shop",
            "/savepoint");

    private Changeover.Start start(String file, Begin.Now now, int exitCode) {
        return new Changeover.Start() {
            @Override
            public String file() {
                return file;
            }

            @Override
            public String arguments() {
                return "--cluster c " + file;
            }

            @Override
            public Begin begin() {
                begun.add(file);
                return new Begin(now, Optional.of("job-" + file), exitCode);
            }
        };
    }

    private Cli.Answer run(Changeover.Start changed, Optional<Changeover.Start> old) throws Exception {
        int code = changeover.run(changed, old);
        return new Cli.Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void leavesTheOldFileAloneWhereTheNewOneRuns() throws Exception {
        assertThat(run(start("new", Begin.Now.RUNS, 0), Optional.of(start("old", Begin.Now.RUNS, 0))))
                .isEqualTo(new Cli.Answer(
                        0,
                        "shop is upgraded: job job-new runs, and has made its first checkpoint\n\n"
                                + "Next:  firn status --cluster c new\n",
                        ""));
        assertThat(begun).containsExactly("new");
    }

    @Test
    void goesBackWhereNothingOfTheNewFileRuns() throws Exception {
        assertThat(run(start("new", Begin.Now.DOWN, 3), Optional.of(start("old", Begin.Now.RUNS, 0))))
                .isEqualTo(
                        new Cli.Answer(
                                1,
                                "",
                                """
                        going back to old
                        firn: not upgraded: the pipeline runs by old again, as job job-old
                        """));
        assertThat(begun).containsExactly("new", "old");
    }

    /** Two of one pipeline would end each other. */
    @ParameterizedTest
    @CsvSource({"COMING, 1", "ANOTHERS, 2", "UNKNOWN, 3"})
    void takesNothingBackThatMayRun(Begin.Now now, int code) throws Exception {
        Cli.Answer answer = run(start("new", now, code), Optional.of(start("old", Begin.Now.RUNS, 0)));

        assertThat(answer.exitCode()).isEqualTo(code);
        assertThat(answer.err()).doesNotContain("stopped;").endsWith("; look with: firn status --cluster c new\n");
        assertThat(begun).containsExactly("new");
    }

    @Test
    void saysThatThePipelineIsStoppedWhereThereIsNothingToGoBackTo() throws Exception {
        assertThat(run(start("new", Begin.Now.DOWN, 4), Optional.empty()))
                .isEqualTo(
                        new Cli.Answer(
                                4,
                                "",
                                """
                        firn: not upgraded, and the pipeline is stopped; its state is in /savepoint
                        with the file as it was it goes on by: firn submit --cluster c new
                        """));
    }

    @Test
    void saysThatThePipelineIsStoppedWhereGoingBackFailsToo() throws Exception {
        Cli.Answer answer = run(start("new", Begin.Now.DOWN, 1), Optional.of(start("old", Begin.Now.DOWN, 3)));

        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.err())
                .endsWith(
                        """
                        firn: not upgraded, and the pipeline is stopped; its state is in /savepoint
                        it goes on by: firn submit --cluster c old
                        """);
    }

    @Test
    void doesNotSayThatThePipelineIsStoppedWhereTheOldFileIsComing() throws Exception {
        Cli.Answer answer = run(start("new", Begin.Now.DOWN, 1), Optional.of(start("old", Begin.Now.COMING, 1)));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .endsWith("firn: old was handed over and is not taken back; look with: firn status --cluster c old\n");
    }

    @Test
    void saysSoBeforeABugOfOursGoesItsWay() {
        Changeover.Start broken = new Changeover.Start() {
            @Override
            public String file() {
                return "new";
            }

            @Override
            public String arguments() {
                return "new";
            }

            @Override
            public Begin begin() {
                throw new IllegalStateException("broken");
            }
        };

        assertThatThrownBy(() -> changeover.run(broken, Optional.empty())).hasMessage("broken");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("the pipeline is stopped; its state is in /savepoint");
    }
}
