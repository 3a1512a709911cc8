package dev.firn.schema.json;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads values that name no schema: that of the file counts, which came with the plan. */
final class PlainJsonReader implements FormatReader {

    private final Map<String, String> schemas;
    private final Opening opening;
    private final @Nullable String definition;
    private final Map<String, FormatReader> readers = new HashMap<>();

    /** What reads the records of a schema. */
    @FunctionalInterface
    interface Opening {
        RecordDecoders open(String definition) throws Rejected;
    }

    /** @param schemas the schema of each stream, by the stream's name */
    PlainJsonReader(Map<String, String> schemas, Opening opening) {
        this(schemas, opening, null);
    }

    private PlainJsonReader(Map<String, String> schemas, Opening opening, @Nullable String definition) {
        this.schemas = schemas;
        this.opening = opening;
        this.definition = definition;
    }

    @Override
    public FormatReader stream(String name) {
        String own = schemas.get(name);
        return own == null
                ? this
                : readers.computeIfAbsent(own, missing -> new PlainJsonReader(Map.of(), opening, missing));
    }

    @Override
    public int schemaId(RawRecord record) {
        return RawRecord.NO_SCHEMA_ID;
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected {
        return schema().decoder(table, structs);
    }

    @Override
    public RowDecoder decoder(int schemaId, WriterView view, StructFactory structs) throws Rejected {
        return schema().decoder(view, structs);
    }

    @Override
    public RowDecoder projection(int schemaId, WriterView some, StructFactory structs) throws Rejected {
        return schema().projection(some, structs);
    }

    @Override
    public Optional<WriterSchema> written(int schemaId) throws Rejected {
        return Optional.of(schema().asWritten());
    }

    /** Nobody keeps the versions of a file. */
    @Override
    public List<SchemaLineage> lineages(int schemaId, String stream) throws Rejected {
        return List.of(SchemaLineage.of(schema().asWritten()));
    }

    @Override
    public ColumnReader column(int schemaId, String column) throws Rejected {
        return schema().column(column);
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) throws Rejected {
        return schema().projection(columns, structs);
    }

    private RecordDecoders schema() throws Rejected {
        if (definition == null) {
            throw new IllegalStateException("our bug: a plan has no schema for a stream");
        }
        return opening.open(definition);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
