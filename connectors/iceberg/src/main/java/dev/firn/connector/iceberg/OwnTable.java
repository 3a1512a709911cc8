package dev.firn.connector.iceberg;

import dev.firn.spi.format.StructFactory;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.OutsideException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** Rows of a table that Firn fills with columns of its own; users may have added columns or moved ours. */
final class OwnTable {

    private final StructFactory.Maker maker;
    private final int[] places;
    private final int width;

    /**
     * @param ours the columns in the order in which {@link #row} gets their values
     * @param actual the columns that the table has now
     */
    OwnTable(TableName name, TableSchema ours, TableSchema actual, RowFactory rows) {
        this(name, new Ours(ours, Set.of()), actual, rows);
    }

    /**
     * What Firn writes.
     *
     * @param columns in the order in which {@link #row} gets their values
     * @param later names of those that a table of before need not have
     */
    record Ours(TableSchema columns, Set<String> later) {}

    /** @param actual the columns that the table has now */
    OwnTable(TableName name, Ours ours, TableSchema actual, RowFactory rows) {
        List<Column> columns = ours.columns().columns();
        this.places = new int[columns.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = actual.columns().indexOf(columns.get(i));
            if (places[i] < 0 && ours.later().contains(columns.get(i).name())) {
                requireNoOther(name, columns.get(i), actual);
            } else if (places[i] < 0) {
                throw new OutsideException("table `" + name + "` lacks the column `"
                        + columns.get(i).name() + " " + columns.get(i).type() + "` that Firn writes there");
            }
        }
        actual.columns().stream()
                .filter(column -> !column.isOptional() && !columns.contains(column))
                .findFirst()
                .ifPresent(column -> {
                    throw new OutsideException("table `" + name + "` requires the column `" + column.name()
                            + "`, which Firn does not fill: make it optional");
                });
        this.width = actual.columns().size();
        this.maker = rows.maker(actual.asStruct());
    }

    /**
     * Where a table of before may lack a column, it must not have one of that name that is another: it would stay empty without a word.
     *
     * @throws OutsideException if it has
     */
    static void requireNoOther(TableName table, Column ours, TableSchema actual) {
        Optional<Column> other = actual.column(ours.name()).filter(there -> !there.equals(ours));
        other.ifPresent(there -> {
            throw new OutsideException("table `" + table + "` has a column `" + there.name() + "` of its own, "
                    + (there.isOptional() ? "an optional " : "a required ") + there.type()
                    + ", and Firn has an optional "
                    + ours.type() + " of that name there: rename it, or name another table");
        });
    }

    Record row(@Nullable Object... values) {
        @Nullable Object[] placed = new @Nullable Object[width];
        for (int i = 0; i < values.length; i++) {
            if (places[i] >= 0) {
                placed[places[i]] = values[i];
            }
        }
        return (Record) maker.struct(placed);
    }
}
