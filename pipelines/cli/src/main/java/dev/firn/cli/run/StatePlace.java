package dev.firn.cli.run;

import dev.firn.flink.local.LocalFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a pipeline's checkpoints and savepoints are.
 *
 * @param shown the place for people
 * @param folders what of it can be looked into from here; empty where it is in an object store, say
 */
public record StatePlace(String shown, Optional<LocalFolders> folders) {

    /** One on this machine. */
    public static StatePlace here(LocalFolders folders) {
        return new StatePlace(folders.root().toString(), Optional.of(folders));
    }

    /** All complete checkpoints and savepoints, the newest first; none where nobody can look. */
    List<Path> states() throws IOException {
        return folders.isPresent() ? folders.get().states() : List.of();
    }

    /** Why there is none. */
    String nothing() {
        return folders.isPresent()
                ? "there is no checkpoint and no savepoint under `" + shown + "`"
                : "`" + shown + "` can't be looked into from here; one of its folders may be named with `--resume`";
    }
}
