package dev.firn.benchmarks.lake;

/**
 * What is in tables, in whatever order.
 *
 * @param columns names and types, in words
 * @param hash the sum of the rows' hashes, so that a row which is there twice counts twice
 */
public record Contents(String columns, long rows, long hash) {

    public Contents plus(Contents other) {
        return new Contents(
                columns.equals(other.columns) ? columns : columns + "; " + other.columns,
                rows + other.rows,
                hash + other.hash);
    }
}
