package dev.firn.cluster;

import java.nio.file.Path;

/**
 * What a cluster is started with.
 *
 * @param folder gets its configuration, its logs, checkpoints and savepoints
 * @param profile a folder that holds {@code flink-conf.yaml} and {@code log4j.properties}
 * @param jvmOptions a file of options that every JVM is started with
 * @param classPath Flink's jars and those of the jobs, which see no other
 * @param taskManagers how many to start with
 */
public record ClusterSettings(Path folder, Path profile, Path jvmOptions, String classPath, int taskManagers) {

    public ClusterSettings {
        folder = folder.toAbsolutePath();
    }

    /** Where jobs keep their checkpoints. */
    public Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    /** Where savepoints go that are asked for without a place. */
    public Path savepoints() {
        return folder.resolve("savepoints");
    }

    Path log(String name) {
        return folder.resolve("log").resolve(name + ".log");
    }
}
