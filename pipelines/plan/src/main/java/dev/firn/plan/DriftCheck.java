package dev.firn.plan;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.SortField;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.ExistingTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares a table that exists with what the streams and the file want of it. */
record DriftCheck(TableName table, SourceSpan place, EvolutionPolicy policy, Diagnostics diagnostics) {

    /** @param foreseen what the records of each stream do; none where that is not known */
    void check(
            TableSchema wanted, Partitioning partitioning, ExistingTable existing, Optional<Set<Foreseen>> foreseen) {
        ForeseenDrift known = new ForeseenDrift(new DriftReport(table, place, diagnostics), existing.schema());
        foreseen.ifPresentOrElse(
                all -> all.forEach(known::tell), () -> new ColumnDrift(table, place, policy, diagnostics)
                        .check(wanted.columns(), existing.schema().columns()));
        if (!partitioning.transforms().equals(existing.partitioning())) {
            partitioning(partitioning, existing.partitioning());
        }
    }

    private void partitioning(Partitioning wanted, List<PartitionTransform> there) {
        String has = there.isEmpty() ? "not partitioned" : "partitioned by `" + words(there) + "`";
        String says = wanted.placed().isEmpty() ? "nothing" : "`" + words(wanted.transforms()) + "`";
        SourceSpan span =
                wanted.placed().isEmpty() ? place : wanted.placed().get(0).span();
        diagnostics.report(Diagnostic.warning(
                        PlanCode.PARTITIONING_DIFFERS,
                        span,
                        "`" + table + "` exists and is " + has + "; the file says " + says
                                + ". The table keeps what it has")
                .fixedBy("give the table `partition-by: " + words(there) + "` in `tables:`"));
    }

    /** Asked only where the file says something: a table may have got its order from somebody else, and rows follow it. */
    void sorting(Sorting wanted, ExistingTable existing) {
        List<String> there = existing.sortedBy();
        List<String> says = wanted.fields().stream().map(SortField::toString).toList();
        if (says.equals(there)) {
            return;
        }
        String has = there.isEmpty()
                ? "its rows have no order"
                : "its rows are sorted by `" + String.join(", ", there) + "`";
        String said = says.isEmpty() ? "`[]`" : "`" + String.join(", ", says) + "`";
        boolean canBeWritten =
                there.stream().allMatch(field -> SortField.parse(field).isPresent());
        String asThere = there.isEmpty() ? "[]" : String.join(", ", there);
        diagnostics.report(Diagnostic.warning(
                        PlanCode.SORT_ORDER_DIFFERS,
                        wanted.span(),
                        "`" + table + "` exists and " + has + "; the file says " + said
                                + ". The table keeps what it has")
                .fixedBy(
                        canBeWritten
                                ? "give the table `sort-by: " + asThere + "` in `tables:`"
                                : "leave `sort-by` out for this table"));
    }

    /**
     * Asked of what the file says alone: whatever else a table has is its owner's.
     *
     * @param said where the file says each
     */
    void properties(Map<String, String> wanted, Map<String, SourceSpan> said, ExistingTable existing) {
        wanted.forEach((key, value) -> {
            Optional<String> there = Optional.ofNullable(existing.properties().get(key));
            if (there.filter(value::equals).isEmpty()) {
                String has = there.map(other -> "has `" + key + "` as `" + ShownText.of(key, other) + "`")
                        .orElse("does not have `" + key + "`");
                diagnostics.report(Diagnostic.warning(
                                PlanCode.TABLE_PROPERTY_DIFFERS,
                                said.getOrDefault(key, place),
                                "`" + table + "` exists and " + has + "; the file says `" + ShownText.of(key, value)
                                        + "`. The table keeps what it has")
                        .fixedBy("set the property on the table with a query engine, or take it out of the file"));
            }
        });
    }

    private static String words(List<PartitionTransform> transforms) {
        return transforms.isEmpty()
                ? "[]"
                : transforms.stream().map(PartitionTransform::toString).collect(Collectors.joining(", "));
    }
}
