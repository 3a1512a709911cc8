package dev.firn.definition.project;

import dev.firn.definition.PipelineOptions;
import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.yaml.Layering;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.TextFile;
import dev.firn.definition.yaml.YamlReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads and binds a project file. */
public final class ProjectReader {

    private final Diagnostics diagnostics = new Diagnostics();

    private ProjectReader() {}

    /** There is always a project; what is wrong with it is told beside. */
    public static Checked<Project> read(Path file) {
        ProjectReader reader = new ProjectReader();
        return reader.read(file.toString(), TextFile.read(file, reader.diagnostics));
    }

    /**
     * Reads a text as a project.
     *
     * @param file the name that diagnostics give it
     */
    public static Checked<Project> read(String file, String text) {
        return new ProjectReader().read(file, Optional.of(text));
    }

    private Checked<Project> read(String file, Optional<String> text) {
        Optional<Node> root = text.flatMap(found -> {
            Checked<Node> tree = YamlReader.read(file, found);
            tree.diagnostics().forEach(complaint -> diagnostics.report(ofProject(complaint)));
            return tree.value();
        });
        return Checked.of(project(file, root), diagnostics);
    }

    /** The reader takes every file for one of a pipeline. */
    private static Diagnostic ofProject(Diagnostic complaint) {
        return complaint.code() == DefinitionCode.EMPTY_FILE
                ? complaint.fixedBy("start with `project: shop`, for example")
                : complaint;
    }

    private Project project(String file, Optional<Node> root) {
        if (root.isEmpty()) {
            return new Project(file, Optional.empty(), Optional.empty());
        }
        if (!(root.get() instanceof Node.Mapping mapping)) {
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.WRONG_TYPE,
                            root.get().span(),
                            "the file is " + root.get().kind())
                    .expecting("a mapping with `project`, and then `catalogs`, `environments`, `schemas`"));
            return new Project(file, Optional.empty(), Optional.empty());
        }
        Node.Mapping filled = withEmptyEnvironments(mapping);
        Optional<ProjectOptions> options =
                Binder.bind(filled, ProjectOptions.class, diagnostics).map(Bound::options);
        Project.mapping(filled, "catalogs").ifPresent(catalogs -> names("catalog", catalogs, diagnostics));
        Project.mapping(filled, "environments").ifPresent(this::environments);
        return new Project(file, Optional.of(filled), diagnostics.hasErrors() ? Optional.empty() : options);
    }

    /** An environment in which nothing differs needs no braces. */
    private static Node.Mapping withEmptyEnvironments(Node.Mapping root) {
        Optional<Node.Mapping> environments = Project.mapping(root, "environments");
        if (environments.isEmpty()) {
            return root;
        }
        Node.Mapping filled = environments.get();
        for (Node.Entry entry : filled.entries()) {
            if (entry.value() instanceof Node.Scalar scalar && scalar.isNothing()) {
                filled = Layering.replaced(
                        filled,
                        entry.key().text(),
                        new Node.Mapping(List.of(), entry.key().span()));
            }
        }
        return Layering.replaced(root, "environments", filled);
    }

    private void environments(Node.Mapping environments) {
        names("environment", environments, diagnostics);
        for (Node.Entry entry : environments.entries()) {
            if (entry.value() instanceof Node.Mapping environment) {
                Diagnostics here = diagnostics.at(Layers.place(entry.key().text()));
                Project.mapping(environment, "catalogs").ifPresent(catalogs -> names("catalog", catalogs, here));
                Project.mapping(environment, "pipeline").ifPresent(pipeline -> pipeline(pipeline, here.at("pipeline")));
            }
        }
    }

    /** What can be told without the file that it will be laid over. */
    private static void pipeline(Node.Mapping pipeline, Diagnostics here) {
        for (Node.Entry entry : pipeline.entries()) {
            if (entry.key().text().equals("name")) {
                here.report(Diagnostic.error(
                                DefinitionCode.INVALID_VALUE,
                                entry.key().span(),
                                "option `name` can't stand in an environment: all pipelines of the project would have it, and"
                                        + " one ledger")
                        .fixedBy("remove it; each pipeline has its own"));
                return;
            }
        }
        SourceSpan span = pipeline.span();
        Node.Mapping named = new Node.Mapping(
                List.of(new Node.Entry(new Node.Scalar("name", false, span), new Node.Scalar("any", false, span))),
                span);
        Binder.bind(Layering.over(named, pipeline), PipelineOptions.class, here);
    }

    private static void names(String what, Node.Mapping named, Diagnostics here) {
        for (Node.Entry entry : named.entries()) {
            if (!entry.key().text().matches(PipelineOptions.NAME)) {
                here.report(Diagnostic.error(
                                DefinitionCode.INVALID_VALUE,
                                entry.key().span(),
                                "the name of " + (what.startsWith("e") ? "an " : "a ") + what + " has the wrong form: `"
                                        + entry.key().text() + "`")
                        .expecting(PipelineOptions.NAME_IN_WORDS));
            }
        }
    }
}
