package dev.firn.schema.row;

import dev.firn.spi.schema.Column;
import java.io.Serializable;

/** A column and what of a record stands in it. */
public record MetadataColumn(String name, MetadataField field) implements Serializable {

    private static final long serialVersionUID = 1L;

    public Column column() {
        return field.column(name);
    }
}
