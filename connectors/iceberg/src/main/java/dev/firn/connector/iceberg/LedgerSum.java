package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows of neighbouring epochs added up to one: who needs to know more must ask within the time that rows are kept. */
final class LedgerSum {

    private record What(Split split, Outcome outcome, String table, String reason) {}

    private record Place(TableName table, String incarnation) {}

    private final Map<Split, SplitProgress> progress = new TreeMap<>();
    private final Map<What, Long> outcomes = new LinkedHashMap<>();
    private final Map<Place, StagedFiles> staged = new LinkedHashMap<>();
    private Standing standing = Standing.NOWHERE;
    private final LedgerSchemas.Fold schemas = new LedgerSchemas.Fold();
    private long first;
    private LedgerRow.@Nullable Head last;

    /** @param where each split stands behind the row, moved or not */
    void add(LedgerRow row, Epoch epoch, Standing where) {
        if (row.isRewind()) {
            throw new IllegalStateException("our bug: epoch " + row.epoch() + ", a rewind, was to be added up");
        }
        if (last == null) {
            first = row.head().first();
        }
        last = row.head();
        standing = where.copy();
        schemas.add(row.schemas());
        for (SplitProgress line : epoch.progress()) {
            progress.merge(line.split(), line, SplitProgress::and);
        }
        for (OutcomeCount count : epoch.outcomes()) {
            outcomes.merge(
                    new What(count.split(), count.outcome(), count.table(), count.reason()),
                    count.records(),
                    Long::sum);
        }
        for (StagedFiles files : epoch.staged()) {
            staged.merge(
                    new Place(files.table(), files.incarnation()),
                    files,
                    (before, more) -> new StagedFiles(
                            more.table(),
                            more.incarnation(),
                            new byte[0],
                            before.files() + more.files(),
                            before.records() + more.records(),
                            before.bytes() + more.bytes()));
        }
    }

    LedgerRow row() {
        LedgerRow.Head head = last;
        if (head == null) {
            throw new IllegalStateException("our bug: a sum of no rows");
        }
        List<LedgerRow.Moved> moved = new ArrayList<>();
        progress.values()
                .forEach(line -> moved.add(new LedgerRow.Moved(
                        line.split(),
                        OptionalLong.of(line.from()),
                        line.read(),
                        line.to() - line.from() - line.read(),
                        LedgerRow.Tail.of(line.to(), line.last()))));
        List<OutcomeCount> counts = new ArrayList<>();
        outcomes.forEach((what, records) ->
                counts.add(new OutcomeCount(what.split(), what.outcome(), what.table(), what.reason(), records)));
        return new LedgerRow(
                        new LedgerRow.Head(
                                first,
                                head.epoch(),
                                head.run(),
                                head.planHash(),
                                head.checkpoint(),
                                head.writtenAt(),
                                head.settledThrough(),
                                OptionalLong.empty()),
                        Optional.of(standing),
                        moved,
                        counts,
                        List.copyOf(staged.values()),
                        schemas.schemas())
                .withoutPointers(Map.of());
    }
}
