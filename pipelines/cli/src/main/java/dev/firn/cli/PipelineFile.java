package dev.firn.cli;

import dev.firn.cli.help.CodePages;
import dev.firn.cli.tests.GivenStreams;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.PipelineReader;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.diagnostic.Told;
import dev.firn.definition.project.Layers;
import dev.firn.definition.suppression.Suppressions;
import dev.firn.plan.OfflinePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanCode;
import dev.firn.plan.PlanContext;
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
import java.util.Set;
import java.util.stream.Stream;

/** A pipeline file on its way to a plan, with everything that was said about it. */
public final class PipelineFile {

    /** What a plan that asks the outside never says. */
    private static final Set<String> OFFLINE_ONLY = Set.of(PlanCode.SCHEMA_NOT_PULLED.code());

    private final Path path;
    private final Layers layers;
    private final Connectors connectors = Connectors.load(PipelineFile.class.getClassLoader());
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private Suppressions suppressions = Suppressions.NONE;
    private Seen seen = Seen.SOME;

    /** How much was looked at: whether a complaint that did not come up could have. */
    private enum Seen {
        SOME,
        ALL
    }

    /** All complaints about a text that may be no file yet, as if it were one without a project. */
    static List<Diagnostic> lint(Path file, String text) {
        Connectors connectors = Connectors.load(PipelineFile.class.getClassLoader());
        Checked<PipelineDefinition> read = PipelineReader.read(file.toString(), text, connectors);
        List<Diagnostic> found = new ArrayList<>(read.diagnostics());
        read.value().ifPresent(definition -> {
            PulledSchemas none = new PulledSchemas(
                    "schemas", file.toString(), Absence.SILENT, Map.of(), GivenStreams.of(definition, connectors));
            found.addAll(Planner.plan(definition, connectors, new OfflinePlanContext(connectors, none))
                    .diagnostics());
        });
        return found.stream().sorted(Diagnostic.BY_PLACE).distinct().toList();
    }

    /** With the project around it and the first environment. */
    public PipelineFile(Path path) {
        this(path, Layers.around(path));
    }

    public PipelineFile(Path path, Layers layers) {
        this.path = path;
        this.layers = layers;
    }

    public Path path() {
        return path;
    }

    /** As the command line names it, with the environment. */
    public String arguments() {
        return layers.arguments(path);
    }

    /** For a verb that would end a run of its. */
    ClusterLook onCluster(Screen screen) {
        return new ClusterLook(screen, layers);
    }

    public Optional<PipelineDefinition> read() {
        return told(PipelineReader.read(path, connectors, layers));
    }

    /** Reads a text as if it stood in the file. */
    public Optional<PipelineDefinition> read(String text) {
        return told(PipelineReader.read(path.toString(), text, connectors, layers));
    }

    private Optional<PipelineDefinition> told(Checked<PipelineDefinition> read) {
        diagnostics.addAll(read.diagnostics());
        suppressions = read.value().map(Suppressions::of).orElse(Suppressions.NONE);
        List<Diagnostic> wrong =
                suppressions.entries().isEmpty() ? List.of() : suppressions.check(CodePages.ofDiagnostics());
        diagnostics.addAll(layers.placed(wrong));
        return wrong.isEmpty() ? read.value() : Optional.empty();
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
        Path folder = schemas();
        Diagnostics reading = new Diagnostics();
        Optional<SchemaFolder> found = SchemaFolder.read(folder, reading);
        Map<String, KnownSchemas> known =
                found.map(there -> there.of(definition.name(), reading)).orElse(Map.of());
        diagnostics.addAll(reading.inOrder());
        Absence absence = found.isPresent() ? Absence.WARNED : withoutFolder;
        PulledSchemas pulled = new PulledSchemas(
                folder.toString(),
                arguments(),
                // What can't be read is missing too, and was told already.
                reading.hasErrors() ? Absence.SILENT : absence,
                known,
                GivenStreams.of(definition, connectors));
        return plan(Planner.plan(definition, connectors, new OfflinePlanContext(connectors, pulled)));
    }

    /** The folder with the schemas that a pipeline file is planned with offline. */
    public Path schemas() {
        return layers.schemas(path);
    }

    /** Plans with what the outside says; opening the context may have left diagnostics of its own. */
    public Optional<PipelinePlan> plan(
            PipelineDefinition definition, PlanContext context, List<Diagnostic> fromOpening) {
        diagnostics.addAll(layers.placed(fromOpening));
        seen = Seen.ALL;
        return plan(Planner.plan(definition, connectors, context));
    }

    private Optional<PipelinePlan> plan(Checked<PipelinePlan> planned) {
        diagnostics.addAll(layers.placed(planned.diagnostics()));
        return ExitCode.of(diagnostics) == ExitCode.DONE ? planned.value() : Optional.empty();
    }

    public Connectors connectors() {
        return connectors;
    }

    /** Takes complaints that were not found here. */
    public void complain(List<Diagnostic> complaints) {
        diagnostics.addAll(layers.placed(complaints));
    }

    /** Complaints that were not told here, filed as this file's are. */
    public List<Diagnostic> placed(List<Diagnostic> complaints) {
        return layers.placed(complaints);
    }

    /** All complaints so far, ordered by place, without those that the file suppresses. */
    public List<Diagnostic> diagnostics() {
        return told().diagnostics();
    }

    /** The same beside those that the file suppresses. */
    public Told told() {
        Told told = suppressions.told(
                diagnostics.stream().sorted(Diagnostic.BY_PLACE).distinct().toList());
        if (seen == Seen.SOME || ExitCode.of(told.diagnostics()) != ExitCode.DONE) {
            return told;
        }
        List<Diagnostic> all = Stream.concat(
                        told.diagnostics().stream(), layers.placed(suppressions.unused(told, OFFLINE_ONLY)).stream())
                .sorted(Diagnostic.BY_PLACE)
                .toList();
        return new Told(all, told.suppressed());
    }

    /** The complaints with their lines, for people. */
    public String printed() {
        return new DiagnosticPrinter(SourceText.onDisk()).print(diagnostics());
    }
}
