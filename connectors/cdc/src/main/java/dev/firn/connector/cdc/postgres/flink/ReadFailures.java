package dev.firn.connector.cdc.postgres.flink;

import dev.firn.connector.cdc.postgres.DatabaseFailure;
import dev.firn.connector.cdc.postgres.Lsn;
import dev.firn.connector.cdc.postgres.plan.DatabaseSplits;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.OutsideException;
import java.util.Collection;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Why reading stops. What the next attempt would meet again suppresses Flink's restarts; the message for the user is the
 * {@link OutsideException} in the chain of causes.
 */
final class ReadFailures {

    private static final String WAYS_OUT =
            ": what has changed since is not known. To read all its rows again, give the source another `name`"
                    + " (and `--allow source-renamed`), and the tables a fresh start: rows that were deleted meanwhile would stay otherwise";

    private ReadFailures() {}

    static RuntimeException another(DatabaseSplits splits, String known) {
        return another(splits.log(), known);
    }

    static RuntimeException another(Split split, String known) {
        return forGood("source `" + split.source()
                + "` was read from another database, or from this one before a standby took over or it was"
                + " restored: its positions count in `" + known + "`, and this one is `" + split.incarnation() + "`"
                + WAYS_OUT);
    }

    static RuntimeException slotGone(String source, String slot, Lsn wanted) {
        return forGood("source `" + source + "` was read up to `" + wanted
                + "` of the log, and the database has no slot `" + slot + "` any more" + WAYS_OUT);
    }

    static RuntimeException slotAhead(String source, String slot, Lsn wanted, Lsn kept) {
        return forGood("source `" + source + "` goes on at `" + wanted + "` of the log, and slot `" + slot
                + "` has let go what is before `" + kept + "`: this state or ledger is older than what was read"
                + WAYS_OUT);
    }

    static RuntimeException tablesGone(String source, Collection<String> tables) {
        return forGood(
                "source `" + source + "` reads `" + String.join("`, `", tables)
                        + "`, and the database has no such table any more that can be read: take it out of the file, or let `firn plan` say why");
    }

    static RuntimeException madeAnew(String source, String table) {
        return forGood("table `" + table
                + "` was dropped and made anew, or another has its name now: the positions of source `" + source
                + "` count in the one of before; to read this one from its first row, name it in a source of its own");
    }

    static RuntimeException renamed(String source, String before, String now) {
        return forGood("table `" + before + "`, which source `" + source + "` follows, is called `" + now
                + "` now: name it so in a source of its own, or give it its name back");
    }

    static RuntimeException unpublished(String source, String publication, Collection<String> tables) {
        return forGood(
                "publication `" + publication + "` lacks `" + String.join("`, `", tables) + "`, which source `" + source
                        + "` has followed: what has changed since it was taken out there, or was no more in the file, is not known; to read it from its"
                        + " first row, name it in a source of its own");
    }

    static RuntimeException slotUnsuited(String slot, String why) {
        return forGood("slot `" + slot + "` " + why + ": give the source another `slot`");
    }

    /** Another try may find it well. */
    static RuntimeException slotNotReady(String slot, String why) {
        return new OutsideException("slot `" + slot + "` " + why);
    }

    static RuntimeException notAllSentAgain(Split split) {
        return forGood("our bug: what was read of " + split + " before was not sent again");
    }

    static RuntimeException of(DatabaseFailure failure) {
        return switch (failure.kind()) {
            case LOST, WRONG_SETTING -> forGood(failure.reason());
            case UNREACHABLE, REFUSED, BUSY, CHANGED, ANSWER -> new OutsideException(failure.reason(), failure);
        };
    }

    static RuntimeException forGood(String message) {
        return new SuppressRestartsException(new OutsideException(message));
    }
}
