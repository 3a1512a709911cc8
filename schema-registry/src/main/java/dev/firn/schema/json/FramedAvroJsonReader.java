package dev.firn.schema.json;

import dev.firn.schema.avro.AvroReading;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.AvroSchemas;
import dev.firn.schema.avro.WrittenAvro;
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

/** Reads Avro's JSON in the Confluent frame, each record with the schema that it names, as the stream's newest says. */
final class FramedAvroJsonReader implements FormatReader {

    private final SchemaShelf.Lease shelf;
    private final Map<String, String> schemas;
    private final AvroReading reading;
    private final LikelySubjects subjects;
    private final Map<String, FormatReader> readers = new HashMap<>();

    /** @param schemas the reader's schema of each stream, by the stream's name */
    FramedAvroJsonReader(SchemaShelf.Lease shelf, Map<String, String> schemas, AvroRules rules, SubjectNames subjects) {
        this(shelf, schemas, new AvroReading(null, rules), LikelySubjects.ofAnyTopic(subjects));
    }

    private FramedAvroJsonReader(
            SchemaShelf.Lease shelf, Map<String, String> schemas, AvroReading reading, LikelySubjects subjects) {
        this.shelf = shelf;
        this.schemas = schemas;
        this.reading = reading;
        this.subjects = subjects;
    }

    @Override
    public FormatReader stream(String name) {
        String definition = schemas.get(name);
        return definition == null ? this : readers.computeIfAbsent(definition, this::reading);
    }

    private FormatReader reading(String definition) {
        return new FramedAvroJsonReader(
                shelf,
                Map.of(),
                new AvroReading(AvroJsonFormat.planned(definition), reading.rules()),
                subjects.ofTopicsWith(definition, schemas));
    }

    @Override
    public int schemaId(RawRecord record) throws Rejected {
        return Frame.schemaId(record);
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected {
        return decoders(schemaId).decoder(table, structs);
    }

    @Override
    public RowDecoder decoder(int schemaId, WriterView view, StructFactory structs) throws Rejected {
        return decoders(schemaId).decoder(view, structs);
    }

    @Override
    public ColumnReader column(int schemaId, String column) throws Rejected {
        return decoders(schemaId).column(column);
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) throws Rejected {
        return decoders(schemaId).projection(columns, structs);
    }

    @Override
    public RowDecoder projection(int schemaId, WriterView some, StructFactory structs) throws Rejected {
        return decoders(schemaId).projection(some, structs);
    }

    @Override
    public Optional<WriterSchema> written(int schemaId) throws Rejected {
        return Optional.of(new WrittenAvro(schema(schemaId), reading).schema());
    }

    @Override
    public List<SchemaLineage> lineages(int schemaId, String stream) throws Rejected {
        return new WrittenAvro(schema(schemaId), reading).lineages(shelf, schemaId, stream, subjects);
    }

    private RecordDecoders decoders(int id) throws Rejected {
        Schema writer = schema(id);
        return new AvroJsonDecoders(writer, new WrittenAvro(writer, reading), Frame.SIZE);
    }

    private Schema schema(int id) throws Rejected {
        try {
            return AvroSchemas.parse(WriterSchemas.definition(shelf, id, SchemaType.AVRO));
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
