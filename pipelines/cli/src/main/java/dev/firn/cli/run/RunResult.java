package dev.firn.cli.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param savepoint where it can go on from, if it was stopped
 * @param failure why it ended by itself, if it did
 */
public record RunResult(End end, Account account, Optional<Path> savepoint, Optional<Throwable> failure) {

    /** The ways to end. */
    public enum End {
        CAUGHT_UP,
        INTERRUPTED,
        FAILED
    }
}
