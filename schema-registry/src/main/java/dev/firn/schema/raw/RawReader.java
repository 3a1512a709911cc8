package dev.firn.schema.raw;

import dev.firn.schema.binding.Misfits;
import dev.firn.schema.binding.Places;
import dev.firn.schema.binding.Utf8;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableSchema;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lays values into their one column. */
final class RawReader implements FormatReader {

    private final RawFormat format;

    RawReader(RawFormat format) {
        this.format = format;
    }

    @Override
    public int schemaId(RawRecord record) {
        return RawRecord.NO_SCHEMA_ID;
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected {
        return decoder(schemaId, new WriterView(table, Set.of()), structs);
    }

    @Override
    public RowDecoder decoder(int schemaId, WriterView view, StructFactory structs) throws Rejected {
        TableSchema table = view.columns();
        Misfits misfits = new Misfits();
        Places places = new Places("", table.asStruct(), misfits);
        Optional<Places.Place> place = view.leftOut().contains(format.column())
                ? Optional.empty()
                : places.take(format.column(), format.columnType());
        place.ifPresent(found -> requireType(found, misfits));
        places.requireNoOther();
        misfits.rejectAny();
        return row(place, table, structs);
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) throws Rejected {
        Misfits misfits = new Misfits();
        Optional<Places.Place> place = new Places("", columns.asStruct(), misfits).find(format.column());
        place.ifPresent(found -> requireType(found, misfits));
        misfits.rejectAny();
        return row(place, columns, structs);
    }

    @Override
    public Optional<WriterSchema> written(int schemaId) {
        return Optional.of(WriterSchema.of(format.schema().columns(), new TreeMap<>(), new TreeMap<>()));
    }

    @Override
    public List<SchemaLineage> lineages(int schemaId, String stream) {
        return written(schemaId).map(SchemaLineage::of).stream().toList();
    }

    @Override
    public ColumnReader column(int schemaId, String column) {
        return column.equals(format.column()) ? this::value : record -> null;
    }

    private void requireType(Places.Place place, Misfits misfits) {
        if (!place.column().type().equals(format.columnType())) {
            misfits.type(format.column(), format.columnType(), place.column().type());
        }
    }

    private RowDecoder row(Optional<Places.Place> place, TableSchema table, StructFactory structs) {
        int width = table.columns().size();
        int position = place.map(Places.Place::position).orElse(-1);
        StructFactory.Maker maker = structs.maker(table.asStruct());
        return record -> {
            @Nullable Object[] values = new Object[width];
            if (position >= 0) {
                values[position] = value(record);
            }
            return maker.struct(values);
        };
    }

    private Object value(RawRecord record) throws Rejected {
        byte[] value = record.value();
        if (value == null) {
            throw new IllegalStateException("our bug: a tombstone is decoded");
        }
        return format.type() == RawFormat.Type.STRING
                ? Utf8.text(value, 0, value.length, format.column())
                : ByteBuffer.wrap(value);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
