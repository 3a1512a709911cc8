package dev.firn.cli.rewind;

import dev.firn.cli.audit.SourceExtents;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.SplitRange;
import java.util.Locale;
import java.util.Optional;

/** Whether sources still have what would be read again. */
record SourceStarts(SourceExtents sources) {

    /** @param position that a split would go back to */
    Optional<String> obstacle(Split split, long position) {
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
