package dev.firn.plan.testing;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.PipelineReader;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.plan.Foresight;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanContext;
import dev.firn.plan.Planner;
import dev.firn.spi.Connectors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plans of short texts. */
public final class Plans {

    public static final Connectors CONNECTORS = Connectors.load(Plans.class.getClassLoader());

    /** What the process has that plans. */
    public static final SystemReferences REFERENCES = new SystemReferences(
            Map.of("KAFKA", "localhost:9092", "REGISTRY", "http://localhost:8081", "LAKE", "/lake"), Path.of("."));

    /** Stands in for the sections that a text leaves out. */
    private static final List<String> REST = List.of(
            "pipeline: {name: shop}",
            "source: {type: kafka, topics: [orders, refunds], format: {registry: {url: 'http://registry'}}}",
            "sink: {type: iceberg, catalog: {type: hadoop, warehouse: ./lake}}");

    private Plans() {}

    /** A text with the sections that it leaves out. */
    public static String whole(String text) {
        return Stream.concat(
                        Stream.of(text.stripTrailing()), REST.stream().filter(section -> !startsSection(text, section)))
                .collect(Collectors.joining("\n"));
    }

    public static PipelineDefinition definition(String text) {
        return definition(PipelineReader.read("pipeline.yaml", whole(text), CONNECTORS));
    }

    public static PipelineDefinition definition(Path file) {
        return definition(PipelineReader.read(file, CONNECTORS));
    }

    /** Plans in the world of {@link Shop}, with what opening it had to say. */
    public static Checked<PipelinePlan> checked(PipelineDefinition definition) {
        return checked(definition, Foresight.Opening.NONE);
    }

    /** The same where somebody knows what becomes of tables. */
    public static Checked<PipelinePlan> checked(PipelineDefinition definition, Foresight.Opening foresight) {
        Diagnostics diagnostics = new Diagnostics();
        try (LivePlanContext context =
                LivePlanContext.open(definition, CONNECTORS, REFERENCES, foresight, diagnostics)) {
            Checked<PipelinePlan> planned = Planner.plan(definition, CONNECTORS, context);
            diagnostics.reportAll(planned.diagnostics());
            return new Checked<>(planned.value(), diagnostics.inOrder());
        }
    }

    public static Checked<PipelinePlan> checked(String text) {
        return checked(definition(text));
    }

    /** A plan that nobody complains about. */
    public static PipelinePlan plan(String text) {
        return complete(checked(text));
    }

    public static PipelinePlan plan(PipelineDefinition definition, PlanContext context) {
        return complete(Planner.plan(definition, CONNECTORS, context));
    }

    public static List<String> codes(Checked<?> checked) {
        return checked.diagnostics().stream()
                .map(diagnostic -> diagnostic.code().code())
                .toList();
    }

    public static List<String> messages(Checked<?> checked) {
        return checked.diagnostics().stream().map(Diagnostic::message).toList();
    }

    private static PipelinePlan complete(Checked<PipelinePlan> checked) {
        if (!checked.diagnostics().isEmpty()) {
            throw new AssertionError("complaints about a plan that is right: " + messages(checked));
        }
        return checked.value().orElseThrow();
    }

    private static PipelineDefinition definition(Checked<PipelineDefinition> read) {
        return read.value().orElseThrow(() -> new AssertionError("the file can't be read: " + messages(read)));
    }

    private static boolean startsSection(String text, String section) {
        return text.lines().anyMatch(line -> line.startsWith(section.substring(0, section.indexOf(':') + 1)));
    }
}
