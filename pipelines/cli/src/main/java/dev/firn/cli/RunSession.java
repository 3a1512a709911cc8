package dev.firn.cli;

import dev.firn.cli.outlook.NewestOutlook;
import dev.firn.cli.run.Account;
import dev.firn.cli.run.AccountTable;
import dev.firn.cli.run.AlreadyRunning;
import dev.firn.cli.run.NothingToResume;
import dev.firn.cli.run.Observer;
import dev.firn.cli.run.OpenLines;
import dev.firn.cli.run.PipelineRun;
import dev.firn.cli.run.PlannedPipeline;
import dev.firn.cli.run.RunOptions;
import dev.firn.cli.run.RunRefused;
import dev.firn.cli.run.RunResult;
import dev.firn.cli.run.RunSignals;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.local.LocalFolders;
import dev.firn.plan.Foresight;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.TableAction;
import dev.firn.plan.TablePlan;
import dev.firn.plan.TablesByValuePlan;
import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.Lake;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One {@code firn run}: plan, run, tell. */
final class RunSession {

    private final Screen screen;
    private final PipelineFile file;
    private final RunOptions options;

    RunSession(Screen screen, PipelineFile file, RunOptions options) {
        this.screen = screen;
        this.file = file;
        this.options = options;
    }

    int call() throws Exception {
        Optional<PipelineDefinition> definition = file.read();
        if (definition.isEmpty()) {
            screen.diagnostics(file.printed());
            return ExitCode.of(file.diagnostics());
        }
        // Before the first library class asks for a logger.
        LocalFolders folders = LocalFolders.beside(file.path(), definition.get().stateName());
        System.setProperty("firn.log", log(folders).toString());
        Diagnostics opening = new Diagnostics();
        SystemReferences references = SystemReferences.ofThisProcess();
        Foresight.Opening foresight = NewestOutlook.of(definition.get(), file.connectors(), references);
        try (LivePlanContext context =
                LivePlanContext.open(definition.get(), file.connectors(), references, foresight, opening)) {
            Optional<PipelinePlan> plan = file.plan(definition.get(), context, opening.inOrder());
            screen.diagnostics(file.printed());
            Optional<Lake> lake = context.lake();
            if (plan.isEmpty() || lake.isEmpty()) {
                return ExitCode.of(file.diagnostics());
            }
            says(plan.get(), screen);
            PipelineRun run = new PipelineRun(
                    new PlannedPipeline(definition.get(), plan.get(), lake.get(), file.connectors(), references),
                    options,
                    new ScreenObserver(screen, log(folders)),
                    () -> file.onCluster(screen).requireAbsent(definition.get(), lake.get()));
            RunSignals.stopOnFirst(run, () -> screen.progress("stopping with a savepoint; Ctrl-C again kills"));
            return told(run.run(), folders);
        } catch (NothingToResume | AlreadyRunning refused) {
            screen.progress("firn: " + refused.getMessage());
            return ExitCode.FILE;
        } catch (RunRefused refused) {
            screen.progress("firn: " + refused.getMessage());
            return ExitCode.REFUSED;
        } catch (Exception failure) {
            return failed(failure, folders);
        }
    }

    /** What a start is about to do with the tables. */
    static void says(PipelinePlan plan, Screen screen) {
        plan.tables().forEach(table -> screen.progress("plan: " + said(table)));
        plan.tablesByValue().forEach(tables -> screen.progress("plan: " + said(tables)));
    }

    static String said(TablePlan table) {
        String what = table.action() == TableAction.CREATE ? "create " + table.name() : table.name() + " is there";
        return what + " (" + sized(table.schema(), table.partitioning()) + ")";
    }

    private static String said(TablesByValuePlan tables) {
        return "a table for each `" + tables.column() + "`, " + tables.template() + ", at most " + tables.maxTables()
                + " (" + sized(tables.schema(), tables.usual().partitioning()) + ")";
    }

    private static String sized(Optional<TableSchema> schema, List<PartitionTransform> partitioning) {
        return schema.map(known -> known.columns().size())
                        .map(columns -> columns == 1 ? "1 column" : columns + " columns")
                        .orElse("schema not asked")
                + partitioning.stream().map(transform -> ", " + transform).collect(Collectors.joining());
    }

    private int told(RunResult result, LocalFolders folders) {
        Account account = result.account();
        if (!account.streams().isEmpty()) {
            new AccountTable(account).lines().forEach(line -> screen.result(line + "\n"));
        }
        new OpenLines(result.open()).lines().forEach(line -> screen.result(line + "\n"));
        result.savepoint().ifPresent(savepoint -> {
            screen.progress("stopped; state is in " + savepoint);
            screen.progress("go on with: firn run " + file.arguments());
        });
        return switch (result.end()) {
            case CAUGHT_UP -> account.balances() ? caughtUp(result) : ExitCode.NO;
            case INTERRUPTED -> {
                if (result.savepoint().isEmpty()) {
                    screen.progress("stopped without a savepoint: the job could not make one");
                    screen.progress("go on after what is committed with: firn run " + file.arguments());
                }
                yield ExitCode.INTERRUPTED;
            }
            case FAILED -> failed(result.failure().orElseThrow(), folders);
        };
    }

    /** Everything that was there is committed, or the first table that lacks something says whose move it is. */
    private static int caughtUp(RunResult result) {
        return result.open().stream()
                .findFirst()
                .map(open -> Failure.of(open.reason()).exitCode())
                .orElse(ExitCode.DONE);
    }

    private int failed(Throwable thrown, LocalFolders folders) {
        Failure failure = Failure.of(thrown);
        screen.progress("firn: " + failure.sentence());
        screen.progress("the log is " + log(folders));
        return failure.exitCode();
    }

    private static Path log(LocalFolders folders) {
        return folders.root().resolve("firn.log");
    }

    /** Prints what a run tells. */
    record ScreenObserver(Screen screen, Path log) implements Observer {

        @Override
        public void says(String line) {
            screen.progress(line);
        }

        @Override
        public void webPage(URI page) {
            screen.progress("the job's page is " + page + ", its log " + log);
        }

        @Override
        public void at(Progress progress) {
            String since = progress.secondsSinceEpoch() < 0
                    ? "no commit yet"
                    : "last commit " + progress.secondsSinceEpoch() + " s ago";
            screen.live(String.format(
                    "%,d rows committed · %,d rows/s · lag %,d · %s",
                    progress.committed(), progress.perSecond(), progress.lag(), since));
        }
    }
}
