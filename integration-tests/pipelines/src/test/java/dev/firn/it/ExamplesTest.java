package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.firn.cli.Main;
import dev.firn.cli.PipelineFile;
import dev.firn.cli.Screen;
import dev.firn.definition.PipelineDefinition;
import dev.firn.it.testing.Golden;
import dev.firn.plan.PlanText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What `lint` says of each example, and the plan that it makes without asking anybody, stand beside it. */
class ExamplesTest {

    private static final String REWRITE =
            "mvn -pl integration-tests/pipelines -am test -Dtest=ExamplesTest -Dsurefire.failIfNoSpecifiedTests=false -Dfirn.golden=write";

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(Golden.file("examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml") && !file.endsWith("firn.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void lintSaysWhatStandsBesideIt(Path example) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        Main.commandLine(new Screen(printed, printed, Map.of())).execute("lint", example.toString());
        Golden.assertSame(beside(example, "lint.txt"), named(out.toString(StandardCharsets.UTF_8)), REWRITE);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void thePlanWithoutTheOutsideIsTheOneBesideIt(Path example) throws IOException {
        PipelineFile file = new PipelineFile(example);
        Optional<PipelineDefinition> definition = file.read();
        String plan = definition
                .flatMap(file::planOffline)
                .map(made -> PlanText.write(made, PlanText.Detail.SHORT))
                .orElse("There is no plan: lint.txt says why.\n");
        Golden.assertSame(beside(example, "offline.txt"), named(plan), REWRITE);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itsOwnTestsPass(Path example) {
        PipelineFile file = new PipelineFile(example);
        Optional<PipelineDefinition> definition = file.read();
        assumeThat(definition.flatMap(file::planOffline)).isPresent();
        assumeThat(definition.orElseThrow().tests()).isNotEmpty();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);

        int code = Main.commandLine(new Screen(printed, printed, Map.of())).execute("test", example.toString());

        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
    }

    private static String beside(Path example, String what) {
        String file = named(example.toString());
        return file.substring(0, file.length() - "yaml".length()) + what;
    }

    /** By its path in the repository, whatever folder the tests run in. */
    private static String named(String text) {
        return text.replace("../../", "");
    }
}
