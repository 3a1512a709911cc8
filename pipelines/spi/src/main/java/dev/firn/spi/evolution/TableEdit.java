package dev.firn.spi.evolution;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import java.io.Serializable;

/** One thing that is done to a table's schema. Columns that are there are named by their ids, which no other edit changes. */
public sealed interface TableEdit extends Serializable {

    /** The parent of a column of the table itself. */
    int TABLE = 0;

    /**
     * A new column at the end of a struct, optional whatever the writer says: rows of before have none.
     *
     * @param parent the id of the place whose type is the struct, which may be a list's element or a map's value, or {@link #TABLE}
     */
    record AddColumn(int parent, Column column) implements TableEdit {}

    /** A column takes a wider type. */
    record WidenType(int id, ColumnType to) implements TableEdit {}

    /** A column, a list's elements or a map's values may be null from now on. */
    record MakeOptional(int id) implements TableEdit {}

    /** A column gets another name; its values stay. */
    record RenameColumn(int id, String to) implements TableEdit {}

    /** A column goes, and its values with it for whoever reads from now on. */
    record DropColumn(int id) implements TableEdit {}
}
