package dev.firn.schema.avro;

import dev.firn.schema.registry.LikelySubjects;
import dev.firn.schema.registry.SchemaShelf;
import dev.firn.schema.registry.SchemaType;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Decoders of framed records of one writer's schema. */
public final class WrittenAvro {

    private final Schema writer;
    private final AvroReading reading;
    private final Place place;

    public WrittenAvro(Schema writer, AvroReading reading) {
        this(
                writer,
                reading,
                new Place(
                        writer.getFullName(),
                        FramedContents.ROW,
                        (row, leftOut) -> AvroDecoder.of(row),
                        (some, columns) -> AvroDecoder.projection(some)));
    }

    WrittenAvro(Schema writer, AvroReading reading, Place place) {
        this.writer = writer;
        this.reading = reading;
        this.place = place;
    }

    /**
     * Where rows are in records.
     *
     * @param name of the schema that the records were written with
     * @param contents of the records of other versions
     * @param whole makes decoders of whole rows
     * @param some makes decoders of some columns
     */
    record Place(String name, FramedContents contents, Whole whole, Some some) {}

    /** Told which fields of the row are in no column. */
    @FunctionalInterface
    interface Whole {
        RowDecoder of(ValueReader row, Set<String> leftOut);
    }

    /** Told which columns they are. */
    @FunctionalInterface
    interface Some {
        RowDecoder of(ValueReader row, Set<String> columns);
    }

    private static Set<String> names(TableSchema columns) {
        return columns.columns().stream().map(Column::name).collect(Collectors.toSet());
    }

    public RowDecoder decoder(TableSchema table, StructFactory structs) throws Rejected {
        return place.whole().of(AvroDecoder.rows(writer, reading, table, structs), Set.of());
    }

    /** Into a table that is named as the writer names it. */
    public RowDecoder decoder(WriterView view, StructFactory structs) throws Rejected {
        return place.whole().of(AvroDecoder.rows(writer, reading, view, structs), view.leftOut());
    }

    public RowDecoder projection(WriterView some, StructFactory structs) throws Rejected {
        return place.some().of(AvroDecoder.some(writer, reading, some, structs), names(some.columns()));
    }

    /** As columns. */
    public WriterSchema schema() throws Rejected {
        AvroDecoder.requireMappable(writer, reading.rules());
        return AvroWriterSchema.of(writer, reading.rules()).orElseThrow();
    }

    /**
     * The likeliest first.
     *
     * @param id of the writer's schema
     */
    public List<SchemaLineage> lineages(SchemaShelf.Lease shelf, int id, String stream, LikelySubjects subjects)
            throws Rejected {
        // What can't be columns is refused before anybody is asked for its subject.
        WriterSchema own = schema();
        return shelf.histories(id, subjects.of(stream, place.name())).stream()
                .map(history -> history.lineage(own, SchemaType.AVRO, this::other))
                .toList();
    }

    private Optional<WriterSchema> other(String definition) {
        try {
            return AvroWriterSchema.of(place.contents().row(AvroSchemas.parse(definition)), reading.rules());
        } catch (AvroSchemas.NotAvro | NotAnEnvelope e) {
            return Optional.empty();
        }
    }

    public RowDecoder projection(TableSchema columns, StructFactory structs) throws Rejected {
        return place.some().of(AvroDecoder.some(writer, reading, columns, structs), names(columns));
    }

    public ColumnReader column(String column) throws Rejected {
        Optional<Column> known = column(reading.schema(), column);
        if (known.isPresent()) {
            try {
                return only(known.get(), reading);
            } catch (Rejected unfit) {
                // Whether its type fits is for the table to say, which is found by the writer's own.
            }
        }
        Optional<Column> own = column(writer, column);
        // What can't be mapped has no columns, and the projection refuses it.
        return own.isPresent() ? only(own.get(), new AvroReading(null, reading.rules())) : nothing();
    }

    private Optional<Column> column(@Nullable Schema schema, String column) {
        return schema == null
                ? Optional.empty()
                : AvroColumns.of(schema, reading.rules()).table().flatMap(table -> table.column(column));
    }

    private ColumnReader only(Column column, AvroReading as) throws Rejected {
        TableSchema columns = new TableSchema(List.of(column));
        RowDecoder one =
                place.some().of(AvroDecoder.some(writer, as, columns, struct -> values -> values), names(columns));
        return record -> ((@Nullable Object[]) one.decode(record))[0];
    }

    private ColumnReader nothing() throws Rejected {
        AvroDecoder.requireMappable(writer, reading.rules());
        return record -> null;
    }
}
