package dev.firn.spi.sink;

import dev.firn.spi.record.RawRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * A record as it lies in quarantine.
 *
 * @param at when it came there
 * @param pipeline by whom: the pipeline, or whoever put its records back and had one of them refused again
 * @param run of that pipeline
 * @param record without key, value and headers where those were not asked for; where they are encrypted, they are so still: {@link PayloadOpener}
 * @param table where it should have gone, if a route says so
 * @param code the word of a reject code, of this Firn or of another
 * @param rule the name of the rule that it broke, if it was one
 * @param replayed when it was put back, if it was
 * @param encryptedWith the fingerprint of the key that key, value and headers are encrypted with, if they are
 */
public record QuarantinedRow(
        Instant at,
        String pipeline,
        long run,
        RawRecord record,
        Optional<String> table,
        String code,
        Optional<String> rule,
        String message,
        Optional<Instant> replayed,
        Optional<String> encryptedWith) {

    /** One whose bytes are as they came. */
    public QuarantinedRow(
            Instant at,
            String pipeline,
            long run,
            RawRecord record,
            Optional<String> table,
            String code,
            Optional<String> rule,
            String message,
            Optional<Instant> replayed) {
        this(at, pipeline, run, record, table, code, rule, message, replayed, Optional.empty());
    }

    /** The same with the record as it came. */
    QuarantinedRow with(RawRecord opened) {
        return new QuarantinedRow(at, pipeline, run, opened, table, code, rule, message, replayed);
    }
}
