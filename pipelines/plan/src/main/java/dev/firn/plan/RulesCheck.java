package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.table.ExpectOptions;
import dev.firn.definition.table.Otherwise;
import dev.firn.quality.expression.ExpressionCompiler;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Checks that the conditions of a table can be asked of its rows. */
record RulesCheck(Diagnostics diagnostics) {

    /**
     * @param entries those that select the table, in the file's order
     * @param records what {@code where} is asked of, if the table has other columns
     * @param tables what the table may be while the job runs; the conditions have to hold for each
     */
    void check(List<TableEntry> entries, Optional<TableSchema> records, List<TableSchema> tables) {
        Map<String, Function<TableSchema, List<Diagnostic>>> rules = new LinkedHashMap<>();
        List<PlacedExpression> where = new ArrayList<>();
        for (TableEntry entry : entries) {
            Bound<TableOptions> said = entry.bound();
            said.options().where().ifPresent(text -> {
                where.clear();
                where.add(new PlacedExpression(text, said.span("where")));
            });
            said.options().expect().forEach((name, rule) -> rules.put(name, check(said, name, rule)));
        }
        Set<Diagnostic> complaints = new LinkedHashSet<>();
        for (TableSchema seen : records.map(List::of).orElse(tables)) {
            where.forEach(condition -> complaints.addAll(complaints(condition, seen)));
        }
        List<TableSchema> asked =
                tags(entries) ? tables.stream().map(RulesCheck::untagged).toList() : tables;
        rules.values().forEach(rule -> asked.forEach(table -> complaints.addAll(rule.apply(table))));
        complaints.forEach(diagnostics::report);
    }

    private static boolean tags(List<TableEntry> entries) {
        return entries.stream()
                .map(entry -> entry.bound().options())
                .anyMatch(said -> said.expect().values().stream().anyMatch(rule -> rule.otherwise() == Otherwise.TAG)
                        || said.eventTime()
                                .filter(time -> time.late() == Otherwise.TAG)
                                .isPresent());
    }

    /** Rules are asked before a row is tagged, so there is nothing yet that one of them could read. */
    private static TableSchema untagged(TableSchema table) {
        return new TableSchema(table.columns().stream()
                .filter(column -> !column.name().equals(RowRules.FAILED_RULES.name()))
                .toList());
    }

    private static Function<TableSchema, List<Diagnostic>> check(
            Bound<TableOptions> said, String name, ExpectOptions rule) {
        if (rule.that().isEmpty()) {
            return new ReadyRule(said, name, rule)::complaints;
        }
        PlacedExpression condition = new PlacedExpression(rule.that().get(), said.spanOf("expect", name, "that"));
        return table -> complaints(condition, table);
    }

    private static List<Diagnostic> complaints(PlacedExpression condition, TableSchema table) {
        // What evaluates them never asks for a struct here.
        return new ExpressionCompiler(table, (struct, index) -> null)
                .condition(condition.text()).problems().stream()
                        .map(condition::complaint)
                        .toList();
    }

    /**
     * @param planned what the table's streams have
     * @param there what the table has by now, if it is there
     * @param foreseen what it becomes with them, where that is known
     */
    static List<TableSchema> tables(
            TableSchema planned, Optional<TableSchema> there, Optional<Set<Foreseen>> foreseen) {
        if (there.isEmpty()) {
            return List.of(planned);
        }
        TableSchema now = there.get();
        if (foreseen.isPresent()) {
            TableSchema then = new TableSchema(List.of());
            for (Foreseen one : foreseen.get()) {
                then = joined(then, one instanceof Foreseen.Takes takes ? takes.columns() : now);
            }
            return List.of(then);
        }
        // The producers may have dropped what the table still has, and a type may be wider there.
        return List.of(joined(planned, now), joined(now, planned));
    }

    private static TableSchema joined(TableSchema first, TableSchema more) {
        List<Column> columns = new ArrayList<>(first.columns());
        more.columns().stream()
                .filter(column -> first.column(column.name()).isEmpty())
                .forEach(columns::add);
        return new TableSchema(columns);
    }

    /** The entries that select a table. */
    static List<TableEntry> selecting(List<TableEntry> entries, TableName table) {
        return entries.stream().filter(entry -> entry.selects(table)).toList();
    }
}
