package dev.firn.flink.write;

import dev.firn.spi.evolution.EvolutionPolicies;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.sink.LakeFactory;
import dev.firn.spi.sink.QuarantinePayload;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.sink.UniqueTables;
import java.io.Serializable;
import java.util.Map;

/**
 * What a writer needs.
 *
 * @param writersInSubtask how many of a job's writers run beside each other: one, or two where records are gathered
 * @param mayDetach whether the job may come to go on without a table while it runs
 * @param policies what is done where a schema comes that a table was not written with
 * @param rules what is said of rows
 * @param keys of tables in which a record takes the place of the row with its key
 * @param unique tables that take no row a second time
 * @param newest event times of what was read before, where rows may be late
 * @param payload what is kept of the bytes of quarantined records
 * @param formats what the bytes of each source mean, by the source's name
 */
public record WriterConfig(
        String uid,
        long run,
        int writersInSubtask,
        boolean mayDetach,
        EvolutionPolicies policies,
        PlannedRules rules,
        RowKeys keys,
        UniqueTables unique,
        StartTimes newest,
        QuarantinePayload payload,
        Map<String, RecordFormat> formats,
        LakeFactory lake)
        implements Serializable {

    public WriterConfig {
        formats = Map.copyOf(formats);
    }

    /** Of tables that take whatever comes. */
    public WriterConfig(
            String uid,
            long run,
            int writersInSubtask,
            boolean mayDetach,
            EvolutionPolicies policies,
            PlannedRules rules,
            RowKeys keys,
            QuarantinePayload payload,
            Map<String, RecordFormat> formats,
            LakeFactory lake) {
        this(
                uid,
                run,
                writersInSubtask,
                mayDetach,
                policies,
                rules,
                keys,
                UniqueTables.NONE,
                StartTimes.NONE,
                payload,
                formats,
                lake);
    }

    /** For whoever does not read splits in their order, and so tells no rows to be late. */
    public WriterConfig withoutTimes() {
        return new WriterConfig(
                uid,
                run,
                writersInSubtask,
                mayDetach,
                policies,
                rules,
                keys,
                unique,
                StartTimes.NONE,
                payload,
                formats,
                lake);
    }

    /** Whether there is somebody to send records to that are not to be written where they were read. */
    boolean gathers() {
        return writersInSubtask > 1;
    }
}
