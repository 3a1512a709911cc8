package dev.firn.cluster;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running session cluster: a JobManager, or several and what they find each other by, and TaskManagers that may be killed and
 * replaced.
 *
 * <pre>
 *   this process --leash--> JobManager
 *               \--leash--> tm-1, tm-2, ...
 * </pre>
 */
public final class Cluster implements AutoCloseable {

    private static final int ATTEMPTS = 5;
    private static final long LIMIT_SECONDS = 120;

    /** What the JobManager's process is called; several have a number behind it. */
    static final String JOB_MANAGER = "jobmanager";

    /** The setting with the port of the page and of all that clients ask. */
    static final String REST_PORT = "rest.port";

    private final Jvm jvm;
    private final Configuration configuration;
    private final Started started;
    private final Map<String, Process> leaders = new LinkedHashMap<>();
    private final List<JobManager> jobManagers = new ArrayList<>();
    private final List<TaskManager> taskManagers = new ArrayList<>();
    private final AtomicInteger names = new AtomicInteger();

    /** Hears of each process as soon as there is one. */
    @FunctionalInterface
    interface Started {
        void process(String name, long pid);
    }

    private Cluster(Jvm jvm, Configuration configuration, Started started) {
        this.started = started;
        this.jvm = jvm;
        this.configuration = configuration;
    }

    private void launchZooKeeper(HighAvailability available) throws IOException {
        Process process = available.start(jvm);
        leaders.put(HighAvailability.ZOOKEEPER, process);
        started.process(HighAvailability.ZOOKEEPER, process.pid());
    }

    private void launchJobManager(String name, int port) {
        Process process = jvm.start(
                name,
                configuration.jobManagerMemory(),
                List.of(
                        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                        "--configDir",
                        jvm.conf().toString(),
                        "--executionMode",
                        "cluster",
                        "-D",
                        REST_PORT + "=" + port));
        leaders.put(name, process);
        jobManagers.add(new JobManager(name, process, RestPage.at(port)));
        started.process(name, process.pid());
    }

    /** Returns when all TaskManagers have registered; takes new ports when another process was quicker to bind one. */
    public static Cluster start(ClusterSettings settings) {
        return start(settings, (name, pid) -> {});
    }

    static Cluster start(ClusterSettings settings, Started hears) {
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnce(settings, ports(settings), hears);
            } catch (IOException problem) {
                throw new ClusterException("can't start the cluster: " + problem.getMessage(), problem);
            } catch (ClusterException problem) {
                if (attempt == ATTEMPTS
                        || !portWasTaken(problem)
                        || settings.said().containsKey(REST_PORT)) {
                    throw problem;
                }
            }
        }
    }

    private static Ports ports(ClusterSettings settings) throws IOException {
        Ports free = Ports.free(settings.jobManagers());
        String asked = settings.said().get(REST_PORT);
        if (asked == null) {
            return free;
        }
        // Whoever has it would be taken for the JobManager that is to come.
        Ports.requireFree(Integer.parseInt(asked));
        return free.withRest(Integer.parseInt(asked));
    }

    private static Cluster startOnce(ClusterSettings settings, Ports ports, Started hears) throws IOException {
        Optional<HighAvailability> available = settings.isHighlyAvailable()
                ? Optional.of(HighAvailability.fresh(settings, ports.zookeeper()))
                : Optional.empty();
        Configuration configuration = Configuration.of(settings, ports, available);
        Cluster cluster = new Cluster(new Jvm(settings, configuration.write(settings)), configuration, hears);
        try {
            // Side by side: a JVM's start is most of the wait.
            if (available.isPresent()) {
                cluster.launchZooKeeper(available.get());
            }
            for (int index = 0; index < settings.jobManagers(); index++) {
                cluster.launchJobManager(
                        settings.isHighlyAvailable() ? JOB_MANAGER + "-" + (index + 1) : JOB_MANAGER,
                        ports.rest().get(index));
            }
            List<TaskManager> started = new ArrayList<>();
            for (int index = 0; index < settings.taskManagers(); index++) {
                started.add(cluster.launch());
            }
            cluster.awaitRegistered(started);
            return cluster;
        } catch (RuntimeException | IOException problem) {
            cluster.close();
            throw problem;
        }
    }

    private static boolean portWasTaken(ClusterException problem) {
        String message = String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("address already in use")
                || message.contains("could not start rest endpoint on any port");
    }

    /** Where clients submit jobs and look at them; of several JobManagers the first. */
    public URI restAddress() {
        return jobManagers.get(0).rest().address();
    }

    List<JobManager> jobManagers() {
        return List.copyOf(jobManagers);
    }

    /** Who says which of several JobManagers leads. */
    Optional<ProcessHandle> zooKeeper() {
        return Optional.ofNullable(leaders.get(HighAvailability.ZOOKEEPER)).map(Process::toHandle);
    }

    /** Those that were started and are still alive. */
    public synchronized List<TaskManager> taskManagers() {
        return taskManagers.stream().filter(TaskManager::isAlive).toList();
    }

    /** One more, in the place of one that was killed, for instance; returns when it has registered. */
    public TaskManager startTaskManager() {
        TaskManager started = launch();
        awaitRegistered(List.of(started));
        return started;
    }

    private synchronized TaskManager launch() {
        String id = "tm-" + names.incrementAndGet();
        Process process = jvm.start(
                id,
                configuration.taskManagerMemory(),
                List.of(
                        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                        "--configDir",
                        jvm.conf().toString(),
                        "-D",
                        "taskmanager.resource-id=" + id));
        started.process(id, process.pid());
        TaskManager launched = new TaskManager(id, process, jvm.cluster().log(id));
        taskManagers.add(launched);
        return launched;
    }

    private void awaitRegistered(List<TaskManager> started) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        List<String> ids = started.stream().map(TaskManager::id).toList();
        try {
            for (JobManager asked : jobManagers) {
                while (!asked.rest()
                        .taskManagers()
                        .filter(known -> known.containsAll(ids))
                        .isPresent()) {
                    leaders.forEach(this::requireAlive);
                    started.forEach(each -> requireAlive(each.id(), each.process()));
                    if (System.nanoTime() > end) {
                        throw new ClusterException(ids + " have not registered after " + LIMIT_SECONDS + " s:"
                                + jvm.lastLines(asked.name()));
                    }
                    asked.process().waitFor(50, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while waiting for the cluster", interrupted);
        }
    }

    private void requireAlive(String name, Process process) {
        if (!process.isAlive()) {
            throw new ClusterException(
                    "`" + name + "` ended with status " + process.exitValue() + ":" + jvm.lastLines(name));
        }
    }

    /** Ends every process; logs, checkpoints and savepoints stay. */
    @Override
    public synchronized void close() {
        List<Process> processes = new ArrayList<>(leaders.values());
        taskManagers.forEach(each -> processes.add(each.process()));
        processes.forEach(Process::destroyForcibly);
        for (Process process : processes) {
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
