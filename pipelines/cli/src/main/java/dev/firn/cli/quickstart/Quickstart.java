package dev.firn.cli.quickstart;

import dev.firn.cli.ExitCode;
import dev.firn.cli.PipelineFile;
import dev.firn.cli.Screen;
import dev.firn.cli.run.Account;
import dev.firn.cli.run.Observer;
import dev.firn.cli.run.PipelineRun;
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
import dev.firn.spi.sink.Lake;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The story of the quickstart, a line for each thing that has really happened. */
public final class Quickstart {

    private static final Path EXAMPLE = Path.of("examples", "orders", "pipeline.yaml");
    private static final TableName ORDERS = new TableName("shop.orders");
    private static final TableName REFUNDS = new TableName("shop.refunds");
    private static final int SAMPLE = 3;
    private static final String MARK = ".made-by-firn-quickstart";

    /** What happens when everything is shown. */
    public enum Ending {
        STOP,
        KEEP
    }

    private final Screen screen;
    private final Path folder;
    private final Ending ending;
    private final long start = System.nanoTime();

    public Quickstart(Screen screen, Path folder, Ending ending) {
        this.screen = screen;
        this.folder = folder;
        this.ending = ending;
    }

    public int call() throws Exception {
        if (!empty(folder)) {
            screen.progress("firn: `" + folder + "` is there and was not made by a quickstart, so it is left alone;"
                    + " name another with --folder, or remove it");
            return ExitCode.FILE;
        }
        Path file = example();
        say("Firn " + version() + " · everything stays in " + folder + "/ and on 127.0.0.1 · Ctrl-C stops it all");
        say("");
        try (DevstackProcess stack = DevstackProcess.start(folder.resolve("devstack"))) {
            for (ReadyService service : stack.services()) {
                say(String.format(
                        Locale.ROOT,
                        "  %-10s %-28s %-42s ready in %.1f s",
                        service.name(),
                        service.description(),
                        service.address(),
                        service.readySeconds()));
            }
            Path lake = folder.resolve("lake").toAbsolutePath();
            say(String.format("  %-10s %-28s %s", "catalog", "Iceberg, on local disk", folder.resolve("lake")));
            System.setProperty(SystemReferences.PROPERTY_PREFIX + "KAFKA", stack.bootstrapServers());
            System.setProperty(SystemReferences.PROPERTY_PREFIX + "REGISTRY", stack.registryUrl());
            System.setProperty(SystemReferences.PROPERTY_PREFIX + "LAKE", lake.toUri().toString());
            int code = story(file, stack);
            if (ending == Ending.KEEP) {
                keep(stack, lake);
            }
            return code;
        } catch (DevstackException outside) {
            screen.progress("firn: " + outside.getMessage());
            return ExitCode.OUTSIDE;
        }
    }

    private int story(Path path, DevstackProcess stack) throws Exception {
        PipelineFile file = new PipelineFile(path);
        Optional<PipelineDefinition> definition = file.read();
        if (definition.isEmpty() || file.planOffline(definition.get()).isEmpty()) {
            screen.diagnostics(file.printed());
            return ExitCode.FILE;
        }
        say(String.format("  %-10s %-71s %s", "pipeline", EXAMPLE, Files.readAllLines(path).size() + " lines, lint ok"));
        say("");
        OrdersProduced produced = stack.produceOrders(OrdersLoad.quickstart());
        timed(String.format(
                "produced %,d orders and %,d refunds, %d of them undecodable on purpose",
                produced.ordersRecords(), produced.refundsRecords(), produced.volume().undecodable()));
        SystemReferences references = SystemReferences.ofThisProcess();
        Diagnostics opening = new Diagnostics();
        try (LivePlanContext context =
                LivePlanContext.open(definition.get(), file.connectors(), references, opening)) {
            Optional<PipelinePlan> plan = file.plan(definition.get(), context, opening.inOrder());
            if (plan.isEmpty() || context.lake().isEmpty()) {
                screen.diagnostics(file.printed());
                return ExitCode.OUTSIDE;
            }
            Lake lake = context.lake().get();
            timed("plan: create "
                    + plan.get().tables().stream().map(Quickstart::said).collect(Collectors.joining(" and ")));
            PipelineRun run = new PipelineRun(
                    definition.get(),
                    plan.get(),
                    lake,
                    file.connectors(),
                    references,
                    new RunOptions(RunOptions.Until.CAUGHT_UP, ResumeFrom.NEWEST),
                    new TimedObserver());
            RunResult result = run.run();
            if (result.end() != RunResult.End.CAUGHT_UP) {
                screen.progress("firn: the job failed: "
                        + result.failure().map(Throwable::toString).orElse("for no reason it gave"));
                screen.progress("the log is " + folder.resolve("firn.log"));
                return ExitCode.BUG;
            }
            timed("caught up: lag 0 in " + (OrdersLoad.ORDERS_PARTITIONS + OrdersLoad.REFUNDS_PARTITIONS)
                    + " partitions");
            return told(result.account(), new ReadBack(lake), plan.get(), produced);
        }
    }

    private int told(Account account, ReadBack back, PipelinePlan plan, OrdersProduced produced) {
        ReadBack.Keys orders = back.keys(ORDERS, "order_id");
        ReadBack.Keys refunds = back.keys(REFUNDS, "refund_id");
        long ordersLost = produced.volume().orders() - orders.distinct();
        long refundsLost = produced.volume().refunds() - refunds.distinct();
        boolean balanced = account.balances()
                && account.total(Account.Line::read) == produced.ordersRecords() + produced.refundsRecords()
                && account.total(Account.Line::written) == orders.rows() + refunds.rows()
                && ordersLost == 0
                && refundsLost == 0
                && orders.doubled() == 0
                && refunds.doubled() == 0;
        say("");
        account.table().forEach(this::say);
        say(String.format(
                "    %-26s %12s %12s %12s     %s, %d commits",
                "lost, doubled",
                ordersLost + ", " + orders.doubled(),
                refundsLost + ", " + refunds.doubled(),
                (ordersLost + refundsLost) + ", " + (orders.doubled() + refunds.doubled()),
                balanced ? "balanced" : "NOT BALANCED",
                account.epochs()));
        say("");
        say(String.format("  %s, read back from Iceberg (%d of %,d)", ORDERS, SAMPLE, orders.rows()));
        back.sample(ORDERS, List.of("order_id", "placed_at", "amount", "quantity", "status", "customer_email"), SAMPLE)
                .forEach(this::say);
        TableName quarantine = plan.sink().names().quarantine();
        Map<String, ReadBack.Reason> reasons = back.quarantine(quarantine);
        long inQuarantine = reasons.values().stream().mapToLong(ReadBack.Reason::records).sum();
        say(String.format("  %s (%,d), raw bytes kept", quarantine, inQuarantine));
        reasons.forEach((code, reason) ->
                say(String.format("    %3d  %-18s first at %s", reason.records(), code, reason.place())));
        say("");
        if (ending == Ending.STOP) {
            say("  Next:  ./firn quickstart --keep      leaves broker, registry and tables there for you to look at");
            say("         ./firn help unknown-option    every error has a page; the file is " + EXAMPLE);
        }
        return balanced ? ExitCode.DONE : ExitCode.NO;
    }

    private void keep(DevstackProcess stack, Path lake) throws InterruptedException {
        say("  Broker, registry and tables stay until Ctrl-C. In another terminal:");
        say("    export KAFKA=" + stack.bootstrapServers());
        say("    export REGISTRY=" + stack.registryUrl());
        say("    export LAKE=" + lake.toUri());
        say("    ./firn run " + EXAMPLE);
        new CountDownLatch(1).await();
    }

    private static String said(TablePlan table) {
        String columns = table.schema().map(schema -> schema.columns().size() + " columns").orElse("");
        String partitions = table.partitioning().stream().map(Object::toString).collect(Collectors.joining(", "));
        return table.name() + " (" + columns + (partitions.isEmpty() ? "" : ", " + partitions) + ")";
    }

    /** A copy in the folder, so that the state beside the file stays in the folder too. */
    private Path example() throws IOException {
        Path root = Path.of(System.getProperty("firn.home", ""));
        Path copy = folder.resolve("pipeline.yaml");
        Files.copy(root.resolve(EXAMPLE), copy);
        return copy;
    }

    /** Empties only what an earlier quickstart made: the folder may be anything the user typed. */
    private static boolean empty(Path folder) throws IOException {
        Path mark = folder.resolve(MARK);
        if (Files.exists(folder) && !Files.exists(mark)) {
            return false;
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(folder);
        Files.createFile(mark);
        return true;
    }

    private static String version() {
        return dev.firn.cli.Versions.load().firn();
    }

    private void say(String line) {
        screen.result(line + "\n");
    }

    private void timed(String line) {
        long seconds = (System.nanoTime() - start) / 1_000_000_000L;
        say(String.format("  %02d:%02d  %s", seconds / 60, seconds % 60, line));
    }

    private final class TimedObserver implements Observer {

        @Override
        public void says(String line) {
            timed(line);
        }

        @Override
        public void webPage(URI page) {
            timed("the job's page: " + page);
        }

        @Override
        public void at(Progress progress) {
            screen.live(String.format(
                    "  %,d rows committed · %,d rows/s · lag %,d",
                    progress.committed(), progress.perSecond(), progress.lag()));
        }
    }
}
