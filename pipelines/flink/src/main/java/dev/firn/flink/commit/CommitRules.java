package dev.firn.flink.commit;

import dev.firn.plan.TableCommits;
import dev.firn.spi.schema.TableName;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * When each table is committed to, and how much may wait for it.
 *
 * @param checkpointInterval what intervals are rounded to
 */
public record CommitRules(Map<TableName, TableCommits> tables, Duration checkpointInterval) implements Serializable {

    public CommitRules {
        // A copy that Java can serialise.
        tables = new TreeMap<>(tables);
    }

    /** Of Firn's own tables too, which the file says nothing about. */
    TableCommits of(TableName table) {
        return tables.getOrDefault(table, TableCommits.DEFAULT);
    }

    /** Whether an interval is over, to the nearest checkpoint: they come a little early or late. */
    boolean isOver(TableName table, Duration since) {
        Duration interval = of(table).interval();
        return since.plus(checkpointInterval.dividedBy(2)).compareTo(interval) >= 0;
    }
}
