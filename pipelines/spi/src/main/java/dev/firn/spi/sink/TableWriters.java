package dev.firn.spi.sink;

import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.NoRow;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The open writers of one subtask; not thread-safe. */
public interface TableWriters extends AutoCloseable {

    /**
     * Decodes and writes a batch: raw messages of one table and one writer schema. What it refuses it has not written;
     * the caller sends that to quarantine, or counts it where the file leaves it out.
     *
     * @return for each record of the batch, in order: empty if it was written, else why not
     * @throws dev.firn.spi.format.RowForbidden if the job is to end rather than to go on behind one of them
     * @throws SchemaChangeRefused if the job is to end rather than to go on with records of that schema
     */
    List<Optional<NoRow>> write(TableName table, FormatReader format, int schemaId, List<RawRecord> batch);

    /**
     * Deletes the rows with the keys of a batch of records without a value, of a table that is {@link #isKeyed keyed}. What it refuses deletes
     * nothing.
     *
     * @param keys reads the records' keys, as {@link FormatReader#deletes} has it, by the names that the table has
     * @return for each record of the batch, in order: empty if it deletes, else why not
     */
    List<Optional<NoRow>> delete(TableName table, FormatReader keys, List<RawRecord> batch);

    /** Whether a table wants each of its partitions to be written by one subtask. */
    boolean gathersPartitions(TableName table);

    /**
     * A number that all records of one partition share, for a table that {@link #gathersPartitions gathers} them. Only what
     * the partition is made of is looked at: whether the record is sound is for {@link #write} to say.
     *
     * @throws Rejected if that much can't be read
     */
    int partition(TableName table, FormatReader format, int schemaId, RawRecord record) throws Rejected;

    /**
     * Looks what a table has, if it takes no row a second time, before the first record comes for it; takes its time, and waits where the
     * table can't be asked.
     */
    default void learn(TableName table) {}

    /**
     * Whether a record takes the place of the row with its key, or is no row if its key has one, so that all records of a key have to
     * come to one writer, in order.
     */
    boolean isKeyed(TableName table);

    /**
     * A number that all records of one key share, for a table that is {@link #isKeyed keyed}. Only the key is looked at.
     *
     * @throws Rejected if the key can't be read, or the table waits for somebody who decides: no other writer may get the record then
     */
    int key(TableName table, FormatReader format, int schemaId, RawRecord record) throws Rejected;

    /**
     * The same number as of the record whose row a record without a value deletes.
     *
     * @param keys as {@link #delete} has it
     * @throws Rejected if the key can't be read, or the table waits for somebody who decides
     */
    int deletedKey(TableName table, FormatReader keys, RawRecord record) throws Rejected;

    /** How many bytes of raw messages may wait, over all tables, before they are written. */
    long bytesThatMayWait();

    /** Says that nothing more comes for a table before {@link #stage}, so that its files may be completed meanwhile. */
    void complete(TableName table);

    /** Writes records to the quarantine table, with their reasons. */
    void quarantine(List<QuarantinedRecord> records);

    /** Says of quarantined records that they are put back with what is staged next. */
    void replayed(List<QuarantinedRow> rows);

    /**
     * Records that were written since the last call and have no row: of each split and table, how many have had their place taken
     * by a later record of their key.
     */
    Map<TableName, Map<Split, Long>> drainSuperseded();

    /** Completes all files and stages them; nothing is visible until {@link Lake#commit}. */
    List<StagedFiles> stage();

    /** Abandons what is open and not staged. */
    @Override
    void close();
}
