package dev.firn.flink.replay;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Tables that nothing is put back into: the pipeline goes on without them, or they wait for somebody's decision. Asked once each. */
public final class ClosedTables {

    private final Lake lake;
    private final Predicate<TableName> detached;
    private final Map<TableName, Optional<Rejected>> known = new HashMap<>();

    /**
     * @param lake of the pipeline
     * @param detached tables that are not to be asked for anything
     */
    public ClosedTables(Lake lake, Predicate<TableName> detached) {
        this.lake = lake;
        this.detached = detached;
    }

    boolean isDetached(TableName table) {
        return detached.test(table);
    }

    /** Why, if it is. */
    Optional<Rejected> reason(TableName table) {
        return known.computeIfAbsent(table, this::look);
    }

    private Optional<Rejected> look(TableName table) {
        if (detached.test(table)) {
            return Optional.of(new Rejected(RejectCode.TABLE_DETACHED, "table `" + table + "` is detached"));
        }
        return lake.paused(table)
                .map(paused -> new Rejected(
                        RejectCode.TABLE_PAUSED,
                        "table `" + table + "` waits for a decision, with `firn table resume`: " + paused.reason()));
    }
}
