package dev.firn.plan;

import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.Widening;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of the columns of a table that is there when records of the stream's latest schema come, as the file has decided: by
 * name and down into structs. Former names are not known here, so a column that will be renamed counts as one that is lacking; where
 * the versions of the schema are at hand, {@link ForeseenDrift} knows better.
 */
record ColumnDrift(TableName table, SourceSpan place, EvolutionPolicy policy, Diagnostics diagnostics) {

    void check(List<Column> wanted, List<Column> there) {
        columns("", wanted, there);
    }

    private void columns(String path, List<Column> wanted, List<Column> there) {
        Map<String, Column> left = new LinkedHashMap<>();
        there.forEach(column -> left.put(column.name(), column));
        for (Column column : wanted) {
            Column found = left.remove(column.name());
            if (found == null) {
                lacks(path + column.name(), column.type());
            } else {
                nullability(path + column.name(), column.nullability(), found.nullability());
                type(path + column.name(), column.type(), found.type());
            }
        }
        left.values().stream().filter(column -> !column.isOptional()).forEach(column -> gone(path + column.name()));
    }

    private void type(String path, ColumnType wanted, ColumnType there) {
        if (wanted instanceof ColumnType.Struct fields && there instanceof ColumnType.Struct columns) {
            columns(path + ".", fields.columns(), columns.columns());
        } else if (wanted instanceof ColumnType.ListOf items && there instanceof ColumnType.ListOf list) {
            nullability(path + "[]", items.elements(), list.elements());
            type(path + "[]", items.element(), list.element());
        } else if (wanted instanceof ColumnType.MapOf entries && there instanceof ColumnType.MapOf map) {
            nullability(path + "{}", entries.values(), map.values());
            type(path + "{}", entries.value(), map.value());
        } else if (!Widening.isLossless(wanted, there)) {
            differs(path, wanted, there);
        }
    }

    private void differs(String path, ColumnType wanted, ColumnType there) {
        String fact = "`" + path + "` is " + there + " in the table, but " + wanted + " in the stream's latest schema";
        if (Widening.isPromotion(there, wanted)) {
            report(
                    PlanCode.COLUMN_TYPE_DIFFERS,
                    ChangeKind.WIDEN_TYPE,
                    fact,
                    "widens the column",
                    "widen the column in the table: `" + path + " " + wanted + "`");
        } else {
            report(
                    PlanCode.COLUMN_TYPE_DIFFERS,
                    ChangeKind.INCOMPATIBLE,
                    fact,
                    "can't be written",
                    "route the stream to another table, or give the field another name");
        }
    }

    private void nullability(String path, Nullability wanted, Nullability there) {
        if (wanted == Nullability.OPTIONAL && there == Nullability.REQUIRED) {
            report(
                    PlanCode.TABLE_REQUIRES_COLUMN,
                    ChangeKind.MAKE_OPTIONAL,
                    "`" + table + "` requires `" + path + "`, which may be null in the stream's latest schema",
                    "makes the column optional",
                    "make the column optional in the table");
        }
    }

    private void gone(String path) {
        report(
                PlanCode.TABLE_REQUIRES_COLUMN,
                ChangeKind.DROP_COLUMN,
                "`" + table + "` requires `" + path + "`, which the stream's latest schema lacks",
                policy.of(ChangeKind.DROP_COLUMN) == Decision.APPLY ? "drops the column" : "makes the column optional",
                "make the column optional in the table");
    }

    private void lacks(String path, ColumnType type) {
        report(
                PlanCode.TABLE_LACKS_COLUMN,
                ChangeKind.ADD_COLUMN,
                "`" + table + "` lacks the column `" + path + "` of the stream's latest schema",
                "brings the column",
                "add the column to the table: `" + path + " " + type + "`");
    }

    private void report(PlanCode code, ChangeKind kind, String fact, String applied, String fix) {
        new DriftReport(table, place, diagnostics)
                .report(new DriftReport.Fact(code, kind, fact), policy.of(kind), applied, fix);
    }
}
