package dev.firn.quality.validation;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Versions of a schema, the newest last, and records that are what the version in question has, by their positions. A decoder refuses a
 * view that forgets a field, as those of formats do, and fills what a version lacks with the newest one's default.
 */
final class Versions implements FormatReader {

    /** A row is the list of its values. */
    static final StructFactory LISTS = new StructFactory() {
        @Override
        public Maker maker(ColumnType.Struct type) {
            return values -> new ArrayList<>(Arrays.asList(values));
        }

        @Override
        public @Nullable Object field(Object struct, int index) {
            return ((List<?>) struct).get(index);
        }
    };

    final List<WriterSchema> versions = new ArrayList<>();
    private final List<@Nullable Object[]> records = new ArrayList<>();
    private final Map<String, Object> defaults = new HashMap<>();
    private boolean isKnown = true;
    int asked;

    Versions(Column[]... versions) {
        for (Column[] columns : versions) {
            add(Map.of(), columns);
        }
    }

    /** One more version, whose fields say what they were called before. */
    Versions add(Map<String, String> former, Column... columns) {
        SortedMap<String, List<String>> names = new TreeMap<>();
        former.forEach((now, before) -> names.put(now, List.of(before)));
        versions.add(WriterSchema.of(new TableSchema(List.of(columns)), names, new TreeMap<>()));
        return this;
    }

    /** Of records that name no schema. */
    Versions unknown() {
        isKnown = false;
        return this;
    }

    Versions withDefault(String field, Object value) {
        defaults.put(field, value);
        return this;
    }

    RawRecord record(@Nullable Object... values) {
        records.add(values);
        return new RawRecord(
                new Split("kafka", "orders", 0, "one"), records.size() - 1, 0, null, new byte[1], List.of());
    }

    @Override
    public int schemaId(RawRecord record) {
        return 0;
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) {
        StructFactory.Maker row = structs.maker(table.asStruct());
        List<String> names = versions.get(schemaId).columns().columns().stream()
                .map(Column::name)
                .toList();
        return record -> {
            @Nullable Object[] written = records.get((int) record.position());
            @Nullable Object[] values = new @Nullable Object[table.columns().size()];
            for (int place = 0; place < values.length; place++) {
                Column column = table.columns().get(place);
                int from = names.indexOf(column.name());
                values[place] =
                        from < 0 ? defaults.get(WriterView.nameOf(column.name())) : as(column.type(), written[from]);
            }
            return row.struct(values);
        };
    }

    private static @Nullable Object as(ColumnType type, @Nullable Object value) {
        return type == Primitive.LONG && value instanceof Integer number ? (Long) number.longValue() : value;
    }

    @Override
    public RowDecoder decoder(int schemaId, WriterView view, StructFactory structs) throws Rejected {
        for (Column field : versions.get(schemaId).columns().columns()) {
            boolean isIn = view.columns().column(field.name()).isPresent();
            if (!isIn && !view.leftOut().contains(field.name())) {
                throw new Rejected(RejectCode.SCHEMA_NOT_IN_TABLE, "nobody takes `" + field.name() + "`");
            }
            assertThat(isIn && view.leftOut().contains(field.name()))
                    .as(field.name())
                    .isFalse();
        }
        return decoder(schemaId, view.columns(), structs);
    }

    @Override
    public List<SchemaLineage> lineages(int schemaId, String stream) {
        assertThat(stream).isEqualTo("orders");
        asked++;
        SortedMap<String, Integer> numbers = new TreeMap<>();
        for (int version = 0; version < versions.size(); version++) {
            numbers.put(versions.get(version).fingerprint(), version + 1);
        }
        return List.of(new SchemaLineage(
                versions, schemaId, java.util.Set.of(), new SchemaLineage.Subject("orders-value", numbers)));
    }

    @Override
    public Optional<WriterSchema> written(int schemaId) {
        return isKnown ? Optional.of(versions.get(schemaId)) : Optional.empty();
    }

    @Override
    public ColumnReader column(int schemaId, String column) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) {
        return decoder(schemaId, columns, structs);
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("it is not the ruled reader's to close");
    }
}
