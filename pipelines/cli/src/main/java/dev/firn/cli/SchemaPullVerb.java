package dev.firn.cli;

import dev.firn.cli.schema.PullJson;
import dev.firn.cli.schema.PullText;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.plan.Planner;
import dev.firn.plan.UnresolvedReferences;
import dev.firn.schema.folder.SchemaFolder;
import dev.firn.schema.folder.SchemaPull;
import dev.firn.schema.folder.SchemaPull.Unread;
import dev.firn.schema.folder.SchemaUse;
import dev.firn.spi.Connectors;
import dev.firn.spi.source.RegisteredSchema;
import dev.firn.spi.source.SourceConnector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks the registries of a pipeline for the newest schemas and writes them to a folder, all of them or none. */
@Command(
        name = "pull",
        description = {
            "Writes the newest schema of each stream to the folder `schemas` beside the pipeline file, or to the project's.",
            "`firn lint` and `firn plan --offline` read it from there; it belongs into version control. Nothing is written"
                    + " where one can't be had."
        },
        sortOptions = false,
        customSynopsis = "firn schema pull [--to FOLDER] [--prune] [--env NAME] [--format text|json] FILE",
        footer = {"firn schema pull orders.yaml", "firn schema pull --format json orders.yaml"})
final class SchemaPullVerb extends Verb {

    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Option(names = "--to", paramLabel = "FOLDER", description = "Another folder than that one.")
    private @Nullable Path to;

    @Option(
            names = "--prune",
            description = "Removes files of the folder that a pull has written and that no stream reads any more.")
    private boolean prune;

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    private Format format = Format.TEXT;

    SchemaPullVerb(Screen screen) {
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
        Path folder = Optional.ofNullable(to).orElseGet(() -> file.schemas());
        Diagnostics diagnostics = new Diagnostics();
        diagnostics.reportAll(file.diagnostics());
        Optional<SchemaFolder> there = SchemaFolder.read(folder, diagnostics);
        SortedMap<SchemaUse, RegisteredSchema> newest = newest(definition.get(), file.connectors(), diagnostics);
        screen.diagnostics(new DiagnosticPrinter(SourceText.onDisk()).print(diagnostics.inOrder()));
        int code = ExitCode.of(diagnostics.inOrder());
        return code == ExitCode.DONE
                ? write(there.orElseGet(() -> new SchemaFolder(folder, List.of())), definition.get(), newest)
                : code;
    }

    private SortedMap<SchemaUse, RegisteredSchema> newest(
            PipelineDefinition definition, Connectors connectors, Diagnostics diagnostics) {
        SortedMap<SchemaUse, RegisteredSchema> newest = new TreeMap<>();
        for (SourceDefinition source : definition.sources()) {
            Diagnostics here = diagnostics.at(Planner.place(source));
            SourceConnector connector = connectors.source(source.type());
            connector.describe(source, here);
            try {
                for (RegisteredSchema schema : connector.registered(source, SystemReferences.ofThisProcess(), here)) {
                    newest.put(new SchemaUse(definition.name(), source.name(), schema.stream(), schema.part()), schema);
                }
            } catch (UnresolvedReference unresolved) {
                here.report(UnresolvedReferences.complaint(
                        unresolved, source.component().node()));
            }
        }
        return newest;
    }

    private int write(
            SchemaFolder there, PipelineDefinition definition, SortedMap<SchemaUse, RegisteredSchema> newest) {
        try {
            SchemaPull pull = SchemaPull.of(there, definition.name(), newest, prune ? Unread.REMOVE : Unread.KEEP);
            pull.write();
            screen.result(
                    format == Format.JSON
                            ? PullJson.write(there.path(), pull)
                            : PullText.write(
                                    there.path(), pull, definition.layers().arguments(path)));
            return ExitCode.DONE;
        } catch (SchemaPull.InTheWay inTheWay) {
            screen.progress("firn: " + inTheWay.getMessage());
            return ExitCode.FILE;
        } catch (IOException e) {
            screen.progress("firn: `" + there.path() + "` can't be written: " + e.getMessage());
            return ExitCode.OUTSIDE;
        }
    }
}
