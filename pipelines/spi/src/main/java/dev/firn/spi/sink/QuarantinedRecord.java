package dev.firn.spi.sink;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import java.util.Optional;

/**
 * A record that could not be delivered.
 *
 * @param table where it should have gone, if a route says so
 * @param rule the name of the file's rule that it breaks, if it is one
 */
public record QuarantinedRecord(
        RawRecord record, Optional<String> table, RejectCode code, Optional<String> rule, String message) {

    /** Of one that breaks none of the file's rules. */
    public QuarantinedRecord(RawRecord record, Optional<String> table, RejectCode code, String message) {
        this(record, table, code, Optional.empty(), message);
    }

    public static QuarantinedRecord of(RawRecord record, Optional<String> table, Rejected rejected) {
        return new QuarantinedRecord(record, table, rejected.code(), rejected.rule(), rejected.reason());
    }
}
