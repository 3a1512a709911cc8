package dev.firn.cli;

import dev.firn.cli.quarantine.ReplayJson;
import dev.firn.cli.quarantine.ReplayText;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.replay.Replayed;
import dev.firn.flink.write.PlannedPolicies;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.QuarantineSelection.Payload;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts quarantined records where they belong, once what kept them from there is mended. */
@Command(
        name = "replay",
        description = {
            "Puts quarantined records where they belong: through the routes, formats and tables of the file as it is now.",
            "The pipeline may run meanwhile. Each record comes to its table once, however often it is interrupted and run again;"
                    + " what is refused again stays in quarantine. Answers 0 where nothing of what was asked for waits any more,"
                    + " else 1."
        },
        sortOptions = false,
        customSynopsis =
                "firn replay [--code CODE]... [--table TABLE]... [--stream STREAM]... [--since TIME] [--env NAME]"
                        + " [--format text|json] FILE",
        footer = {"firn replay orders.yaml", "firn replay --code schema-change-refused --table shop.orders orders.yaml"
        })
final class ReplayVerb extends Verb {

    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Mixin
    private final QuarantineArguments records = new QuarantineArguments();

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    private Format format = Format.TEXT;

    ReplayVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws Exception {
        PipelineFile file = environment.pipeline(path);
        Optional<PipelineDefinition> definition = file.read();
        if (definition.isEmpty()) {
            screen.diagnostics(file.printed());
            return ExitCode.of(file.diagnostics());
        }
        Diagnostics opening = new Diagnostics();
        ReferenceResolver references = SystemReferences.ofThisProcess();
        try (LivePlanContext context = LivePlanContext.open(definition.get(), file.connectors(), references, opening)) {
            Optional<PipelinePlan> plan = file.plan(definition.get(), context, opening.inOrder());
            screen.diagnostics(file.printed());
            Optional<Lake> lake = context.lake();
            if (plan.isEmpty() || lake.isEmpty()) {
                return ExitCode.of(file.diagnostics());
            }
            return replay(file, plan.get(), context, lake.get(), references);
        } catch (RuntimeException thrown) {
            return LakeQuestion.failed(screen, thrown);
        }
    }

    private int replay(
            PipelineFile file, PipelinePlan plan, LivePlanContext context, Lake looked, ReferenceResolver references)
            throws Exception {
        LakeNames names = plan.sink().names();
        Optional<Replayed> replayed = new ReplayRun(screen, file, plan, context, references)
                .run(looked, records.selection(Instant.now(), Payload.READ), PlannedPolicies.in(plan));
        if (replayed.isEmpty()) {
            screen.progress("`" + names.quarantine() + "` has no such record of the pipeline that waits");
            return ExitCode.DONE;
        }
        screen.result(
                format == Format.JSON
                        ? ReplayJson.write(names, replayed.get())
                        : ReplayText.write(names, replayed.get(), records.words() + file.arguments()));
        return replayed.get().refused() == 0 ? ExitCode.DONE : ExitCode.NO;
    }
}
