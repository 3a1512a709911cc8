package dev.firn.cli;

import dev.firn.cli.outlook.FramedStream;
import dev.firn.cli.outlook.FramedStreams;
import dev.firn.cli.outlook.OutlookJson;
import dev.firn.cli.outlook.OutlookText;
import dev.firn.cli.outlook.SchemaOutlook;
import dev.firn.cli.outlook.Supposition;
import dev.firn.cli.schema.NoSchema;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.plan.LivePlanContext;
import dev.firn.spi.source.OutsideException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a schema would do to the tables of a pipeline if it were registered; writes nothing anywhere. */
@Command(
        name = "plan",
        description = {
            "Says what would happen to each table and column if a schema were registered as the next version of its subject and"
                    + " a record came with it.",
            "Asks the registry and the catalog, no broker, and writes nothing. Answers 0 where every table takes every value,"
                    + " else 1."
        },
        sortOptions = false,
        customSynopsis =
                "firn schema plan --schema SCHEMA [--subject S | --topic T] [--env NAME] [--format text|json] FILE",
        footer = {
            "firn schema plan --schema next.avsc orders.yaml",
            "firn schema plan --schema next.avsc --topic orders --env prod --format json orders.yaml"
        })
final class SchemaPlanVerb extends Verb {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Option(
            names = "--schema",
            paramLabel = "SCHEMA",
            required = true,
            description =
                    "The file with the new schema, as it would be registered: Avro, or what the topic's format reads.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path schema;

    @Option(
            names = "--subject",
            paramLabel = "S",
            description = "The subject that it is for; needed where the file reads several.")
    private @Nullable String subject;

    @Option(names = "--topic", paramLabel = "T", description = "The same by a topic that the file reads.")
    private @Nullable String topic;

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    private Format format = Format.TEXT;

    SchemaPlanVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        if (subject != null && topic != null) {
            throw new ParameterException(spec.commandLine(), "`--subject` and `--topic` say the same; one is enough");
        }
        PipelineFile file = environment.pipeline(path);
        Optional<PipelineDefinition> definition = file.read();
        if (definition.isEmpty()) {
            screen.diagnostics(file.printed());
            return ExitCode.of(file.diagnostics());
        }
        try {
            return answer(file, definition.get(), SystemReferences.ofThisProcess());
        } catch (NoSchema wrong) {
            if (wrong.diagnostics().isEmpty()) {
                screen.progress("firn: " + wrong.getMessage());
                return ExitCode.FILE;
            }
            return refused(file.placed(wrong.diagnostics()));
        } catch (UnresolvedReference wrong) {
            screen.progress("firn: " + wrong.getMessage());
            return ExitCode.FILE;
        } catch (OutsideException outside) {
            screen.progress("firn: " + outside.getMessage());
            return ExitCode.OUTSIDE;
        }
    }

    private int answer(PipelineFile file, PipelineDefinition definition, ReferenceResolver references) throws NoSchema {
        List<FramedStream> streams = FramedStreams.of(path.toString(), definition, file.connectors(), references)
                .meant(Optional.ofNullable(subject), Optional.ofNullable(topic));
        Diagnostics opening = new Diagnostics();
        try (LivePlanContext live = LivePlanContext.open(definition, file.connectors(), references, opening)) {
            Supposition supposition = new Supposition(definition, file.connectors(), references, live, streams, schema);
            Supposition.Planned planned = supposition.plan(opening.inOrder());
            if (planned.plan().isEmpty()) {
                int code = refused(file.placed(planned.errors()));
                if (!planned.isBySchema()) {
                    return code;
                }
                screen.progress("firn: with `" + schema + "` the file would not plan any more");
                return ExitCode.NO;
            }
            SchemaOutlook outlook = new TimeLimit(PATIENCE, "the versions of the subject were not to be had")
                    .on(() -> supposition.outlook(planned.plan().get(), file.arguments(), path.toString()));
            screen.result(format == Format.JSON ? OutlookJson.write(outlook) : OutlookText.write(outlook));
            return outlook.isGood() ? ExitCode.DONE : ExitCode.NO;
        }
    }

    private int refused(List<Diagnostic> diagnostics) {
        screen.diagnostics(new DiagnosticPrinter(SourceText.onDisk()).print(diagnostics));
        return ExitCode.of(diagnostics);
    }
}
