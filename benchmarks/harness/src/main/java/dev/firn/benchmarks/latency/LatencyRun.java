package dev.firn.benchmarks.latency;

import dev.firn.benchmarks.harness.Contender;
import dev.firn.benchmarks.harness.ContenderProcess;
import dev.firn.benchmarks.lake.Lake;
import dev.firn.benchmarks.measure.Work;
import dev.firn.benchmarks.workload.SteadyLoad;
import dev.firn.benchmarks.workload.Workload;
import dev.firn.devstack.DevstackProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * One contender at one interval of commits, with records that come at a steady rate.
 *
 * <pre>
 *   start --- first commit --- warm --- [ measured: whole intervals ] --- all of it visible --- asked itself --- end
 * </pre>
 */
final class LatencyRun {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LEAST_WARM_UP = Duration.ofSeconds(10);
    private static final Duration LEAST_MEASURED = Duration.ofSeconds(60);
    private static final int INTERVALS = 3;
    private static final Duration STARTING = Duration.ofMinutes(2);

    /** What is the same for all. */
    record Setting(Path home, Path folder, DevstackProcess stack, Lake lake, Workload workload, int perSecond) {}

    private final Setting setting;
    private final Contender contender;
    private final Duration interval;
    private final String name;

    LatencyRun(Setting setting, Contender contender, Duration interval) {
        this.setting = setting;
        this.contender = contender;
        this.interval = interval;
        this.name = ("latency_" + contender.word() + "_" + interval.toSeconds()).replace('-', '_');
    }

    /** @throws IOException if the contender ends, or nothing of it is seen in time */
    Measurement run() throws IOException, InterruptedException {
        DevstackProcess stack = setting.stack();
        Workload workload = setting.workload();
        stack.createTopic(name, workload.partitions());
        int schema = stack.register(name + "-value", workload.schema().toString());
        Work work = work();
        if (contender != Contender.FIRN) {
            setting.lake().create(work.namespace(0), name, workload.schema(), "", List.of());
        }
        Path folder = setting.folder().resolve(name);
        Process process =
                new ContenderProcess(contender, setting.home(), folder).start(work, List.of(), List.of("forever"));
        try (SteadyLoad load = SteadyLoad.start(workload, name, setting.perSecond(), schema, stack.bootstrapServers());
                TableWatch watch = TableWatch.start(() -> setting.lake().table(work.namespace(0), name))) {
            return measured(process, load, watch, folder.resolve("log"), work.namespace(0) + "." + name);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Work work() throws IOException {
        Path schema = Files.createDirectories(setting.folder().resolve(name)).resolve("value.avsc");
        Files.writeString(schema, setting.workload().schema().toString(true));
        return new Work(
                setting.stack().bootstrapServers(),
                setting.stack().registryUrl(),
                setting.lake().warehouse(),
                name,
                1,
                setting.workload().parallelism(),
                interval,
                List.of(new Work.Topic(name, schema, 0, 0, List.of(), schema)));
    }

    private Measurement measured(Process process, SteadyLoad load, TableWatch watch, Path log, String table)
            throws IOException, InterruptedException {
        await(process, log, STARTING.plus(interval.multipliedBy(2)), () -> watch.rows() > 0);
        Thread.sleep(longer(LEAST_WARM_UP, interval).toMillis());
        int first = load.sent();
        long begin = System.currentTimeMillis();
        // Whole intervals, so that no part of one weighs more than another.
        long intervals = Math.max(INTERVALS, LEAST_MEASURED.dividedBy(interval));
        Thread.sleep(interval.multipliedBy(intervals).toMillis());
        int end = load.sent();
        long ended = System.currentTimeMillis();
        int behind = end + 2 * setting.perSecond();
        await(process, log, STARTING.plus(interval.multipliedBy(3)), () -> watch.rows() >= behind);
        Optional<Percentiles> told = contender == Contender.FIRN
                ? Optional.of(FirnMetric.in(log, table).ask())
                : Optional.empty();
        long asked = System.currentTimeMillis();
        watch.close();
        load.close();

        Latencies measured = new Latencies(end - first);
        Latencies lastMinute = new Latencies(load.sent());
        watch.read((id, sighting) -> {
            int number = load.number(id);
            long latency = sighting.visible() - load.created(number);
            if (number >= first && number < end) {
                measured.add(latency);
            }
            if (sighting.visible() > asked - 60_000) {
                lastMinute.add(latency);
            }
        });
        Predicate<TableWatch.Sighting> inTime = sighting -> sighting.visible() >= begin && sighting.visible() <= ended;
        return new Measurement(
                contender,
                (int) interval.toSeconds(),
                measured.percentiles(),
                (int) watch.sightings().stream().filter(inTime).count(),
                end - first - measured.size,
                told.map(figures -> new Measurement.Own(figures, lastMinute.percentiles())));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private void await(Process process, Path log, Duration limit, BooleanSupplier condition)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException(contender.title() + (process.isAlive() ? " shows nothing" : " has ended")
                        + ", every " + interval.toSeconds() + " s; its log ends:\n" + lastLines(log));
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    private static String lastLines(Path log) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(log));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }

    /** Latencies as they are read. */
    private static final class Latencies {
        private long[] millis;
        private int size;

        private Latencies(int most) {
            millis = new long[Math.max(1, most)];
        }

        private void add(long latency) {
            if (size == millis.length) {
                millis = Arrays.copyOf(millis, size * 2);
            }
            millis[size++] = latency;
        }

        private Percentiles percentiles() {
            return Percentiles.of(Arrays.copyOf(millis, size));
        }
    }
}
