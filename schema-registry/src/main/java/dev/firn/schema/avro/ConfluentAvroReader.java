package dev.firn.schema.avro;

import dev.firn.schema.registry.RegistryAnswer;
import dev.firn.schema.registry.RegistryClient;
import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames and makes decoders. An outage of the registry holds the caller until it is over; if it lasts too long, an
 * {@link dev.firn.spi.source.OutsideException} ends the task, and nothing was rejected because of it.
 */
final class ConfluentAvroReader implements FormatReader {

    private final RegistryClient registry;

    ConfluentAvroReader(RegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public int schemaId(RawRecord record) throws Rejected {
        return Frame.schemaId(record);
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected {
        return AvroDecoder.compile(schema(schemaId), table, structs);
    }

    @Override
    public ColumnReader column(int schemaId, String column) throws Rejected {
        Schema writer = schema(schemaId);
        // What can't be mapped has no columns, and the projection refuses it.
        Optional<Column> own = AvroColumns.of(writer).table().flatMap(table -> table.column(column));
        RowDecoder one =
                AvroDecoder.projection(writer, new TableSchema(own.stream().toList()), struct -> values -> values);
        return own.isEmpty() ? record -> null : record -> ((@Nullable Object[]) one.decode(record))[0];
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) throws Rejected {
        return AvroDecoder.projection(schema(schemaId), columns, structs);
    }

    private Schema schema(int id) throws Rejected {
        RegistryAnswer answer = registry.schema(id);
        if (answer instanceof RegistryAnswer.Unsupported unsupported) {
            throw new Rejected(RejectCode.UNMAPPABLE_SCHEMA, unsupported.why());
        }
        if (!(answer instanceof RegistryAnswer.Found found)) {
            throw new Rejected(RejectCode.UNKNOWN_SCHEMA_ID, "the registry does not know schema id `" + id + "`");
        }
        try {
            return AvroSchemas.parse(found.schema());
        } catch (AvroSchemas.NotAvro e) {
            throw new Rejected(
                    RejectCode.UNMAPPABLE_SCHEMA, "schema id `" + id + "` is not valid Avro: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        // The client's threads are daemons and end with it; it holds no connection that must be given back.
    }
}
