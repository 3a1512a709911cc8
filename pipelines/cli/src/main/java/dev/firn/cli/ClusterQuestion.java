package dev.firn.cli;

import dev.firn.cli.run.AlreadyRunning;
import dev.firn.cli.run.NothingToResume;
import dev.firn.cli.run.RunRefused;
import dev.firn.cli.run.UsageRefused;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.project.Layers;
import dev.firn.definition.project.Project;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.flink.session.SessionCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Does what a verb asks of a cluster, and says in a sentence what keeps it from that. */
record ClusterQuestion(Screen screen, ClusterArgument cluster, EnvironmentArgument environment) {

    /** What is asked about a pipeline, and answered with an exit code. */
    @FunctionalInterface
    interface Answer {
        int of(PipelineFile file, PipelineDefinition definition, SessionCluster cluster) throws Exception;
    }

    /** What is asked of a cluster alone. */
    @FunctionalInterface
    interface ClusterAnswer {
        int of(SessionCluster cluster);
    }

    int ask(Path path, Answer answer) throws Exception {
        Layers layers = environment.around(path);
        PipelineFile file = new PipelineFile(path, layers);
        Optional<PipelineDefinition> definition = file.read();
        if (definition.isEmpty()) {
            screen.diagnostics(file.printed());
            return ExitCode.of(file.diagnostics());
        }
        return said(() -> answer.of(file, definition.get(), cluster.of(layers)));
    }

    /** With the project file that is here or above. */
    int ask(ClusterAnswer answer) throws Exception {
        Layers layers = environment.around(Path.of(Project.FILE));
        List<Diagnostic> complaints = layers.complaints();
        if (ExitCode.of(complaints) != ExitCode.DONE) {
            screen.diagnostics(new DiagnosticPrinter(SourceText.onDisk()).print(complaints));
            return ExitCode.of(complaints);
        }
        return said(() -> answer.of(cluster.of(layers)));
    }

    private int said(Callable<Integer> answer) throws Exception {
        try {
            return answer.call();
        } catch (Exception thrown) {
            return told(screen, thrown);
        }
    }

    /** Says why something did not come about; answers whose move it is. What is our bug is thrown on. */
    static int told(Screen screen, Exception thrown) throws Exception {
        if (thrown instanceof UsageRefused
                || thrown instanceof NothingToResume
                || thrown instanceof AlreadyRunning
                || thrown instanceof UnresolvedReference) {
            screen.progress("firn: " + thrown.getMessage());
            return ExitCode.FILE;
        }
        if (thrown instanceof RunRefused) {
            screen.progress("firn: " + thrown.getMessage());
            return ExitCode.REFUSED;
        }
        Failure failure = Failure.of(thrown);
        if (failure.exitCode() == ExitCode.BUG) {
            throw thrown;
        }
        screen.progress("firn: " + failure.sentence());
        return failure.exitCode();
    }
}
