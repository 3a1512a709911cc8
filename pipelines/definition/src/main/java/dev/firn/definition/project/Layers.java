package dev.firn.definition.project;

import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.reference.Text;
import dev.firn.definition.yaml.Layering;
import dev.firn.definition.yaml.Node;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is laid over a pipeline file before it is bound: its project's catalogs, and one environment.
 *
 * @param environment the one in use; empty where the project has none
 * @param lookedIn the folder where the search for a project began, as the user names it
 * @param complaints about the project file and the choice of the environment
 */
public record Layers(
        Optional<Project> project, Optional<String> environment, String lookedIn, List<Diagnostic> complaints) {

    /** As where there is no project. */
    public static final Layers NONE = new Layers(Optional.empty(), Optional.empty(), ".", List.of());

    /** Words of catalogs' types, which look like names of catalogs. */
    private static final Set<String> TYPES = Set.of("hadoop", "hive", "jdbc", "rest");

    private static final String CATALOG = "catalog";
    private static final String NAME = "[A-Za-z][A-Za-z0-9_-]*";

    public Layers {
        complaints = List.copyOf(complaints);
    }

    /** Those of a pipeline file, with the first environment. */
    public static Layers around(Path pipelineFile) {
        return of(ProjectFinder.find(pipelineFile).map(ProjectReader::read), ProjectFinder.start(pipelineFile));
    }

    /** Those of a project that was read, with the first environment. */
    public static Layers of(Checked<Project> project) {
        return of(Optional.of(project), ".");
    }

    private static Layers of(Optional<Checked<Project>> read, String lookedIn) {
        Optional<Project> project = read.flatMap(Checked::value);
        return new Layers(
                project,
                project.stream().flatMap(found -> found.environments().stream()).findFirst(),
                lookedIn,
                read.map(Checked::diagnostics).orElse(List.of()));
    }

    /** As above, with the environment that is asked for. */
    public static Layers around(Path pipelineFile, String environment) {
        return around(pipelineFile).in(environment, pipelineFile);
    }

    private Layers in(String asked, Path pipelineFile) {
        if (isFaulty()
                || project.stream().anyMatch(found -> found.environments().contains(asked))) {
            return new Layers(project, Optional.of(asked), lookedIn, complaints);
        }
        return new Layers(project, Optional.empty(), lookedIn, List.of(unknownEnvironment(asked, pipelineFile)));
    }

    private Diagnostic unknownEnvironment(String asked, Path pipelineFile) {
        if (project.isEmpty()) {
            return Diagnostic.error(
                            ProjectCode.UNKNOWN_ENVIRONMENT,
                            SourceSpan.startOf(pipelineFile.toString()),
                            "there is no environment `" + asked + "`, for there is no `" + Project.FILE + "`")
                    .expecting("`" + Project.FILE + "` with `environments`, in `" + lookedIn + "` or above")
                    .fixedBy("leave `--env` away, or write that file");
        }
        Project found = project.get();
        SourceSpan span = found.root()
                .flatMap(root -> root.child("environments"))
                .map(Node::span)
                .orElse(SourceSpan.startOf(found.file()));
        Diagnostic diagnostic = Diagnostic.error(
                ProjectCode.UNKNOWN_ENVIRONMENT, span, "the project has no environment `" + asked + "`");
        if (found.environments().isEmpty()) {
            return diagnostic.fixedBy("leave `--env` away, or add `environments: {" + asked + ": {}}`");
        }
        Diagnostic expecting = diagnostic.expecting(Suggestion.oneOf(found.environments()));
        return Suggestion.nearest(asked, found.environments())
                .map(word -> expecting.fixedBy("say `--env " + word + "`"))
                .orElse(expecting);
    }

    /** One for each environment of the project, or these alone where there is none to choose. */
    public List<Layers> each() {
        return isFaulty() || environment.isEmpty()
                ? List.of(this)
                : project.stream()
                        .flatMap(found -> found.environments().stream())
                        .map(name -> new Layers(project, Optional.of(name), lookedIn, complaints))
                        .toList();
    }

    /** The folder with the schemas that a pipeline file is planned with offline. */
    public Path schemas(Path pipelineFile) {
        return project.flatMap(found -> found.options()
                        .flatMap(ProjectOptions::schemas)
                        .map(folder -> Path.of(found.file()).resolveSibling(folder)))
                .orElseGet(() -> pipelineFile.resolveSibling("schemas"));
    }

    /** The catalogs that a name stands for, by that name: the project's, and over them those of the environment in use. */
    public SortedMap<String, Map<String, Text>> catalogs() {
        SortedMap<String, Map<String, Text>> named = new TreeMap<>();
        project.flatMap(Project::options).ifPresent(said -> named.putAll(said.catalogs()));
        inUse().ifPresent(said -> named.putAll(said.options().catalogs()));
        return named;
    }

    /** A file as the command line names it for the same environment. */
    public String arguments(Path pipelineFile) {
        Optional<String> fallback =
                project.stream().flatMap(found -> found.environments().stream()).findFirst();
        return environment.isEmpty() || environment.equals(fallback)
                ? pipelineFile.toString()
                : "--env " + environment.get() + " " + pipelineFile;
    }

    /** Something is wrong with them already, so what does not fit is not worth a complaint of its own. */
    private boolean isFaulty() {
        return complaints.stream().anyMatch(complaint -> complaint.severity() == Severity.ERROR);
    }

    /** The file's tree with all of it laid over. */
    public Node.Mapping over(Node.Mapping file, Diagnostics diagnostics) {
        Node.Mapping laid = file;
        Optional<Node.Mapping> pipeline = Project.mapping(file, "pipeline");
        Optional<Node.Mapping> above =
                isFaulty() ? Optional.empty() : inEnvironment().flatMap(said -> Project.mapping(said, "pipeline"));
        if (pipeline.isPresent() && above.isPresent()) {
            laid = Layering.replaced(laid, "pipeline", Layering.over(pipeline.get(), above.get()));
        }
        Optional<Node.Mapping> sink = Project.mapping(file, "sink");
        if (sink.isPresent()
                && sink.get().child(CATALOG).isPresent()
                && sink.get().child(CATALOG).get() instanceof Node.Scalar word
                && !word.isNothing()
                && word.text().matches(NAME)) {
            Node catalog = catalog(word, diagnostics.at(place(sink.get())));
            laid = Layering.replaced(laid, "sink", Layering.replaced(sink.get(), CATALOG, catalog));
        }
        return laid;
    }

    private static String place(Node.Mapping sink) {
        return sink.child("type")
                .filter(Node.Scalar.class::isInstance)
                .map(Node.Scalar.class::cast)
                .map(type -> "sink (" + type.text() + ")")
                .orElse("sink");
    }

    /** What the environment in use says, with its places. */
    public Optional<Bound<EnvironmentOptions>> inUse() {
        return environment.flatMap(name -> project.flatMap(Project::options)
                .map(options -> options.environments().get(name))
                .flatMap(said -> inEnvironment().map(node -> new Bound<>(said, node))));
    }

    private Optional<Node.Mapping> inEnvironment() {
        return environment.flatMap(name -> project.flatMap(found -> found.environment(name)));
    }

    private Node catalog(Node.Scalar word, Diagnostics diagnostics) {
        Optional<Node.Mapping> here = inEnvironment().flatMap(said -> Project.mapping(said, "catalogs"));
        Optional<Node.Mapping> shared = project.flatMap(Project::catalogs);
        Optional<Node> found = here.flatMap(catalogs -> catalogs.child(word.text()))
                .or(() -> shared.flatMap(catalogs -> catalogs.child(word.text())));
        if (found.isPresent()) {
            return found.get();
        }
        if (!isFaulty()) {
            Set<String> known = new LinkedHashSet<>();
            here.ifPresent(catalogs ->
                    catalogs.entries().forEach(entry -> known.add(entry.key().text())));
            shared.ifPresent(catalogs ->
                    catalogs.entries().forEach(entry -> known.add(entry.key().text())));
            diagnostics.report(unknownCatalog(word, known));
        }
        // So that the rest of the section is still looked at.
        return new Node.Mapping(List.of(), word.span());
    }

    private Diagnostic unknownCatalog(Node.Scalar word, Set<String> known) {
        String named = "`" + word.text() + "`";
        if (project.isEmpty()) {
            Diagnostic diagnostic = Diagnostic.error(
                            ProjectCode.UNKNOWN_CATALOG,
                            word.span(),
                            "there is no catalog " + named + ", for there is no `" + Project.FILE + "`")
                    .expecting("the catalog's properties right here, or `" + Project.FILE + "` with `catalogs`, in `"
                            + lookedIn + "` or above");
            return TYPES.contains(word.text())
                    ? diagnostic.fixedBy("write `catalog: {type: " + word.text() + ", ...}`, with its other properties")
                    : diagnostic;
        }
        String file = "`" + project.get().file() + "`";
        Diagnostic diagnostic = Diagnostic.error(
                        ProjectCode.UNKNOWN_CATALOG, word.span(), file + " has no catalog " + named)
                .expecting((known.isEmpty() ? "one that stands there under `catalogs`" : Suggestion.oneOf(known))
                        + ", or the catalog's properties right here");
        return Suggestion.nearest(word.text(), known)
                .map(meant -> diagnostic.fixedBy("write `catalog: " + meant + "`"))
                .orElse(diagnostic);
    }

    /** Complaints about what stands in the environment say so. */
    public List<Diagnostic> placed(List<Diagnostic> diagnostics) {
        Optional<Node.Mapping> said = inEnvironment();
        if (said.isEmpty()) {
            return diagnostics;
        }
        Set<SourceSpan> spans = new HashSet<>();
        collect(said.get(), spans);
        return diagnostics.stream()
                .map(diagnostic -> spans.contains(diagnostic.span())
                        ? diagnostic.within(place(environment.orElseThrow()))
                        : diagnostic)
                .toList();
    }

    /** Where a complaint is filed that concerns an environment. */
    public static String place(String environment) {
        return "environment " + environment;
    }

    private static void collect(Node node, Set<SourceSpan> spans) {
        spans.add(node.span());
        if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                spans.add(entry.key().span());
                collect(entry.value(), spans);
            }
        } else if (node instanceof Node.Sequence sequence) {
            sequence.items().forEach(item -> collect(item, spans));
        }
    }
}
