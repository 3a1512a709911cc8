package dev.firn.cli.quarantine;

import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.spi.sink.PayloadOpener;
import dev.firn.spi.sink.QuarantinedRow;
import dev.firn.spi.source.OutsideException;
import java.util.Optional;

/**
 * A quarantined record as it is shown.
 *
 * @param row with its record as it came, unless it is not opened
 * @param notOpened why its bytes are encrypted still, and are not shown; empty where they are not
 */
public record ShownRow(QuarantinedRow row, Optional<String> notOpened) {

    /** One whose bytes can be shown. */
    public ShownRow(QuarantinedRow row) {
        this(row, Optional.empty());
    }

    /** All but its bytes can be shown of one that is encrypted with another key. */
    public static ShownRow of(QuarantinedRow row, PayloadOpener opener) {
        try {
            return new ShownRow(opener.opened(row));
        } catch (OutsideException | UnresolvedReference reason) {
            return new ShownRow(row, Optional.of(String.valueOf(reason.getMessage())));
        }
    }

    String encryptedWith() {
        return row.encryptedWith().orElse("");
    }
}
