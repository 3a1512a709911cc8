package dev.firn.cli.quickstart;

import dev.firn.cli.ExitCode;
import dev.firn.cli.Failure;
import dev.firn.cli.PipelineFile;
import dev.firn.cli.Screen;
import dev.firn.cli.Versions;
import dev.firn.cli.run.Observer;
import dev.firn.cli.run.OpenLines;
import dev.firn.cli.run.PipelineRun;
import dev.firn.cli.run.PlannedPipeline;
import dev.firn.cli.run.ResumeFrom;
import dev.firn.cli.run.RunOptions;
import dev.firn.cli.run.RunResult;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.devstack.DevstackException;
import dev.firn.devstack.DevstackProcess;
import dev.firn.devstack.ReadyService;
import dev.firn.devstack.orders.OrdersLoad;
import dev.firn.devstack.orders.OrdersProduced;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.TablePlan;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** The story of the quickstart, a line for each thing that has really happened. */
public final class Quickstart {

    /** What happens when everything is shown. */
    public enum Ending {
        STOP,
        KEEP
    }

    private static final OrdersLoad LOAD = OrdersLoad.quickstart().withNewer(20_000);
    private static final long LAST_OLDER_ORDER = (long) LOAD.volume().orders() - LOAD.newer();

    private final Screen screen;
    private final QuickstartFolder folder;
    private final Ending ending;
    private final long start = System.nanoTime();

    public Quickstart(Screen screen, Path folder, Ending ending) {
        this.screen = screen;
        this.folder = new QuickstartFolder(folder);
        this.ending = ending;
    }

    public int call() throws Exception {
        if (!folder.prepare()) {
            screen.progress(
                    "firn: `" + folder.path() + "` is there and was not made by a quickstart, so it is left alone;"
                            + " name another with --folder, or remove it");
            return ExitCode.FILE;
        }
        Path file = folder.example();
        say("Firn " + Versions.load().firn() + " · everything stays in " + folder.path()
                + "/ and on 127.0.0.1 · Ctrl-C stops it all");
        say("");
        try (DevstackProcess stack = DevstackProcess.start(folder.devstack())) {
            stack.services().forEach(this::say);
            part("catalog", "Iceberg, on local disk", folder.lake().toString(), "");
            System.setProperty(SystemReferences.PROPERTY_PREFIX + "KAFKA", stack.bootstrapServers());
            System.setProperty(SystemReferences.PROPERTY_PREFIX + "REGISTRY", stack.registryUrl());
            System.setProperty(SystemReferences.PROPERTY_PREFIX + "LAKE", folder.warehouse());
            int code = story(new PipelineFile(file), stack);
            if (ending == Ending.KEEP && code == ExitCode.DONE) {
                keep(stack);
            }
            return code;
        } catch (DevstackException outside) {
            screen.progress("firn: " + outside.getMessage());
            return ExitCode.OUTSIDE;
        }
    }

    private int story(PipelineFile file, DevstackProcess stack) throws Exception {
        Optional<PipelineDefinition> definition = file.read();
        if (definition.isEmpty() || file.planOffline(definition.get()).isEmpty()) {
            screen.diagnostics(file.printed());
            return ExitCode.FILE;
        }
        part(
                "pipeline",
                QuickstartFolder.EXAMPLE.toString(),
                "",
                lines(definition.get().file()) + " lines, lint ok");
        say("");
        stack.declareOrders(LOAD);
        CompletableFuture<Void> started = new CompletableFuture<>();
        CompletableFuture<OrdersProduced> produced = CompletableFuture.supplyAsync(() -> produced(stack))
                .thenCombineAsync(started, (first, running) -> first.and(newer(stack)));
        SystemReferences references = SystemReferences.ofThisProcess();
        Diagnostics opening = new Diagnostics();
        try (LivePlanContext context = LivePlanContext.open(definition.get(), file.connectors(), references, opening)) {
            Optional<PipelinePlan> plan = file.plan(definition.get(), context, opening.inOrder());
            if (plan.isEmpty() || context.lake().isEmpty()) {
                screen.diagnostics(file.printed());
                return ExitCode.OUTSIDE;
            }
            timed("plan: create "
                    + plan.get().tables().stream().map(Quickstart::said).collect(Collectors.joining(" and ")));
            PlannedPipeline pipeline = new PlannedPipeline(
                    definition.get(), plan.get(), context.lake().get(), file.connectors(), references);
            return run(pipeline, produced, started);
        }
    }

    private OrdersProduced produced(DevstackProcess stack) {
        OrdersProduced produced = stack.produceOrders(LOAD);
        timed(String.format(
                "produced %,d orders and %,d refunds, %d of them undecodable on purpose",
                produced.ordersRecords(),
                produced.refundsRecords(),
                produced.volume().undecodable()));
        return produced;
    }

    /** Nothing tells the job: it finds the second version in the records. */
    private long newer(DevstackProcess stack) {
        long produced = stack.produceNewerOrders(LOAD);
        timed(String.format(
                "orders v2 registered: new field `coupon`, `quantity` int -> long; produced %,d orders with it",
                produced));
        return produced;
    }

    /** The records come while the job starts and runs; it ends when the last of them is committed. */
    private int run(
            PlannedPipeline pipeline, CompletableFuture<OrdersProduced> produced, CompletableFuture<Void> started)
            throws Exception {
        ChangedTable orders =
                new ChangedTable(pipeline.lake(), Balance.ORDERS, planned(pipeline.plan(), Balance.ORDERS));
        RunOptions options = new RunOptions(RunOptions.Until.CAUGHT_UP, new ResumeFrom.Newest(), Set.of(), produced);
        RunResult result;
        try {
            result = new PipelineRun(pipeline, options, new TimedObserver(orders, started)).run();
        } catch (ExecutionException producing) {
            if (producing.getCause() instanceof DevstackException outside) {
                throw outside;
            }
            throw producing;
        }
        if (result.end() != RunResult.End.CAUGHT_UP) {
            Failure failure = Failure.of(result.failure().orElseThrow());
            screen.progress("firn: " + failure.sentence());
            screen.progress("the log is " + folder.log());
            return failure.exitCode();
        }
        if (!result.open().isEmpty()) {
            new OpenLines(result.open()).lines().forEach(this::say);
            return Failure.of(result.open().get(0).reason()).exitCode();
        }
        orders.change().ifPresent(this::timed);
        timed("caught up: lag 0 in " + (OrdersLoad.ORDERS_PARTITIONS + OrdersLoad.REFUNDS_PARTITIONS) + " partitions");
        Balance balance = new Balance(
                result.account(),
                new ReadBack(pipeline.lake()),
                pipeline.plan().sink().names().quarantine(),
                produced.join(),
                LAST_OLDER_ORDER);
        balance.lines().forEach(this::say);
        if (ending == Ending.STOP) {
            say("");
            say("  Next:  ./firn quickstart --keep         leaves broker, registry and tables there to look at");
            say("         ./firn help partition-by         an option of the pipeline file; errors have a page too");
            say("         docs/first-pipeline.md           your own topic");
        }
        return balance.holds() ? ExitCode.DONE : ExitCode.NO;
    }

    private void keep(DevstackProcess stack) throws InterruptedException {
        say("");
        say("  Broker, registry and tables stay until Ctrl-C. In another terminal:");
        say("    export KAFKA=" + stack.bootstrapServers());
        say("    export REGISTRY=" + stack.registryUrl());
        say("    export LAKE='" + folder.warehouse() + "'");
        say("    ./firn run " + QuickstartFolder.EXAMPLE);
        say("    ./firn table show --snapshots " + QuickstartFolder.EXAMPLE + " shop.orders");
        new CountDownLatch(1).await();
    }

    private static TableSchema planned(PipelinePlan plan, TableName name) {
        return plan.tables().stream()
                .filter(table -> table.name().equals(name))
                .flatMap(table -> table.schema().stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("our bug: the example has no table " + name));
    }

    private static String said(TablePlan table) {
        String columns = table.schema()
                .map(schema -> schema.columns().size() + " columns")
                .orElse("");
        String partitions = table.partitioning().stream().map(Object::toString).collect(Collectors.joining(", "));
        return table.name() + " (" + columns + (partitions.isEmpty() ? "" : ", " + partitions) + ")";
    }

    private static int lines(Path file) throws IOException {
        return Files.readAllLines(file).size();
    }

    private void say(ReadyService service) {
        part(
                service.name(),
                service.description(),
                service.address(),
                String.format(Locale.ROOT, "ready in %.1f s", service.readySeconds()));
    }

    private void part(String name, String what, String where, String state) {
        say(String.format("  %-10s %-29s %-39s %s", name, what, where, state).stripTrailing());
    }

    private void say(String line) {
        screen.result(line + "\n");
    }

    private void timed(String line) {
        long seconds = (System.nanoTime() - start) / 1_000_000_000L;
        say(String.format("  %02d:%02d  %s", seconds / 60, seconds % 60, line));
    }

    private final class TimedObserver implements Observer {

        private final ChangedTable orders;
        private final CompletableFuture<Void> started;

        private TimedObserver(ChangedTable orders, CompletableFuture<Void> started) {
            this.orders = orders;
            this.started = started;
        }

        @Override
        public void says(String line) {
            timed(line);
        }

        @Override
        public void webPage(URI page) {
            timed("the job's page: " + page);
            started.complete(null);
        }

        @Override
        public void at(Progress progress) {
            orders.change().ifPresent(Quickstart.this::timed);
            screen.live(String.format(
                    "  %,d rows committed · %,d rows/s · lag %,d",
                    progress.committed(), progress.perSecond(), progress.lag()));
        }
    }
}
