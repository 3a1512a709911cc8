package dev.firn.flink.count;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.RecordAges;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Folds all entries that came before the committer's own barrier into one epoch. It never looks at checkpoint ids: of a
 * cancelled checkpoint some subtasks have reported and others have not, and only the next barrier brings them together.
 */
public final class EpochFold {

    private final Map<Split, SplitProgress> progress = new TreeMap<>();
    private final OutcomeTally outcomes = new OutcomeTally();
    private final List<StagedFiles> staged = new ArrayList<>();
    private final List<RecordAges> ages = new ArrayList<>();
    private final SchemaNews schemas;

    /** @param schemas takes those that entries tell of, and gives them to epochs */
    public EpochFold(SchemaNews schemas) {
        this.schemas = schemas;
    }

    public void add(LedgerEntry entry) {
        entry.progress().forEach(this::add);
        entry.outcomes().forEach(outcomes::add);
        staged.addAll(entry.staged());
        schemas.add(entry.schemas());
        ages.addAll(entry.ages());
    }

    private void add(SplitProgress next) {
        SplitProgress before = progress.get(next.split());
        if (before == null) {
            progress.put(next.split(), next);
        } else if (before.to() == next.from()) {
            progress.put(next.split(), before.and(next));
        } else {
            throw new IllegalStateException("our bug: " + next.split() + " was read up to " + before.to()
                    + ", then from " + next.from() + " on");
        }
    }

    /** Leaves out splits that have not moved and are known to be where they are. */
    public void forget(Predicate<SplitProgress> known) {
        progress.values().removeIf(line -> line.from() == line.to() && known.test(line));
    }

    /** What came since the last barrier, if anything did; the fold starts anew. */
    public Optional<Epoch> close(long number, long run, String planHash, long checkpoint) {
        if (progress.isEmpty() && staged.isEmpty() && outcomes.isEmpty()) {
            return Optional.empty();
        }
        Epoch epoch = new Epoch(
                number,
                run,
                planHash,
                checkpoint,
                List.copyOf(progress.values()),
                outcomes.drain(),
                inOrder(),
                schemas.take());
        progress.clear();
        staged.clear();
        return Optional.of(epoch);
    }

    /** The ages of the rows in the epoch that was closed last; nothing but metrics is made of them. */
    public List<RecordAges> takeAges() {
        List<RecordAges> taken = List.copyOf(ages);
        ages.clear();
        return taken;
    }

    private List<StagedFiles> inOrder() {
        return staged.stream().sorted(Comparator.comparing(StagedFiles::table)).toList();
    }
}
