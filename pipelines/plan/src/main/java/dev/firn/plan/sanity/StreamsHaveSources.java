package dev.firn.plan.sanity;

import dev.firn.plan.PipelinePlan;
import dev.firn.plan.RoutePlan;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Each stream that is read goes somewhere, and each that goes somewhere is read. */
final class StreamsHaveSources implements PlanCheck {

    @Override
    public List<String> faults(PipelinePlan plan) {
        Set<String> read = plan.sources().stream()
                .flatMap(source -> source.streams().stream().map(stream -> source.name() + "/" + stream))
                .collect(Collectors.toSet());
        Set<String> routed = Stream.concat(
                        plan.routes().stream().map(StreamsHaveSources::id),
                        plan.tablesByValue().stream().flatMap(tables -> tables.streams().stream()))
                .collect(Collectors.toSet());
        Set<String> differ = new TreeSet<>(read);
        differ.addAll(routed);
        differ.removeIf(stream -> read.contains(stream) && routed.contains(stream));
        return differ.stream()
                .map(stream -> "`" + stream + "` is "
                        + (read.contains(stream) ? "read and not routed" : "routed and not read"))
                .toList();
    }

    private static String id(RoutePlan route) {
        return route.source() + "/" + route.stream();
    }
}
