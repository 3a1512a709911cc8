package dev.firn.spi.ledger;

/**
 * What waits in the ledger for a table that is detached; zeros where nothing does.
 *
 * @param first the first of the epochs
 * @param last the last of them
 */
public record WaitingEpochs(int epochs, long records, long bytes, long first, long last) {

    public static final WaitingEpochs NONE = new WaitingEpochs(0, 0, 0, 0, 0);

    /** With one more of them, in whatever order they come. */
    public WaitingEpochs plus(long epoch, long moreRecords, long moreBytes) {
        return new WaitingEpochs(
                epochs + 1,
                records + moreRecords,
                bytes + moreBytes,
                epochs == 0 ? epoch : Math.min(first, epoch),
                Math.max(last, epoch));
    }
}
