package dev.firn.cli.run;

import dev.firn.flink.local.LocalFolders;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a pipeline on a cluster keeps its state: a folder of its own below the cluster's {@code state.checkpoints.dir}, or below the
 * one that the file says.
 *
 * @param root an address that Flink reads, without a slash at the end
 */
public record ClusterState(String root) {

    /**
     * @param folder what {@code state.checkpoints.dir} is
     * @param name of the pipeline's own folder
     */
    public static ClusterState of(String folder, String name) {
        return new ClusterState(folder.replaceFirst("/+$", "") + "/" + name);
    }

    public String checkpoints() {
        return root + "/checkpoints";
    }

    public String savepoints() {
        return root + "/savepoints";
    }

    /** The same for whoever looks for states. */
    public StatePlace place() {
        return folders().map(StatePlace::here).orElse(new StatePlace(root, Optional.empty()));
    }

    /** On this machine, or on a file system that this machine has mounted where the cluster has. */
    public Optional<LocalFolders> folders() {
        if (!root.startsWith("file:") && !root.startsWith("/")) {
            return Optional.empty();
        }
        return Optional.of(new LocalFolders(Path.of(new org.apache.flink.core.fs.Path(root).getPath())));
    }
}
