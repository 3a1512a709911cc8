package dev.firn.spi.source;

import dev.firn.spi.schema.Column;
import java.util.List;
import java.util.Optional;

/**
 * What the keys of a stream's records are made of.
 *
 * @param fields in the key's order
 * @param deletes which of the records delete rows
 */
public record RecordKey(List<Field> fields, Deletes deletes) {

    public RecordKey {
        fields = List.copyOf(fields);
    }

    /** Of records that delete rows where they have no value. */
    public RecordKey(List<Field> fields) {
        this(fields, Deletes.WITHOUT_A_VALUE);
    }

    /** Which records delete rows. */
    public enum Deletes {
        /** Those without a value. */
        WITHOUT_A_VALUE,
        /** Those too that say so in their value, as changes of rows do. */
        CHANGES
    }

    /**
     * One of them.
     *
     * @param column under the key's own name for it
     * @param inRecord the column of a record that it is the value of; empty where the key is a single value, which has no name
     */
    public record Field(Column column, Optional<String> inRecord) {}

    /** The field that has the value of a column of the record. */
    public Optional<Field> field(String column) {
        return fields.stream()
                .filter(field ->
                        field.inRecord().isEmpty() || field.inRecord().get().equals(column))
                .findFirst();
    }
}
