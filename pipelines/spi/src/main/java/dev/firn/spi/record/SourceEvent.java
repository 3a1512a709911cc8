package dev.firn.spi.record;

/** What a source emits, in band and in order: records, and where it stands. */
public sealed interface SourceEvent
        permits RawRecord,
                SourceEvent.SplitOpened,
                SourceEvent.PositionReached,
                SourceEvent.PositionsLost,
                SourceEvent.TermBegan {

    Split split();

    /**
     * Sent before a split's first record, after a first assignment, a discovery and a restore alike.
     *
     * @param position of the first record that may follow
     */
    record SplitOpened(Split split, long position) implements SourceEvent {}

    /**
     * The reader stands at {@code position} although no record ends there: transaction markers, aborted or compacted
     * records. Sent wherever positions are passed over, in front of the next record too: a record that does not follow
     * is one that got lost on the way.
     */
    record PositionReached(Split split, long position) implements SourceEvent {}

    /**
     * The source has deleted the positions in [{@code from}, {@code to}) before they were read, and the file wants to go on
     * behind them.
     */
    record PositionsLost(Split split, long from, long to) implements SourceEvent {}

    /**
     * The records behind this were written under another leader of the split than those before.
     *
     * @param term grows from leader to leader; {@link #UNKNOWN_TERM} where the source does not say it
     */
    record TermBegan(Split split, int term) implements SourceEvent {}

    /** Of a leader that nobody has numbered. */
    int UNKNOWN_TERM = -1;
}
