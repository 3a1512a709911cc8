package dev.firn.schema.avro;

import dev.firn.schema.binding.Misfits;
import dev.firn.schema.binding.Unmappable;
import dev.firn.schema.registry.Frame;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Decodes framed records of one writer schema into rows of one table. It is a tree of small readers, compiled once:
 *
 * <pre>
 *   writer schema + table schema --Binding--> RecordReader
 *                                               |- reader of the 1st field -> its column's place
 *                                               |- OptionalReader -> reader of T
 *                                               `- ...
 *   bytes behind the frame --Payload--> values --StructFactory--> row
 * </pre>
 */
public final class AvroDecoder implements RowDecoder {

    private final ValueReader row;

    private AvroDecoder(ValueReader row) {
        this.row = row;
    }

    /**
     * Binds by name, with the writer's schema alone. Columns that the writer lacks are null. A field {@code [null, T]} may go
     * to a required column; only its nulls are refused then, record by record.
     *
     * @throws Rejected with {@code UNMAPPABLE_SCHEMA}, {@code SCHEMA_NOT_IN_TABLE} for a field that the table lacks or
     *     can't take, or {@code MISSING_REQUIRED_COLUMN}
     */
    public static AvroDecoder compile(Schema writer, TableSchema table, StructFactory structs) throws Rejected {
        return compile(writer, AvroReading.AS_WRITTEN, table, structs);
    }

    /**
     * The same with a reader's schema, by Avro's rules as long as nothing is lost: a column that the writer lacks has the
     * reader's default, a field under a former name goes to the column of the new one, and a value goes to the branch of the
     * reader's union that has its type, or the first that holds it exactly.
     */
    public static AvroDecoder compile(Schema writer, Schema reader, TableSchema table, StructFactory structs)
            throws Rejected {
        return compile(writer, new AvroReading(reader, AvroRules.STRICT), table, structs);
    }

    /** The same, with what the file says of how Avro becomes columns. */
    public static AvroDecoder compile(Schema writer, AvroReading reading, TableSchema table, StructFactory structs)
            throws Rejected {
        return new AvroDecoder(rows(writer, reading, table, structs));
    }

    /** The readers of whole records alone, wherever those stand. */
    static ValueReader rows(Schema writer, AvroReading reading, TableSchema table, StructFactory structs)
            throws Rejected {
        requireMappable(writer, reading.rules());
        return Binding.of(writer, reading, ColumnNames.AS_READ, table.asStruct(), structs);
    }

    /** The same into a table that is named as the writer names it; of the reader's schema only its defaults count then. */
    public static AvroDecoder compile(Schema writer, AvroReading reading, WriterView view, StructFactory structs)
            throws Rejected {
        return new AvroDecoder(rows(writer, reading, view, structs));
    }

    static ValueReader rows(Schema writer, AvroReading reading, WriterView view, StructFactory structs)
            throws Rejected {
        requireMappable(writer, reading.rules());
        return Binding.of(
                writer, reading, new NamesInView(view.leftOut()), view.columns().asStruct(), structs);
    }

    /**
     * Reads some columns of a record, bound like {@link #compile} does, and does not look at what is behind them. What it
     * goes past it does not check: whether a record is sound is for the decoder of the whole to say.
     */
    public static RowDecoder projection(Schema writer, AvroReading reading, TableSchema columns, StructFactory structs)
            throws Rejected {
        return projection(some(writer, reading, columns, structs));
    }

    static ValueReader some(Schema writer, AvroReading reading, TableSchema columns, StructFactory structs)
            throws Rejected {
        return some(writer, reading, ColumnNames.AS_READ, columns.asStruct(), structs);
    }

    /** The same of a table that is named as the writer names it. */
    public static RowDecoder projection(Schema writer, AvroReading reading, WriterView view, StructFactory structs)
            throws Rejected {
        return projection(some(writer, reading, view, structs));
    }

    static ValueReader some(Schema writer, AvroReading reading, WriterView view, StructFactory structs)
            throws Rejected {
        return some(
                writer, reading, new NamesInView(view.leftOut()), view.columns().asStruct(), structs);
    }

    private static ValueReader some(
            Schema writer, AvroReading reading, ColumnNames names, ColumnType.Struct columns, StructFactory structs)
            throws Rejected {
        requireMappable(writer, reading.rules());
        return Binding.projection(writer, reading, names, columns, structs);
    }

    static RowDecoder of(ValueReader row) {
        return new AvroDecoder(row);
    }

    static RowDecoder projection(ValueReader some) {
        return record -> row(some, new Payload(Frame.framed(record), Frame.SIZE));
    }

    /** @throws Rejected with {@code UNMAPPABLE_SCHEMA} if there are no columns for it */
    public static void requireMappable(Schema writer, AvroRules rules) throws Rejected {
        List<Unmappable> unmappable = AvroColumns.of(writer, rules).unmappable();
        if (!unmappable.isEmpty()) {
            throw new Rejected(
                    RejectCode.UNMAPPABLE_SCHEMA,
                    Misfits.joined(unmappable.stream().map(Unmappable::sentence).toList()));
        }
    }

    @Override
    public Object decode(RawRecord record) throws Rejected {
        Payload payload = new Payload(Frame.framed(record), Frame.SIZE);
        Object decoded = row(row, payload);
        requireEnd(payload);
        return decoded;
    }

    static void requireEnd(Payload payload) throws Rejected {
        if (payload.remaining() > 0) {
            throw new Rejected(
                    RejectCode.TRAILING_BYTES,
                    "the record ends after " + payload.position() + " bytes of a value of "
                            + (payload.position() + payload.remaining()));
        }
    }

    static Object row(ValueReader reader, Payload payload) throws Rejected {
        Object decoded = reader.read(payload);
        if (decoded == null) {
            throw new IllegalStateException("our bug: a record was decoded into nothing");
        }
        return decoded;
    }
}
