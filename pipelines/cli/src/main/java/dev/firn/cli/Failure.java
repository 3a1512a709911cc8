package dev.firn.cli;

import dev.firn.flink.session.RemoteFailure;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.source.OutsideException;
import java.util.Locale;

/**
 * What a failed run means to its user.
 *
 * @param exitCode whose move it is
 * @param message without class names where the cause is the user's or the world's
 */
public record Failure(int exitCode, String message) {

    public static Failure of(Throwable thrown) {
        Throwable root = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutsideException) {
                return new Failure(ExitCode.OUTSIDE, String.valueOf(cause.getMessage()));
            }
            if (cause instanceof CommitRefused || cause instanceof Ledger.RunSuperseded || isFirnsRefusal(cause)) {
                return new Failure(ExitCode.NO, String.valueOf(cause.getMessage()));
            }
            root = cause;
        }
        String type = root.getClass().getName();
        if (RemoteFailure.isOfTheOutside(type)) {
            return new Failure(ExitCode.OUTSIDE, root.getMessage() == null ? words(root) : root.getMessage());
        }
        return new Failure(ExitCode.BUG, root.toString());
    }

    /** The message; where it is ours, it says so. */
    public String sentence() {
        return (exitCode == ExitCode.BUG ? "our bug: " : "") + message;
    }

    /** {@code connect timeout} for a {@code ConnectTimeoutException} that has nothing else to say. */
    private static String words(Throwable silent) {
        return silent.getClass()
                .getSimpleName()
                .replaceAll("(Exception|Error)$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    private static boolean isFirnsRefusal(Throwable cause) {
        return cause.getClass().getName().startsWith("dev.firn.")
                && cause instanceof RuntimeException
                && !(cause instanceof IllegalStateException);
    }
}
