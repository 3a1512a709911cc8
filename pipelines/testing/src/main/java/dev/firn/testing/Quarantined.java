package dev.firn.testing;

import dev.firn.spi.sink.QuarantinedRecord;
import java.util.Optional;

/**
 * A record that would go to quarantine.
 *
 * @param stream where it came from
 * @param offset which of the stream's records it is, counted from 0
 * @param table where it should have gone, if a route says so
 * @param code such as {@code rule-broken}; `firn help CODE` tells each
 * @param rule the name of the file's rule that it breaks, if it is one
 */
public record Quarantined(
        String stream, long offset, Optional<String> table, String code, Optional<String> rule, String message) {

    static Quarantined of(QuarantinedRecord record) {
        return new Quarantined(
                record.record().split().stream(),
                record.record().position(),
                record.table(),
                record.code().word(),
                record.rule(),
                record.message());
    }
}
