package dev.firn.cli;

import dev.firn.cli.audit.Audit;
import dev.firn.cli.audit.AuditJson;
import dev.firn.cli.audit.AuditText;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.Planner;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.LakeNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a pipeline's balance sheet from its ledger; changes nothing, and the pipeline may run meanwhile. */
@Command(
        name = "audit",
        description = {
            "Shows what became of every record: by partition, by table, by reason.",
            "The figures are the ledger's. Answers 0 where every epoch balances, 1 where one does not."
        },
        sortOptions = false,
        customSynopsis = "firn audit [--since EPOCH] [--format text|json] FILE",
        footer = {"firn audit orders.yaml", "firn audit --since 2880 --format json orders.yaml"})
final class AuditVerb extends Verb {

    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Option(names = "--since", paramLabel = "EPOCH", description = "The first epoch to look at; all unless said.")
    private long since = 1;

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    private Format format = Format.TEXT;

    AuditVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        PipelineFile file = new PipelineFile(path);
        Optional<PipelineDefinition> definition = file.read();
        if (definition.isEmpty()) {
            screen.diagnostics(file.printed());
            return ExitCode.of(file.diagnostics());
        }
        Diagnostics opening = new Diagnostics();
        try (LivePlanContext context =
                LivePlanContext.open(definition.get(), file.connectors(), SystemReferences.ofThisProcess(), opening)) {
            List<Diagnostic> complaints = opening.inOrder();
            screen.diagnostics(new DiagnosticPrinter(SourceText.onDisk()).print(complaints));
            @Nullable Lake lake = context.lake().orElse(null);
            return lake == null ? ExitCode.of(complaints) : audit(lake, Planner.lakeNames(definition.get()));
        } catch (RuntimeException thrown) {
            Failure failure = Failure.of(thrown);
            if (failure.exitCode() == ExitCode.BUG) {
                throw thrown;
            }
            screen.progress("firn: " + failure.sentence());
            return failure.exitCode();
        }
    }

    private int audit(Lake lake, LakeNames names) {
        if (lake.table(names.ledger()).isEmpty()) {
            screen.progress("firn: there is no ledger `" + names.ledger() + "`: the pipeline has not run yet");
            return ExitCode.NO;
        }
        Audit audit = new Audit(names.quarantine());
        lake.ledger().history(Math.max(0, since - 1), audit::add);
        screen.result(
                format == Format.JSON
                        ? AuditJson.write(audit, names.ledger())
                        : AuditText.write(audit, names.ledger()));
        return audit.balances() ? ExitCode.DONE : ExitCode.NO;
    }
}
