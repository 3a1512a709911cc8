package dev.firn.cluster;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * A cluster by hand; Ctrl-C ends it. After {@code mvn package}, in the root folder:
 *
 * <pre>{@code
 * java -cp deploy/cluster/target/classes dev.firn.cluster.ClusterCommand --folder /tmp/cluster \
 *     --profile flink-conf/cluster --jvm-options flink-conf/jvm.options --task-managers 2 \
 *     --class-path 'pipelines/cli/target/firn/light/*:pipelines/cli/target/firn/full/*'
 * }</pre>
 *
 * It prints an address and one line a TaskManager, with its process id.
 */
public final class ClusterCommand {

    private static final String USAGE = "usage: ClusterCommand --folder FOLDER --profile FOLDER --jvm-options FILE"
            + " --class-path PATH --task-managers NUMBER";
    private static final Set<String> OPTIONS =
            Set.of("--folder", "--profile", "--jvm-options", "--class-path", "--task-managers");

    private ClusterCommand() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            Cluster cluster = Cluster.start(settings(arguments));
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "stop"));
            cluster.taskManagers()
                    .forEach(started ->
                            System.out.println(started.id() + "  pid " + started.pid() + "  " + started.log()));
            System.out.println("ready  " + cluster.restAddress());
            new CountDownLatch(1).await();
        } catch (ClusterException problem) {
            System.err.println(problem.getMessage());
            System.exit(1);
        }
    }

    static ClusterSettings settings(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int index = 0; index + 1 < arguments.length; index += 2) {
            given.put(arguments[index], arguments[index + 1]);
        }
        if (arguments.length != 2 * OPTIONS.size() || !given.keySet().equals(OPTIONS)) {
            throw new ClusterException(USAGE);
        }
        String taskManagers = value(given, "--task-managers");
        if (!taskManagers.matches("[1-9]\\d?")) {
            throw new ClusterException("`" + taskManagers + "` is no number of TaskManagers\n" + USAGE);
        }
        return new ClusterSettings(
                Path.of(value(given, "--folder")),
                Path.of(value(given, "--profile")),
                Path.of(value(given, "--jvm-options")),
                value(given, "--class-path"),
                Integer.parseInt(taskManagers));
    }

    private static String value(Map<String, String> given, String option) {
        return given.getOrDefault(option, "");
    }
}
