package dev.firn.cli.audit;

import dev.firn.flink.count.BalanceSheet;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.Rewind.Rewound;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Adds up what a ledger says, epoch by epoch, and holds both sums of each epoch against each other once more. */
public final class Audit {

    /** Of the epochs that do not balance only the first few are kept whole. */
    private static final int SHEETS = 3;

    /** One partition. */
    public static final class Partition {
        private final long from;
        private long to;
        private long read;
        private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);

        Partition(long from) {
            this.from = from;
        }

        public long from() {
            return from;
        }

        public long to() {
            return to;
        }

        public long read() {
            return read;
        }

        public long records(Outcome outcome) {
            return outcomes.getOrDefault(outcome, 0L);
        }

        public Map<Outcome, Long> outcomes() {
            return Collections.unmodifiableMap(outcomes);
        }
    }

    /** One table. */
    public static final class Target {
        private long routed;
        private long inFiles;

        public long routed() {
            return routed;
        }

        public long inFiles() {
            return inFiles;
        }
    }

    /** Which epochs were looked at. */
    public record Span(long first, long last, long firstRun, long lastRun, Instant begin, Instant end) {}

    private final TableName quarantine;
    private final Map<Split, Partition> partitions = new TreeMap<>();
    private final Map<TableName, Target> tables = new TreeMap<>();
    private final Map<Outcome, Map<String, Long>> reasons = new EnumMap<>(Outcome.class);
    private final List<String> sheets = new ArrayList<>();
    private final List<Rewound> rewinds = new ArrayList<>();
    private long unbalanced;
    private Optional<Span> span = Optional.empty();

    public Audit(TableName quarantine) {
        this.quarantine = quarantine;
    }

    /** Adds an epoch; they come in their order. What was taken back is only named. */
    public void add(WrittenEpoch written) {
        Epoch epoch = written.epoch();
        written.rewind().ifPresent(rewinds::add);
        Span before = span.orElse(
                new Span(written.first(), epoch.number(), epoch.run(), epoch.run(), written.at(), written.at()));
        span = Optional.of(
                new Span(before.first(), epoch.number(), before.firstRun(), epoch.run(), before.begin(), written.at()));
        if (written.takenBack().isPresent()) {
            return;
        }
        epoch.progress().forEach(this::add);
        epoch.outcomes().stream()
                .filter(count -> count.outcome().countsRecords())
                .forEach(this::add);
        for (StagedFiles files : epoch.staged()) {
            table(files.table()).inFiles += files.records();
        }
        BalanceSheet sheet = BalanceSheet.of(epoch, quarantine);
        if (!sheet.holds()) {
            unbalanced++;
            if (sheets.size() < SHEETS) {
                sheets.add(sheet.toString());
            }
        }
    }

    private void add(SplitProgress line) {
        Partition partition = partitions.computeIfAbsent(line.split(), split -> new Partition(line.from()));
        partition.to = line.to();
        partition.read += line.read();
    }

    private void add(OutcomeCount count) {
        partitions
                .computeIfAbsent(count.split(), split -> new Partition(0))
                .outcomes
                .merge(count.outcome(), count.records(), Long::sum);
        if (!count.reason().isEmpty()) {
            reasons.computeIfAbsent(count.outcome(), outcome -> new TreeMap<>())
                    .merge(count.reason(), count.records(), Long::sum);
        }
        if (count.outcome() == Outcome.ROUTED) {
            table(new TableName(count.table())).routed += count.records();
        } else if (count.outcome() == Outcome.QUARANTINED) {
            table(quarantine).routed += count.records();
        }
    }

    private Target table(TableName name) {
        return tables.computeIfAbsent(name, missing -> new Target());
    }

    /** Empty if there was no epoch to look at. */
    public Optional<Span> span() {
        return span;
    }

    public Map<Split, Partition> partitions() {
        return Collections.unmodifiableMap(partitions);
    }

    public Map<TableName, Target> tables() {
        return Collections.unmodifiableMap(tables);
    }

    /** By outcome and reason; outcomes without reasons are left out. */
    public Map<Outcome, Map<String, Long>> reasons() {
        return Collections.unmodifiableMap(reasons);
    }

    public long read() {
        return partitions.values().stream().mapToLong(Partition::read).sum();
    }

    /** Those that are among the epochs, oldest first. */
    public List<Rewound> rewinds() {
        return Collections.unmodifiableList(rewinds);
    }

    /** How many epochs do not balance. */
    public long unbalanced() {
        return unbalanced;
    }

    /** The balance sheets of the first of those. */
    public List<String> sheets() {
        return Collections.unmodifiableList(sheets);
    }

    public boolean balances() {
        return unbalanced == 0;
    }
}
