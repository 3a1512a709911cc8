package dev.firn.cluster;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Starts a cluster that stands until {@link StopCommand} ends it; the script {@code deploy/cluster/start} calls this. Where Flink and Firn
 * are, the launcher says by system properties.
 */
public final class StartCommand {

    static final String USAGE =
            """
            Usage:  cluster/start [--folder FOLDER] [--task-managers N] [--slots N] [--job-managers N] [--port PORT]

            Starts a Flink session cluster on 127.0.0.1: a JobManager and TaskManagers, each a process of its own. Firn's jars are on
            their class path. They see the environment variables, and start in the folder, that this command has: references like
            ${env:X} and ${secret:x} of the files that are submitted are looked up by them.

              --folder FOLDER        configuration, logs, checkpoints and savepoints; `.firn-cluster` unless said
              --task-managers N      1 to 99; 2 unless said
              --slots N              of each TaskManager, 1 to 99; 2 unless said
              --job-managers N       1 to 9; 1 unless said. Of several one leads, and where it dies another goes on with its jobs
              --port PORT            of the page and of `firn submit`; a free one unless said
            """;

    private static final Set<String> OPTIONS =
            Set.of("--folder", "--task-managers", "--slots", "--job-managers", "--port");
    private static final int MOST = 99;
    private static final int MOST_JOB_MANAGERS = 9;

    private StartCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        if (List.of(arguments).contains("--help") || List.of(arguments).contains("-h")) {
            out.print(USAGE);
            return 0;
        }
        ClusterSettings settings;
        try {
            settings = settings(arguments);
        } catch (ClusterException problem) {
            err.println("cluster/start: " + problem.getMessage());
            return 2;
        }
        try {
            return start(settings, out, err);
        } catch (ClusterException | IOException problem) {
            err.println("cluster/start: " + problem.getMessage());
            return 3;
        }
    }

    private static int start(ClusterSettings settings, PrintStream out, PrintStream err) throws IOException {
        Files.createDirectories(settings.folder());
        try (FileChannel channel = FileChannel.open(
                        settings.folder().resolve("start.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            if (lock == null) {
                err.println("cluster/start: another cluster/start is at work in `" + settings.folder() + "`");
                return 2;
            }
            return startAlone(settings, out, err);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            return null;
        }
    }

    private static int startAlone(ClusterSettings settings, PrintStream out, PrintStream err) throws IOException {
        ProcessFiles files = ProcessFiles.of(settings.folder());
        Optional<ProcessFiles.Known> alive =
                files.all().stream().filter(known -> known.alive().isPresent()).findFirst();
        if (alive.isPresent()) {
            err.println("cluster/start: a cluster runs already in `" + settings.folder() + "`: its process `"
                    + alive.get().name() + "` is alive. Stop it with cluster/stop, or say another `--folder`");
            return 2;
        }
        for (ProcessFiles.Known known : files.all()) {
            if (known.doubtful().isPresent()) {
                err.println("cluster/start: " + known.doubt(known.doubtful().get()));
                return 2;
            }
        }
        String asked = settings.said().get(Cluster.REST_PORT);
        Optional<String> refused = asked == null ? Optional.empty() : Ports.whyNot(Integer.parseInt(asked));
        if (refused.isPresent()) {
            err.println("cluster/start: " + refused.get());
            return 2;
        }
        for (ProcessFiles.Known gone : files.all()) {
            Files.delete(gone.file());
        }
        // Whoever is impatient must not leave half a cluster behind.
        Thread leaving = new Thread(() -> endChildren(), "stop");
        Runtime.getRuntime().addShutdownHook(leaving);
        // Each is taken down as it begins: whatever becomes of this process, cluster/stop finds them.
        Cluster cluster = Cluster.start(JarCopy.of(settings), files::write);
        Runtime.getRuntime().removeShutdownHook(leaving);
        out.print(table(settings, cluster));
        return 0;
    }

    private static void endChildren() {
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    }

    private static String table(ClusterSettings settings, Cluster cluster) {
        StringBuilder text = new StringBuilder("A Flink cluster stands in " + settings.folder() + "\n\n");
        String line = settings.isHighlyAvailable() ? "  %-12s  pid %-8d  %s%n" : "  %-10s  pid %-8d  %s%n";
        for (JobManager jobManager : cluster.jobManagers()) {
            text.append(String.format(
                    line, jobManager.name(), jobManager.pid(), jobManager.rest().address()));
        }
        cluster.zooKeeper()
                .ifPresent(process -> text.append(
                        String.format(line, HighAvailability.ZOOKEEPER, process.pid(), "says which of them leads")));
        String slots = settings.said().getOrDefault(SLOTS, "1");
        for (TaskManager started : cluster.taskManagers()) {
            String what = slots + (slots.equals("1") ? " slot" : " slots") + ", log " + started.log();
            text.append(String.format(line, started.id(), started.pid(), what));
        }
        return text.append("\nNext:  firn submit --cluster ")
                .append(cluster.jobManagers().stream()
                        .map(jobManager -> jobManager.rest().address().toString())
                        .collect(Collectors.joining(",")))
                .append(" FILE\n       cluster/stop")
                .append(isDefault(settings) ? "" : " --folder " + settings.folder())
                .append('\n')
                .toString();
    }

    private static boolean isDefault(ClusterSettings settings) {
        return settings.folder().equals(StopCommand.FOLDER.toAbsolutePath().normalize());
    }

    private static final String SLOTS = "taskmanager.numberOfTaskSlots";

    static ClusterSettings settings(String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, OPTIONS, arguments);
        Map<String, String> said = new LinkedHashMap<>();
        said.put(SLOTS, line.number("--slots", MOST, USAGE).orElse(2).toString());
        line.number("--port", 65_535, USAGE).ifPresent(port -> said.put(Cluster.REST_PORT, port.toString()));
        Path conf = Path.of(property("firn.conf"));
        return new ClusterSettings(
                line.value("--folder").map(Path::of).orElse(StopCommand.FOLDER),
                conf.resolve("cluster"),
                conf.resolve("jvm.options"),
                property("firn.cluster.class-path"),
                line.number("--task-managers", MOST, USAGE).orElse(2),
                line.number("--job-managers", MOST_JOB_MANAGERS, USAGE).orElse(1),
                ClusterSettings.Life.STANDING,
                said);
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("our bug: the launcher has not said `" + name + "`");
        }
        return value;
    }
}
