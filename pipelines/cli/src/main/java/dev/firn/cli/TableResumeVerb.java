package dev.firn.cli;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.selector.Names;
import dev.firn.definition.table.Decision;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends the pause of a table: the schema is decided about, and the records that waited come to it. */
@Command(
        name = "resume",
        description = {
            "Has a table go on that waits for a decision about a schema (`pause-table`): the table becomes what the schema takes,"
                    + " the records that waited come to it, and new ones go to it.",
            "The pipeline may run meanwhile, and sees it within two checkpoints."
        },
        sortOptions = false,
        customSynopsis = "firn table resume [--decide apply|keep-nullable] [--env NAME] FILE TABLE",
        footer = {
            "firn table resume orders.yaml shop.orders",
            "firn table resume --decide apply orders.yaml shop.orders"
        })
final class TableResumeVerb extends Verb {

    /** Those that the table itself remembers, as what it has become; the others would be asked for again at the next record. */
    private static final Set<Decision> DECISIONS = EnumSet.of(Decision.APPLY, Decision.KEEP_NULLABLE);

    @Parameters(index = "0", paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Parameters(index = "1", paramLabel = "TABLE", description = "The table that waits.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private String name;

    @Option(
            names = "--decide",
            paramLabel = "apply|keep-nullable",
            converter = DecisionWord.class,
            description =
                    "What is done about the changes that the file says `pause-table` of, this once. Without it, the file"
                            + " has to say something else by now.")
    private @Nullable Decision decision;

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private CommandSpec spec;

    /** What a table can follow once and for all. */
    static final class DecisionWord implements ITypeConverter<Decision> {
        @Override
        public Decision convert(String word) {
            return DECISIONS.stream()
                    .filter(decision -> decision.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new UnknownWord(
                            word,
                            DECISIONS.stream().map(Decision::word).collect(Collectors.toCollection(TreeSet::new))));
        }
    }

    TableResumeVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws Exception {
        if (!Names.isTableName(name)) {
            throw new ParameterException(spec.commandLine(), "`" + name + "` is no table: " + Names.TABLE_NAME);
        }
        PipelineFile file = environment.pipeline(path);
        Optional<PipelineDefinition> definition = file.read();
        if (definition.isEmpty()) {
            screen.diagnostics(file.printed());
            return ExitCode.of(file.diagnostics());
        }
        Diagnostics opening = new Diagnostics();
        ReferenceResolver references = SystemReferences.ofThisProcess();
        try (LivePlanContext context = LivePlanContext.open(definition.get(), file.connectors(), references, opening)) {
            Optional<PipelinePlan> plan = file.plan(definition.get(), context, opening.inOrder());
            screen.diagnostics(file.printed());
            Optional<Lake> lake = context.lake();
            if (plan.isEmpty() || lake.isEmpty()) {
                return ExitCode.of(file.diagnostics());
            }
            ReplayRun replay = new ReplayRun(screen, file, plan.get(), context, references);
            return new TableResumption(replay, lake.get(), new TableName(name), Optional.ofNullable(decision)).run();
        } catch (RuntimeException thrown) {
            return LakeQuestion.failed(screen, thrown);
        }
    }
}
