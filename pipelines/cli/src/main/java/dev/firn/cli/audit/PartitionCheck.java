package dev.firn.cli.audit;

import dev.firn.cli.audit.LedgerTotals.Extent;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.SplitRange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One split of a source, held against the ledger.
 *
 * @param read what the ledger has of it; empty where it has nothing yet
 * @param live what the source holds now; empty where it is gone or was not asked
 */
public record PartitionCheck(Split split, Optional<Extent> read, Optional<SplitRange> live, List<Note> notes) {

    public PartitionCheck {
        notes = List.copyOf(notes);
    }

    /** A split that the source has and the ledger does not. */
    static PartitionCheck notRead(SplitRange live) {
        return new PartitionCheck(live.split(), Optional.empty(), Optional.of(live), List.of());
    }

    /** A split that can't be asked for. */
    static PartitionCheck without(Extent read, Note why) {
        return new PartitionCheck(read.split(), Optional.of(read), Optional.empty(), List.of(why));
    }

    static PartitionCheck of(Extent read, SplitRange live) {
        return new PartitionCheck(read.split(), Optional.of(read), Optional.of(live), notes(read, live));
    }

    private static List<Note> notes(Extent read, SplitRange live) {
        if (!read.split().incarnation().equals(live.split().incarnation())) {
            return List.of(Note.wrong(
                    "`%s` was deleted and made anew: the ledger counts in id `%s`, and it is id `%s` now",
                    read.split().stream(),
                    read.split().incarnation(),
                    live.split().incarnation()));
        }
        if (live.end() < read.to()) {
            return List.of(Note.wrong(
                    "ends %,d positions before what was read: the source has lost records", read.to() - live.end()));
        }
        if (live.start() > read.to()) {
            return List.of(Note.wrong("%,d positions were deleted before anybody read them", live.start() - read.to()));
        }
        return List.of();
    }

    /** Where the ledger ends. */
    public OptionalLong to() {
        return read.map(extent -> OptionalLong.of(extent.to())).orElse(OptionalLong.empty());
    }

    public OptionalLong first() {
        return live.map(range -> OptionalLong.of(range.start())).orElse(OptionalLong.empty());
    }

    public OptionalLong end() {
        return live.map(range -> OptionalLong.of(range.end())).orElse(OptionalLong.empty());
    }

    /** How many positions are not read yet; empty where they can't be compared. */
    public OptionalLong lag() {
        if (live.isEmpty() || notes.stream().anyMatch(Note::isWrong)) {
            return OptionalLong.empty();
        }
        long from = read.map(Extent::to).orElse(live.get().start());
        return OptionalLong.of(live.get().end() - from);
    }

    /** How many positions that were read can't be read again, since the source has deleted them. */
    public long deleted() {
        if (live.isEmpty() || read.isEmpty() || notes.stream().anyMatch(Note::isWrong)) {
            return 0;
        }
        return Math.max(0, live.get().start() - read.get().from());
    }
}
