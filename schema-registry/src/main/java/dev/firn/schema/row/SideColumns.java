package dev.firn.schema.row;

import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Columns of a row that are not made of the value. */
public interface SideColumns {

    /** All of them, in the order in which a table made of them has them. */
    List<Column> columns();

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

    /**
     * Which of them a table must have.
     *
     * @param extent of a whole row or of some columns
     * @param leftOut those of a whole row that no column takes, as somebody decided
     */
    record Wanted(Extent extent, Set<String> leftOut) {

        static final Wanted ALL = allBut(Set.of());
        static final Wanted SOME = new Wanted(Extent.SOME, Set.of());

        public Wanted {
            leftOut = Set.copyOf(leftOut);
        }

        static Wanted allBut(Set<String> leftOut) {
            return new Wanted(Extent.ALL, leftOut);
        }

        boolean requires(String column) {
            return extent == Extent.ALL && !leftOut.contains(column);
        }
    }

    /** How much of a row is wanted. */
    enum Extent {
        ALL,
        SOME
    }

    /** Lays down what a record has. */
    @FunctionalInterface
    interface Filler {
        void fill(RawRecord record, @Nullable Object[] row) throws Rejected;
    }
}
