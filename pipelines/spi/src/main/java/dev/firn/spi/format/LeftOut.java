package dev.firn.spi.format;

import java.util.Optional;

/**
 * A record that the file does not want in a table: it is counted, and nowhere else. A {@link RowDecoder} answers with it in place of a row.
 *
 * @param rule whose condition the record does not meet; empty where it is the table's {@code where}
 */
public record LeftOut(Optional<String> rule) implements NoRow {

    /** What does not meet a table's {@code where}. */
    public static final LeftOut FILTERED = new LeftOut(Optional.empty());

    public static LeftOut by(String rule) {
        return new LeftOut(Optional.of(rule));
    }
}
