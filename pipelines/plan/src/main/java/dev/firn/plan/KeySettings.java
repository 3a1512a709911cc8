package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.table.Deletes;
import dev.firn.definition.table.UniqueOptions;
import dev.firn.definition.table.Write;
import dev.firn.spi.sink.UniqueRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an entry of {@code tables:} says of how records become rows, or what all entries so far have said.
 *
 * @param write null where nothing is said
 * @param columns that tell rows apart; null where nothing is said
 * @param deletes what a delete in the source does; null where nothing is said
 * @param unique which rows are written once; null where nothing is said
 */
public record KeySettings(
        @Nullable Write write, @Nullable List<String> columns, @Nullable Deletes deletes, @Nullable UniqueRows unique)
        implements Serializable {

    public static final KeySettings NOTHING = new KeySettings(null, null, null);

    /** Where each row is written that comes. */
    public KeySettings(@Nullable Write write, @Nullable List<String> columns, @Nullable Deletes deletes) {
        this(write, columns, deletes, null);
    }

    public KeySettings {
        columns = columns == null ? null : List.copyOf(columns);
    }

    static KeySettings of(Bound<TableOptions> entry) {
        return new KeySettings(
                entry.options().write().orElse(null),
                entry.node().child("key").isPresent() ? entry.options().key() : null,
                entry.options().deletes().orElse(null),
                entry.options().unique().map(KeySettings::rows).orElse(null));
    }

    private static UniqueRows rows(UniqueOptions said) {
        return new UniqueRows(
                said.key(), said.time(), said.within(), said.memory().bytes());
    }

    /** The rest stays as earlier entries have it. */
    KeySettings over(KeySettings before) {
        return new KeySettings(
                write == null ? before.write : write,
                columns == null ? before.columns : columns,
                deletes == null ? before.deletes : deletes,
                unique == null ? before.unique : unique);
    }

    /** With the key that the streams say, where the file says none. */
    KeySettings orKey(Optional<List<String>> ofStreams) {
        return isUpsert() && columns == null && ofStreams.isPresent()
                ? new KeySettings(write, ofStreams.get(), deletes, unique)
                : this;
    }

    /** Where the file says the key, or a column of it; where it says none, where it says that rows are replaced by one. */
    static SourceSpan span(List<TableEntry> entries, int... column) {
        return entries.stream()
                .filter(said -> said.bound().node().child("key").isPresent())
                .reduce((before, last) -> last)
                .map(entry -> column.length == 0
                        ? entry.bound().span("key")
                        : entry.bound().span("key", column[0]))
                .or(() -> entries.stream()
                        .filter(said -> said.bound().node().child("write").isPresent())
                        .reduce((before, last) -> last)
                        .map(entry -> entry.bound().span("write")))
                .orElseThrow();
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

    /** Which rows the table takes once; empty where it takes whatever comes. */
    public Optional<UniqueRows> uniqueRows() {
        return Optional.ofNullable(unique);
    }

    /** Columns that may not go or be called otherwise while records come, for rows are told apart by them. */
    List<String> keptColumns() {
        List<String> kept = new ArrayList<>(key());
        uniqueRows().ifPresent(rows -> {
            kept.addAll(rows.key());
            kept.add(rows.time());
        });
        return kept;
    }
}
