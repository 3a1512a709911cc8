package dev.firn.plan;

import dev.firn.definition.HoldOptions;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.ExistingTable;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks that rows of a table can be replaced by their key as the file says. */
record KeyCheck(TableName table, Diagnostics diagnostics) {

    private static final String FORMAT_VERSION = "format-version";

    /** Some values of the first two are not equal to themselves; not every reader finds rows by a UUID. */
    private static final Set<Primitive> UNSUITED = EnumSet.of(Primitive.FLOAT, Primitive.DOUBLE, Primitive.UUID);

    /**
     * What holds for the table when all entries have been heard.
     *
     * @param isSaidLater whether its streams say the key, and nobody has asked them yet
     */
    record Of(KeySettings key, EvolutionPolicy evolution, TableCommits commits, boolean isSaidLater) {}

    /**
     * @param entries those that select the table, in the file's order
     * @param schema of its streams, where it is known
     */
    void check(List<TableEntry> entries, Of settings, Optional<TableSchema> schema, Optional<ExistingTable> there) {
        if (!settings.key().isUpsert()) {
            last(entries, "key")
                    .ifPresent(span -> diagnostics.report(Diagnostic.warning(
                                    PlanCode.KEY_UNUSED,
                                    span,
                                    "`" + table + "` has a `key`, and each of its records is a row all the same")
                            .fixedBy("write `write: upsert` beside it, or take it out")));
            return;
        }
        SourceSpan write = last(entries, "write").orElseThrow();
        if (settings.key().key().isEmpty()) {
            if (!settings.isSaidLater()) {
                diagnostics.report(missing(write, schema));
            }
        } else {
            schema.ifPresent(columns -> columns(entries, settings.key().key(), columns));
            schema.ifPresent(columns ->
                    there.ifPresent(table -> lacking(entries, settings.key().key(), columns, table.schema())));
        }
        pauses(write, settings.evolution());
        if (settings.commits().then() == HoldOptions.Then.DETACH) {
            diagnostics.report(Diagnostic.error(
                            PlanCode.UPSERT_UNSUITED,
                            write,
                            "`hold` detaches `" + table
                                    + "`, and what comes for it meanwhile can't be put back between rows"
                                    + " that replace each other")
                    .fixedBy("say `hold: {then: stop}` for it"));
        }
        there.map(ExistingTable::properties)
                .map(properties -> properties.get(FORMAT_VERSION))
                .filter("1"::equals)
                .ifPresent(version -> diagnostics.report(Diagnostic.error(
                                PlanCode.UPSERT_UNSUITED,
                                write,
                                "`" + table + "` has format version 1, in which no row can be replaced")
                        .fixedBy(
                                "set its property `format-version` to `2` with a query engine; nothing is rewritten")));
    }

    private static Optional<SourceSpan> last(List<TableEntry> entries, String option) {
        return entries.stream()
                .filter(entry -> entry.bound().node().child(option).isPresent())
                .map(entry -> entry.bound().span(option))
                .reduce((before, last) -> last);
    }

    private Diagnostic missing(SourceSpan write, Optional<TableSchema> schema) {
        Diagnostic diagnostic = Diagnostic.error(
                PlanCode.KEY_MISSING,
                write,
                "`write: upsert` replaces the row with the same key, and nothing says what the key of `" + table
                        + "` is");
        List<String> suited = schema.map(KeyCheck::suited).orElse(List.of());
        return suited.isEmpty()
                ? diagnostic.fixedBy("name the columns that tell its rows apart: `key: [order_id]`, for example")
                : diagnostic
                        .fixedBy("name the columns that tell its rows apart: `key: [" + suited.get(0)
                                + "]`, for example")
                        .expecting(Suggestion.oneOf(suited));
    }

    private void columns(List<TableEntry> entries, List<String> key, TableSchema schema) {
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < key.size(); index++) {
            String name = key.get(index);
            SourceSpan span = KeySettings.span(entries, index);
            Optional<Column> column = schema.column(name);
            if (!seen.add(name)) {
                diagnostics.report(
                        Diagnostic.error(PlanCode.KEY_COLUMN_UNSUITED, span, "`key` holds `" + name + "` twice")
                                .fixedBy("remove one of them"));
            } else if (column.isEmpty()) {
                diagnostics.report(unknown(name, span, schema));
            } else if (!isSuited(column.get().type())) {
                diagnostics.report(Diagnostic.error(
                                PlanCode.KEY_COLUMN_UNSUITED,
                                span,
                                "`" + name + "` is of type " + column.get().type()
                                        + ", by which readers can't tell rows apart")
                        .expecting(Suggestion.oneOf(suited(schema))));
            }
        }
    }

    /** A writer looks for the key before it looks at a record, so no record brings a column of it. */
    private void lacking(List<TableEntry> entries, List<String> key, TableSchema schema, TableSchema there) {
        for (int index = 0; index < key.size(); index++) {
            String name = key.get(index);
            if (schema.column(name).isPresent() && there.column(name).isEmpty()) {
                diagnostics.report(Diagnostic.error(
                                PlanCode.KEY_COLUMN_MISSING,
                                KeySettings.span(entries, index),
                                "`" + table + "` is there without the column `" + name
                                        + "`, by which its rows would be told apart")
                        .fixedBy("add it with a query engine, and give the rows that are there their keys"));
            }
        }
    }

    private Diagnostic unknown(String name, SourceSpan span, TableSchema schema) {
        List<String> suited = suited(schema);
        Diagnostic diagnostic = Diagnostic.error(
                PlanCode.KEY_COLUMN_MISSING, span, "`" + table + "` has no column `" + name + "` for its key");
        return Suggestion.nearest(name, suited)
                .map(nearest -> diagnostic.fixedBy("write `" + nearest + "`"))
                .orElse(diagnostic)
                .expecting(suited.isEmpty() ? "a table with a column that tells rows apart" : Suggestion.oneOf(suited));
    }

    private static List<String> suited(TableSchema schema) {
        return schema.columns().stream()
                .filter(column -> isSuited(column.type()))
                .map(Column::name)
                .toList();
    }

    private static boolean isSuited(ColumnType type) {
        return !(type instanceof ColumnType.Struct
                || type instanceof ColumnType.ListOf
                || type instanceof ColumnType.MapOf
                || (type instanceof Primitive primitive && UNSUITED.contains(primitive)));
    }

    /** What has waited is put back by a replay, which does not know what has come since. */
    private void pauses(SourceSpan write, EvolutionPolicy policy) {
        WaitingCauses.pausing(policy)
                .ifPresent(kinds -> diagnostics.report(Diagnostic.error(
                                PlanCode.UPSERT_UNSUITED,
                                write,
                                "`schema-evolution` pauses `" + table + "` for " + kinds
                                        + ", and what has waited can't be put back between rows that replace each other")
                        .fixedBy("decide `quarantine` or `fail` there")));
    }
}
