package dev.firn.cli;

import dev.firn.cli.audit.AuditText;
import dev.firn.cli.quarantine.ReplayText;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.selector.Names;
import dev.firn.definition.table.Decision;
import dev.firn.flink.outlook.Outlook;
import dev.firn.flink.replay.Replayed;
import dev.firn.flink.replay.RewindUnderWay;
import dev.firn.flink.write.PlannedPolicies;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.SourcePlan;
import dev.firn.quality.evolution.PolicyEvolution;
import dev.firn.spi.evolution.DecidedPauses;
import dev.firn.spi.evolution.EvolutionPolicies;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.PausedTable;
import dev.firn.spi.sink.PausedTable.Bringer;
import dev.firn.spi.sink.QuarantineSelection;
import dev.firn.spi.sink.QuarantineSelection.Payload;
import dev.firn.spi.source.OutsideException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
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
            return resume(new ReplayRun(screen, file, plan.get(), context, references), lake.get());
        } catch (RuntimeException thrown) {
            return LakeQuestion.failed(screen, thrown);
        }
    }

    private int resume(ReplayRun replay, Lake lake) throws Exception {
        TableName table = new TableName(name);
        if (lake.table(table).isEmpty()) {
            screen.progress("firn: there is no table `" + table + "`");
            return ExitCode.NO;
        }
        Decision asked = decision;
        EvolutionPolicies policies = asked == null
                ? PlannedPolicies.in(replay.plan())
                : new DecidedPauses(PlannedPolicies.in(replay.plan()), table, asked);
        new RewindUnderWay(lake).refuse();
        Optional<PausedTable> paused = lake.paused(table);
        if (paused.isPresent() && paused.get().by().isEmpty()) {
            screen.progress("firn: " + table + " waits, and nothing was changed: "
                    + paused.get().reason());
            return ExitCode.NO;
        }
        if (paused.isPresent()) {
            screen.progress(
                    table + " has waited since " + AuditText.time(paused.get().at()) + " UTC: "
                            + paused.get().reason());
            int code = decide(replay, lake, paused.get(), policies);
            if (code != ExitCode.DONE) {
                return code;
            }
            lake.resume(table);
            screen.progress(table + " goes on");
        }
        // By what the file says: of other schemas that wait nobody has decided.
        Optional<Replayed> replayed = replay.run(lake, waiting(table), PlannedPolicies.in(replay.plan()));
        if (replayed.isEmpty()) {
            screen.progress(
                    paused.isPresent()
                            ? "no record has waited for it"
                            : "`" + table + "` does not wait for a decision, and no record waits for it");
            return ExitCode.DONE;
        }
        screen.result(ReplayText.write(
                replay.plan().sink().names(),
                replayed.get(),
                "--code " + RejectCode.TABLE_PAUSED.word() + " --table " + table + " "
                        + replay.file().arguments()));
        screen.progress(
                "a running job sees it within two checkpoints: what comes until then waits, and the same command"
                        + " puts it back");
        return replayed.get().refused() == 0 ? ExitCode.DONE : ExitCode.NO;
    }

    private static QuarantineSelection waiting(TableName table) {
        return new QuarantineSelection(
                Set.of(RejectCode.TABLE_PAUSED.word()), Set.of(table.full()), Set.of(), Optional.empty(), Payload.READ);
    }

    /** Brings the schema into the table, or says why that is not possible. */
    private int decide(ReplayRun replay, Lake lake, PausedTable paused, EvolutionPolicies policies) {
        Bringer by = paused.by().orElseThrow();
        Optional<SourcePlan> source = replay.plan().sources().stream()
                .filter(one -> one.name().equals(by.split().source()))
                .findFirst();
        if (source.isEmpty()) {
            // Nobody is left who could send a record with that schema.
            return ExitCode.DONE;
        }
        List<SchemaLineage> lineages;
        try (Outlook outlook = new Outlook(
                replay.plan().pipeline(), lake, replay.references(), TableResumeVerb.class.getClassLoader())) {
            lineages = outlook.lineages(source.get(), by.split().stream(), by.schemaId());
        } catch (Rejected unreadable) {
            if (unreadable.code() == RejectCode.SCHEMA_UNAVAILABLE) {
                throw new OutsideException(unreadable.reason());
            }
            // Then its records are refused as they would be anywhere else.
            return ExitCode.DONE;
        }
        Optional<Foreseen> became = lake.decide(paused.table(), lineages, by.record(), new PolicyEvolution(policies));
        if (became.isEmpty() || !(became.get() instanceof Foreseen.Refuses refuses)) {
            return ExitCode.DONE;
        }
        return switch (refuses.decision()) {
            case PAUSE_TABLE -> {
                screen.progress(
                        "firn: the file still says so, and nothing was changed: let the table follow, with"
                                + " `--decide apply`, or have the file say something else and start the pipeline with it first");
                yield ExitCode.REFUSED;
            }
            case FAIL -> {
                screen.progress("firn: the file says that such a change ends the job, and nothing was changed: "
                        + refuses.reason());
                yield ExitCode.NO;
            }
            default -> {
                screen.progress("records of that schema stay in quarantine: " + refuses.reason());
                yield ExitCode.DONE;
            }
        };
    }
}
