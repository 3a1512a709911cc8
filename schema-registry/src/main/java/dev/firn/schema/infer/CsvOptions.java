package dev.firn.schema.infer;

import java.util.Optional;

/**
 * What a file of cells does not say of itself.
 *
 * @param delimiter between cells; where nobody says one, a tab in a {@code .tsv}, else a comma
 */
public record CsvOptions(Optional<Character> delimiter, Header header) {

    /** What the first line is. */
    public enum Header {
        FIRST_LINE,
        NONE
    }
}
