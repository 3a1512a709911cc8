package dev.firn.flink.preview;

import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.Decided;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.evolution.SchemaChange;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.LeftOut;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.RowKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table, whose columns change with the records' schemas as they would in a job. Each schema is held against the table as
 * it is; columns of all of them are shown.
 */
final class ForeseenTable {

    /** What is to become of the table for a schema; null where the format does not know its schemas as columns. */
    @FunctionalInterface
    interface Judge {
        @Nullable
        Foreseen foresee(FormatReader format, int schemaId, String stream) throws Rejected;
    }

    private final TableSchema now;
    private final Judge judge;
    private final StructFactory structs;
    private final Function<Object, List<@Nullable Object>> values;
    private final Map<Version, Opened> opened = new HashMap<>();
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final List<Made> made = new ArrayList<>();

    /**
     * @param now its columns as they are
     * @param values of a row that the structs have made, in the order of its columns
     */
    ForeseenTable(
            TableSchema now, Judge judge, StructFactory structs, Function<Object, List<@Nullable Object>> values) {
        this.now = now;
        this.judge = judge;
        this.structs = structs;
        this.values = values;
        now.columns().forEach(column -> columns.put(column.name(), column));
    }

    private record Version(FormatReader format, int schemaId) {}

    /** How records of a schema become rows, and the names of what is in these. */
    private record Opened(RowDecoder decoder, TableSchema columns) {}

    private record Made(RawRecord record, Map<String, @Nullable Object> values, boolean deletes) {}

    /** What the file leaves out is no row. */
    Optional<LeftOut> add(FormatReader format, int schemaId, RawRecord record) throws Rejected {
        Version version = new Version(format, schemaId);
        Opened known = opened.get(version);
        if (known == null) {
            known = open(format, schemaId, record.split().stream());
            opened.put(version, known);
        }
        Object row = record.row(known.decoder());
        if (row instanceof LeftOut leftOut) {
            return Optional.of(leftOut);
        }
        List<@Nullable Object> inOrder = values.apply(row);
        Map<String, @Nullable Object> byName = new HashMap<>();
        for (int place = 0; place < inOrder.size(); place++) {
            byName.put(known.columns().columns().get(place).name(), inOrder.get(place));
        }
        made.add(new Made(record, byName, false));
        return Optional.empty();
    }

    /**
     * Ends the row with the record's key.
     *
     * @param keys reads the key by the names of the table
     * @param key the names of its columns
     */
    void delete(TableName table, FormatReader keys, List<String> key, RawRecord record) throws Rejected {
        List<Column> named = new ArrayList<>();
        for (String name : key) {
            Column column = columns.get(name);
            if (column == null) {
                throw new Rejected(
                        RejectCode.SCHEMA_NOT_IN_TABLE,
                        "table `" + table + "` has no column `" + name + "`, which is in its `key`");
            }
            named.add(column);
        }
        RowDecoder decoder = keys.projection(keys.schemaId(record), new TableSchema(named), structs);
        List<@Nullable Object> inOrder = values.apply(decoder.decode(record));
        Map<String, @Nullable Object> byName = new HashMap<>();
        for (int place = 0; place < inOrder.size(); place++) {
            if (inOrder.get(place) == null) {
                throw RowKeys.withoutKey(table);
            }
            byName.put(key.get(place), inOrder.get(place));
        }
        made.add(new Made(record, byName, true));
    }

    private Opened open(FormatReader format, int schemaId, String stream) throws Rejected {
        Foreseen foreseen = judge.foresee(format, schemaId, stream);
        if (foreseen instanceof Foreseen.Refuses refuses) {
            throw new Rejected(
                    refuses.decision() == Decision.PAUSE_TABLE
                            ? RejectCode.TABLE_PAUSED
                            : RejectCode.SCHEMA_CHANGE_REFUSED,
                    refuses.reason());
        }
        if (!(foreseen instanceof Foreseen.Takes takes)) {
            return new Opened(format.decoder(schemaId, now, structs), now);
        }
        takes.decided().forEach(this::rename);
        takes.columns().columns().forEach(column -> columns.put(column.name(), column));
        return new Opened(format.decoder(schemaId, takes.view(), structs), takes.columns());
    }

    /** What a later version calls otherwise is shown under that name. */
    private void rename(Decided decided) {
        if (decided.decision() == Decision.APPLY
                && decided.change() instanceof SchemaChange.RenameColumn renamed
                && columns.remove(renamed.was()) != null) {
            made.forEach(row -> row.values().put(renamed.path(), row.values().remove(renamed.was())));
        }
    }

    Previewed.Rows rows() {
        List<Previewed.Row> rows = new ArrayList<>();
        for (Made row : made) {
            List<@Nullable Object> inOrder = new ArrayList<>();
            columns.keySet().forEach(name -> inOrder.add(row.values().get(name)));
            rows.add(new Previewed.Row(row.record(), inOrder, row.deletes()));
        }
        return new Previewed.Rows(new TableSchema(List.copyOf(columns.values())), rows);
    }
}
