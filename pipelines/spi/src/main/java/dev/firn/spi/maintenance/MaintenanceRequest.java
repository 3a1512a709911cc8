package dev.firn.spi.maintenance;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is asked for.
 *
 * @param orphans how old a file that nothing knows must be before it goes
 */
public record MaintenanceRequest(
        Mode mode, Optional<Compaction> compaction, Optional<Expiry> expiry, Optional<Duration> orphans) {

    /** Whether anything is changed. */
    public enum Mode {
        REHEARSE,
        CARRY_OUT
    }

    /**
     * When files of a partition are rewritten; one of the two is enough.
     *
     * @param smallFiles so many files that are much smaller, or much larger, than they should be
     * @param deleteFiles so many delete files that concern one data file
     * @param targetFileSize in bytes; empty for what the table says
     */
    public record Compaction(int smallFiles, int deleteFiles, OptionalLong targetFileSize) {}

    /**
     * Which snapshots go.
     *
     * @param olderThan younger ones stay
     * @param keep so many of each branch stay, however old they are
     */
    public record Expiry(Duration olderThan, int keep) {}

    /** The same, without changing anything. */
    public MaintenanceRequest rehearsed() {
        return new MaintenanceRequest(Mode.REHEARSE, compaction, expiry, orphans);
    }
}
