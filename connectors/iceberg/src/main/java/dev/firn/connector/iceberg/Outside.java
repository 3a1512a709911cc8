package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.iceberg.ClientPoolImpl;

/** Puts a foreign failure into words for the user; its chain is kept for the log, without secrets. */
final class Outside {

    private final CatalogSettings settings;

    Outside(CatalogSettings settings) {
        this.settings = settings;
    }

    /** A failure of the catalog at something: {@code load table `sales.orders`}. */
    OutsideException failed(String what, Throwable failure) {
        return new OutsideException(
                settings.description() + " failed to " + what + ": " + words(failure), scrubbed(failure));
    }

    /** A failure of the storage at writing a table's files. */
    OutsideException unwritable(TableName table, Throwable failure) {
        return new OutsideException("table `" + table + "` can't be written to: " + words(failure), scrubbed(failure));
    }

    /** A failure of the storage at reading what waits for a table beside the ledger. */
    OutsideException heldUnreadable(TableName table, Throwable failure) {
        return new OutsideException(
                "what waits for table `" + table + "` beside the ledger can't be read: " + words(failure),
                scrubbed(failure));
    }

    /** A foreign failure in one line, without secrets. */
    String words(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        if (isLostConnection(root)) {
            return "the connection to the database was lost and could not be opened again";
        }
        String message = root.getMessage();
        if (message == null || message.isBlank()) {
            return root.getClass()
                    .getSimpleName()
                    .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                    .toLowerCase(java.util.Locale.ROOT);
        }
        String line = settings.scrub(message.strip().lines().findFirst().orElse(""));
        return root instanceof UnknownHostException ? "the host `" + line + "` is unknown" : line;
    }

    /** Where a pool of Iceberg can't connect again, it fails to cast the failure that it wanted to tell. */
    private static boolean isLostConnection(Throwable failure) {
        return failure instanceof ClassCastException
                && Arrays.stream(failure.getStackTrace())
                        .anyMatch(at -> at.getClassName().equals(ClientPoolImpl.class.getName()));
    }

    private Throwable scrubbed(Throwable failure) {
        Throwable cause = failure.getCause();
        RuntimeException copy = new RuntimeException(
                settings.scrub(failure.toString()), cause == null || cause == failure ? null : scrubbed(cause));
        copy.setStackTrace(failure.getStackTrace());
        return copy;
    }
}
