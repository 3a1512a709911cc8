package dev.firn.cli;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.plan.LivePlanContext;
import dev.firn.spi.sink.Lake;
import java.util.List;
import java.util.Optional;

/** Opens the lake of a pipeline file for somebody who wants to look at it; what keeps it from that is said. */
record LakeQuestion(Screen screen, PipelineFile file) {

    /** What is asked, and answered with an exit code. */
    @FunctionalInterface
    interface Answer {
        int of(PipelineDefinition definition, Lake lake);
    }

    /** Failures of the catalog are words on the screen; only our bugs are thrown. */
    int ask(Answer answer) {
        Optional<PipelineDefinition> definition = file.read();
        if (definition.isEmpty()) {
            screen.diagnostics(file.printed());
            return ExitCode.of(file.diagnostics());
        }
        Diagnostics opening = new Diagnostics();
        try (LivePlanContext context =
                LivePlanContext.open(definition.get(), file.connectors(), SystemReferences.ofThisProcess(), opening)) {
            Optional<Lake> lake = context.lake();
            List<Diagnostic> complaints = opening.inOrder();
            if (lake.isEmpty() && complaints.isEmpty()) {
                // What is wrong with the sink's options is said by whoever plans.
                file.planOffline(definition.get());
                complaints = file.diagnostics();
            }
            screen.diagnostics(new DiagnosticPrinter(SourceText.onDisk()).print(file.placed(complaints)));
            return lake.isEmpty() ? ExitCode.of(complaints) : answer.of(definition.get(), lake.get());
        } catch (RuntimeException thrown) {
            return failed(screen, thrown);
        }
    }

    /** Says what a failure means, unless it is our bug, which is thrown. */
    static int failed(Screen screen, RuntimeException thrown) {
        Failure failure = Failure.of(thrown);
        if (failure.exitCode() == ExitCode.BUG) {
            throw thrown;
        }
        screen.progress("firn: " + failure.sentence());
        return failure.exitCode();
    }
}
