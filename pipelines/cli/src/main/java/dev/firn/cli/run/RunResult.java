package dev.firn.cli.run;

import dev.firn.flink.commit.RollForward.OpenTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param savepoint where it can go on from, if it was stopped
 * @param failure why it ended by itself, if it did
 * @param open tables that lack what the ledger has for them, as far as it was tried
 */
public record RunResult(
        End end, Account account, Optional<Path> savepoint, Optional<Throwable> failure, List<OpenTable> open) {

    public RunResult {
        open = List.copyOf(open);
    }

    /** The ways to end. */
    public enum End {
        CAUGHT_UP,
        INTERRUPTED,
        FAILED
    }
}
