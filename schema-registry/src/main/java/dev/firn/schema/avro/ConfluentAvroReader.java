package dev.firn.schema.avro;

import dev.firn.schema.registry.Frame;
import dev.firn.schema.registry.LikelySubjects;
import dev.firn.schema.registry.SchemaShelf;
import dev.firn.schema.registry.SchemaType;
import dev.firn.schema.registry.SubjectNames;
import dev.firn.schema.registry.WriterSchemas;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Reads frames and makes decoders. Schemas come from a shelf on which the source has put them before it let a record go; only
 * where it lacks one, after a restart of another process for instance, an outage of the registry holds the caller.
 */
final class ConfluentAvroReader implements FormatReader {

    private final SchemaShelf.Lease shelf;
    private final Map<String, String> schemas;
    private final Map<String, FormatReader> readers = new HashMap<>();
    private final AvroReading reading;
    private final FramedContents contents;
    private final Map<Integer, ChangeEnvelope> envelopes = new HashMap<>();
    private final LikelySubjects subjects;

    /** @param schemas the reader's schema of each stream, by the stream's name */
    ConfluentAvroReader(
            SchemaShelf.Lease shelf,
            Map<String, String> schemas,
            AvroRules rules,
            FramedContents contents,
            SubjectNames subjects) {
        this(shelf, schemas, new AvroReading(null, rules), contents, LikelySubjects.ofAnyTopic(subjects));
    }

    /** A reader of keys, each as if it were a value. */
    static ConfluentAvroReader ofKeys(
            SchemaShelf.Lease shelf, Map<String, String> schemas, AvroRules rules, FramedContents contents) {
        return new ConfluentAvroReader(shelf, schemas, rules, contents, SubjectNames.OF_KEYS);
    }

    private ConfluentAvroReader(
            SchemaShelf.Lease shelf,
            Map<String, String> schemas,
            AvroReading reading,
            FramedContents contents,
            LikelySubjects subjects) {
        this.shelf = shelf;
        this.schemas = schemas;
        this.reading = reading;
        this.contents = contents;
        this.subjects = subjects;
    }

    @Override
    public FormatReader stream(String name) {
        String definition = schemas.get(name);
        return definition == null ? this : readers.computeIfAbsent(definition, this::reading);
    }

    private FormatReader reading(String definition) {
        try {
            return new ConfluentAvroReader(
                    shelf,
                    Map.of(),
                    new AvroReading(contents.row(AvroSchemas.parse(definition)), reading.rules()),
                    contents,
                    subjects.ofTopicsWith(definition, schemas));
        } catch (AvroSchemas.NotAvro | NotAnEnvelope e) {
            throw new IllegalStateException("our bug: a plan has a schema that can't be read", e);
        }
    }

    @Override
    public int schemaId(RawRecord record) throws Rejected {
        return Frame.schemaId(record);
    }

    @Override
    public boolean isDelete(RawRecord record) throws Rejected {
        return record.value() == null
                || (contents == FramedContents.CHANGE
                        && envelope(schemaId(record)).isDelete(record));
    }

    private ChangeEnvelope envelope(int id) throws Rejected {
        ChangeEnvelope known = envelopes.get(id);
        if (known != null) {
            return known;
        }
        try {
            ChangeEnvelope found = ChangeEnvelope.of(schema(id));
            envelopes.put(id, found);
            return found;
        } catch (NotAnEnvelope e) {
            throw unmappable(id, e);
        }
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected {
        return avro(schemaId).decoder(table, structs);
    }

    @Override
    public RowDecoder decoder(int schemaId, WriterView view, StructFactory structs) throws Rejected {
        return avro(schemaId).decoder(view, structs);
    }

    @Override
    public ColumnReader column(int schemaId, String column) throws Rejected {
        return avro(schemaId).column(column);
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) throws Rejected {
        return avro(schemaId).projection(columns, structs);
    }

    @Override
    public RowDecoder projection(int schemaId, WriterView some, StructFactory structs) throws Rejected {
        return avro(schemaId).projection(some, structs);
    }

    @Override
    public Optional<WriterSchema> written(int schemaId) throws Rejected {
        return Optional.of(avro(schemaId).schema());
    }

    @Override
    public List<SchemaLineage> lineages(int schemaId, String stream) throws Rejected {
        return avro(schemaId).lineages(shelf, schemaId, stream, subjects);
    }

    private WrittenAvro avro(int id) throws Rejected {
        try {
            return contents.read(schema(id), reading);
        } catch (NotAnEnvelope e) {
            throw unmappable(id, e);
        }
    }

    private static Rejected unmappable(int id, NotAnEnvelope why) {
        return new Rejected(
                RejectCode.UNMAPPABLE_SCHEMA, "schema id `" + id + "` is no envelope of Debezium: " + why.getMessage());
    }

    private Schema schema(int id) throws Rejected {
        String definition = WriterSchemas.definition(shelf, id, SchemaType.AVRO);
        try {
            return AvroSchemas.parse(definition);
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
