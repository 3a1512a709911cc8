package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.quality.expression.ExpressionCompiler;
import dev.firn.spi.evolution.Foreseen;
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

/** Checks that the conditions of a table can be asked of its rows. */
record RulesCheck(Diagnostics diagnostics) {

    /**
     * @param entries those that select the table, in the file's order
     * @param records what {@code where} is asked of, if the table has other columns
     * @param tables what the table may be while the job runs; the conditions have to hold for each
     */
    void check(List<TableEntry> entries, Optional<TableSchema> records, List<TableSchema> tables) {
        Map<String, PlacedExpression> rules = new LinkedHashMap<>();
        List<PlacedExpression> where = new ArrayList<>();
        for (TableEntry entry : entries) {
            Bound<TableOptions> said = entry.bound();
            said.options().where().ifPresent(text -> {
                where.clear();
                where.add(new PlacedExpression(text, said.span("where")));
            });
            said.options()
                    .expect()
                    .forEach((name, rule) ->
                            rules.put(name, new PlacedExpression(rule.that(), said.spanOf("expect", name, "that"))));
        }
        Set<Diagnostic> complaints = new LinkedHashSet<>();
        check(where, records.map(List::of).orElse(tables), complaints);
        check(List.copyOf(rules.values()), tables, complaints);
        complaints.forEach(diagnostics::report);
    }

    private static void check(List<PlacedExpression> conditions, List<TableSchema> tables, Set<Diagnostic> complaints) {
        for (PlacedExpression condition : conditions) {
            for (TableSchema table : tables) {
                // What evaluates them never asks for a struct here.
                ExpressionCompiler compiler = new ExpressionCompiler(table, (struct, index) -> null);
                compiler.condition(condition.text())
                        .problems()
                        .forEach(problem -> complaints.add(condition.complaint(problem)));
            }
        }
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
