package dev.firn.definition;

import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.bind.Components;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.maintenance.MaintenanceOptions;
import dev.firn.definition.project.Layers;
import dev.firn.definition.project.Project;
import dev.firn.definition.tests.TestOptions;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.TextFile;
import dev.firn.definition.yaml.YamlReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads and binds a pipeline file: the first two of the four phases. */
public final class PipelineReader {

    private PipelineReader() {}

    /** Reads a file with its project and the first environment; the value is there if there was no error. */
    public static Checked<PipelineDefinition> read(Path file, Components components) {
        return read(file, components, Layers.around(file));
    }

    /** As above, with what is to be laid over the file. */
    public static Checked<PipelineDefinition> read(Path file, Components components, Layers layers) {
        Diagnostics diagnostics = new Diagnostics();
        if (file.endsWith(Project.FILE)) {
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.WRONG_TYPE,
                            SourceSpan.startOf(file.toString()),
                            "`" + file + "` is the project file, which several pipelines share")
                    .expecting("the file of a pipeline"));
            return Checked.nothing(diagnostics);
        }
        Optional<String> text = TextFile.read(file, diagnostics);
        return text.isEmpty() ? Checked.nothing(diagnostics) : read(file.toString(), text.get(), components, layers);
    }

    /**
     * Reads a text that has no project around it.
     *
     * @param file the name that diagnostics give it
     */
    public static Checked<PipelineDefinition> read(String file, String text, Components components) {
        return read(file, text, components, Layers.NONE);
    }

    /** As above, with what is to be laid over it. */
    public static Checked<PipelineDefinition> read(String file, String text, Components components, Layers layers) {
        Checked<Node> tree = YamlReader.read(file, text);
        Diagnostics diagnostics = new Diagnostics();
        diagnostics.reportAll(tree.diagnostics());
        Optional<PipelineDefinition> definition =
                tree.value().flatMap(root -> bind(Path.of(file), root, components, layers, diagnostics));
        List<Diagnostic> found = tree.value()
                .map(root -> new Misplaced(root, components))
                .map(misplaced ->
                        diagnostics.inOrder().stream().map(misplaced::placed).toList())
                .orElseGet(diagnostics::inOrder);
        Diagnostics all = new Diagnostics();
        all.reportAll(layers.complaints());
        all.reportAll(layers.placed(found));
        return all.hasErrors() ? Checked.nothing(all) : new Checked<>(definition, all.inOrder());
    }

    private static Optional<PipelineDefinition> bind(
            Path file, Node root, Components components, Layers layers, Diagnostics diagnostics) {
        Optional<Diagnostic> foreign = ForeignFile.complaint(root);
        if (foreign.isPresent()) {
            diagnostics.report(foreign.get());
            return Optional.empty();
        }
        if (!(root instanceof Node.Mapping written)) {
            diagnostics.report(Diagnostic.error(DefinitionCode.WRONG_TYPE, root.span(), "the file is " + root.kind())
                    .expecting("a mapping with `pipeline`, `source` and `sink`"));
            return Optional.empty();
        }
        Node.Mapping mapping = layers.over(written, diagnostics);
        Sections sections = new Sections(mapping, diagnostics);
        sections.refuseUnknown();
        Optional<Bound<PipelineOptions>> pipeline = pipeline(sections);
        SourceReader sourceReader = new SourceReader(sections, components);
        List<SourceDefinition> sources = sourceReader.read();
        List<Bound<RouteOptions>> routes = new RouteReader(sections, sourceReader.names()).read();
        List<Bound<TableOptions>> tables = new TableReader(sections).read();
        Optional<SinkDefinition> sink = new SinkReader(sections, components)
                .read(pipeline.map(options -> options.options().name()));
        Optional<Bound<QuarantineOptions>> quarantine = new QuarantineReader(sections).read();
        Optional<Bound<MaintenanceOptions>> maintenance = maintenance(sections);
        List<Bound<TestOptions>> tests = new TestReader(sections).read();
        return pipeline.flatMap(options -> sink.map(to -> new PipelineDefinition(
                file, mapping, options, sources, routes, tables, to, quarantine, maintenance, tests, layers)));
    }

    private static Optional<Bound<PipelineOptions>> pipeline(Sections sections) {
        return sections.required("pipeline")
                .flatMap(section -> sections.mapping(section, "pipeline", "a mapping with `name`"))
                .flatMap(section -> Binder.bind(
                        section, PipelineOptions.class, sections.diagnostics().at("pipeline")));
    }

    private static Optional<Bound<MaintenanceOptions>> maintenance(Sections sections) {
        return sections.optional("maintenance")
                .flatMap(section ->
                        sections.mapping(section, "maintenance", "a mapping such as `{expire: {older-than: 7d}}`"))
                .flatMap(section -> Binder.bind(
                        section,
                        MaintenanceOptions.class,
                        sections.diagnostics().at("maintenance")));
    }
}
