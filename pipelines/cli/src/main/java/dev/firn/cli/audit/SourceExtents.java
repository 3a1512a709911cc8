package dev.firn.cli.audit;

import dev.firn.cli.audit.LedgerTotals.Extent;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.plan.LivePlanContext;
import dev.firn.spi.Connectors;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.SplitRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the sources of a file hold at one moment.
 *
 * @param reads by source, whether it reads a stream of that name
 * @param live by the split's id
 */
public record SourceExtents(Map<String, Predicate<String>> reads, Map<String, SplitRange> live) {

    /** Asks each source; throws {@link dev.firn.spi.source.OutsideException} where one does not answer. */
    public static SourceExtents ask(
            PipelineDefinition definition, Connectors connectors, LivePlanContext context, Diagnostics diagnostics) {
        Map<String, Predicate<String>> reads = new HashMap<>();
        Map<String, SplitRange> live = new TreeMap<>();
        for (SourceDefinition source : definition.sources()) {
            reads.put(source.name(), connectors.source(source.type()).describe(source, new Diagnostics())::reads);
            context.extents(source, diagnostics.at("source (" + source.type() + ")"))
                    .forEach(range -> live.put(range.split().id(), range));
        }
        return new SourceExtents(reads, live);
    }

    /** Every split that the ledger or a source has, in order. */
    List<PartitionCheck> against(Map<String, Extent> ledger) {
        Set<String> ids = new HashSet<>(ledger.keySet());
        ids.addAll(live.keySet());
        List<PartitionCheck> checks = new ArrayList<>();
        for (String id : ids) {
            Extent read = ledger.get(id);
            SplitRange range = live.get(id);
            if (read != null) {
                checks.add(
                        range == null ? PartitionCheck.without(read, missing(read)) : PartitionCheck.of(read, range));
            } else if (range != null) {
                checks.add(PartitionCheck.notRead(range));
            }
        }
        checks.sort((one, other) -> one.split().compareTo(other.split()));
        return checks;
    }

    /** Whether the file still reads what a split is part of. */
    public boolean reads(Split split) {
        return reads.getOrDefault(split.source(), stream -> false).test(split.stream());
    }

    private Note missing(Extent read) {
        Split split = read.split();
        Predicate<String> source = reads.get(split.source());
        if (source == null) {
            return Note.says("not asked: the file has no source `%s`", split.source());
        }
        if (!source.test(split.stream())) {
            return Note.says("not asked: the file does not read `%s` any more", split.stream());
        }
        boolean isThere = live.values().stream()
                .map(SplitRange::split)
                .anyMatch(other ->
                        other.source().equals(split.source()) && other.stream().equals(split.stream()));
        return isThere
                ? Note.wrong("`%s` has no such partition any more", split.stream())
                : Note.wrong("`%s` is gone", split.stream());
    }
}
