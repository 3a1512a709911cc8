package dev.firn.cli;

import dev.firn.cli.outlook.VersionOfTable;
import dev.firn.cli.rollback.RollbackJson;
import dev.firn.cli.rollback.RollbackRefused;
import dev.firn.cli.rollback.RollbackText;
import dev.firn.cli.rollback.Rollbacker;
import dev.firn.cli.run.AlreadyRunning;
import dev.firn.cli.run.RunLock;
import dev.firn.cli.run.Submission;
import dev.firn.cli.schema.NoSchema;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.selector.Names;
import dev.firn.flink.local.LocalFolders;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.Planner;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.RollbackTarget;
import dev.firn.spi.sink.SchemaRollback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a table's columns back to an older version of its schema, holds newer ones back, and lets them go on again. */
@Command(
        name = "rollback",
        description = {
            "Takes a table's columns back to those of an older version: what newer ones have added goes, what they have renamed"
                    + " gets its name back. Their records go to quarantine from then on; --undo lets them go on.",
            "Shows what readers will see and asks first; --yes asks nothing. Stop the pipeline before: a run that goes on is"
                    + " ended. Answers 1 where it can't be done."
        },
        sortOptions = false,
        customSynopsis = "firn schema rollback (--to V [--subject S | --topic T] | --undo) [--yes] [--env NAME]"
                + " [--format text|json] FILE TABLE",
        footer = {
            "firn schema rollback --to 1 orders.yaml sales.orders",
            "firn schema rollback --undo orders.yaml sales.orders"
        })
final class SchemaRollbackVerb extends Verb {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Parameters(index = "1", paramLabel = "TABLE", description = "The table's full name, such as `sales.orders`.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private String name;

    @Option(
            names = "--to",
            paramLabel = "V",
            description = "The version that the table goes back to, as the registry counts it.")
    private @Nullable Integer to;

    @Option(
            names = "--undo",
            description =
                    "Lets the versions go on that the table was taken back from: their next records are judged anew.")
    private boolean undo;

    @Option(
            names = "--subject",
            paramLabel = "S",
            description = "The subject that has the version; needed where the table has records of several.")
    private @Nullable String subject;

    @Option(names = "--topic", paramLabel = "T", description = "The same by a topic that goes to the table.")
    private @Nullable String topic;

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Option(
            names = "--format",
            paramLabel = "text|json",
            description = "How it is written; text unless said. As JSON, plan and outcome are one document.")
    private Format format = Format.TEXT;

    SchemaRollbackVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws Exception {
        requireArguments();
        PipelineFile file = environment.pipeline(path);
        Optional<PipelineDefinition> definition = file.read();
        if (definition.isEmpty()) {
            screen.diagnostics(file.printed());
            return ExitCode.of(file.diagnostics());
        }
        Diagnostics opening = new Diagnostics();
        ReferenceResolver references = SystemReferences.ofThisProcess();
        try (LivePlanContext context = LivePlanContext.open(definition.get(), file.connectors(), references, opening)) {
            Optional<Lake> lake = context.lake();
            if (lake.isEmpty()) {
                return unopened(file, definition.get(), opening.inOrder());
            }
            VersionOfTable versions =
                    new VersionOfTable(path.toString(), definition.get(), file.connectors(), references, context);
            Submission.Check absent = () -> file.onCluster(screen).requireAbsent(definition.get(), lake.get());
            absent.check();
            return alone(definition.get(), lake.get(), versions, absent);
        } catch (NoSchema wrong) {
            return wrong.diagnostics().isEmpty()
                    ? said(ExitCode.FILE, wrong)
                    : refused(file.placed(wrong.diagnostics()));
        } catch (RollbackRefused refused) {
            return said(refused.exitCode(), refused);
        } catch (AlreadyRunning running) {
            return said(ExitCode.FILE, running);
        } catch (RuntimeException thrown) {
            Failure failure = Failure.of(thrown);
            if (failure.exitCode() == ExitCode.BUG) {
                throw thrown;
            }
            screen.progress("firn: " + failure.sentence());
            return failure.exitCode();
        }
    }

    private void requireArguments() {
        if (!Names.isTableName(name)) {
            throw new ParameterException(spec.commandLine(), "`" + name + "` is no table: " + Names.TABLE_NAME);
        }
        if ((to == null) != undo) {
            throw new ParameterException(spec.commandLine(), "it takes `--to V` or `--undo`");
        }
        if (undo && (subject != null || topic != null)) {
            throw new ParameterException(
                    spec.commandLine(), "`--undo` is about all versions that the table was taken back from");
        }
        if (subject != null && topic != null) {
            throw new ParameterException(spec.commandLine(), "`--subject` and `--topic` say the same; one is enough");
        }
    }

    private int unopened(PipelineFile file, PipelineDefinition definition, List<Diagnostic> opening) {
        List<Diagnostic> complaints = opening;
        if (complaints.isEmpty()) {
            // What is wrong with the sink's options is said by whoever plans.
            file.planOffline(definition);
            complaints = file.diagnostics();
        }
        return refused(file.placed(complaints));
    }

    private int refused(List<Diagnostic> diagnostics) {
        screen.diagnostics(new DiagnosticPrinter(SourceText.onDisk()).print(diagnostics));
        return ExitCode.of(diagnostics);
    }

    private int said(int exitCode, Exception why) {
        screen.progress("firn: " + why.getMessage());
        return exitCode;
    }

    private int alone(PipelineDefinition definition, Lake lake, VersionOfTable versions, Submission.Check absent)
            throws NoSchema, RollbackRefused, AlreadyRunning, IOException, InterruptedException {
        TableName table = new TableName(name);
        TableName ledger = Planner.lakeNames(definition).ledger();
        if (lake.table(table).isEmpty()) {
            throw new RollbackRefused(ExitCode.NO, "there is no table `" + table + "`");
        }
        if (lake.table(ledger).isEmpty()) {
            throw new RollbackRefused(ExitCode.NO, "there is no ledger `" + ledger + "`: the pipeline has not run yet");
        }
        Integer version = to;
        if (version == null) {
            return undo(definition, lake, table, absent);
        }
        RollbackTarget target = versions.find(
                new VersionOfTable.Asked(table, Optional.ofNullable(subject), Optional.ofNullable(topic), version));
        try (RunLock lock = RunLock.take(LocalFolders.beside(path, definition.stateName()))) {
            return rollBack(lake, target, absent);
        }
    }

    private int rollBack(Lake lake, RollbackTarget target, Submission.Check absent)
            throws RollbackRefused, AlreadyRunning, InterruptedException {
        SchemaRollback plan = lake.schemaRollback(target)
                .orElseThrow(() -> new RollbackRefused(ExitCode.NO, "there is no table `" + target.table() + "`"));
        if (plan.hasNothingToDo()) {
            screen.progress("`" + name + "` is at " + RollbackText.target(plan)
                    + (plan.newer().isEmpty() ? ", the newest" : ", and newer ones are held back")
                    + ": there is nothing to take back");
            return ExitCode.DONE;
        }
        if (!plan.obstacles().isEmpty()) {
            return obstructed(plan);
        }
        boolean isText = format == Format.TEXT;
        if (isText) {
            screen.result(RollbackText.plan(plan));
        }
        try {
            ask("Take `" + name + "` back to version " + target.version() + "? [y/N]");
            // The answer may have taken a while.
            absent.check();
            new Rollbacker(lake).rollBack(plan);
        } catch (RollbackRefused refused) {
            if (!isText) {
                screen.result(RollbackJson.write(plan, false));
            }
            throw refused;
        }
        screen.result(isText ? RollbackText.done(plan) : RollbackJson.write(plan, true));
        String file = environment.around(path).arguments(path);
        screen.progress("read on with: firn run " + file);
        screen.progress("let newer versions go on with: firn schema rollback --undo " + file + " " + name);
        return ExitCode.DONE;
    }

    private int obstructed(SchemaRollback plan) {
        if (format == Format.JSON) {
            screen.result(RollbackJson.write(plan, false));
        }
        plan.obstacles().forEach(obstacle -> screen.progress("firn: " + obstacle));
        return ExitCode.NO;
    }

    private int undo(PipelineDefinition definition, Lake lake, TableName table, Submission.Check absent)
            throws RollbackRefused, AlreadyRunning, IOException, InterruptedException {
        try (RunLock lock = RunLock.take(LocalFolders.beside(path, definition.stateName()))) {
            List<String> held = lake.heldBack(table);
            if (held.isEmpty()) {
                screen.progress("`" + name + "` is held back from no version: there is nothing to undo");
                return ExitCode.DONE;
            }
            boolean isText = format == Format.TEXT;
            if (isText) {
                screen.result(RollbackText.undo(table, held));
            }
            try {
                ask("Let " + (held.size() == 1 ? "that version" : "these versions") + " go on? [y/N]");
                absent.check();
                new Rollbacker(lake).undo(table, held);
            } catch (RollbackRefused refused) {
                if (!isText) {
                    screen.result(RollbackJson.undo(table, held, false));
                }
                throw refused;
            }
            screen.result(isText ? RollbackText.undone(table, held) : RollbackJson.undo(table, held, true));
            screen.progress("read on with: firn run " + environment.around(path).arguments(path));
            return ExitCode.DONE;
        }
    }

    private void ask(String question) throws RollbackRefused {
        if (yes) {
            return;
        }
        Optional<String> answer = screen.ask(question);
        if (!answer.map(SchemaRollbackVerb::isYes).orElse(false)) {
            throw new RollbackRefused(
                    ExitCode.REFUSED,
                    "nothing was changed" + (answer.isPresent() ? "" : "; without a terminal it needs `--yes`"));
        }
    }

    private static boolean isYes(String answer) {
        return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
    }
}
