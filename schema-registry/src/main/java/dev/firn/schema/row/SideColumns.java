package dev.firn.schema.row;

import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Columns of a row that are not made of the value. */
public interface SideColumns {

    /** Whether a column of that name is one of them. */
    boolean has(String column);

    /**
     * Fills those that a table has.
     *
     * @throws Rejected if one of them can't take what it is to hold, or, where all are wanted, the table lacks one
     */
    Filler filler(List<Place> places, Wanted wanted, StructFactory structs) throws Rejected;

    /** A reader of one of them alone. */
    Optional<ColumnReader> column(String column);

    /** A column of the table and where it stands in the row. */
    record Place(Column column, int position) {}

    /** Whether a table must have all of them. */
    enum Wanted {
        ALL,
        SOME
    }

    /** Lays down what a record has. */
    @FunctionalInterface
    interface Filler {
        void fill(RawRecord record, @Nullable Object[] row) throws Rejected;
    }
}
