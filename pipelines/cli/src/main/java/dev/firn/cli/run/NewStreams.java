package dev.firn.cli.run;

import dev.firn.plan.PipelinePlan;
import dev.firn.plan.SourcePlan;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.SplitRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Streams that a source selects and that came after the plan was made: a job reads what its plan has. */
final class NewStreams {

    private final Map<String, Set<String>> planned = new HashMap<>();
    private final Set<String> came = ConcurrentHashMap.newKeySet();
    private final Set<String> said = new HashSet<>();

    NewStreams(PipelinePlan plan) {
        for (SourcePlan source : plan.sources()) {
            planned.put(source.name(), Set.copyOf(source.streams()));
        }
    }

    /**
     * Those of the ranges that the job reads.
     *
     * @param isOfAStream whether a split is; the others are the source's own, and read by whoever reads it
     */
    List<SplitRange> planned(List<SplitRange> ranges, Predicate<Split> isOfAStream) {
        List<SplitRange> read = new ArrayList<>();
        for (SplitRange range : ranges) {
            String source = range.split().source();
            String stream = range.split().stream();
            if (planned.getOrDefault(source, Set.of()).contains(stream) || !isOfAStream.test(range.split())) {
                read.add(range);
            } else {
                came.add(source + "/" + stream);
            }
        }
        return read;
    }

    /** What there is to say of those that came since the last time. */
    List<String> sentences() {
        return new TreeSet<>(came)
                .stream()
                        .filter(said::add)
                        .map(stream -> stream + " is not in the plan of this run; the next start looks at it")
                        .toList();
    }
}
