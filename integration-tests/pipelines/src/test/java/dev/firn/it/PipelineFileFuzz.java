package dev.firn.it;

import dev.firn.definition.PipelineReader;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.layout.Layout;
import dev.firn.plan.OfflinePlanContext;
import dev.firn.plan.Planner;
import dev.firn.spi.Connectors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A target of the fuzzer: a text is read, bound and planned offline, and there is a plan or a complaint; the
 * fuzzer watches time and memory. Where it is a tree, it has a form: the same tree with the same comments, which the formatter proves, and formatted
 * once more it does not change.
 */
public final class PipelineFileFuzz {

    private static final String FILE = "f.yaml";

    private static final Connectors CONNECTORS = Connectors.load(PipelineFileFuzz.class.getClassLoader());

    private PipelineFileFuzz() {}

    /** What is made once is made here: it takes long on a machine that does other work, and would count as the first input's time. */
    public static void fuzzerInitialize() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        answer(text);
        form(text);
    }

    private static void answer(String text) {
        var definition = PipelineReader.read(FILE, text, CONNECTORS);
        print(definition.diagnostics(), text);
        require(
                definition.value().isPresent() || definition.hasErrors(),
                "there is neither a definition nor a complaint",
                text);
        definition.value().ifPresent(value -> {
            var plan = Planner.plan(value, CONNECTORS, new OfflinePlanContext(CONNECTORS));
            print(plan.diagnostics(), text);
            require(plan.value().isPresent() || plan.hasErrors(), "there is neither a plan nor a complaint", text);
        });
    }

    private static void print(List<Diagnostic> diagnostics, String text) {
        String page = new DiagnosticPrinter(SourceText.of(FILE, text)).print(diagnostics);
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
