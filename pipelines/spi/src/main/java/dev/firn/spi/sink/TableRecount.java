package dev.firn.spi.sink;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table's rows as its files have them: every data file of one snapshot was looked for and asked how many rows it holds.
 *
 * @param incarnation the table's uuid
 * @param marks what the table itself says of the pipeline
 * @param own files that the pipeline has written, as it wrote them
 * @param others files that somebody else has written: rows of their own, or ours written anew
 * @param hidden rows of these files that delete files take away; empty where files are broken, so that they can't be read
 * @param replaced whether the pipeline itself has written delete files, as it does where a record takes the place of a row
 * @param history what others have done to the table
 * @param faults what is broken
 * @param reasons for a quarantine table, the pipeline's readable rows by their code; empty for others
 */
public record TableRecount(
        String incarnation,
        Marks marks,
        Files own,
        Files others,
        OptionalLong hidden,
        boolean replaced,
        History history,
        Faults faults,
        SortedMap<String, Long> reasons) {

    /** Told, by one thread and often, how far a recount is. */
    public interface Progress {

        /** @param files as the metadata names them */
        void counted(long done, long files);
    }

    /**
     * The pipeline's marks.
     *
     * @param lastEpoch the last of its epochs that is in the table
     * @param complaint why that can't be told, such as that the table was rolled back; else empty text
     */
    public record Marks(long lastEpoch, String complaint) {}

    /** How many files, and the rows that were counted in them. */
    public record Files(long files, long rows) {}

    /**
     * Snapshots of others, oldest first.
     *
     * @param isWhole whether they go back to the table's first; else older ones have expired
     */
    public record History(List<ForeignSnapshot> snapshots, boolean isWhole) {
        public History {
            snapshots = List.copyOf(snapshots);
        }
    }

    /**
     * A commit that is not the pipeline's.
     *
     * @param operation {@code append}, {@code replace}, {@code overwrite} or {@code delete}
     * @param added rows in files that it added, as it says itself
     * @param removed rows in files that it took out
     */
    public record ForeignSnapshot(long id, Instant at, String operation, long added, long removed) {}

    /**
     * Files that are gone, can't be read, or hold another number of rows than the metadata says.
     *
     * @param count all of them
     * @param first the first few, in words
     */
    public record Faults(long count, List<String> first) {
        public Faults {
            first = List.copyOf(first);
        }
    }

    public TableRecount {
        reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
    }
}
