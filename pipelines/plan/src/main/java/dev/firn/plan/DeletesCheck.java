package dev.firn.plan;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.table.Deletes;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.Widening;
import dev.firn.spi.source.RecordKey;
import dev.firn.spi.source.StreamSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks that records that delete rows say by their keys which row of a table that is. */
record DeletesCheck(TableName table, Diagnostics diagnostics) {

    /** @param key of the table; none where each of its records is a row */
    record Of(List<String> key, RowShape shape, TableSchema columns) {

        /** What a record calls a column of the table. */
        private String nameInRecord(String column) {
            return shape.rename().stream()
                    .filter(renamed -> renamed.to().equals(column))
                    .findFirst()
                    .map(RowShape.Renamed::from)
                    .orElse(column);
        }

        /** By the record's name for it. */
        private boolean computes(String column) {
            return shape.set().stream().anyMatch(set -> set.column().equals(column));
        }
    }

    /** Of a stream whose records name their table by a value: one without a value does not. */
    static void byValue(RoutedByValue routed, Diagnostics diagnostics) {
        RoutedStream stream = routed.routed();
        deletes(stream)
                .ifPresent(key -> diagnostics.report(Diagnostic.error(
                                PlanCode.DELETES_UNSUITED,
                                routed.line().span("by"),
                                all(stream, key) + " delete rows, and nothing in "
                                        + (isOfChanges(key)
                                                ? "one that deletes says of which table"
                                                : "such a record says of which table"))
                        .fixedBy("route it without `by`"
                                + (isOfChanges(key) ? "" : ", or read it in a source with `tombstones: ignore`"))));
    }

    private static boolean isOfChanges(RecordKey key) {
        return key.deletes() == RecordKey.Deletes.CHANGES;
    }

    /** What deletes rows. */
    private static String all(RoutedStream stream, RecordKey key) {
        String topic = "`" + stream.stream().name() + "`";
        return isOfChanges(key) ? "changes of " + topic : "records of " + topic + " without a value";
    }

    /** One of those. */
    private static String one(RoutedStream stream, RecordKey key) {
        String topic = "`" + stream.stream().name() + "`";
        return isOfChanges(key) ? "a delete of " + topic : "a record of " + topic + " without a value";
    }

    private static Optional<RecordKey> deletes(RoutedStream stream) {
        return stream.stream().schema().flatMap(StreamSchema::deletes);
    }

    /** @param entries those that select the table, in the file's order */
    void check(List<TableEntry> entries, KeySettings keyed, List<RoutedStream> streams, Of settings) {
        if (!keyed.isUpsert()) {
            streams.stream()
                    .filter(stream -> stream.stream().ofRows())
                    .forEach(stream -> diagnostics.report(Diagnostic.error(
                                    PlanCode.DELETES_UNSUITED,
                                    stream.routedAt(),
                                    "`" + table + "` is appended to, and `"
                                            + stream.stream().name()
                                            + "` is a table of a database, whose rows change, go, and may be read again")
                            .fixedBy("say `write: upsert` for it, which takes the primary key")));
        }
        if (keyed.ignoresDeletes()) {
            return;
        }
        if (keyed.deletes() == Deletes.APPLY
                && streams.stream().allMatch(stream -> deletes(stream).isEmpty())) {
            entries.stream()
                    .filter(entry -> entry.bound().node().child("deletes").isPresent())
                    .reduce((before, last) -> last)
                    .ifPresent(entry -> diagnostics.report(Diagnostic.warning(
                                    PlanCode.DELETES_UNSUITED,
                                    entry.bound().span("deletes"),
                                    "nothing deletes rows of `" + table + "`, so there is nothing to apply")
                            .fixedBy("say `tombstones: delete` in its source, or take it out")));
        }
        for (RoutedStream stream : streams) {
            Optional<RecordKey> key = deletes(stream);
            if (key.isPresent() && !(stream.stream().ofRows() && !keyed.isUpsert())) {
                check(entries, keyed, stream, key.get(), settings);
            }
        }
    }

    private void check(
            List<TableEntry> entries, KeySettings keyed, RoutedStream stream, RecordKey ofRecords, Of settings) {
        if (!keyed.isUpsert()) {
            diagnostics.report(Diagnostic.error(
                            PlanCode.DELETES_UNSUITED,
                            stream.stream().span(),
                            all(stream, ofRecords) + " delete rows, and `" + table
                                    + "` is appended to: none of its rows has a key")
                    .fixedBy("say `write: upsert` and a `key` for it, or `deletes: ignore`"));
            return;
        }
        List<String> key = settings.key();
        if (key.isEmpty()) {
            // Which is an error of its own.
            return;
        }
        Set<RecordKey.Field> used = new HashSet<>();
        boolean complete = true;
        for (int index = 0; index < key.size(); index++) {
            Optional<RecordKey.Field> field =
                    field(stream, ofRecords, key.get(index), settings, KeySettings.span(entries, index), used);
            complete &= field.isPresent();
            field.ifPresent(used::add);
        }
        List<String> others = ofRecords.fields().stream()
                .filter(field -> !used.contains(field))
                .map(field -> "`" + field.column().name() + "`")
                .toList();
        if (complete && !others.isEmpty()) {
            diagnostics.report(Diagnostic.error(
                            PlanCode.DELETES_UNSUITED,
                            KeySettings.span(entries),
                            "the key of `" + stream.stream().name() + "` has " + String.join(", ", others)
                                    + " as well, so a " + (isOfChanges(ofRecords) ? "delete" : "record without a value")
                                    + " is not about the whole of a row's `key`")
                    .fixedBy("name all of the record's key in `key`"));
        }
    }

    private Optional<RecordKey.Field> field(
            RoutedStream stream,
            RecordKey ofRecords,
            String column,
            Of settings,
            SourceSpan span,
            Set<RecordKey.Field> used) {
        if (settings.computes(settings.nameInRecord(column))) {
            diagnostics.report(Diagnostic.error(
                    PlanCode.DELETES_UNSUITED,
                    span,
                    "`" + column + "` is computed by `set`, and " + one(stream, ofRecords)
                            + " has nothing to compute it of"));
            return Optional.empty();
        }
        Optional<RecordKey.Field> found =
                ofRecords.field(settings.nameInRecord(column)).filter(field -> !used.contains(field));
        if (found.isEmpty()) {
            diagnostics.report(Diagnostic.error(
                            PlanCode.DELETES_UNSUITED,
                            span,
                            one(stream, ofRecords) + " deletes the row with its key, and its key has no `"
                                    + settings.nameInRecord(column) + "`")
                    .expecting(Suggestion.oneOf(names(ofRecords))));
            return Optional.empty();
        }
        Column inKey = found.get().column();
        settings.columns()
                .column(column)
                .filter(there -> !Widening.isLossless(inKey.type(), there.type()))
                .ifPresent(there -> diagnostics.report(Diagnostic.error(
                        PlanCode.DELETES_UNSUITED,
                        span,
                        "`" + column + "` is of type " + there.type() + ", and in the key of `"
                                + stream.stream().name() + "` of type " + inKey.type())));
        return found;
    }

    /** What columns its fields are. */
    private static List<String> names(RecordKey key) {
        return key.fields().stream()
                .map(field -> field.inRecord().orElse(field.column().name()))
                .toList();
    }
}
