package dev.firn.spi.inspection;

/**
 * What a snapshot has.
 *
 * @param rows in data files, those included that delete files take away
 * @param dataBytes of data files
 * @param positionDeletes files that delete rows by their place
 * @param equalityDeletes files that delete rows by their values
 * @param deletedRows rows of delete files
 */
public record Counts(
        long rows,
        long dataFiles,
        long dataBytes,
        long positionDeletes,
        long equalityDeletes,
        long deletedRows,
        long deleteBytes) {

    public static final Counts NOTHING = new Counts(0, 0, 0, 0, 0, 0, 0);

    public long deleteFiles() {
        return positionDeletes + equalityDeletes;
    }

    public long bytes() {
        return dataBytes + deleteBytes;
    }

    public Counts plus(Counts other) {
        return new Counts(
                rows + other.rows,
                dataFiles + other.dataFiles,
                dataBytes + other.dataBytes,
                positionDeletes + other.positionDeletes,
                equalityDeletes + other.equalityDeletes,
                deletedRows + other.deletedRows,
                deleteBytes + other.deleteBytes);
    }
}
