package dev.firn.flink.replay;

import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.record.Split;
import dev.firn.spi.sink.Lake;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Splits whose records have ever gone to several tables, as the pipeline's ledger says: of such a record some copies may be in their tables,
 * whatever the file says by now. Read when somebody asks, once.
 */
final class CopiedSplits {

    private final Lake pipeline;
    private @Nullable Set<Split> splits;

    CopiedSplits(Lake pipeline) {
        this.pipeline = pipeline;
    }

    boolean contains(Split split) {
        Set<Split> known = splits;
        if (known == null) {
            known = read();
            splits = known;
        }
        return known.contains(split);
    }

    private Set<Split> read() {
        Set<Split> read = new HashSet<>();
        pipeline.ledger().history(0, written -> written.epoch().outcomes().stream()
                .filter(count -> count.outcome() == Outcome.COPIED)
                .forEach(count -> read.add(count.split())));
        return read;
    }
}
