package dev.firn.schema.json;

import dev.firn.schema.registry.Frame;
import dev.firn.schema.registry.SchemaShelf;
import dev.firn.schema.registry.SchemaType;
import dev.firn.schema.registry.SubjectNames;
import dev.firn.schema.registry.WriterSchemas;
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
import java.util.List;
import java.util.Optional;

/** Reads JSON in the Confluent frame, each record with the schema that it names. */
final class FramedJsonReader implements FormatReader {

    private final SchemaShelf.Lease shelf;
    private final JsonRules rules;
    private final SubjectNames subjects;

    FramedJsonReader(SchemaShelf.Lease shelf, JsonRules rules, SubjectNames subjects) {
        this.shelf = shelf;
        this.rules = rules;
        this.subjects = subjects;
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
    public RowDecoder decoder(int schemaId, WriterView view, StructFactory structs) throws Rejected {
        return schema(schemaId).decoder(view, structs);
    }

    @Override
    public Optional<WriterSchema> written(int schemaId) throws Rejected {
        return Optional.of(schema(schemaId).asWritten());
    }

    /** Versions can be followed by names alone: a renamed field is another one. */
    @Override
    public List<SchemaLineage> lineages(int schemaId, String stream) throws Rejected {
        WriterSchema own = schema(schemaId).asWritten();
        return shelf.histories(schemaId, subjects.of(stream)).stream()
                .map(history -> history.lineage(own, SchemaType.JSON, this::other))
                .toList();
    }

    private Optional<WriterSchema> other(String definition) {
        try {
            return Optional.of(JsonSchemas.of("another version", definition, rules, Frame.SIZE)
                    .asWritten());
        } catch (Rejected unmappable) {
            return Optional.empty();
        }
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
