package dev.firn.flink.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a pipeline that runs on this machine keeps its Flink state.
 *
 * @param root {@code .firn/<pipeline>} beside the pipeline file
 */
public record LocalFolders(Path root) {

    public static LocalFolders beside(Path pipelineFile, String pipeline) {
        Path folder = pipelineFile.toAbsolutePath().normalize().getParent();
        return new LocalFolders(
                (folder == null ? Path.of("") : folder).resolve(".firn").resolve(pipeline));
    }

    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    public Path savepoints() {
        return root.resolve("savepoints");
    }

    /** The newest complete checkpoint or savepoint, if there is one. */
    public Optional<Path> newestState() throws IOException {
        Optional<Path> newest = Optional.empty();
        long newestTime = Long.MIN_VALUE;
        for (Path folder : new Path[] {checkpoints(), savepoints()}) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(folder, 3)) {
                // A checkpoint is complete when its metadata is there; Flink writes that last.
                for (Path metadata : files.filter(file -> file.endsWith("_metadata"))
                        .sorted(Comparator.naturalOrder())
                        .toList()) {
                    long time = Files.getLastModifiedTime(metadata).toMillis();
                    Path state = metadata.getParent();
                    if (time >= newestTime && state != null) {
                        newestTime = time;
                        newest = Optional.of(state);
                    }
                }
            }
        }
        return newest;
    }
}
