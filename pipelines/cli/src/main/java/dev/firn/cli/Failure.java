package dev.firn.cli;

import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.source.OutsideException;
import java.util.List;

/**
 * What a failed run means to its user.
 *
 * @param exitCode whose move it is
 * @param message without class names where the cause is the user's or the world's
 */
record Failure(int exitCode, String message) {

    /** Packages whose exceptions come from a broker, a catalog, a network or a disk. */
    private static final List<String> OUTSIDE =
            List.of("org.apache.kafka.", "org.apache.iceberg.exceptions.", "java.net.", "java.nio.file.", "java.sql.");

    static Failure of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof OutsideException) {
                return new Failure(ExitCode.OUTSIDE, message);
            }
            if (cause instanceof CommitRefused || cause instanceof Ledger.RunSuperseded || isFirnsRefusal(cause)) {
                return new Failure(ExitCode.NO, message);
            }
        }
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String type = root.getClass().getName();
        if (OUTSIDE.stream().anyMatch(type::startsWith)) {
            return new Failure(ExitCode.OUTSIDE, root.getClass().getSimpleName() + ": " + root.getMessage());
        }
        return new Failure(ExitCode.BUG, root.toString());
    }

    private static boolean isFirnsRefusal(Throwable cause) {
        return cause.getClass().getName().startsWith("dev.firn.")
                && cause instanceof RuntimeException
                && !(cause instanceof IllegalStateException);
    }
}
