package dev.firn.it;

import dev.firn.definition.PipelineReader;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.layout.Layout;
import dev.firn.definition.project.Layers;
import dev.firn.definition.project.Project;
import dev.firn.definition.project.ProjectReader;
import dev.firn.plan.OfflinePlanContext;
import dev.firn.plan.Planner;
import dev.firn.spi.Connectors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A target of the fuzzer: a text is read, bound and planned offline, and there is a plan or a complaint; the
 * fuzzer watches time and memory. What stands in front of a line of equals signs is the project file, and then that goes for each of its
 * environments. Where a text is a tree, it has a form: the same tree with the same comments, which the formatter proves, and formatted
 * once more it does not change.
 */
public final class PipelineFileFuzz {

    private static final String FILE = "f.yaml";

    private static final String BORDER = "\n=====\n";

    /** A project of many is as the first few are. */
    private static final int ENVIRONMENTS = 3;

    private static final Connectors CONNECTORS = Connectors.load(PipelineFileFuzz.class.getClassLoader());

    private PipelineFileFuzz() {}

    /** What is made once is made here: it takes long on a machine that does other work, and would count as the first input's time. */
    public static void fuzzerInitialize() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        int border = text.indexOf(BORDER);
        if (border < 0) {
            answer(text, Layers.NONE);
            form(text);
            return;
        }
        String project = text.substring(0, border);
        String pipeline = text.substring(border + BORDER.length());
        Layers layers = Layers.of(ProjectReader.read(Project.FILE, project));
        print(Project.FILE, layers.complaints(), project);
        layers.each().stream().limit(ENVIRONMENTS).forEach(each -> answer(pipeline, each));
        form(project);
    }

    private static void answer(String text, Layers layers) {
        var definition = PipelineReader.read(FILE, text, CONNECTORS, layers);
        print(FILE, definition.diagnostics(), text);
        require(
                definition.value().isPresent() || definition.hasErrors(),
                "there is neither a definition nor a complaint",
                text);
        definition.value().ifPresent(value -> {
            var plan = Planner.plan(value, CONNECTORS, new OfflinePlanContext(CONNECTORS));
            print(FILE, layers.placed(plan.diagnostics()), text);
            require(plan.value().isPresent() || plan.hasErrors(), "there is neither a plan nor a complaint", text);
        });
    }

    private static void print(String file, List<Diagnostic> diagnostics, String text) {
        String page = new DiagnosticPrinter(SourceText.of(file, text)).print(diagnostics);
        require(page.isEmpty() == diagnostics.isEmpty(), "a complaint is not printed", text);
    }

    private static void form(String text) {
        Checked<String> formed = Layout.of(FILE, text);
        require(formed.value().isPresent() || formed.hasErrors(), "there is neither a form nor a complaint", text);
        Optional<String> again =
                formed.value().flatMap(form -> Layout.of(FILE, form).value());
        require(again.equals(formed.value()), "formatted once more it is another", text);
    }

    private static void require(boolean condition, String what, String text) {
        if (!condition) {
            throw new AssertionError(what + ": " + text);
        }
    }
}
