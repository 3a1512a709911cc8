package dev.firn.spi.sink;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.record.RawRecord;
import java.util.Optional;

/**
 * A record that could not be delivered.
 *
 * @param table where it should have gone, if a route says so
 */
public record QuarantinedRecord(RawRecord record, Optional<String> table, RejectCode code, String message) {}
