package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.table.Deletes;
import dev.firn.definition.table.Write;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an entry of {@code tables:} says of how records become rows, or what all entries so far have said.
 *
 * @param write null where nothing is said
 * @param columns that tell rows apart; null where nothing is said
 * @param deletes what a delete in the source does; null where nothing is said
 */
public record KeySettings(@Nullable Write write, @Nullable List<String> columns, @Nullable Deletes deletes)
        implements Serializable {

    public static final KeySettings NOTHING = new KeySettings(null, null, null);

    public KeySettings {
        columns = columns == null ? null : List.copyOf(columns);
    }

    static KeySettings of(Bound<TableOptions> entry) {
        return new KeySettings(
                entry.options().write().orElse(null),
                entry.node().child("key").isPresent() ? entry.options().key() : null,
                entry.options().deletes().orElse(null));
    }

    /** The rest stays as earlier entries have it. */
    KeySettings over(KeySettings before) {
        return new KeySettings(
                write == null ? before.write : write,
                columns == null ? before.columns : columns,
                deletes == null ? before.deletes : deletes);
    }

    boolean isUpsert() {
        return write == Write.UPSERT;
    }

    /** Whether what deletes a row in the source leaves the table as it is. */
    boolean ignoresDeletes() {
        return deletes == Deletes.IGNORE;
    }

    /** The columns whose values a record shares with the row that it takes the place of; none where each record is a row. */
    public List<String> key() {
        return !isUpsert() || columns == null ? List.of() : columns;
    }
}
