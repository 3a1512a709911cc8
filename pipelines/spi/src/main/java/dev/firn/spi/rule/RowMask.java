package dev.firn.spi.rule;

import dev.firn.definition.reference.Text;
import dev.firn.definition.table.MaskOptions;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column whose values are hidden, last of all before a row is written.
 *
 * @param column of the table
 * @param as how
 * @param reference to the salt or the key, never that itself; null where there is none
 */
public record RowMask(String column, MaskOptions.Mask as, @Nullable Text reference) implements Serializable {

    public Optional<Text> secret() {
        return Optional.ofNullable(reference);
    }
}
