package dev.firn.flink.write;

import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.SchemaChangeRefused;
import dev.firn.spi.sink.TableWriters;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.MathUtils;

/**
 * Who writes a copy of a record: the subtask that has read it, or the one that gathers its table or its partition. Wherever
 * a record is written, it is written once, so each subtask decides for itself, and nothing of it has to be remembered.
 *
 * <p>A small table is gathered, or each subtask would make a file of a few rows. So is each partition of a table that asks
 * for it. Of a keyed table all records of a key come to one subtask, in every epoch: two of them would not see each other's. Where rows may
 * be late, whoever reads a split writes its rows, for nobody else sees them in their order.
 */
final class Gathering {

    /** Where the subtask that has read a record writes it. */
    static final int HERE = -1;

    /** A table that gets fewer records than this in an epoch, over all subtasks, is small. */
    static final int SMALL = 1_000;

    /**
     * A table that was small is gathered until a subtask has had this many records of it in an epoch: a first epoch makes
     * one file of most tables, and no flood goes through one writer.
     */
    static final int MOST_GATHERED = 10_000;

    private final TableWriters writers;
    private final RuledFormats ruled;
    private final int subtasks;
    private Map<TableName, Long> before = Map.of();
    private Map<TableName, Flow> flows = new HashMap<>();

    /** @param ruled say how a table names what its partitions are made of */
    Gathering(TableWriters writers, RuledFormats ruled, int subtasks) {
        this.writers = writers;
        this.ruled = ruled;
        this.subtasks = subtasks;
    }

    private enum Way {
        BY_KEY,
        BY_PARTITION,
        BY_TABLE,
        HERE
    }

    /** A table since the barrier. */
    private static final class Flow {
        private final Way way;
        private long records;

        Flow(Way way) {
            this.way = way;
        }
    }

    /**
     * The subtask that writes it, or {@link #HERE}.
     *
     * @throws Rejected if no subtask may write it, for its key can't be read
     */
    int writer(TableName table, FormatReader format, int schemaId, RawRecord record) throws Rejected {
        Flow flow = flows.get(table);
        if (flow == null) {
            flow = new Flow(way(table));
            flows.put(table, flow);
        }
        flow.records++;
        return switch (flow.way) {
            case BY_KEY -> ofKey(table, format, schemaId, record);
            case BY_PARTITION -> ofPartition(table, format, schemaId, record);
            case BY_TABLE -> flow.records > MOST_GATHERED ? HERE : gatherer(table.hashCode());
            case HERE -> HERE;
        };
    }

    /**
     * The subtask that deletes the row with a record's key.
     *
     * @param keys reads the record's key by the names of its stream
     * @throws Rejected if the key can't be read
     */
    int deleter(TableName table, FormatReader keys, RawRecord record) throws Rejected {
        return ofKey(table, writers.deletedKey(table, ruled.keys(table, keys), record));
    }

    private Way way(TableName table) {
        if (writers.isKeyed(table)) {
            return Way.BY_KEY;
        }
        if (ruled.isInOrder(table)) {
            return Way.HERE;
        }
        if (writers.gathersPartitions(table)) {
            return Way.BY_PARTITION;
        }
        // A subtask sees its share only.
        return before.getOrDefault(table, 0L) * subtasks < SMALL ? Way.BY_TABLE : Way.HERE;
    }

    /** Whether a record may be written by none but the subtask that {@link #writer} says. */
    boolean isStrict(TableName table) {
        Flow flow = flows.get(table);
        return flow != null && flow.way == Way.BY_KEY;
    }

    private int ofKey(TableName table, FormatReader format, int schemaId, RawRecord record) throws Rejected {
        FormatReader ofTable = ruled.of(table, format, record.split().stream());
        try {
            return ofKey(table, writers.key(table, ofTable, schemaId, record));
        } catch (SchemaChangeRefused refused) {
            // A restart would meet the same records.
            throw new SuppressRestartsException(refused);
        }
    }

    private int ofKey(TableName table, int key) {
        return gatherer(table, key, subtasks);
    }

    /** The subtask that writes the records of a key. */
    static int gatherer(TableName table, int key, int subtasks) {
        return MathUtils.murmurHash(31 * table.hashCode() + key) % subtasks;
    }

    private int ofPartition(TableName table, FormatReader format, int schemaId, RawRecord record) {
        try {
            FormatReader ofTable = ruled.of(table, format, record.split().stream());
            return gatherer(31 * table.hashCode() + writers.partition(table, ofTable, schemaId, record));
        } catch (Rejected noPartition) {
            // Whoever decodes the whole says what is wrong with it, and here is as good a place as any.
            return HERE;
        }
    }

    private int gatherer(int hash) {
        return MathUtils.murmurHash(hash) % subtasks;
    }

    /** Tables may have changed, and how much comes for them. */
    void barrier() {
        Map<TableName, Long> since = new HashMap<>();
        flows.forEach((table, flow) -> since.put(table, flow.records));
        before = since;
        flows = new HashMap<>();
    }
}
