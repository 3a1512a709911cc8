package dev.firn.tables.inspection;

import dev.firn.connector.iceberg.PipelineCommit;
import dev.firn.spi.inspection.TableDetails.Progress;
import dev.firn.spi.inspection.TableDetails.Range;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.util.Optional;
import java.util.TreeMap;

/** Adds up what a ledger says of the epochs of one snapshot. */
final class EpochSum {

    private final TableName table;
    private final long snapshot;
    private final PipelineCommit commit;
    private final TreeMap<Split, SplitProgress> progress = new TreeMap<>();
    private final TreeMap<String, Long> outcomes = new TreeMap<>();
    private long toTable;
    private long first;
    private long last;

    EpochSum(TableName table, long snapshot, PipelineCommit commit) {
        this.table = table;
        this.snapshot = snapshot;
        this.commit = commit;
    }

    long snapshot() {
        return snapshot;
    }

    long firstEpoch() {
        return commit.firstEpoch();
    }

    long lastEpoch() {
        return commit.lastEpoch();
    }

    /** Takes an epoch that comes behind those before, if the snapshot has it; answers whether it has. */
    boolean add(WrittenEpoch written) {
        long number = written.epoch().number();
        if (!commit.hasSomeOf(written.first(), number)) {
            return false;
        }
        first = first == 0 ? written.first() : first;
        last = number;
        written.epoch().progress().forEach(read -> progress.merge(read.split(), read, SplitProgress::and));
        written.epoch().outcomes().forEach(this::add);
        return true;
    }

    private void add(OutcomeCount count) {
        outcomes.merge(count.outcome().word(), count.records(), Long::sum);
        if (count.outcome() == Outcome.ROUTED && count.table().equals(table.full())) {
            toTable += count.records();
        }
    }

    /** Empty where the ledger has none of the epochs. */
    Optional<Progress> progress() {
        if (first == 0) {
            return Optional.empty();
        }
        return Optional.of(new Progress(
                first,
                last,
                progress.values().stream()
                        .map(read -> new Range(read.split().toString(), read.from(), read.to(), read.read()))
                        .toList(),
                progress.values().stream().mapToLong(SplitProgress::read).sum(),
                toTable,
                outcomes));
    }
}
