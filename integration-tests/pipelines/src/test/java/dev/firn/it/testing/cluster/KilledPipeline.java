package dev.firn.it.testing.cluster;

import dev.firn.cluster.Cluster;
import dev.firn.cluster.TaskManager;
import dev.firn.flink.JobSettings;
import dev.firn.flink.commit.RollForward;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.windows.CaughtEpoch;
import dev.firn.it.testing.windows.Window;
import dev.firn.it.testing.windows.WindowFolder;
import dev.firn.spi.ledger.Epoch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.awaitility.Awaitility;

/**
 * Three topics, a pipeline that reads them on two TaskManagers, and somebody who kills those.
 *
 * <pre>
 *   arm a window -> the committer stops in it -> SIGKILL -> disarm -> another TaskManager -> the job goes on -> again
 * </pre>
 */
public final class KilledPipeline implements AutoCloseable {

    /** The name of the table of what can't be decoded. */
    public static final String QUARANTINE = "firn_quarantine";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(20);

    /** As production's, but for the number: a test's TaskManagers die more often than is healthy. */
    private static final JobSettings.Restarts RESTARTS =
            new JobSettings.Restarts(10_000, Duration.ofMinutes(10), Duration.ofSeconds(1));

    private final KillPlan plan;
    private final String name = Stack.unique("killed");
    private final List<String> topics = Stream.of("a", "b", "c")
            .map(letter -> Stack.unique("standing_" + letter))
            .toList();
    private final Path folder;
    private final SqliteFile catalog;
    private final WindowFolder windows;
    private final OffsetLoad load;
    private final Cluster cluster;
    private final SubmittedPipeline pipeline;
    private final List<Kill> kills = new ArrayList<>();
    private long began;
    private long written;
    private double seconds;
    private long restarts;

    public KilledPipeline(KillPlan plan) throws Exception {
        this.plan = plan;
        this.folder = ClusterFolder.fresh(Stack.folder(), name);
        this.catalog = new SqliteFile(folder.resolve("catalog.db"));
        this.windows = new WindowFolder(Files.createDirectories(folder.resolve("windows")));
        this.load = new OffsetLoad(topics, plan.perSecond(), plan.seed());
        this.cluster = ClusterFolder.start(folder.resolve("cluster"), 2);
        this.pipeline = SubmittedPipeline.submit(cluster.restAddress(), pipelineFile(), RESTARTS);
    }

    private Path pipelineFile() throws IOException {
        return Files.writeString(
                folder.resolve(name + ".yaml"),
                """
                pipeline: {name: %s, checkpoint-interval: 1s, parallelism: 2}
                source:
                  type: kafka
                  topics: [%s]
                  properties: {bootstrap.servers: "%s"}
                  format: {type: avro, registry: {url: "%s"}}
                sink:
                  type: iceberg-with-windows
                  windows: "%s"
                  catalog: %s
                """
                        .formatted(
                                name,
                                String.join(", ", topics),
                                Stack.running().bootstrapServers(),
                                Stack.running().registryUrl(),
                                windows.folder(),
                                catalog.catalog(folder.resolve("lake"))));
    }

    /** The newest metadata file of a table; by the topic it holds, or {@code firn_quarantine}. */
    public Path metadata(String table) throws SQLException {
        return catalog.metadata(table);
    }

    public List<String> topics() {
        return topics;
    }

    /** How many records each partition of a topic holds in the end. */
    public List<Long> ends(String topic) {
        return load.ends(topic);
    }

    /** Every epoch of the ledger, in order. */
    public List<Epoch> epochs() {
        return pipeline.lake().ledger().since(0);
    }

    /** Writes and kills as the plan says, then stops the job in good order when it has read everything. */
    public void run() throws Exception {
        began = System.nanoTime();
        load.start();
        await("the first epoch", () -> lastEpoch() > 0);
        for (int kill = 0; kill < plan.kills(); kill++) {
            long before = plan.recordsBefore(kill);
            await(before + " records to be written", () -> load.acknowledged() >= before);
            kill(kill + 1, plan.window(kill));
        }
        load.finish(plan.records());
        written = load.acknowledged();
        seconds = secondsSinceBegin();
        await("the ledger to reach the ends of the topics", this::hasReadAll);
        await("Flink to count its restarts", () -> pipeline.restarts() > 0);
        restarts = pipeline.restarts();
        pipeline.stop(folder.resolve("savepoints"));
        new RollForward(pipeline.lake()).run();
    }

    private void kill(int number, Window window) throws Exception {
        CaughtEpoch caught = caught(window);
        // Three times in four the one that commits; else the committer has to notice that the other is gone.
        boolean commits = number % 4 > 0;
        TaskManager victim = victim(commits, caught);
        Kill.Rows rows = new Kill.Rows(visible(), load.acknowledged());
        victim.kill();
        long checkpoint = pipeline.completedCheckpoint();
        windows.disarm();
        if (window == Window.COMMITTED && checkpoint != caught.checkpoint()) {
            throw new IllegalStateException("checkpoint " + checkpoint + " was complete when the TaskManager died, and"
                    + " the window's epoch is of checkpoint " + caught.checkpoint());
        }
        Kill.Victim who = new Kill.Victim(victim.id(), commits);
        Kill kill = new Kill(number, secondsSinceBegin(), who, window, caught, checkpoint, rows);
        kills.add(kill);
        System.out.print(kill.line());
        cluster.startTaskManager();
        await("an epoch after kill " + number, () -> lastEpoch() > caught.number());
    }

    /** Returns when an epoch stands in the window, and can't leave it. */
    private CaughtEpoch caught(Window window) {
        while (true) {
            windows.arm(window);
            await("window `" + window.words() + "`", () -> windows.reached().isPresent());
            CaughtEpoch caught = windows.reached().orElseThrow();
            // The next checkpoint may have passed the writers before they were held. It is complete by now, for they
            // hold
            // the one after it, so this epoch has left its window.
            if (window != Window.COMMITTED || pipeline.completedCheckpoint() == caught.checkpoint()) {
                return caught;
            }
        }
    }

    private TaskManager victim(boolean commits, CaughtEpoch caught) {
        return cluster.taskManagers().stream()
                .filter(each -> (each.pid() == caught.pid()) == commits)
                .findFirst()
                .orElseThrow();
    }

    private double secondsSinceBegin() {
        return (System.nanoTime() - began) / 1e9;
    }

    private long lastEpoch() {
        return pipeline.lake().ledger().read().lastEpoch();
    }

    private boolean hasReadAll() {
        long end = topics.stream()
                .flatMap(topic -> load.ends(topic).stream())
                .mapToLong(Long::longValue)
                .sum();
        return pipeline.lake().ledger().read().positions().values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                == end;
    }

    private long visible() throws SQLException {
        long rows = catalog.rows(QUARANTINE);
        for (String topic : topics) {
            rows += catalog.rows(topic);
        }
        return rows;
    }

    private void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK)
                .until(() -> {
                    JobStatus status = pipeline.status();
                    if (status.isTerminalState()) {
                        throw new IllegalStateException("the job is " + status + ":\n" + pipeline.failure());
                    }
                    return condition.call();
                });
    }

    /** The checkpoints that kills came after. */
    public List<Long> checkpoints() {
        return kills.stream().map(kill -> kill.epoch().checkpoint()).toList();
    }

    /** How many kills of the committer fell into any of these windows. */
    public long committersIn(Window... some) {
        return kills.stream()
                .filter(kill -> kill.victim().commits() && List.of(some).contains(kill.window()))
                .count();
    }

    /** What happened, for people. */
    public String report() {
        StringBuilder text = new StringBuilder(Kill.HEAD);
        kills.forEach(kill -> text.append(kill.line()));
        text.append(String.format(
                Locale.ROOT,
                "%nSeed %d. %,d records over %.0f s in %d topics of %d partitions. %d kills; Flink has counted %d"
                        + " restarts.%n",
                plan.seed(),
                written,
                seconds,
                topics.size(),
                OffsetLoad.PARTITIONS,
                kills.size(),
                restarts));
        return text.toString();
    }

    @Override
    public void close() throws Exception {
        load.close();
        pipeline.close();
        cluster.close();
    }
}
