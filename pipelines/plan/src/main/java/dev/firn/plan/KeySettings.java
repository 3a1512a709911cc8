package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.table.Write;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an entry of {@code tables:} says of how records become rows, or what all entries so far have said.
 *
 * @param write null where nothing is said
 * @param columns that tell rows apart; null where nothing is said
 */
public record KeySettings(@Nullable Write write, @Nullable List<String> columns) implements Serializable {

    public static final KeySettings NOTHING = new KeySettings(null, null);

    public KeySettings {
        columns = columns == null ? null : List.copyOf(columns);
    }

    static KeySettings of(Bound<TableOptions> entry) {
        return new KeySettings(
                entry.options().write().orElse(null),
                entry.node().child("key").isPresent() ? entry.options().key() : null);
    }

    /** The rest stays as earlier entries have it. */
    KeySettings over(KeySettings before) {
        return new KeySettings(write == null ? before.write : write, columns == null ? before.columns : columns);
    }

    boolean isUpsert() {
        return write == Write.UPSERT;
    }

    /** The columns whose values a record shares with the row that it takes the place of; none where each record is a row. */
    List<String> key() {
        return !isUpsert() || columns == null ? List.of() : columns;
    }
}
