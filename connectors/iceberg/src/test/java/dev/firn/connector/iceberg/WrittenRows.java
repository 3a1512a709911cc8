package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.Widening;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A format without bytes: a record's position is its place in a list of rows, which are values by the names that their writer's
 * schema has for them; one without any is bad. As a real one does it binds by name, and leaves nothing out that it was not told to. A schema's id is its place
 * among the versions, from 1 on.
 */
final class WrittenRows implements FormatReader {

    private final List<WriterSchema> versions;
    private final List<Map<String, Object>> rows = new ArrayList<>();

    /** How often a decoder was asked for. */
    int decodersOpened;

    /** And the other versions. */
    int lineagesAsked;

    private int knownAtFirst;

    WrittenRows(WriterSchema... versions) {
        this.versions = List.of(versions);
        this.knownAtFirst = versions.length;
    }

    /** Whoever asks for the first time hears of so many versions only. */
    WrittenRows knownFromTheSecondTime(int atFirst) {
        knownAtFirst = atFirst;
        return this;
    }

    static WriterSchema schema(int version, Column... columns) {
        return schema(version, Map.of(), columns);
    }

    static WriterSchema schema(int version, Map<String, List<String>> formerNames, Column... columns) {
        return new WriterSchema(
                String.format("%016x", 0xa0000000L + version),
                new TableSchema(List.of(columns)),
                new TreeMap<>(formerNames),
                new TreeMap<>());
    }

    /** The same, of rows that the file gives a column more. */
    static WriterSchema tagged(WriterSchema writer) {
        List<Column> columns = new ArrayList<>(writer.columns().columns());
        columns.add(Column.optional("tag", new ColumnType.ListOf(ColumnType.Primitive.STRING, Nullability.REQUIRED)));
        return new WriterSchema(
                writer.fingerprint(),
                new TableSchema(columns),
                writer.formerNames(),
                writer.symbols(),
                writer.choices(),
                writer.defaults(),
                new TreeSet<>(List.of("tag")));
    }

    /** Records of those rows. */
    @SafeVarargs
    final List<RawRecord> records(Map<String, Object>... written) {
        List<RawRecord> records = new ArrayList<>();
        for (Map<String, Object> row : written) {
            records.add(new RawRecord(ListedRows.SPLIT, rows.size(), 0, null, null, List.of()));
            rows.add(row);
        }
        return records;
    }

    WriterSchema version(int schemaId) {
        return versions.get(schemaId - 1);
    }

    @Override
    public int schemaId(RawRecord record) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<WriterSchema> written(int schemaId) {
        return Optional.of(version(schemaId));
    }

    @Override
    public List<SchemaLineage> lineages(int schemaId, String stream) {
        lineagesAsked++;
        return List.of(
                new SchemaLineage(lineagesAsked == 1 ? versions.subList(0, knownAtFirst) : versions, schemaId - 1));
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected {
        return decoder(schemaId, new WriterView(table, Set.of()), structs);
    }

    @Override
    public RowDecoder decoder(int schemaId, WriterView view, StructFactory structs) throws Rejected {
        decodersOpened++;
        Reading reading = new Reading(structs, view.leftOut());
        ColumnType.Struct written = version(schemaId).columns().asStruct();
        ColumnType.Struct table = view.columns().asStruct();
        reading.bind("", written, table);
        return record -> {
            Map<String, Object> row = rows.get((int) record.position());
            if (row.isEmpty()) {
                throw new Rejected(RejectCode.INVALID_VALUE, "nothing is in it");
            }
            return reading.struct(row, written, table);
        };
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) {
        ColumnType.Struct written = version(schemaId).columns().asStruct();
        Reading reading = new Reading(structs, Set.of());
        return record -> reading.struct(rows.get((int) record.position()), written, columns.asStruct());
    }

    @Override
    public ColumnReader column(int schemaId, String column) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}

    private record Reading(StructFactory structs, Set<String> leftOut) {

        private void bind(String path, ColumnType written, ColumnType column) throws Rejected {
            if (written instanceof ColumnType.Struct fields && column instanceof ColumnType.Struct struct) {
                for (Column field : fields.columns()) {
                    bindField(ColumnPath.child(path, field.name()), field, struct);
                }
            } else if (written instanceof ColumnType.ListOf list && column instanceof ColumnType.ListOf elements) {
                bind(ColumnPath.element(path), list.element(), elements.element());
            } else if (written instanceof ColumnType.MapOf map && column instanceof ColumnType.MapOf entries) {
                bind(ColumnPath.value(path), map.value(), entries.value());
            } else if (!Widening.isLossless(written, column)) {
                throw new Rejected(RejectCode.SCHEMA_NOT_IN_TABLE, path + ": " + written + " into " + column);
            }
        }

        private void bindField(String path, Column field, ColumnType.Struct struct) throws Rejected {
            Optional<Column> column = column(struct, field.name());
            if (leftOut.contains(path)) {
                if (column.isPresent()) {
                    throw new IllegalStateException("left out, but there: " + path);
                }
                return;
            }
            if (column.isEmpty()) {
                throw new Rejected(RejectCode.SCHEMA_NOT_IN_TABLE, "no column for " + path);
            }
            bind(path, field.type(), column.get().type());
        }

        private static Optional<Column> column(ColumnType.Struct struct, String name) {
            return struct.columns().stream()
                    .filter(column -> column.name().equals(name))
                    .findFirst();
        }

        private Object struct(Map<?, ?> row, ColumnType.Struct written, ColumnType.Struct struct) {
            @Nullable Object[] values = new @Nullable Object[struct.columns().size()];
            for (int i = 0; i < values.length; i++) {
                Column column = struct.columns().get(i);
                Optional<Column> field = column(written, column.name());
                values[i] = field.isPresent()
                        ? value(row.get(column.name()), field.get().type(), column.type())
                        : null;
            }
            return structs.maker(struct).struct(values);
        }

        private @Nullable Object value(@Nullable Object value, ColumnType written, ColumnType column) {
            if (value == null) {
                return null;
            }
            if (written instanceof ColumnType.Struct fields) {
                return struct((Map<?, ?>) value, fields, (ColumnType.Struct) column);
            }
            if (written instanceof ColumnType.ListOf list) {
                List<@Nullable Object> elements = new ArrayList<>();
                ((List<?>) value)
                        .forEach(element ->
                                elements.add(value(element, list.element(), ((ColumnType.ListOf) column).element())));
                return elements;
            }
            if (written instanceof ColumnType.MapOf map) {
                Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
                ((Map<?, ?>) value)
                        .forEach((key, entry) ->
                                entries.put(key, value(entry, map.value(), ((ColumnType.MapOf) column).value())));
                return entries;
            }
            return written == Primitive.INT && column == Primitive.LONG ? Long.valueOf((Integer) value) : value;
        }
    }
}
