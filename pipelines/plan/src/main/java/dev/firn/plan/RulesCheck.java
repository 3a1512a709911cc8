package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.quality.expression.ExpressionCompiler;
import dev.firn.quality.expression.Problem;
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

    /** A condition and where it stands. */
    private record Placed(String text, SourceSpan span) {}

    /**
     * @param entries those that select the table, in the file's order
     * @param tables what the table may be while the job runs; the conditions have to hold for each
     */
    void check(List<TableEntry> entries, List<TableSchema> tables) {
        Map<String, Placed> rules = new LinkedHashMap<>();
        List<Placed> conditions = new ArrayList<>();
        for (TableEntry entry : entries) {
            Bound<TableOptions> said = entry.bound();
            said.options().where().ifPresent(text -> {
                conditions.clear();
                conditions.add(new Placed(text, said.span("where")));
            });
            said.options()
                    .expect()
                    .forEach((name, rule) ->
                            rules.put(name, new Placed(rule.that(), said.spanOf("expect", name, "that"))));
        }
        conditions.addAll(rules.values());
        Set<Diagnostic> complaints = new LinkedHashSet<>();
        for (Placed condition : conditions) {
            for (TableSchema table : tables) {
                // What evaluates them never asks for a struct here.
                ExpressionCompiler compiler = new ExpressionCompiler(table, (struct, index) -> null);
                compiler.condition(condition.text())
                        .problems()
                        .forEach(problem -> complaints.add(complaint(condition, problem)));
            }
        }
        complaints.forEach(diagnostics::report);
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

    private static Diagnostic complaint(Placed condition, Problem problem) {
        Optional<SourceSpan> inside = inside(condition, problem);
        String place = inside.isPresent() ? "" : " (at " + problem.place() + " of the expression)";
        Diagnostic diagnostic = Diagnostic.error(
                PlanCode.INVALID_EXPRESSION, inside.orElse(condition.span()), problem.message() + place);
        if (problem.expected().isPresent()) {
            diagnostic = diagnostic.expecting(problem.expected().get());
        }
        return problem.fix().isPresent() ? diagnostic.fixedBy(problem.fix().get()) : diagnostic;
    }

    /** A text of one line that stands in the file as it is; what is folded or escaped has other places there. */
    private static Optional<SourceSpan> inside(Placed condition, Problem problem) {
        SourceSpan span = condition.span();
        int quotes = span.length() - condition.text().length();
        if (condition.text().indexOf('\n') >= 0 || (quotes != 0 && quotes != 2)) {
            return Optional.empty();
        }
        return Optional.of(new SourceSpan(
                span.file(),
                span.line(),
                span.column() + quotes / 2 + problem.place().column() - 1,
                problem.place().length()));
    }
}
