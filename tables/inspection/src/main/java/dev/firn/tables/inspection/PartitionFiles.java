package dev.firn.tables.inspection;

/** What the data files of one partition come to. */
final class PartitionFiles {

    private long bytes;
    private long small;
    private long smallBytes;

    void add(long length, boolean isSmall) {
        bytes += length;
        if (isSmall) {
            small++;
            smallBytes += length;
        }
    }

    long bytes() {
        return bytes;
    }

    /** How many files would be gone if the small ones were packed into as few as their bytes fill. */
    long superfluous(long target) {
        return small < HealthCheck.ENOUGH_TO_PACK || target <= 0
                ? 0
                : small - Math.max(1, (smallBytes + target - 1) / target);
    }
}
