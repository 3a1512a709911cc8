package dev.firn.plan;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.QuarantineOptions;
import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.bind.Option;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.table.MaskOptions;
import dev.firn.definition.yaml.Node;
import dev.firn.quality.validation.MaskedValues;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks that columns can be hidden as the file says, and that they are hidden wherever a record goes. */
record MaskCheck(PipelineDefinition definition, Diagnostics diagnostics) {

    /**
     * @param name where the column's name stands
     * @param value where it is said how it is hidden
     */
    private record Placed(MaskOptions mask, SourceSpan name, SourceSpan value) {}

    /**
     * @param entries those that select the table, in the file's order
     * @param clear the table's columns before anything is hidden; empty where they are not known
     * @param key of the table
     */
    void check(List<TableEntry> entries, Optional<TableSchema> clear, List<String> key) {
        Map<String, Placed> masks = new LinkedHashMap<>();
        for (TableEntry entry : entries) {
            entry.bound()
                    .options()
                    .mask()
                    .forEach((column, mask) -> masks.put(column, placed(entry.bound(), column, mask)));
        }
        masks.forEach((column, placed) -> {
            clear.ifPresent(columns -> fits(column, placed, columns));
            if (key.contains(column)) {
                diagnostics.report(error(
                                placed.name(),
                                "`" + column
                                        + "` tells rows apart, by what records have there and by what is in the table")
                        .fixedBy("take it out of `mask`, or out of `key` or `unique`"));
            }
        });
        masks.values().stream().findFirst().ifPresent(this::kept);
    }

    private void fits(String column, Placed placed, TableSchema clear) {
        Optional<Column> there = clear.column(column);
        if (there.isEmpty()) {
            diagnostics.report(missing(column, placed.name(), clear));
        } else if (MaskedValues.column(placed.mask().as(), there.get()).isEmpty()) {
            diagnostics.report(error(
                    placed.value(),
                    "`" + Option.word(placed.mask().as()) + "` goes with "
                            + MaskedValues.goesWith(placed.mask().as()) + ", and `" + column + "` is `"
                            + there.get().type() + "`"));
        }
    }

    private void kept(Placed mask) {
        boolean raw = definition
                .quarantine()
                .map(section -> section.options().payload() == QuarantineOptions.Payload.RAW)
                .orElse(true);
        if (raw) {
            diagnostics.report(
                    new Diagnostic(
                            PlanCode.MASKED_BYTES_KEPT,
                            Severity.DANGER,
                            mask.name(),
                            "",
                            "`mask` hides this in the table, and the bytes of records that go to quarantine have it in clear",
                            Optional.empty(),
                            Optional.of(
                                    "say `payload: none` or `payload: encrypted` in `quarantine`, or see to it who may read the quarantine")));
        }
    }

    private static Placed placed(Bound<TableOptions> entry, String column, MaskOptions mask) {
        SourceSpan name = entry.node()
                .child("mask")
                .filter(Node.Mapping.class::isInstance)
                .flatMap(map -> ((Node.Mapping) map).entry(column))
                .map(found -> found.key().span())
                .orElse(entry.span("mask"));
        return new Placed(mask, name, entry.spanOf("mask", column, "as"));
    }

    private static Diagnostic missing(String column, SourceSpan span, TableSchema clear) {
        List<String> names = clear.columns().stream().map(Column::name).toList();
        Diagnostic missing =
                error(span, "there is no column `" + column + "` to hide").expecting(Suggestion.oneOf(names));
        return Suggestion.nearest(column, names)
                .map(nearest -> missing.fixedBy("write `" + nearest + "`"))
                .orElse(missing);
    }

    private static Diagnostic error(SourceSpan span, String message) {
        return Diagnostic.error(PlanCode.INVALID_MASK, span, message);
    }
}
