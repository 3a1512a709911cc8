package dev.firn.schema.avro;

import static dev.firn.schema.testing.AvroBytes.raw;
import static dev.firn.schema.testing.AvroBytes.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.RandomAvro;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Some columns of a record, without the rest. */
class ProjectionTest {

    private static final int FRAME = 5;

    @Property(tries = 2_000)
    void findsInItsColumnsWhatTheDecoderOfTheWholeFinds(@ForAll long seed) throws Rejected {
        RandomAvro random = new RandomAvro(seed);
        Schema schema = random.record();
        Object datum = random.recordValue(schema);
        TableSchema some = some(AvroBytes.table(schema), new Random(seed));
        RowDecoder projection = AvroDecoder.projection(schema, AvroReading.AS_WRITTEN, some, Row.FACTORY);

        for (byte[] value : List.of(AvroBytes.encode(schema, datum), AvroBytes.encodeInBlocks(schema, datum))) {
            Row whole = AvroBytes.decode(schema, value);

            List<String> names = some.columns().stream().map(Column::name).toList();
            List<@Nullable Object> values = new ArrayList<>();
            names.forEach(name -> values.add(whole.values().get(whole.names().indexOf(name))));
            assertThat(projection.decode(raw(value))).isEqualTo(new Row(names, values));
        }
    }

    @Property(tries = 2_000)
    void answersAnyBytesWithARowOrARejection(@ForAll long seed) throws Rejected {
        RandomAvro random = new RandomAvro(seed);
        Schema schema = random.record();
        byte[] value = AvroBytes.encode(schema, random.recordValue(schema));
        RowDecoder projection = AvroDecoder.projection(
                schema, AvroReading.AS_WRITTEN, some(AvroBytes.table(schema), new Random(seed)), Row.FACTORY);

        for (byte[] corrupt : Corruption.of(value, FRAME, seed)) {
            long before = Allocation.ofThisThread();
            try {
                assertThat(projection.decode(raw(corrupt))).isNotNull();
            } catch (Rejected rejected) {
                assertThat(rejected.reason()).isNotEmpty();
            }
            assertThat(Allocation.ofThisThread() - before).isLessThan(8 << 20);
        }
    }

    @Test
    void isNullWhereTheWriterHasNoSuchColumn() throws Rejected {
        Schema writer = record("id 'long'", "name 'string'");
        TableSchema columns = new TableSchema(
                List.of(Column.required("region", Primitive.STRING), Column.required("id", Primitive.LONG)));

        Object row = AvroDecoder.projection(writer, AvroReading.AS_WRITTEN, columns, Row.FACTORY)
                .decode(raw(AvroBytes.encode(
                        writer,
                        new GenericRecordBuilder(writer)
                                .set("id", 5L)
                                .set("name", "x")
                                .build())));

        assertThat(row).isEqualTo(Row.of("region", null, "id", 5L));
    }

    @Test
    void doesNotLookBehindItsLastColumn() throws Rejected {
        Schema writer = record("id 'long'", "name 'string'");
        byte[] value = AvroBytes.encode(
                writer,
                new GenericRecordBuilder(writer).set("id", 5L).set("name", "x").build());
        TableSchema id = new TableSchema(List.of(Column.required("id", Primitive.LONG)));
        RowDecoder projection = AvroDecoder.projection(writer, AvroReading.AS_WRITTEN, id, Row.FACTORY);

        assertThat(projection.decode(raw(Arrays.copyOf(value, FRAME + 1)))).isEqualTo(Row.of("id", 5L));
        assertThatThrownBy(() -> projection.decode(raw(Arrays.copyOf(value, FRAME))))
                .hasMessage("the value ends in `id`, which needs 1 more byte where 0 are left");
    }

    @Test
    void refusesAColumnThatCanNotTakeWhatTheWriterHas() {
        Schema writer = record("id 'string'");
        TableSchema id = new TableSchema(List.of(Column.required("id", Primitive.LONG)));

        Rejected rejected = catchThrowableOfType(
                Rejected.class, () -> AvroDecoder.projection(writer, AvroReading.AS_WRITTEN, id, Row.FACTORY));

        assertThat(rejected.code()).isEqualTo(RejectCode.SCHEMA_NOT_IN_TABLE);
        assertThat(rejected.reason()).isEqualTo("`id` is string, and the table's column is long");
    }

    /** A few columns, at least one, in any order. */
    private static TableSchema some(TableSchema all, Random random) {
        List<Column> columns = new ArrayList<>(all.columns());
        Collections.shuffle(columns, random);
        return new TableSchema(columns.subList(0, 1 + random.nextInt(columns.size())));
    }
}
