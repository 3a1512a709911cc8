package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.table.Otherwise;
import dev.firn.definition.yaml.Node;
import dev.firn.quality.expression.Compiled;
import dev.firn.quality.expression.Expression;
import dev.firn.quality.expression.ExpressionCompiler;
import dev.firn.quality.validation.ShapedColumns;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that what a file makes of records' columns can be done to those that they have. */
record ShapeCheck(Diagnostics diagnostics) {

    /** A name and where it stands. */
    private record Placed(String name, SourceSpan span) {}

    /** @param to the new name */
    private record PlacedRename(Placed from, Placed to) {}

    /** What all entries say together. */
    private static final class Said {
        private final Map<String, PlacedExpression> set = new LinkedHashMap<>();
        private final List<Placed> drop = new ArrayList<>();
        private final Map<String, PlacedRename> rename = new LinkedHashMap<>();
        /** Where the rules that tag say so. */
        private final Map<String, SourceSpan> tags = new LinkedHashMap<>();

        private boolean drops(String column) {
            return drop.stream().anyMatch(one -> one.name().equals(column));
        }
    }

    /**
     * @param entries those that select the table, in the file's order
     * @param records the columns that records have
     */
    void check(List<TableEntry> entries, TableSchema records) {
        Said said = new Said();
        ShapeSettings settings = ShapeSettings.NOTHING;
        for (TableEntry entry : entries) {
            hear(entry.bound(), said);
            settings = ShapeSettings.of(entry.bound()).over(settings);
        }
        tags(said, ShapedColumns.planned(settings.shape(records), records).schema());
        if (settings.isEmpty()) {
            return;
        }
        Set<Diagnostic> complaints = new LinkedHashSet<>();
        said.set.values().forEach(expression -> set(expression, records, complaints));
        said.drop.forEach(column -> drop(column, said, records, complaints));
        ShapedColumns shaped = ShapedColumns.planned(settings.shape(records), records);
        said.rename.values().forEach(one -> rename(one, said, records, shaped.schema(), complaints));
        if (complaints.isEmpty() && shaped.schema().columns().isEmpty()) {
            complaints.add(error(said.drop.get(0).span(), "no column is left: every one is dropped")
                    .fixedBy("keep one, or leave the table out of `route`"));
        }
        complaints.forEach(diagnostics::report);
    }

    private void tags(Said said, TableSchema table) {
        String column = RowRules.FAILED_RULES.name();
        if (table.column(column).isPresent()) {
            said.tags.values().stream()
                    .findFirst()
                    .ifPresent(tag -> diagnostics.report(error(
                                    tag,
                                    "rows that fail a rule say so in a column `" + column
                                            + "`, and the table has one of that name already")
                            .fixedBy("`rename` that column, or let the rule do something else")));
        }
    }

    private static void hear(Bound<TableOptions> entry, Said said) {
        entry.options()
                .set()
                .forEach((column, text) -> said.set.put(column, new PlacedExpression(text, entry.span("set", column))));
        entry.options().expect().forEach((name, rule) -> {
            said.tags.remove(name);
            if (rule.otherwise() == Otherwise.TAG) {
                said.tags.put(name, entry.spanOf("expect", name, "otherwise"));
            }
        });
        if (entry.node().child("drop").isPresent()) {
            said.drop.clear();
            List<String> drop = entry.options().drop();
            for (int place = 0; place < drop.size(); place++) {
                said.drop.add(new Placed(drop.get(place), entry.span("drop", place)));
            }
        }
        entry.options()
                .rename()
                .forEach((from, to) -> said.rename.put(
                        from,
                        new PlacedRename(
                                new Placed(from, key(entry, "rename", from)),
                                new Placed(to, entry.span("rename", from)))));
    }

    private static SourceSpan key(Bound<TableOptions> entry, String option, String key) {
        return entry.node()
                .child(option)
                .filter(Node.Mapping.class::isInstance)
                .flatMap(map -> ((Node.Mapping) map).entry(key))
                .map(found -> found.key().span())
                .orElse(entry.span(option));
    }

    private static void set(PlacedExpression expression, TableSchema records, Set<Diagnostic> complaints) {
        // What evaluates it never asks for a struct here.
        Compiled<Expression> compiled =
                new ExpressionCompiler(records, (struct, index) -> null).compile(expression.text());
        compiled.problems().forEach(problem -> complaints.add(expression.complaint(problem)));
        compiled.value()
                .map(Expression::type)
                .filter(type -> !ShapedColumns.canBeComputed(type))
                .ifPresent(type -> complaints.add(
                        error(expression.span(), "a column can't be set to `" + expression.text() + "`: it is a struct")
                                .fixedBy("set a column to each of its fields")));
    }

    private static void drop(Placed column, Said said, TableSchema records, Set<Diagnostic> complaints) {
        if (said.set.containsKey(column.name())) {
            complaints.add(error(column.span(), "`" + column.name() + "` is dropped, and `set` makes it")
                    .fixedBy("remove it from one of the two"));
        } else if (records.column(column.name()).isEmpty()) {
            complaints.add(unknown(column, "drop", records));
        }
    }

    private static void rename(
            PlacedRename rename, Said said, TableSchema records, TableSchema shaped, Set<Diagnostic> complaints) {
        Placed from = rename.from();
        if (said.drops(from.name())) {
            complaints.add(error(from.span(), "`" + from.name() + "` is dropped, so that it can't be renamed")
                    .fixedBy("remove it from one of the two"));
        } else if (records.column(from.name()).isEmpty() && !said.set.containsKey(from.name())) {
            complaints.add(unknown(from, "rename", records));
        } else if (rename.to().name().isBlank()) {
            complaints.add(error(rename.to().span(), "`" + from.name() + "` is renamed to nothing"));
        } else if (names(shaped).stream()
                        .filter(name -> name.equals(rename.to().name()))
                        .count()
                > 1) {
            complaints.add(error(
                            rename.to().span(),
                            "`" + from.name() + "` can't be renamed to `"
                                    + rename.to().name() + "`: another column is called so")
                    .fixedBy("give it another name, or drop or rename the other one"));
        }
    }

    private static Diagnostic unknown(Placed column, String what, TableSchema records) {
        int dot = column.name().indexOf('.');
        if (dot > 0 && records.column(column.name().substring(0, dot)).isPresent()) {
            return error(
                            column.span(),
                            "`" + column.name() + "` is within a column, and only whole ones can be " + what
                                    + (what.endsWith("p") ? "ped" : "d"))
                    .fixedBy("`set` columns to the fields that are wanted, and `drop` the whole");
        }
        Diagnostic missing = error(column.span(), "the records have no column `" + column.name() + "` to " + what)
                .expecting(Suggestion.oneOf(names(records)));
        return Suggestion.nearest(column.name(), names(records))
                .map(nearest -> missing.fixedBy("write `" + nearest + "`"))
                .orElse(missing);
    }

    private static List<String> names(TableSchema columns) {
        return columns.columns().stream().map(Column::name).toList();
    }

    private static Diagnostic error(SourceSpan span, String message) {
        return Diagnostic.error(PlanCode.INVALID_COLUMN_CHANGE, span, message);
    }
}
