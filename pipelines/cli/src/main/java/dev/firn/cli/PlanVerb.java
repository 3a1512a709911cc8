package dev.firn.cli;

import dev.firn.cli.outlook.NewestOutlook;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.plan.Foresight;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.Origins;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanDot;
import dev.firn.plan.PlanJson;
import dev.firn.plan.PlanText;
import dev.firn.plan.TableAction;
import dev.firn.plan.against.Comparison;
import dev.firn.plan.against.ComparisonJson;
import dev.firn.plan.against.ComparisonText;
import dev.firn.plan.against.StoredPlan;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what would happen, after asking the broker, the registry and the catalog; changes nothing. */
@Command(
        name = "plan",
        description = "Shows what a pipeline would do: what is read, what happens to each table.",
        sortOptions = false,
        customSynopsis =
                "firn plan [--offline] [--table TABLE | --against PLAN] [--verbose] [--exit-code] [--env NAME] [--format text|json|dot] FILE",
        footer = {"firn plan orders.yaml", "firn plan --against orders.plan.json orders.yaml"})
final class PlanVerb extends Verb {

    /** With {@code --exit-code}: the plan is good, and there is something to do. */
    private static final int CHANGES = 10;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Option(
            names = "--offline",
            description = "Asks nothing outside: schemas are those that `firn schema pull` wrote, tables stay unknown.")
    private boolean offline;

    @Option(names = "--verbose", description = "Every column, every default, every operator with its uid.")
    private boolean verbose;

    @Option(
            names = "--exit-code",
            description = "Answers 10 where tables would be created, or the plans differ; 0 where nothing is to do.")
    private boolean exitCode;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "The settings of one table instead, each with the line that says it.")
    private @Nullable String table;

    @Option(
            names = "--against",
            paramLabel = "PLAN",
            description = {
                "What is different from a stored plan instead, and whether the state of the job that runs by it still fits.",
                "Answers 1 where rows or state would be lost or doubled. PLAN is what `--format json` wrote."
            })
    private @Nullable Path against;

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Option(
            names = "--format",
            paramLabel = "text|json|dot",
            description = "How it is written; text unless said. dot is a graph for Graphviz.")
    private PlanFormat format = PlanFormat.TEXT;

    PlanVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        if (against != null && table != null) {
            throw new ParameterException(
                    spec.commandLine(), "`--table` and `--against` ask different things; ask one after the other");
        }
        if (format == PlanFormat.DOT && (against != null || table != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "`--format dot` draws the whole plan; with `--table` and `--against` it is text or json");
        }
        try {
            return answer(against == null ? Optional.empty() : Optional.of(new StoredPlanFile(against).read()));
        } catch (StoredPlanFile.Unusable wrong) {
            screen.progress("firn plan: " + wrong.getMessage());
            return ExitCode.FILE;
        }
    }

    private int answer(Optional<StoredPlan> before) {
        PipelineFile file = environment.pipeline(path);
        Optional<PipelineDefinition> definition = file.read();
        Optional<PipelinePlan> plan = definition.flatMap(read -> plan(file, read));
        screen.diagnostics(file.printed());
        if (table != null && plan.isPresent() && definition.isPresent()) {
            return new TableQuestion(screen, definition.get(), plan.get())
                    .answer(table, format == PlanFormat.JSON ? Format.JSON : Format.TEXT);
        }
        if (before.isPresent() && plan.isPresent()) {
            return compared(file, Comparison.of(before.get(), StoredPlan.of(plan.get())), changes(plan.get()));
        }
        plan.ifPresent(made -> screen.result(written(made, definition.orElseThrow())));
        int code = ExitCode.of(file.diagnostics());
        return code == ExitCode.DONE
                        && exitCode
                        && plan.filter(PlanVerb::changes).isPresent()
                ? CHANGES
                : code;
    }

    private String written(PipelinePlan plan, PipelineDefinition definition) {
        return switch (format) {
            case JSON -> PlanJson.write(plan);
            case DOT -> PlanDot.write(plan);
            case TEXT -> PlanText.write(
                    plan, verbose ? PlanText.Detail.VERBOSE : PlanText.Detail.SHORT, Origins.of(definition));
        };
    }

    private static boolean changes(PipelinePlan plan) {
        return plan.tables().stream().anyMatch(table -> table.action() == TableAction.CREATE);
    }

    private int compared(PipelineFile file, Comparison comparison, boolean changesTables) {
        screen.result(
                format == PlanFormat.JSON
                        ? ComparisonJson.write(comparison)
                        : ComparisonText.write(comparison, file.path().toString(), String.valueOf(against)));
        if (!comparison.fits()) {
            return ExitCode.NO;
        }
        return exitCode && (changesTables || !comparison.differences().isEmpty()) ? CHANGES : ExitCode.DONE;
    }

    private Optional<PipelinePlan> plan(PipelineFile file, PipelineDefinition definition) {
        if (offline) {
            // The settings of a table stand in the file; for its columns schemas are needed.
            return table == null ? file.planOfflineWithSchemas(definition) : file.planOffline(definition);
        }
        Diagnostics opening = new Diagnostics();
        SystemReferences references = SystemReferences.ofThisProcess();
        Foresight.Opening foresight = NewestOutlook.of(definition, file.connectors(), references);
        try (LivePlanContext context =
                LivePlanContext.open(definition, file.connectors(), references, foresight, opening)) {
            return file.plan(definition, context, opening.inOrder());
        }
    }
}
