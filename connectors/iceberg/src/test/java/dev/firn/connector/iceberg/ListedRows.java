package dev.firn.connector.iceberg;

import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A format without bytes: a record's position is its place in a list of rows. */
final class ListedRows implements FormatReader {

    static final int SCHEMA_ID = 7;
    static final Split SPLIT = new Split("kafka", "orders", 0, "incarnation-1");

    /** The record that brings a schema. */
    static final RawRecord RECORD = new RawRecord(SPLIT, 17, 0, null, null, List.of());

    /** A struct's values, turned into whatever the sink wants for one. */
    record Fields(@Nullable Object... values) {}

    /** A row that the decoder refuses. */
    record Bad(RejectCode code) {}

    private final List<Object> rows;
    private final List<String> names;

    /** How often a decoder was asked for. */
    int decodersOpened;

    /** What the next questions for a decoder are answered with. */
    final List<Rejected> refusals = new ArrayList<>();

    ListedRows(List<?> rows) {
        this(List.of(), rows);
    }

    /** Rows whose columns have names, so that some of them can be asked for. */
    ListedRows(List<String> names, List<?> rows) {
        this.names = List.copyOf(names);
        this.rows = List.copyOf(rows);
    }

    static ListedRows ofNumbers(long... numbers) {
        return new ListedRows(
                LongStream.of(numbers).mapToObj(n -> new Fields(n)).toList());
    }

    List<RawRecord> records() {
        List<RawRecord> records = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            records.add(new RawRecord(SPLIT, i, 0, null, null, List.of()));
        }
        return records;
    }

    @Override
    public int schemaId(RawRecord record) {
        return SCHEMA_ID;
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected {
        decodersOpened++;
        if (!refusals.isEmpty()) {
            throw refusals.remove(0);
        }
        return record -> {
            Object row = rows.get((int) record.position());
            if (row instanceof Bad bad) {
                throw new Rejected(bad.code(), "bad row");
            }
            return made(row, table.asStruct(), structs);
        };
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) {
        decodersOpened++;
        List<Integer> places = columns.columns().stream()
                .map(column -> names.indexOf(column.name()))
                .toList();
        return record -> {
            @Nullable Object[] all = ((Fields) rows.get((int) record.position())).values();
            return made(new Fields(places.stream().map(place -> all[place]).toArray()), columns.asStruct(), structs);
        };
    }

    private static @Nullable Object converted(@Nullable Object value, ColumnType type, StructFactory structs) {
        if (value == null) {
            return null;
        }
        if (type instanceof ColumnType.Struct struct) {
            return made(value, struct, structs);
        }
        if (type instanceof ColumnType.ListOf list) {
            List<@Nullable Object> elements = new ArrayList<>();
            ((List<?>) value).forEach(element -> elements.add(converted(element, list.element(), structs)));
            return elements;
        }
        if (type instanceof ColumnType.MapOf map) {
            Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((key, entry) -> entries.put(key, converted(entry, map.value(), structs)));
            return entries;
        }
        return value;
    }

    private static Object made(Object row, ColumnType.Struct type, StructFactory structs) {
        @Nullable Object[] given = ((Fields) row).values();
        @Nullable Object[] values = new @Nullable Object[type.columns().size()];
        for (int i = 0; i < values.length; i++) {
            // A table may have got more columns than the rows know.
            values[i] =
                    i < given.length ? converted(given[i], type.columns().get(i).type(), structs) : null;
        }
        return structs.maker(type).struct(values);
    }

    @Override
    public ColumnReader column(int schemaId, String column) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
