package dev.firn.plan.testing;

import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.evolution.SchemaEvolution;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.ExistingTable;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.OtherPipeline;
import dev.firn.spi.sink.PausedTable;
import dev.firn.spi.sink.QuarantineSelection;
import dev.firn.spi.sink.QuarantinedRow;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableRecount;
import dev.firn.spi.sink.TableRewind;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells which tables there are; a plan that asks for anything else acts, which it must not. */
final class FakeLake implements Lake {

    @Override
    public Optional<ExistingTable> table(TableName name) {
        return Shop.table(name);
    }

    @Override
    public Optional<ExistingTable> tableToWrite(TableName name) {
        return table(name);
    }

    @Override
    public Set<TableName> tables(String namespace) {
        return Shop.tables(namespace);
    }

    @Override
    public void create(TableSpec table) {
        throw acts();
    }

    @Override
    public TableSpec quarantineTable() {
        throw acts();
    }

    @Override
    public Optional<PausedTable> paused(TableName table) {
        return Shop.isPaused(table)
                ? Optional.of(new PausedTable(table, Instant.EPOCH, "a narrower type", Optional.empty()))
                : Optional.empty();
    }

    @Override
    public Optional<Foreseen> decide(
            TableName table, List<SchemaLineage> lineages, RawRecord first, SchemaEvolution evolution) {
        throw acts();
    }

    @Override
    public void resume(TableName table) {
        throw acts();
    }

    @Override
    public Lake replay() {
        throw acts();
    }

    @Override
    public Optional<Lake> replayIfAny() {
        throw acts();
    }

    @Override
    public Map<Split, Long> lastReplayed() {
        throw acts();
    }

    @Override
    public TableSpec replayedTable() {
        throw acts();
    }

    @Override
    public void quarantined(QuarantineSelection selection, Predicate<QuarantinedRow> row) {
        throw acts();
    }

    @Override
    public Ledger ledger() {
        throw acts();
    }

    @Override
    public List<OtherPipeline> otherPipelines(TableName table) {
        throw acts();
    }

    @Override
    public Optional<Ledger> ledgerOf(OtherPipeline other) {
        throw acts();
    }

    @Override
    public OptionalLong lastEpoch(TableName table) {
        throw acts();
    }

    @Override
    public void startBehind(TableName table, long epoch) {
        throw acts();
    }

    @Override
    public void requireStaged(TableName table, List<StagedEpoch> epochs) {
        throw acts();
    }

    @Override
    public boolean lacks(TableName table, List<StagedEpoch> epochs) {
        throw acts();
    }

    @Override
    public void commit(TableName table, List<StagedEpoch> epochs) {
        throw acts();
    }

    @Override
    public Optional<TableRewind> rewind(TableName table, long to) {
        throw acts();
    }

    @Override
    public void keep(TableRewind rewind, long at) {
        throw acts();
    }

    @Override
    public void read(TableName table, List<String> columns, Predicate<List<@Nullable Object>> row) {
        throw acts();
    }

    @Override
    public Optional<TableRecount> recount(TableName table, TableRecount.Progress progress) {
        throw acts();
    }

    @Override
    public TableWriters writers(WriterSettings settings, Optional<SchemaEvolution> evolution) {
        throw acts();
    }

    @Override
    public Optional<Foreseen> foresee(TableName table, List<SchemaLineage> lineages, SchemaEvolution evolution) {
        throw acts();
    }

    @Override
    public Foreseen foresee(TableSpec table, List<SchemaLineage> lineages, SchemaEvolution evolution) {
        throw acts();
    }

    @Override
    public void close() {}

    private static AssertionError acts() {
        return new AssertionError("a plan only looks at tables");
    }
}
