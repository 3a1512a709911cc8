package dev.firn.schema.json;

import dev.firn.schema.avro.WrittenAvro;
import dev.firn.schema.registry.Frame;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableSchema;
import org.apache.avro.Schema;

/**
 * Makes Avro's bytes of a record in Avro's JSON, and decodes those as all Avro is decoded.
 *
 * @param start where in a value the JSON does
 */
record AvroJsonDecoders(Schema writer, WrittenAvro binary, int start) implements RecordDecoders {

    @Override
    public RowDecoder decoder(TableSchema table, StructFactory structs) throws Rejected {
        RowDecoder rows = binary.decoder(table, structs);
        return record -> rows.decode(binary(record));
    }

    @Override
    public RowDecoder decoder(WriterView view, StructFactory structs) throws Rejected {
        RowDecoder rows = binary.decoder(view, structs);
        return record -> rows.decode(binary(record));
    }

    @Override
    public RowDecoder projection(WriterView some, StructFactory structs) throws Rejected {
        RowDecoder rows = binary.projection(some, structs);
        return record -> rows.decode(binary(record));
    }

    @Override
    public RowDecoder projection(TableSchema columns, StructFactory structs) throws Rejected {
        RowDecoder rows = binary.projection(columns, structs);
        return record -> rows.decode(binary(record));
    }

    @Override
    public ColumnReader column(String name) throws Rejected {
        ColumnReader column = binary.column(name);
        return record -> column.read(binary(record));
    }

    @Override
    public WriterSchema asWritten() throws Rejected {
        return binary.schema();
    }

    private RawRecord binary(RawRecord record) throws Rejected {
        byte[] value = record.value();
        if (value == null || value.length < start) {
            throw new IllegalStateException("our bug: a value is decoded that has no frame, or is none");
        }
        // What reads Avro's bytes looks for them behind a frame, whose schema is known already.
        byte[] framed = AvroJson.binary(writer, value, start, Frame.SIZE);
        return new RawRecord(
                record.split(), record.position(), record.timestamp(), record.key(), framed, record.headers());
    }
}
