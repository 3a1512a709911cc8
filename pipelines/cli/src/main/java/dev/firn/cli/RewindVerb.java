package dev.firn.cli;

import dev.firn.cli.audit.Since;
import dev.firn.cli.audit.SourceExtents;
import dev.firn.cli.rewind.MayGo;
import dev.firn.cli.rewind.RewindJson;
import dev.firn.cli.rewind.RewindPlan;
import dev.firn.cli.rewind.RewindPlanner;
import dev.firn.cli.rewind.RewindRefused;
import dev.firn.cli.rewind.RewindText;
import dev.firn.cli.rewind.Rewinder;
import dev.firn.cli.run.AlreadyRunning;
import dev.firn.cli.run.RunLock;
import dev.firn.cli.run.Submission;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.local.LocalFolders;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.Planner;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Takes a pipeline's tables and positions back to an epoch, so that what came later is read and written again. */
@Command(
        name = "rewind",
        description = {
            "Takes a pipeline back to an epoch: its tables to the snapshots of then, its positions to where they were."
                    + " The next run reads on from there.",
            "Shows what goes and asks first; --yes asks nothing. Stop the pipeline before: a run that goes on is ended."
        },
        sortOptions = false,
        customSynopsis = "firn rewind --to EPOCH|TIME [--allow CODE]... [--yes] [--env NAME] [--format text|json] FILE",
        footer = {"firn rewind --to 41 orders.yaml", "firn rewind --to 2h --yes orders.yaml"})
final class RewindVerb extends Verb {

    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Option(
            names = "--to",
            paramLabel = "EPOCH|TIME",
            required = true,
            converter = AuditVerb.SinceWord.class,
            description = {
                "The last epoch that stays, as `firn audit` counts them, or the last that was written before a time such"
                        + " as 90m or 2d; 0 takes everything back."
            })
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Since to;

    @Option(
            names = "--allow",
            paramLabel = "foreign-snapshots|table-dropped",
            converter = AllowedCode.class,
            description = {
                "Goes back in spite of a danger that was named: foreign-snapshots takes back, too, what others have done"
                        + " to the tables since then; table-dropped leaves alone what is not there any more."
            })
    private Set<MayGo> allowed = EnumSet.noneOf(MayGo.class);

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Option(
            names = "--format",
            paramLabel = "text|json",
            description = "How it is written; text unless said. As JSON, plan and outcome are one document.")
    private Format format = Format.TEXT;

    /** What a refusal ends with. */
    static final class AllowedCode implements ITypeConverter<MayGo> {
        @Override
        public MayGo convert(String word) {
            return MayGo.named(word).orElseThrow(() -> new TypeConversionException("no code of a refusal"));
        }
    }

    RewindVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws Exception {
        PipelineFile file = environment.pipeline(path);
        Optional<PipelineDefinition> definition = file.read();
        if (definition.isEmpty()) {
            screen.diagnostics(file.printed());
            return ExitCode.of(file.diagnostics());
        }
        Diagnostics opening = new Diagnostics();
        try (LivePlanContext context =
                LivePlanContext.open(definition.get(), file.connectors(), SystemReferences.ofThisProcess(), opening)) {
            SourceExtents sources = SourceExtents.ask(definition.get(), file.connectors(), context, opening);
            Supplier<SourceExtents> again =
                    () -> SourceExtents.ask(definition.get(), file.connectors(), context, new Diagnostics());
            Optional<Lake> lake = context.lake();
            List<Diagnostic> complaints = opening.inOrder();
            if (lake.isEmpty() && complaints.isEmpty()) {
                // What is wrong with the sink's options is said by whoever plans.
                file.planOffline(definition.get());
                complaints = file.diagnostics();
            }
            screen.diagnostics(new DiagnosticPrinter(SourceText.onDisk()).print(file.placed(complaints)));
            int code = ExitCode.of(complaints);
            return lake.isEmpty() || code != ExitCode.DONE
                    ? code
                    : alone(file, definition.get(), lake.get(), new Sources(sources, again));
        } catch (RewindRefused refused) {
            screen.progress("firn: " + refused.getMessage());
            return refused.exitCode();
        } catch (AlreadyRunning running) {
            screen.progress("firn: " + running.getMessage());
            return ExitCode.FILE;
        } catch (RuntimeException thrown) {
            Failure failure = Failure.of(thrown);
            if (failure.exitCode() == ExitCode.BUG) {
                throw thrown;
            }
            screen.progress("firn: " + failure.sentence());
            return failure.exitCode();
        }
    }

    /** What they hold when the plan is made, and when it is carried out. */
    private record Sources(SourceExtents now, Supplier<SourceExtents> again) {}

    private int alone(PipelineFile file, PipelineDefinition definition, Lake lake, Sources sources) throws Exception {
        TableName ledger = Planner.lakeNames(definition).ledger();
        if (lake.table(ledger).isEmpty()) {
            screen.progress("firn: there is no ledger `" + ledger + "`: the pipeline has not run yet");
            return ExitCode.NO;
        }
        try (RunLock lock = RunLock.take(LocalFolders.beside(path, definition.stateName()))) {
            Submission.Check absent = () -> file.onCluster(screen).requireAbsent(definition, lake);
            absent.check();
            return rewind(lake, new RewindPlanner(lake, ledger), sources, absent);
        }
    }

    private int rewind(Lake lake, RewindPlanner planner, Sources sources, Submission.Check absent)
            throws RewindRefused, AlreadyRunning, InterruptedException {
        Rewinder rewinder = new Rewinder(lake, planner, sources.again(), allowed);
        long epoch = planner.epoch(to, Instant.now());
        RewindPlan plan = planner.plan(epoch, sources.now());
        if (plan.hasNothingToDo()) {
            screen.progress("epoch " + epoch + " is the last of the ledger: there is nothing to take back");
            return ExitCode.DONE;
        }
        if (format == Format.TEXT) {
            screen.result(RewindText.plan(plan));
        }
        try {
            return rewind(rewinder, plan, absent);
        } catch (RewindRefused refused) {
            if (format == Format.JSON) {
                screen.result(RewindJson.plan(plan));
            }
            throw refused;
        }
    }

    private int rewind(Rewinder rewinder, RewindPlan plan, Submission.Check absent)
            throws RewindRefused, AlreadyRunning, InterruptedException {
        rewinder.check(plan);
        if (!yes) {
            Optional<String> answer =
                    screen.ask(String.format("Take the pipeline back to epoch %,d? [y/N]", plan.to()));
            if (!answer.map(RewindVerb::isYes).orElse(false)) {
                throw new RewindRefused(
                        ExitCode.REFUSED,
                        "nothing was changed" + (answer.isPresent() ? "" : "; without a terminal it needs `--yes`"));
            }
        }
        // The answer may have taken a while.
        absent.check();
        Rewinder.Done done = rewinder.rewind(plan);
        screen.result(format == Format.JSON ? RewindJson.done(done) : RewindText.done(done));
        screen.progress("read on with: firn run " + environment.around(path).arguments(path));
        return done.behind().stream()
                .findFirst()
                .map(open -> Failure.of(open.reason()).exitCode())
                .orElse(ExitCode.DONE);
    }

    private static boolean isYes(String answer) {
        return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
    }
}
