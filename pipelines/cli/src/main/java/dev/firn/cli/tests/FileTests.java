package dev.firn.cli.tests;

import dev.firn.cli.PipelineFile;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.plan.PipelinePlan;
import java.util.List;
import java.util.Optional;

/** The tests of a pipeline file. */
public final class FileTests {

    private FileTests() {}

    /** What is wrong with them and can be seen without running any. */
    public static List<Diagnostic> complaints(PipelineDefinition definition, PipelinePlan plan) {
        Diagnostics found = new Diagnostics();
        TestReading.read(definition, plan, StreamSchemas.NOWHERE, found);
        return found.inOrder();
    }

    /** Runs all of them, unless the file is wrong. */
    public static TestedFile run(PipelineFile file) {
        Optional<PipelineDefinition> definition = file.read();
        Optional<PipelinePlan> plan =
                definition.filter(read -> !read.tests().isEmpty()).flatMap(file::planOfflineWithSchemas);
        List<TestedFile.Outcome> outcomes =
                plan.map(made -> run(file, definition.orElseThrow(), made)).orElse(List.of());
        return new TestedFile(file.path().toString(), file.arguments(), outcomes, file.diagnostics());
    }

    /** What is wrong with a file, with its lines. */
    public static String complaints(TestedFile file) {
        return new DiagnosticPrinter(SourceText.onDisk()).print(file.complaints());
    }

    private static List<TestedFile.Outcome> run(PipelineFile file, PipelineDefinition definition, PipelinePlan plan) {
        Diagnostics found = new Diagnostics();
        try (TestBench bench = new TestBench(
                plan,
                file.connectors().sink(plan.sink().type()).nowhere(plan.sink().names()),
                SystemReferences.ofThisProcess(),
                "firn schema pull " + file.arguments())) {
            List<TestCase> tests = TestReading.read(definition, plan, bench, found);
            file.complain(found.inOrder());
            return found.hasErrors()
                    ? List.of()
                    : tests.stream()
                            .map(test -> new TestedFile.Outcome(
                                    test.name(), test.place(), Comparing.differences(test, bench.run(test.given()))))
                            .toList();
        }
    }
}
