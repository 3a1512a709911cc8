package dev.firn.cli;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.PipelineReader;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.OfflinePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.Planner;
import dev.firn.plan.PulledSchemas;
import dev.firn.plan.PulledSchemas.Absence;
import dev.firn.schema.folder.SchemaFolder;
import dev.firn.spi.Connectors;
import dev.firn.spi.source.KnownSchemas;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pipeline file on its way to a plan, with everything that was said about it. */
public final class PipelineFile {

    private final Path path;
    private final Connectors connectors = Connectors.load(PipelineFile.class.getClassLoader());
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    public PipelineFile(Path path) {
        this.path = path;
    }

    public Optional<PipelineDefinition> read() {
        Checked<PipelineDefinition> read = PipelineReader.read(path, connectors);
        diagnostics.addAll(read.diagnostics());
        return read.value();
    }

    /** Plans with what the file says, and the schemas beside it if there are any. */
    public Optional<PipelinePlan> planOffline(PipelineDefinition definition) {
        return planOffline(definition, Absence.SILENT);
    }

    /** The same for somebody who wants to see tables: without schemas beside the file it is refused. */
    public Optional<PipelinePlan> planOfflineWithSchemas(PipelineDefinition definition) {
        return planOffline(definition, Absence.REFUSED);
    }

    private Optional<PipelinePlan> planOffline(PipelineDefinition definition, Absence withoutFolder) {
        Path folder = schemas(path);
        Diagnostics reading = new Diagnostics();
        Optional<SchemaFolder> found = SchemaFolder.read(folder, reading);
        Map<String, KnownSchemas> known =
                found.map(there -> there.of(definition.name(), reading)).orElse(Map.of());
        diagnostics.addAll(reading.inOrder());
        Absence absence = found.isPresent() ? Absence.WARNED : withoutFolder;
        PulledSchemas pulled = new PulledSchemas(
                folder.toString(),
                path.toString(),
                // What can't be read is missing too, and was told already.
                reading.hasErrors() ? Absence.SILENT : absence,
                known);
        return plan(Planner.plan(definition, connectors, new OfflinePlanContext(connectors, pulled)));
    }

    /** The folder with the schemas that a pipeline file is planned with offline. */
    public static Path schemas(Path file) {
        return file.resolveSibling("schemas");
    }

    /** Plans with what the outside says; opening the context may have left diagnostics of its own. */
    public Optional<PipelinePlan> plan(
            PipelineDefinition definition, LivePlanContext context, List<Diagnostic> fromOpening) {
        diagnostics.addAll(fromOpening);
        return plan(Planner.plan(definition, connectors, context));
    }

    private Optional<PipelinePlan> plan(Checked<PipelinePlan> planned) {
        diagnostics.addAll(planned.diagnostics());
        return ExitCode.of(diagnostics) == ExitCode.DONE ? planned.value() : Optional.empty();
    }

    public Connectors connectors() {
        return connectors;
    }

    /** All complaints so far, ordered by place. */
    public List<Diagnostic> diagnostics() {
        return diagnostics.stream().sorted(Diagnostic.BY_PLACE).distinct().toList();
    }

    /** The complaints with their lines, for people. */
    public String printed() {
        return new DiagnosticPrinter(SourceText.onDisk()).print(diagnostics());
    }
}
