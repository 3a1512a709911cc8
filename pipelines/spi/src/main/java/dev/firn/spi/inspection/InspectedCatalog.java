package dev.firn.spi.inspection;

import dev.firn.spi.schema.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An opened catalog whose tables are looked at, be they Firn's or not; nothing is changed. Methods throw
 * {@link dev.firn.spi.source.OutsideException} where the catalog, or a file that they need, can't be read, and
 * {@link UnknownTable} where the catalog has no such table.
 */
public interface InspectedCatalog extends AutoCloseable {

    /** All tables in all namespaces, sorted by their names. */
    List<TableName> tables();

    TableFacts facts(TableName table);

    /**
     * What a table is, or was.
     *
     * @param asOf a snapshot's number, a branch, a tag, or a time such as {@code 2026-01-03T09:14:07Z}; empty for now
     * @throws UnknownMoment if the table has nothing of that name, or nothing that old
     */
    TableDetails details(TableName table, Optional<String> asOf, Set<Part> parts);

    TableSize size(TableName table);

    /**
     * How old a table's news is.
     *
     * @param column whose greatest value is the newest event; empty for the one that the table is partitioned by in time
     * @throws UnknownColumn if that is no column of timestamps
     */
    TableFreshness freshness(TableName table, Optional<String> column);

    TableHealth health(TableName table);

    /** @param progress is told now and then what is under way, in a few words */
    TableCheck check(TableName table, Depth depth, Consumer<String> progress);

    @Override
    void close();

    /** What of a table is shown besides what it is. */
    enum Part {
        SNAPSHOTS,
        FILES,
        PARTITIONS,
        MANIFESTS,
        REFS,
        PROPERTIES
    }

    /** How far a table is looked through. */
    enum Depth {
        /** Metadata and manifests are read; of data files it is asked whether they are there, and how long. */
        FILES,
        /** The ends of Parquet and Avro data files are read too, and their rows counted by what they say. */
        FOOTERS
    }

    /** The catalog has no such table. */
    final class UnknownTable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final TableName table;

        public UnknownTable(TableName table) {
            super("there is no table `" + table + "`");
            this.table = table;
        }

        public TableName table() {
            return table;
        }
    }

    /** The table has no such moment; the message is a sentence. */
    final class UnknownMoment extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public UnknownMoment(String message) {
            super(message);
        }
    }

    /** The table has no such column; the message is a sentence. */
    final class UnknownColumn extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public UnknownColumn(String message) {
            super(message);
        }
    }
}
