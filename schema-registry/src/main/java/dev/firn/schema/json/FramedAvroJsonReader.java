package dev.firn.schema.json;

import dev.firn.schema.avro.AvroReading;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.AvroSchemas;
import dev.firn.schema.avro.WrittenAvro;
import dev.firn.schema.registry.Frame;
import dev.firn.schema.registry.SchemaShelf;
import dev.firn.schema.registry.SchemaType;
import dev.firn.schema.registry.WriterSchemas;
import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableSchema;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Reads Avro's JSON in the Confluent frame, each record with the schema that it names, as the stream's newest says. */
final class FramedAvroJsonReader implements FormatReader {

    private final SchemaShelf.Lease shelf;
    private final Map<String, String> schemas;
    private final AvroReading reading;
    private final Map<String, FormatReader> readers = new HashMap<>();

    /** @param schemas the reader's schema of each stream, by the stream's name */
    FramedAvroJsonReader(SchemaShelf.Lease shelf, Map<String, String> schemas, AvroRules rules) {
        this(shelf, schemas, new AvroReading(null, rules));
    }

    private FramedAvroJsonReader(SchemaShelf.Lease shelf, Map<String, String> schemas, AvroReading reading) {
        this.shelf = shelf;
        this.schemas = schemas;
        this.reading = reading;
    }

    @Override
    public FormatReader stream(String name) {
        String definition = schemas.get(name);
        return definition == null ? this : readers.computeIfAbsent(definition, this::reading);
    }

    private FormatReader reading(String definition) {
        return new FramedAvroJsonReader(
                shelf, Map.of(), new AvroReading(AvroJsonFormat.planned(definition), reading.rules()));
    }

    @Override
    public int schemaId(RawRecord record) throws Rejected {
        return Frame.schemaId(record);
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected {
        return written(schemaId).decoder(table, structs);
    }

    @Override
    public ColumnReader column(int schemaId, String column) throws Rejected {
        return written(schemaId).column(column);
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) throws Rejected {
        return written(schemaId).projection(columns, structs);
    }

    private RecordDecoders written(int id) throws Rejected {
        String definition = WriterSchemas.definition(shelf, id, SchemaType.AVRO);
        try {
            Schema writer = AvroSchemas.parse(definition);
            return new AvroJsonDecoders(writer, new WrittenAvro(writer, reading), Frame.SIZE);
        } catch (AvroSchemas.NotAvro e) {
            throw new Rejected(
                    RejectCode.UNMAPPABLE_SCHEMA, "schema id `" + id + "` is not valid Avro: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        shelf.close();
    }
}
