package dev.firn.schema.protobuf;

import dev.firn.schema.avro.AvroColumns;
import dev.firn.schema.avro.AvroDecoder;
import dev.firn.schema.avro.AvroReading;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.AvroWriterSchema;
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
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Reads Protobuf in the Confluent frame, each record as the message that it names. */
final class ProtobufReader implements FormatReader {

    private static final ColumnReader NOTHING = record -> null;

    private final SchemaShelf.Lease shelf;
    private final AvroRules rules;
    private final AvroReading reading;
    private final SubjectNames subjects;

    ProtobufReader(SchemaShelf.Lease shelf, AvroRules rules, SubjectNames subjects) {
        this.shelf = shelf;
        this.subjects = subjects;
        this.rules = rules;
        this.reading = new AvroReading(null, rules);
    }

    @Override
    public int schemaId(RawRecord record) throws Rejected {
        return Frame.schemaId(record);
    }

    @Override
    public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected {
        return rows(schemaId, schema -> AvroDecoder.compile(schema, reading, table, structs));
    }

    @Override
    public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) throws Rejected {
        return rows(schemaId, schema -> AvroDecoder.projection(schema, reading, columns, structs));
    }

    @Override
    public RowDecoder decoder(int schemaId, WriterView view, StructFactory structs) throws Rejected {
        return rows(schemaId, schema -> AvroDecoder.compile(schema, reading, view, structs));
    }

    @Override
    public RowDecoder projection(int schemaId, WriterView some, StructFactory structs) throws Rejected {
        return rows(schemaId, schema -> AvroDecoder.projection(schema, reading, some, structs));
    }

    @Override
    public Optional<WriterSchema> written(int schemaId) throws Rejected {
        return Optional.of(own(schemaId));
    }

    /**
     * Of the first message of each version's file, as the plan's columns are. Versions are followed by names: that a field has
     * kept its number under another is not looked at.
     */
    @Override
    public List<SchemaLineage> lineages(int schemaId, String stream) throws Rejected {
        WriterSchema own = own(schemaId);
        return shelf.histories(schemaId, subjects.of(stream)).stream()
                .map(history -> history.lineage(own, SchemaType.PROTOBUF, this::other))
                .toList();
    }

    private WriterSchema own(int schemaId) throws Rejected {
        Schema first = file(schemaId)
                .first()
                .map(ProtobufSchemas::of)
                .orElseThrow(() ->
                        new Rejected(RejectCode.UNMAPPABLE_SCHEMA, "schema id `" + schemaId + "` has no message"));
        AvroDecoder.requireMappable(first, rules);
        return AvroWriterSchema.of(first, rules).orElseThrow();
    }

    private Optional<WriterSchema> other(String definition) {
        try {
            return ProtobufFile.parse(definition)
                    .first()
                    .flatMap(message -> AvroWriterSchema.of(ProtobufSchemas.of(message), rules));
        } catch (NotProtobuf e) {
            return Optional.empty();
        }
    }

    private RowDecoder rows(int schemaId, ProtobufDecoder.Opening<RowDecoder> opening) throws Rejected {
        ProtobufDecoder<RowDecoder> decoder = new ProtobufDecoder<>(file(schemaId), rules, opening);
        return record -> {
            Object row = decoder.decode(record, RowDecoder::decode);
            if (row == null) {
                throw new IllegalStateException("our bug: a message was decoded into nothing");
            }
            return row;
        };
    }

    @Override
    public ColumnReader column(int schemaId, String column) throws Rejected {
        ProtobufDecoder<ColumnReader> decoder =
                new ProtobufDecoder<>(file(schemaId), rules, schema -> only(schema, column));
        return record -> decoder.decode(record, ColumnReader::read);
    }

    private ColumnReader only(Schema schema, String name) throws Rejected {
        Optional<Column> column = AvroColumns.of(schema, rules).table().flatMap(table -> table.column(name));
        if (column.isEmpty()) {
            AvroDecoder.requireMappable(schema, rules);
            return NOTHING;
        }
        RowDecoder one = AvroDecoder.projection(
                schema, reading, new TableSchema(List.of(column.get())), struct -> values -> values);
        return record -> ((@Nullable Object[]) one.decode(record))[0];
    }

    private ProtobufFile file(int id) throws Rejected {
        String definition = WriterSchemas.definition(shelf, id, SchemaType.PROTOBUF);
        try {
            return ProtobufFile.parse(definition);
        } catch (NotProtobuf e) {
            throw new Rejected(
                    RejectCode.UNMAPPABLE_SCHEMA, "schema id `" + id + "` is no Protobuf schema: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        shelf.close();
    }
}
