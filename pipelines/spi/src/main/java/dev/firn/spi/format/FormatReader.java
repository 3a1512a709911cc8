package dev.firn.spi.format;

import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** An opened format: knows the schema of a record and makes decoders; one per subtask, not thread-safe. */
public interface FormatReader extends AutoCloseable {

    /** The reader of one stream's records; streams whose records are read alike have the same one. It is closed with this one. */
    default FormatReader stream(String name) {
        return this;
    }

    /** The id of the schema that the value was written with; records of one id can share a decoder. */
    int schemaId(RawRecord record) throws Rejected;

    /**
     * Whether a record is about the row with its key, and that it is no more: such a record is no row. What reads its key is {@link #deletes()};
     * a record without a value is no data where there is none.
     *
     * @throws Rejected if that much of it can't be read, or it is neither a row nor the end of one
     */
    default boolean isDelete(RawRecord record) throws Rejected {
        return record.value() == null;
    }

    /**
     * A decoder from one writer schema into a table.
     *
     * @throws Rejected if no record of that schema can go to that table: it is unknown, or does not fit
     */
    RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) throws Rejected;

    /**
     * A decoder into a table that is named as the writer names it. A column that the writer lacks has what the stream's
     * newest schema says for it, or is null.
     *
     * @param structs is asked for the structs of the view
     * @throws Rejected if no record of that schema can go to that table: it is unknown, or has a field that is neither in the
     *     view nor left out
     */
    default RowDecoder decoder(int schemaId, WriterView view, StructFactory structs) throws Rejected {
        if (!view.leftOut().isEmpty()) {
            throw new Rejected(
                    RejectCode.SCHEMA_NOT_IN_TABLE,
                    "the format can't leave fields out of a row: `" + String.join("`, `", new TreeSet<>(view.leftOut()))
                            + "`");
        }
        return decoder(schemaId, view.columns(), structs);
    }

    /**
     * A reader of one column of the records of a writer schema, which finds nothing where the schema has no such column.
     *
     * @throws Rejected if no record of that schema can be read
     */
    ColumnReader column(int schemaId, String column) throws Rejected;

    /**
     * A decoder of some of a table's columns, which goes past the rest of a record without looking at it; a column that the
     * writer lacks is null.
     *
     * @throws Rejected if the writer schema is unknown, or one of the columns can't take what it has
     */
    RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) throws Rejected;

    /** The same of a view of some of a table's columns. */
    default RowDecoder projection(int schemaId, WriterView some, StructFactory structs) throws Rejected {
        return projection(schemaId, some.columns(), structs);
    }

    /**
     * The writer schema as columns, by itself: nobody is asked for other versions. Empty where nobody knows it as columns.
     *
     * @throws Rejected if the schema is unknown or has no columns
     */
    default Optional<WriterSchema> written(int schemaId) throws Rejected {
        return Optional.empty();
    }

    /**
     * The writer schema among the versions of its subject, which are those that can be columns; none where {@link #written} is empty. A
     * schema may be a version of several subjects. That of the stream comes first; behind it come those of others that are read alike, for
     * streams that flow into one table may share its history.
     *
     * @param stream that a record with the schema is from
     * @throws Rejected if the schema is unknown or has no columns, or nobody could say what other versions there are
     */
    default List<SchemaLineage> lineages(int schemaId, String stream) throws Rejected {
        return List.of();
    }

    /**
     * What reads the key of a record that {@link #isDelete deletes} the row with it; empty where no record does. It is shown
     * the record itself, and only {@link #projection(int, TableSchema, StructFactory)} is asked of it. It is closed with this one.
     */
    default Optional<FormatReader> deletes() {
        return Optional.empty();
    }

    @Override
    void close();
}
