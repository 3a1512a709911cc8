package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;

/** A pipeline's ledger was dropped and made anew, so that its epochs count from one again. */
public final class LedgerReplaced extends CommitRefused {

    private static final long serialVersionUID = 1L;

    private LedgerReplaced(String message) {
        super(message);
    }

    /** Found in a table: what it holds was read under another ledger, so nobody knows what of it comes again. */
    static LedgerReplaced seenBy(TableName table, String property, EpochMark mark, LedgerId ledger) {
        return new LedgerReplaced("table `" + table + "` has rows of this pipeline up to epoch " + mark.epoch()
                + " of the ledger `" + mark.ledger().uuid() + "`, and the pipeline's ledger is `" + ledger.uuid()
                + "` now: it was dropped and made anew, so those rows may be read again; if they may, remove the table"
                + " property `" + property + "`");
    }

    /** Two pipelines with one namespace: each would take the other's positions for its own. */
    static CommitRefused anothers(TableName ledger, String owner, String pipeline) {
        return new CommitRefused("the ledger `" + ledger + "` is pipeline `" + owner + "`'s, and this is pipeline `"
                + pipeline
                + "`: it would go on where the other has got to and pass over records. Name a `sink.namespace`"
                + " that no other pipeline has; or, if it is `" + owner + "` with another name, name it so again");
    }

    /** Found in the ledger: it has forgotten a run that is under way. */
    static LedgerReplaced under(TableName ledger, long mine, long newest) {
        return new LedgerReplaced("run " + mine + " stops: its ledger `" + ledger
                + "` was dropped and made anew, or rolled back, and knows runs up to " + newest + " only");
    }
}
