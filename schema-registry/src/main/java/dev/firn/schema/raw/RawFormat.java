package dev.firn.schema.raw;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.StreamSchema;
import java.util.List;

/**
 * A value as it is, for one column; no schema says what it means.
 *
 * @param column its name
 */
public record RawFormat(String column, Type type) implements RecordFormat {

    private static final long serialVersionUID = 1L;

    /** What the column is. */
    public enum Type {
        /** The bytes. */
        BINARY,
        /** The text that they are in UTF-8. */
        STRING
    }

    /** The one column; a record without a value is none of a table. */
    public StreamSchema schema() {
        Column only = Column.required(column, columnType());
        return new StreamSchema(new TableSchema(List.of(only)), column + " " + columnType());
    }

    ColumnType columnType() {
        return type == Type.STRING ? Primitive.STRING : Primitive.BINARY;
    }

    @Override
    public FormatReader open(ReferenceResolver references) {
        return new RawReader(this);
    }
}
