package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.OtherPipeline;
import dev.firn.spi.sink.StagedEpoch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline's commits leave in a table: a few words in the snapshot's summary, for people and for the guard, and
 * one table property that outlives the snapshot.
 *
 * @param ledger whose epochs count
 */
record TableMarks(TableName table, String pipeline, LedgerId ledger) {

    private static final String MARK = "firn.";
    private static final String MAIN = ".main";

    static final String PIPELINE = "firn.pipeline";
    static final String LEDGER = "firn.ledger";
    static final String RUN = "firn.run";
    static final String EPOCH = "firn.epoch";
    static final String FIRST_EPOCH = "firn.epoch-first";
    static final String PLAN = "firn.plan";
    static final String RECORDS = "firn.records";
    /** Of a snapshot that has some of an epoch's rows and not the last of them: {@code 1 of 3}. */
    static final String PART = "firn.epoch-part";

    static final String REWOUND_TO = "firn.rewound-to";

    /** One a pipeline and branch; Firn writes to {@code main}. */
    String property() {
        return property(pipeline);
    }

    static String property(String pipeline) {
        return MARK + pipeline + MAIN;
    }

    /** Whether a table's property is the mark of some pipeline. */
    static boolean isMark(String property) {
        return property.startsWith(MARK)
                && property.endsWith(MAIN)
                && property.length() > MARK.length() + MAIN.length();
    }

    /**
     * Set by the owner of a table that was made anew: epochs up to this one that were written for another table of its name
     * are to stay away.
     */
    String abandonProperty() {
        return "firn." + pipeline + ".abandoned-through";
    }

    void writeTo(SnapshotUpdate<?> update, List<StagedEpoch> epochs) {
        StagedEpoch first = epochs.get(0);
        StagedEpoch last = epochs.get(epochs.size() - 1);
        update.set(PIPELINE, pipeline);
        update.set(LEDGER, ledger.uuid());
        update.set(RUN, Long.toString(last.run()));
        update.set(EPOCH, Long.toString(last.epoch()));
        if (!last.planHash().isEmpty()) {
            update.set(PLAN, last.planHash());
        }
        if (epochs.size() > 1) {
            update.set(FIRST_EPOCH, Long.toString(first.epoch()));
        }
        update.set(
                RECORDS,
                Long.toString(epochs.stream().mapToLong(StagedEpoch::records).sum()));
    }

    /**
     * The last epoch that is in the table, 0 if there is none; all earlier ones are in it too, or had no rows for it.
     *
     * @throws CommitRefused if the table once had more than it has now
     */
    long lastEpoch(TableMetadata metadata) {
        Walk walk = walk(metadata);
        Optional<EpochMark> mark = mark(metadata);
        if (mark.isEmpty() || mark.get().epoch() == 0) {
            return walk.epoch();
        }
        if (!mark.get().ledger().uuid().equals(ledger.uuid())) {
            throw LedgerReplaced.seenBy(table, property(), mark.get(), ledger);
        }
        if (mark.get().epoch() <= walk.epoch()) {
            return walk.epoch();
        }
        if (metadata.snapshot(mark.get().snapshot()) != null || !isExpired(mark.get(), walk)) {
            throw new TableRolledBack(table, property(), mark.get());
        }
        return mark.get().epoch();
    }

    /** The same, empty where neither a snapshot nor a property is the pipeline's. */
    OptionalLong known(TableMetadata metadata) {
        long last = lastEpoch(metadata);
        return last == 0 && mark(metadata).isEmpty() ? OptionalLong.empty() : OptionalLong.of(last);
    }

    /** Other pipelines whose rows are, or were, in the table, sorted by their names. */
    List<OtherPipeline> others(TableMetadata metadata) {
        List<OtherPipeline> others = new ArrayList<>();
        for (String property : new TreeSet<>(metadata.properties().keySet())) {
            if (isMark(property) && !property.equals(property())) {
                mark(metadata, property)
                        .filter(mark -> mark.epoch() > 0)
                        .ifPresent(mark -> others.add(other(property, mark.ledger())));
            }
        }
        return others;
    }

    /** Whose mark a property is. */
    static String pipelineOf(String mark) {
        return mark.substring(MARK.length(), mark.length() - MAIN.length());
    }

    private static OtherPipeline other(String property, LedgerId ledger) {
        return new OtherPipeline(
                pipelineOf(property),
                Optional.of(ledger.table()).filter(at -> !at.isEmpty()).map(TableName::new),
                ledger.uuid());
    }

    private Optional<EpochMark> mark(TableMetadata metadata) {
        return mark(metadata, property());
    }

    private Optional<EpochMark> mark(TableMetadata metadata, String property) {
        String text = metadata.properties().get(property);
        try {
            return Optional.ofNullable(text).map(EpochMark::parse);
        } catch (NumberFormatException e) {
            throw new CommitRefused("table `" + table + "` has the property `" + property + "` with the value `" + text
                    + "`, which Firn did not write: remove it");
        }
    }

    /**
     * A snapshot that is in no metadata has expired only if all that is left of the branch is younger. Sequence numbers
     * are 0 in tables of format version 1, which can't tell.
     */
    private static boolean isExpired(EpochMark mark, Walk walk) {
        return mark.sequence() == 0 || mark.sequence() < walk.oldestSequence();
    }

    /** From the branch's head back to the pipeline's newest snapshot, or to the oldest that is left. */
    private Walk walk(TableMetadata metadata) {
        long oldest = 0;
        for (Snapshot at = metadata.currentSnapshot(); at != null; at = parent(metadata, at)) {
            oldest = at.sequenceNumber();
            if (isOwn(at)) {
                long epoch = Long.parseLong(at.summary().getOrDefault(EPOCH, "0"));
                // The rest of the epoch came in the same commit: whoever has only this one has rolled the table back.
                return new Walk(at.summary().containsKey(PART) ? epoch - 1 : epoch, oldest);
            }
        }
        return new Walk(0, oldest);
    }

    /** Whether a snapshot is one of the pipeline's commits under this ledger. */
    boolean isOwn(Snapshot snapshot) {
        Map<String, String> summary = snapshot.summary();
        return summary != null
                && pipeline.equals(summary.get(PIPELINE))
                && ledger.uuid().equals(summary.get(LEDGER))
                && summary.containsKey(EPOCH);
    }

    static @Nullable Snapshot parent(TableMetadata metadata, Snapshot snapshot) {
        Long parent = snapshot.parentId();
        return parent == null ? null : metadata.snapshot(parent);
    }

    private record Walk(long epoch, long oldestSequence) {}
}
