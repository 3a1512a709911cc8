package dev.firn.cli.rewind;

import dev.firn.cli.audit.SourceExtents;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.SplitRange;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether what would be read again is still in its sources, and not in its tables by another way.
 *
 * @param putBack of each split, the last position of a record that was put back from quarantine
 */
record SourceStarts(SourceExtents sources, Map<Split, Long> putBack) {

    /** @param position that a split would go back to */
    Optional<String> obstacle(Split split, long position) {
        Long there = putBack.get(split);
        if (there != null && there >= position) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "`%s` would be read again from position %,d on, and `firn replay` has put back what is at position %,d:"
                            + " it would be there twice",
                    split,
                    position,
                    there));
        }
        SplitRange range = sources.live().get(split.id());
        if (range == null) {
            return Optional.of("`" + split + "` can't be read again: "
                    + (sources.reads(split)
                            ? "it is not there any more"
                            : "the file does not read it any more, so its rows would go and not come again"));
        }
        if (!range.split().incarnation().equals(split.incarnation())) {
            return Optional.of(
                    "`" + split.stream() + "` was deleted and made anew: what was read from the one with id `"
                            + split.incarnation() + "` can't be read again");
        }
        if (range.start() > position) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "`%s` begins at position %,d by now, and would be read again from position %,d on",
                    split,
                    range.start(),
                    position));
        }
        return Optional.empty();
    }
}
