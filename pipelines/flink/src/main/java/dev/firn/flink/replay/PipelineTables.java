package dev.firn.flink.replay;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.sink.UniqueTables;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What the pipeline says of its tables to whoever puts records back: which of them get none, for one. Tables are asked for once each. */
public final class PipelineTables {

    private final Lake lake;
    private final Predicate<TableName> detached;
    private final RowKeys keys;
    private final UniqueTables unique;
    private final CopiedSplits copied;
    private final Set<TableName> decided = new HashSet<>();
    private final Map<TableName, Optional<Rejected>> known = new HashMap<>();

    /**
     * @param lake of the pipeline
     * @param detached tables that are not to be asked for anything
     * @param keys of tables in which a row may have been replaced by a newer one since
     */
    public PipelineTables(Lake lake, Predicate<TableName> detached, RowKeys keys) {
        this(lake, detached, keys, UniqueTables.NONE);
    }

    /** @param unique tables that take no row a second time, and know of none but those that one run writes */
    public PipelineTables(Lake lake, Predicate<TableName> detached, RowKeys keys, UniqueTables unique) {
        this.unique = unique;
        this.lake = lake;
        this.detached = detached;
        this.keys = keys;
        this.copied = new CopiedSplits(lake);
    }

    /** A table that waits only until what has waited for it is put back. */
    public PipelineTables decided(TableName table) {
        decided.add(table);
        return this;
    }

    boolean isDetached(TableName table) {
        return detached.test(table);
    }

    /** Whether records of a split have ever gone to several tables. */
    boolean hasCopied(Split split) {
        return copied.contains(split);
    }

    /** Refuses where a rewind is about to take rows and quarantined records back. */
    void refuseWhileTakenBack() {
        new RewindUnderWay(lake).refuse();
    }

    /** Why, if it is. */
    Optional<Rejected> reason(TableName table) {
        return known.computeIfAbsent(table, this::look);
    }

    private Optional<Rejected> look(TableName table) {
        if (detached.test(table)) {
            return Optional.of(new Rejected(RejectCode.TABLE_DETACHED, "table `" + table + "` is detached"));
        }
        if (!keys.of(table).isEmpty()) {
            return Optional.of(new Rejected(
                    RejectCode.NEWER_ROW_POSSIBLE,
                    "table `" + table + "` is written with `upsert`, and whether it has a newer row of the same key by"
                            + " now can't be told"));
        }
        if (unique.of(table).isPresent()) {
            return Optional.of(new Rejected(
                    RejectCode.NEWER_ROW_POSSIBLE,
                    "table `" + table + "` has `unique`, and whether it has this row by now only the pipeline's own"
                            + " run can tell"));
        }
        if (decided.contains(table)) {
            return Optional.empty();
        }
        Optional<Rejected> waits = lake.paused(table)
                .map(paused -> new Rejected(
                        RejectCode.TABLE_PAUSED,
                        "table `" + table + "` waits for a decision, with `firn table resume`: " + paused.reason()));
        return waits.or(() -> lake.isResuming(table)
                ? Optional.of(new Rejected(
                        RejectCode.TABLE_PAUSED,
                        "table `" + table + "` gets what has waited for a decision in its order, with `firn table"
                                + " resume`: run that again first"))
                : Optional.empty());
    }
}
