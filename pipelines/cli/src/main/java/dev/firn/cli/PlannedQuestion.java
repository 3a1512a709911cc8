package dev.firn.cli;

import dev.firn.cli.outlook.NewestOutlook;
import dev.firn.cli.run.PlannedPipeline;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.spi.sink.Lake;
import java.util.Optional;

/** Plans a pipeline with what the outside says now, and hands it on; says what keeps it from that. */
record PlannedQuestion(Screen screen, PipelineFile file) {

    /** What is done with a planned pipeline while its lake is open, answered with an exit code. */
    @FunctionalInterface
    interface Answer {
        int of(PlannedPipeline pipeline) throws Exception;
    }

    int ask(PipelineDefinition definition, Answer answer) throws Exception {
        return ask(definition, answer, Saying.ALL);
    }

    /** For one that was told of its warnings a moment ago. */
    int askAgain(PipelineDefinition definition, Answer answer) throws Exception {
        return ask(definition, answer, Saying.WHAT_KEEPS_IT);
    }

    private enum Saying {
        ALL,
        WHAT_KEEPS_IT
    }

    private int ask(PipelineDefinition definition, Answer answer, Saying saying) throws Exception {
        Diagnostics opening = new Diagnostics();
        SystemReferences references = SystemReferences.ofThisProcess();
        try (LivePlanContext context = LivePlanContext.open(
                definition,
                file.connectors(),
                references,
                NewestOutlook.of(definition, file.connectors(), references),
                opening)) {
            Optional<PipelinePlan> plan = file.plan(definition, context, opening.inOrder());
            Optional<Lake> lake = context.lake();
            boolean isPlanned = plan.isPresent() && lake.isPresent();
            if (saying == Saying.ALL || !isPlanned) {
                screen.diagnostics(file.printed());
            }
            return isPlanned
                    ? answer.of(new PlannedPipeline(definition, plan.get(), lake.get(), file.connectors(), references))
                    : ExitCode.of(file.diagnostics());
        }
    }
}
