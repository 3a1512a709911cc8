package dev.firn.cli.run;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.SourceDefinition;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.SplitRange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds streams that the ledger knows from one source and that another reads now. Positions are the source's, so it would begin anew.
 *
 * @param known splits that the ledger has positions of
 */
record MovedStreams(PipelineDefinition definition, TableName ledger, Set<Split> known, Set<Allowed> allowed) {

    /** A stream in its incarnation, whoever reads it. */
    private record Stream(String name, String incarnation) {
        static Stream of(Split split) {
            return new Stream(split.stream(), split.incarnation());
        }
    }

    /** @throws RunRefused if there is one, and nobody said that it may be read again */
    void check(List<SplitRange> live) throws RunRefused {
        Set<Split> read = new HashSet<>();
        live.forEach(range -> read.add(range.split()));
        Map<Stream, Split> left = new HashMap<>();
        known.stream().filter(split -> !read.contains(split)).forEach(split -> left.put(Stream.of(split), split));
        for (SplitRange range : live) {
            Split now = range.split();
            Split before = left.get(Stream.of(now));
            if (before != null && !before.source().equals(now.source()) && isNew(now)) {
                refuse(now, before);
            }
        }
    }

    /** Whether the ledger knows nothing of the stream from this source; of a topic that grows it knows some partitions. */
    private boolean isNew(Split now) {
        return known.stream()
                .noneMatch(split ->
                        split.source().equals(now.source()) && split.stream().equals(now.stream()));
    }

    private void refuse(Split now, Split before) throws RunRefused {
        boolean isGone =
                definition.sources().stream().map(SourceDefinition::name).noneMatch(before.source()::equals);
        Allowed word = isGone ? Allowed.SOURCE_RENAMED : Allowed.STREAM_MOVED;
        if (allowed.contains(word)) {
            return;
        }
        throw new RunRefused("source `" + now.source() + "` reads `" + now.stream() + "`, which the ledger `" + ledger
                + "` knows from a source `" + before.source() + "` that "
                + (isGone ? "the file does not have" : "does not read it any more")
                + ": it would be read again and written a second time. "
                + (isGone
                        ? "Name the source `" + before.source() + "` again"
                        : "Let `" + before.source() + "` read it again")
                + "; or, to read it again on purpose, say `--allow " + word.word() + "`");
    }
}
