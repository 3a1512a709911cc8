package dev.firn.connector.cdc.postgres;

import java.io.Serializable;

/**
 * A column as the catalog has it.
 *
 * @param number of the column in its table, which it keeps when it is renamed, and which no other gets when it is dropped
 * @param modifier of the type, such as a length; -1 for none
 * @param declared the type as it is written in a statement, with its schema where it is not the system's: {@code numeric(10,2)}
 * @param generated whether the server computes it from others
 * @param stored how large values are stored, {@code p} where none is large: {@code attstorage} of the catalog
 */
public record SourceColumn(
        String name,
        int number,
        PostgresType type,
        int modifier,
        String declared,
        boolean nullable,
        boolean generated,
        char stored)
        implements Serializable {

    private static final long serialVersionUID = 1L;
}
