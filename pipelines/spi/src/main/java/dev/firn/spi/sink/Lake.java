package dev.firn.spi.sink;

import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.evolution.SchemaEvolution;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An opened sink: its tables, its ledger, its writers. The catalog behind it may be used by several threads. */
public interface Lake extends AutoCloseable {

    /**
     * How many tables are committed to at the same time; more, where some of them hang. What a sink shares between them, such
     * as connections to a catalog, must be enough for that.
     */
    int COMMITS_AT_A_TIME = 8;

    /** The table as it is now, if it is there. Throws {@link dev.firn.spi.source.OutsideException} if that can't be known. */
    Optional<ExistingTable> table(TableName name);

    /**
     * The table for somebody who is about to write to it: where the catalog fails for it, or does not answer within seconds, it is as it
     * was at its last commit, if the lake knows that.
     */
    Optional<ExistingTable> tableToWrite(TableName name);

    /** The tables right in a namespace; none where it is not there. */
    Set<TableName> tables(String namespace);

    /** Creates a table of the pipeline and its namespace where they are missing; an existing table is left as it is. */
    void create(TableSpec table);

    /** The quarantine table as every pipeline has it; data tables and it are created alike. */
    TableSpec quarantineTable();

    /** The pipeline's ledger; creates its table at the first use. */
    Ledger ledger();

    /** Which other pipelines have written rows to a table that is there, sorted by their names. */
    List<OtherPipeline> otherPipelines(TableName table);

    /** Another pipeline's ledger, to be read only; empty where it is not there any more. */
    Optional<Ledger> ledgerOf(OtherPipeline other);

    /**
     * The last of the pipeline's epochs that is in a table, 0 if it waits for its first; empty where it is not there, or
     * shows no sign of the pipeline.
     *
     * @throws CommitRefused if the table once had more than it has now, or has epochs of another ledger
     */
    OptionalLong lastEpoch(TableName table);

    /** Takes all epochs up to one as if they were in the table: it was made anew and is filled from there on. */
    void startBehind(TableName table, long epoch);

    /**
     * Commits staged epochs of one table, and rewinds among them, in their order, each at most once whatever was answered before; returns when
     * all are in the table. Blocks, so it is called from a lane. Safe to call again after any failure.
     *
     * @throws CommitRefused where no repetition helps: the table was rolled back, or dropped and made anew
     * @throws OlderRecordsWait where older records have to be put back first; what may go in front of them has gone
     * @throws dev.firn.spi.source.OutsideException where the outcome is unknown or the catalog does not answer
     */
    void commit(TableName table, List<StagedEpoch> epochs);

    /**
     * Whether {@link #commit} would still have something to do for any of a table's staged epochs. Changes nothing.
     *
     * @throws CommitRefused where it would be refused
     * @throws dev.firn.spi.source.OutsideException where the table is not there, or the catalog does not answer
     */
    boolean lacks(TableName table, List<StagedEpoch> epochs);

    /**
     * What it takes to take one table back to an epoch; empty where it is not there. Changes nothing. What the table lacks of
     * the epochs up to that one must be committed first.
     *
     * @throws CommitRefused if the table once had more than it has now, or has epochs of another ledger
     */
    Optional<TableRewind> rewind(TableName table, long to);

    /** Keeps the snapshot that a rewind goes back to from expiring before it is done. */
    void keep(TableRewind rewind, long at);

    /**
     * Looks whether all files of staged epochs are still there; for what has been waiting for so long that somebody may have taken them
     * for orphans. A commit does not look, and a table with files that are gone can't be read.
     *
     * @throws CommitRefused if one is gone
     */
    void requireStaged(TableName table, List<StagedEpoch> epochs);

    /**
     * Reads a table back as it is committed now: calls {@code row} with the values of the columns, in their order, once a
     * row; values are of the Java types that {@link dev.firn.spi.schema.ColumnType} names. Stops early when it answers false.
     */
    void read(TableName table, List<String> columns, Predicate<List<@Nullable Object>> row);

    /** The same lake for whoever puts the pipeline's quarantined records back; it is closed with this one. */
    Lake replay();

    /** The same, if anybody ever has. */
    Optional<Lake> replayIfAny();

    /** The table of what was put back from the pipeline's quarantine. */
    TableSpec replayedTable();

    /** Of each split, the last position of a record that was put back from the pipeline's quarantine. */
    Map<Split, Long> lastReplayed();

    /**
     * The pipeline's records in quarantine, in no order that anybody may count on; stops early when {@code row} answers false. Takes
     * memory in proportion to how many of them were put back.
     */
    void quarantined(QuarantineSelection selection, Predicate<QuarantinedRow> row);

    /**
     * Counts a table's rows once more, from its metadata and its files and not from what anybody says of them; empty where the
     * table is not there. Takes its time, and memory that does not grow with the rows.
     */
    Optional<TableRecount> recount(TableName table, TableRecount.Progress progress);

    /** Writers for one subtask, to tables whose columns stay as they are. */
    default TableWriters writers(WriterSettings settings) {
        return writers(settings, Optional.empty());
    }

    /**
     * Writers for one subtask.
     *
     * @param evolution what tables become when records come of a schema that they were not written with before; empty where
     *     they stay as they are
     */
    TableWriters writers(WriterSettings settings, Optional<SchemaEvolution> evolution);

    /**
     * What becomes of a table when the first record of a schema comes, by what is decided and by what the sink itself goes along
     * with; empty where the table is not there. Changes nothing.
     *
     * @param lineages of the schema, the likeliest first, as {@link dev.firn.spi.format.FormatReader#lineages} has them
     */
    Optional<Foreseen> foresee(TableName table, List<SchemaLineage> lineages, SchemaEvolution evolution);

    /** The same of a table that is yet to be made. */
    Foreseen foresee(TableSpec table, List<SchemaLineage> lineages, SchemaEvolution evolution);

    /** Whether the pipeline's records for a table wait for somebody who decides about a schema. */
    Optional<PausedTable> paused(TableName table);

    /**
     * Decides about the schema that has paused a table, in front of any record with it: the table becomes what that takes.
     *
     * @param first a record to tell of where the decision is told
     * @return what became of it; empty where the table is not there
     * @throws dev.firn.spi.source.OutsideException where the catalog does not answer; the change may be in the table all the same
     */
    Optional<Foreseen> decide(
            TableName table, List<SchemaLineage> lineages, RawRecord first, SchemaEvolution evolution);

    /**
     * Ends the pause of a table: from then on writers write to it, as soon as they see it. Their rows come to the table once the older
     * records of their splits are put back that have waited for it.
     */
    void resume(TableName table);

    /**
     * Has a table remember that records of an epoch, which is in the ledger, wait in quarantine for a decision about it. Rows of later
     * epochs come to it once these are put back. Changes nothing where the table is gone, or knows as much.
     */
    default void keepOrder(TableName table, long epoch) {}

    /** Whether rows of the pipeline may have to wait for older records that are to be put back, while the table is not paused. */
    default boolean isResuming(TableName table) {
        return false;
    }

    /** All records of the epochs up to this one that have waited for the table are put back, or will never be. */
    default void putBack(TableName table, long through) {}

    /** The same, and the ledger has nothing else: nobody puts anything back for now. */
    default void resumed(TableName table, long through) {}

    /** The log of what was decided about the schemas of the pipeline's tables. */
    default SchemaChangeLog schemaChanges() {
        return SchemaChangeLog.NONE;
    }

    /** How a table's schema came to be what it is, oldest first; empty where it is not there. Changes nothing. */
    default Optional<List<SchemaEvent>> schemaHistory(TableName table) {
        return table(table).map(there -> List.of());
    }

    /** What it takes to take a table's schema back to a version; empty where the table is not there. Changes nothing. */
    default Optional<SchemaRollback> schemaRollback(RollbackTarget to) {
        return Optional.empty();
    }

    /**
     * Takes a table's schema back, in one commit with the record of it. No run of the pipeline may write to the table meanwhile.
     *
     * @param shown what somebody has agreed to, without obstacles
     * @param run of the pipeline that does it
     * @throws CommitRefused if the table is not any more what it was when that was found out; nothing is done then
     */
    default void rollBack(SchemaRollback shown, long run) {
        throw new CommitRefused("the sink takes no table back");
    }

    /** The versions that a table was taken back from, and is held back from, in words; none where it is not there. Changes nothing. */
    default List<String> heldBack(TableName table) {
        return List.of();
    }

    /**
     * Lets versions go on that a table was taken back from: their next records are judged anew.
     *
     * @param shown what {@link #heldBack} has said
     * @throws CommitRefused if it does not say so any more
     */
    default void undoRollback(TableName table, List<String> shown, long run) {
        throw new CommitRefused("the sink takes no table back");
    }

    @Override
    void close();
}
