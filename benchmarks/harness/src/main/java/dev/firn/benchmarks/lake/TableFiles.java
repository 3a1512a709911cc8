package dev.firn.benchmarks.lake;

/** How many files a table has, and how large they are together. */
public record TableFiles(long count, long bytes, long rows) {

    public TableFiles plus(TableFiles other) {
        return new TableFiles(count + other.count, bytes + other.bytes, rows + other.rows);
    }
}
