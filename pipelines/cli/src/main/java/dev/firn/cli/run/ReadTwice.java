package dev.firn.cli.run;

import dev.firn.plan.PipelinePlan;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.SplitRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds a stream that two sources of the file read into one table, whatever addresses they have: each row would be there twice.
 *
 * @param known splits that the ledger has positions of
 */
record ReadTwice(PipelinePlan plan, Set<Split> known, Set<Allowed> allowed) {

    /** A part of a stream on its way to a table, or to those that a value names. */
    private record Way(String stream, int partition, String incarnation, String to) {}

    /** @throws RunRefused if there is one that was not read so before, and nobody said that it may */
    void check(List<SplitRange> live) throws RunRefused {
        if (allowed.contains(Allowed.READ_TWICE)) {
            return;
        }
        Map<Way, Split> ways = new HashMap<>();
        for (SplitRange range : live) {
            Split split = range.split();
            for (String to : targets(split).toList()) {
                Split other =
                        ways.putIfAbsent(new Way(split.stream(), split.partition(), split.incarnation(), to), split);
                if (other != null && !(wasRead(split) && wasRead(other))) {
                    throw new RunRefused("sources `" + other.source() + "` and `" + split.source() + "` both read `"
                            + split.stream() + "` into `" + to
                            + "`, where each row would be twice. Let one of them read"
                            + " it, or route them to two tables; or, if it is meant so, say `--allow "
                            + Allowed.READ_TWICE.word() + "`");
                }
            }
        }
    }

    private Stream<String> targets(Split split) {
        String id = split.source() + "/" + split.stream();
        return Stream.concat(
                plan.routes().stream()
                        .filter(route -> (route.source() + "/" + route.stream()).equals(id))
                        .map(route -> route.table().full()),
                plan.tablesByValue().stream()
                        .filter(byValue -> byValue.streams().contains(id))
                        .map(byValue -> byValue.template().text()));
    }

    private boolean wasRead(Split split) {
        return known.stream()
                .anyMatch(read ->
                        read.source().equals(split.source()) && read.stream().equals(split.stream()));
    }
}
