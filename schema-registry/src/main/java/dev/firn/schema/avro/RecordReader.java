package dev.firn.schema.avro;

import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.StructFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a record in the writer's order and lays them down in the table's. */
final class RecordReader implements ValueReader {

    private final ValueReader[] fields;
    private final int[] positions;
    private final int width;
    private final StructFactory.Maker maker;

    /** @param width the columns of the struct; those that no field has stay null */
    RecordReader(List<Placed> fields, int width, StructFactory.Maker maker) {
        this.fields = fields.stream().map(Placed::reader).toArray(ValueReader[]::new);
        this.positions = fields.stream().mapToInt(Placed::position).toArray();
        this.width = width;
        this.maker = maker;
    }

    /** A field and the place of its column. */
    record Placed(ValueReader reader, int position) {

        private static final int NOWHERE = -1;

        /** A field that is read to get past it. */
        static Placed nowhere(ValueReader reader) {
            return new Placed(reader, NOWHERE);
        }

        void into(@Nullable Object[] values, Payload payload) throws Rejected {
            Object value = reader.read(payload);
            if (position != NOWHERE) {
                values[position] = value;
            }
        }
    }

    @Override
    public Object read(Payload payload) throws Rejected {
        @Nullable Object[] values = new Object[width];
        for (int i = 0; i < fields.length; i++) {
            Object value = fields[i].read(payload);
            if (positions[i] != Placed.NOWHERE) {
                values[positions[i]] = value;
            }
        }
        return maker.struct(values);
    }
}
