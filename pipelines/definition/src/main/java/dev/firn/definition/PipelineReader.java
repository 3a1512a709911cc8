package dev.firn.definition;

import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.bind.Components;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads and binds a pipeline file: the first two of the four phases. */
public final class PipelineReader {

    private PipelineReader() {}

    /** Reads a file; the value is there if there was no error. */
    public static Checked<PipelineDefinition> read(Path file, Components components) {
        try {
            return read(file.toString(), Files.readString(file), components);
        } catch (NoSuchFileException e) {
            return unreadable(file, "there is no file `" + file + "`");
        } catch (CharacterCodingException e) {
            return unreadable(file, "the file `" + file + "` is not UTF-8 text");
        } catch (IOException e) {
            String what = Files.isDirectory(file) ? "is a folder" : "can't be read";
            return unreadable(file, "the file `" + file + "` " + what);
        }
    }

    /**
     * Reads a text.
     *
     * @param file the name that diagnostics give it
     */
    public static Checked<PipelineDefinition> read(String file, String text, Components components) {
        Checked<Node> tree = YamlReader.read(file, text);
        Diagnostics diagnostics = new Diagnostics();
        diagnostics.reportAll(tree.diagnostics());
        Optional<PipelineDefinition> definition =
                tree.value().flatMap(root -> bind(Path.of(file), root, components, diagnostics));
        return diagnostics.hasErrors()
                ? Checked.nothing(diagnostics)
                : new Checked<>(definition, diagnostics.inOrder());
    }

    private static Optional<PipelineDefinition> bind(
            Path file, Node root, Components components, Diagnostics diagnostics) {
        if (!(root instanceof Node.Mapping mapping)) {
            diagnostics.report(Diagnostic.error(DefinitionCode.WRONG_TYPE, root.span(), "the file is " + root.kind())
                    .expecting("a mapping with `pipeline`, `source` and `sink`"));
            return Optional.empty();
        }
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
        return pipeline.flatMap(options -> sink.map(
                to -> new PipelineDefinition(file, mapping, options, sources, routes, tables, to, quarantine)));
    }

    private static Optional<Bound<PipelineOptions>> pipeline(Sections sections) {
        return sections.required("pipeline")
                .flatMap(section -> sections.mapping(section, "pipeline", "a mapping with `name`"))
                .flatMap(section -> Binder.bind(
                        section, PipelineOptions.class, sections.diagnostics().at("pipeline")));
    }

    private static Checked<PipelineDefinition> unreadable(Path file, String message) {
        Diagnostics diagnostics = new Diagnostics();
        diagnostics.report(
                Diagnostic.error(DefinitionCode.UNREADABLE_FILE, SourceSpan.startOf(file.toString()), message));
        return Checked.nothing(diagnostics);
    }
}
