package dev.firn.spi.ledger;

import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.Split;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How far a split was read: positions in [{@code from}, {@code to}), {@code read} records among them. The difference
 * need not be {@code read}: transaction markers, aborted and compacted records leave gaps.
 *
 * @param last of those records; null where there are none, or the source does not say under which leader it was written
 */
public record SplitProgress(Split split, long from, long to, long read, @Nullable LastRecord last)
        implements Serializable {

    /** Where nothing is known of the last record. */
    public SplitProgress(Split split, long from, long to, long read) {
        this(split, from, to, read, null);
    }

    /** Both in one; {@code next} begins where this one ends. */
    public SplitProgress and(SplitProgress next) {
        return new SplitProgress(split, from, next.to, read + next.read, next.lastAfter(last));
    }

    /** The last record behind this, where {@code before} was the last one in front of it. */
    public @Nullable LastRecord lastAfter(@Nullable LastRecord before) {
        return read == 0 ? before : last;
    }
}
