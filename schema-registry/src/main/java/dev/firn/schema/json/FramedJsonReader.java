package dev.firn.schema.json;

import dev.firn.schema.registry.Frame;
import dev.firn.schema.registry.SchemaShelf;
import dev.firn.schema.registry.SchemaType;
import dev.firn.schema.registry.WriterSchemas;
import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableSchema;

/** Reads JSON in the Confluent frame, each record with the schema that it names. */
final class FramedJsonReader implements FormatReader {

    private final SchemaShelf.Lease shelf;
    private final JsonRules rules;

    FramedJsonReader(SchemaShelf.Lease shelf, JsonRules rules) {
        this.shelf = shelf;
        this.rules = rules;
    }

    @Override
    public int schemaId(RawRecord record) throws Rejected {
        return Frame.schemaId(record);
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected {
        return schema(schemaId).decoder(table, structs);
    }

    @Override
    public ColumnReader column(int schemaId, String column) throws Rejected {
        return schema(schemaId).column(column);
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) throws Rejected {
        return schema(schemaId).projection(columns, structs);
    }

    private JsonSchemas schema(int id) throws Rejected {
        return JsonSchemas.of(
                "schema id `" + id + "`", WriterSchemas.definition(shelf, id, SchemaType.JSON), rules, Frame.SIZE);
    }

    @Override
    public void close() {
        shelf.close();
    }
}
