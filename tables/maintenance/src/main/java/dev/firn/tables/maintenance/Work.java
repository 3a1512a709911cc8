package dev.firn.tables.maintenance;

/**
 * How much is done at a time.
 *
 * @param threads groups of files that are rewritten at the same time
 * @param deletesInMemory bytes that the equality deletes of one data file may take, about
 */
record Work(int threads, long deletesInMemory) {

    /** A Parquet writer keeps a group of rows, and whatever reads beside it some pages of each column. */
    private static final long HEAP_OF_ONE = 384L << 20;

    static Work ofThisProcess() {
        long heap = Runtime.getRuntime().maxMemory();
        long fit = Math.min(Runtime.getRuntime().availableProcessors(), heap / HEAP_OF_ONE);
        int threads = (int) Math.max(1, fit);
        return new Work(threads, heap / 4 / threads);
    }
}
