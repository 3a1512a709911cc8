package dev.firn.cli;

import dev.firn.cli.cluster.PipelineIdentity;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.plan.LivePlanContext;
import dev.firn.spi.source.OutsideException;
import java.util.List;
import java.util.Optional;

/** A pipeline as a verb knows it that can work, in part, also while its catalog is away. */
record SeenPipeline(Screen screen) {

    /** What is done with a pipeline, answered with an exit code. */
    @FunctionalInterface
    interface Answer {
        int of(PipelineIdentity identity) throws Exception;
    }

    /**
     * Where the file itself is what keeps it from its lake, that is said, and nothing is asked.
     *
     * @param seen takes a pipeline whose catalog answers
     * @param away takes one that is known by its names alone
     */
    int ask(PipelineFile file, PipelineDefinition definition, Answer seen, Answer away) throws Exception {
        Diagnostics opening = new Diagnostics();
        Optional<PipelineIdentity> identity = Optional.empty();
        try (LivePlanContext context =
                LivePlanContext.open(definition, file.connectors(), SystemReferences.ofThisProcess(), opening)) {
            if (context.lake().isPresent()) {
                identity = Optional.of(
                        PipelineIdentity.of(definition, context.lake().get()));
            } else {
                List<Diagnostic> complaints = opening.inOrder();
                if (complaints.isEmpty()) {
                    // What is wrong with the sink's options is said by whoever plans.
                    file.planOffline(definition);
                    complaints = file.diagnostics();
                }
                if (ExitCode.of(complaints) != ExitCode.OUTSIDE) {
                    screen.diagnostics(new DiagnosticPrinter(SourceText.onDisk()).print(file.placed(complaints)));
                    return ExitCode.FILE;
                }
            }
        } catch (OutsideException gone) {
            // It answered once and not again.
        }
        return identity.isPresent() ? seen.of(identity.get()) : away.of(PipelineIdentity.unseen(definition));
    }
}
