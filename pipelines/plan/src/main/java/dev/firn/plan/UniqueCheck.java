package dev.firn.plan;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.ExistingTable;
import dev.firn.spi.sink.UniqueRows;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Checks that rows of a table can be told from those that it has already as the file says. */
record UniqueCheck(TableName table, PlanContext context, Diagnostics diagnostics) {

    private static final String UNIQUE = "unique";
    private static final String KEY = "key";
    private static final String TIME = "time";

    /** Some values of these are not equal to themselves. */
    private static final Set<Primitive> UNSUITED = EnumSet.of(Primitive.FLOAT, Primitive.DOUBLE);

    private static final Set<Primitive> TIMES = EnumSet.of(Primitive.TIMESTAMP, Primitive.TIMESTAMPTZ);

    /**
     * @param entries those that select the table, in the file's order
     * @param schema of its streams, where it is known
     */
    void check(
            List<TableEntry> entries,
            KeyCheck.Of settings,
            Optional<TableSchema> schema,
            Optional<ExistingTable> there) {
        Optional<UniqueRows> said = settings.key().uniqueRows();
        if (said.isEmpty()) {
            return;
        }
        UniqueRows rows = said.get();
        TableEntry entry = entries.stream()
                .filter(any -> any.bound().node().child(UNIQUE).isPresent())
                .reduce((before, last) -> last)
                .orElseThrow();
        SourceSpan span = entry.bound().span(UNIQUE);
        if (settings.key().isUpsert()) {
            unsuited(
                    span,
                    "`" + table + "` is written with `upsert`, by which it has one row a key already",
                    "take out `unique`");
        }
        WaitingCauses.of(table, settings).said().forEach(cause -> waiting(span, cause));
        WaitingCauses.already(table, context, there.isPresent(), UNIQUE).ifPresent(cause -> waiting(span, cause));
        schema.ifPresent(columns -> columns(entry, rows, columns, there.map(ExistingTable::schema)));
    }

    /** What has waited is put back by a replay, which is another writer: the two would not know of each other's rows. */
    private void waiting(SourceSpan span, WaitingCauses.Cause cause) {
        unsuited(
                span,
                cause.why() + ", and nothing" + cause.what() + " is put back into a table with `unique`",
                cause.fix());
    }

    private void unsuited(SourceSpan span, String message, String fix) {
        diagnostics.report(
                Diagnostic.error(PlanCode.UNIQUE_UNSUITED, span, message).fixedBy(fix));
    }

    private void columns(TableEntry entry, UniqueRows rows, TableSchema schema, Optional<TableSchema> there) {
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < rows.key().size(); index++) {
            String name = rows.key().get(index);
            SourceSpan span = entry.bound().itemOf(index, UNIQUE, KEY);
            if (!seen.add(name)) {
                diagnostics.report(
                        Diagnostic.error(PlanCode.KEY_COLUMN_UNSUITED, span, "`key` holds `" + name + "` twice")
                                .fixedBy("remove one of them"));
                continue;
            }
            column(new Named(name, span), schema, there, UniqueCheck::isKey);
        }
        column(new Named(rows.time(), entry.bound().spanOf(UNIQUE, TIME)), schema, there, UniqueCheck::isTime);
    }

    private record Named(String name, SourceSpan span) {}

    private void column(Named named, TableSchema schema, Optional<TableSchema> there, Predicate<ColumnType> suits) {
        List<String> suited = schema.columns().stream()
                .filter(column -> suits.test(column.type()))
                .map(Column::name)
                .toList();
        String expected = suited.isEmpty() ? "a table with such a column" : Suggestion.oneOf(suited);
        Optional<Column> column = schema.column(named.name());
        if (column.isEmpty()) {
            Diagnostic missing = Diagnostic.error(
                            PlanCode.KEY_COLUMN_MISSING,
                            named.span(),
                            "`" + table + "` has no column `" + named.name() + "` for its `unique`")
                    .expecting(expected);
            diagnostics.report(Suggestion.nearest(named.name(), suited)
                    .map(nearest -> missing.fixedBy("write `" + nearest + "`"))
                    .orElse(missing));
        } else if (!suits.test(column.get().type())) {
            diagnostics.report(Diagnostic.error(
                            PlanCode.KEY_COLUMN_UNSUITED,
                            named.span(),
                            "`" + named.name() + "` is of type " + column.get().type()
                                    + ", which does not say whether two rows are the same")
                    .expecting(expected));
        } else if (there.isPresent()) {
            inTable(named, there.get(), suits);
        }
    }

    private void inTable(Named named, TableSchema there, Predicate<ColumnType> suits) {
        Optional<Column> column = there.column(named.name());
        if (column.isEmpty()) {
            diagnostics.report(Diagnostic.error(
                            PlanCode.KEY_COLUMN_MISSING,
                            named.span(),
                            "`" + table + "` is there without the column `" + named.name()
                                    + "`, by which its rows would be told apart")
                    .fixedBy("add it with a query engine"));
        } else if (!suits.test(column.get().type())) {
            diagnostics.report(Diagnostic.error(
                    PlanCode.KEY_COLUMN_UNSUITED,
                    named.span(),
                    "`" + named.name() + "` of the table that is there is of type "
                            + column.get().type() + ", which does not say whether two rows are the same"));
        }
    }

    private static boolean isKey(ColumnType type) {
        return !(type instanceof ColumnType.Struct
                || type instanceof ColumnType.ListOf
                || type instanceof ColumnType.MapOf
                || (type instanceof Primitive primitive && UNSUITED.contains(primitive)));
    }

    private static boolean isTime(ColumnType type) {
        return type instanceof Primitive primitive && TIMES.contains(primitive);
    }
}
