package dev.firn.cluster;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a cluster is started with.
 *
 * @param folder gets its configuration, its logs, checkpoints and savepoints
 * @param profile a folder that holds {@code flink-conf.yaml} and {@code log4j.properties}
 * @param jvmOptions a file of options that every JVM is started with
 * @param classPath Flink's jars and those of the jobs, which see no other
 * @param taskManagers how many to start with
 * @param jobManagers how many there are; of several one leads, and another takes over where it dies
 * @param life when its processes end
 * @param said settings that win over the profile's
 */
public record ClusterSettings(
        Path folder,
        Path profile,
        Path jvmOptions,
        String classPath,
        int taskManagers,
        int jobManagers,
        Life life,
        Map<String, String> said) {

    /** When the processes of a cluster end by themselves. */
    public enum Life {
        /** With the process that has started them, however that ends. */
        LEASHED,
        /** Never: they stand until somebody stops them. */
        STANDING
    }

    public ClusterSettings {
        folder = folder.toAbsolutePath().normalize();
        said = Map.copyOf(said);
    }

    /** One that ends with whoever has started it. */
    public ClusterSettings(Path folder, Path profile, Path jvmOptions, String classPath, int taskManagers) {
        this(folder, profile, jvmOptions, classPath, taskManagers, 1, Life.LEASHED, Map.of());
    }

    /** Where jobs keep their checkpoints. */
    public Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    /** Where savepoints go that are asked for without a place. */
    public Path savepoints() {
        return folder.resolve("savepoints");
    }

    boolean isHighlyAvailable() {
        return jobManagers > 1;
    }

    Path log(String name) {
        return folder.resolve("log").resolve(name + ".log");
    }
}
