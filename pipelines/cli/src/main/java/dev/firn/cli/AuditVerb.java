package dev.firn.cli;

import dev.firn.cli.audit.AuditJson;
import dev.firn.cli.audit.AuditReport;
import dev.firn.cli.audit.AuditRun;
import dev.firn.cli.audit.AuditText;
import dev.firn.cli.audit.RecountProgress;
import dev.firn.cli.audit.Since;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.Planner;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Shows a pipeline's balance sheet from its ledger; changes nothing, and the pipeline may run meanwhile. */
@Command(
        name = "audit",
        description = {
            "Shows what became of every record: by partition, by table, by reason.",
            "The figures are the ledger's; --recount also counts what is outside. Answers 0 where all balances, else 1."
        },
        sortOptions = false,
        customSynopsis = "firn audit [--since EPOCH|TIME] [--recount] [--env NAME] [--format text|json] FILE",
        footer = {"firn audit --recount orders.yaml", "firn audit --since 2h --format json orders.yaml"})
final class AuditVerb extends Verb {

    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Option(
            names = "--since",
            paramLabel = "EPOCH|TIME",
            converter = SinceWord.class,
            description = {
                "Where the sheet begins: with an epoch, or with the first that was written within a time such as 90m or 2d."
                        + " All before it is one sum."
            })
    private Since since = new Since.Epoch(1);

    @Option(
            names = "--recount",
            description = {
                "Asks the sources where they end, counts each table's rows in its files and the quarantined ones by"
                        + " reason, and holds it against the ledger."
            })
    private boolean recount;

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    private Format format = Format.TEXT;

    /** The number of an epoch, or a time with its unit. */
    static final class SinceWord implements ITypeConverter<Since> {
        @Override
        public Since convert(String word) {
            return Since.parse(word).orElseThrow(() -> new TypeConversionException("neither an epoch nor a time"));
        }
    }

    AuditVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        PipelineFile file = environment.pipeline(path);
        Optional<PipelineDefinition> definition = file.read();
        if (definition.isEmpty()) {
            screen.diagnostics(file.printed());
            return ExitCode.of(file.diagnostics());
        }
        Diagnostics opening = new Diagnostics();
        try (LivePlanContext context =
                LivePlanContext.open(definition.get(), file.connectors(), SystemReferences.ofThisProcess(), opening)) {
            AuditRun run = new AuditRun(definition.get(), file.connectors(), context);
            if (recount) {
                run.trySources(opening);
            }
            Optional<Lake> lake = context.lake();
            List<Diagnostic> complaints = opening.inOrder();
            if (lake.isEmpty() && complaints.isEmpty()) {
                // What is wrong with the sink's options is said by whoever plans.
                file.planOffline(definition.get());
                complaints = file.diagnostics();
            }
            screen.diagnostics(new DiagnosticPrinter(SourceText.onDisk()).print(file.placed(complaints)));
            int code = ExitCode.of(complaints);
            return lake.isEmpty() || code != ExitCode.DONE
                    ? code
                    : audit(run, lake.get(), Planner.lakeNames(definition.get()).ledger());
        } catch (RuntimeException thrown) {
            Failure failure = Failure.of(thrown);
            if (failure.exitCode() == ExitCode.BUG) {
                throw thrown;
            }
            screen.progress("firn: " + failure.sentence());
            return failure.exitCode();
        }
    }

    private int audit(AuditRun run, Lake lake, TableName ledger) {
        if (lake.table(ledger).isEmpty()) {
            screen.progress("firn: there is no ledger `" + ledger + "`: the pipeline has not run yet");
            return ExitCode.NO;
        }
        AuditReport report = recount
                ? run.recount(lake, since, Instant.now(), new RecountProgress(screen))
                : run.report(lake, since, Instant.now());
        screen.result(format == Format.JSON ? AuditJson.write(report) : AuditText.write(report));
        return report.isYes() ? ExitCode.DONE : ExitCode.NO;
    }
}
