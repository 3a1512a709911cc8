package dev.firn.spi.sink;

import dev.firn.spi.schema.TableName;
import java.io.Serializable;
import java.util.Optional;
import java.util.Set;

/** Which tables take no row a second time. */
@FunctionalInterface
public interface UniqueTables extends Serializable {

    /** Each table takes whatever comes. */
    UniqueTables NONE = new UniqueTables() {
        private static final long serialVersionUID = 1L;

        @Override
        public Optional<UniqueRows> of(TableName table) {
            return Optional.empty();
        }

        @Override
        public boolean isEmpty() {
            return true;
        }
    };

    /** Whether there is no such table. */
    default boolean isEmpty() {
        return false;
    }

    /** Those of which the names are known before the first record comes. */
    default Set<TableName> planned() {
        return Set.of();
    }

    /** What a table's rows are told apart by; empty where it takes them all. */
    Optional<UniqueRows> of(TableName table);
}
