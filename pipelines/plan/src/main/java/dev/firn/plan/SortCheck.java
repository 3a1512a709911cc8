package dev.firn.plan;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.plan.Sorting.Placed;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.SortField;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Optional;

/** Checks that the rows of a table can be sorted as the file says. */
record SortCheck(TableName table, Diagnostics diagnostics) {

    void check(Sorting sorting, TableSchema schema) {
        for (Placed part : sorting.placed()) {
            Optional<Column> column = schema.column(part.field().column());
            if (column.isEmpty()) {
                diagnostics.report(missing(part, schema));
            } else if (!SortField.takes(column.get().type())) {
                diagnostics.report(Diagnostic.error(
                                PlanCode.SORT_TYPE_UNSUITED,
                                part.span(),
                                "rows can't be sorted by `" + part.field().column() + "`, which is of type "
                                        + column.get().type())
                        .expecting("a column that is no struct, list or map"));
            }
        }
    }

    private Diagnostic missing(Placed part, TableSchema schema) {
        String column = part.field().column();
        List<String> suited = schema.columns().stream()
                .filter(known -> SortField.takes(known.type()))
                .map(Column::name)
                .toList();
        Diagnostic diagnostic = Diagnostic.error(
                PlanCode.SORT_COLUMN_MISSING, part.span(), "`" + table + "` has no column `" + column + "` to sort by");
        return Suggestion.nearest(column, suited)
                .map(nearest -> diagnostic.fixedBy("write `" + nearest + "`"))
                .orElse(diagnostic)
                .expecting(suited.isEmpty() ? "a table with such a column" : Suggestion.oneOf(suited));
    }
}
