package dev.firn.schema.binding;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.Nullability;
import org.jspecify.annotations.Nullable;

/** What a null of the writer is to the table. */
public enum Absence {
    /** The column takes it. */
    ALLOWED,
    /** The column is required: this record has nothing for it, others of its schema may. */
    REFUSED;

    public static Absence into(Nullability column) {
        return column == Nullability.OPTIONAL ? ALLOWED : REFUSED;
    }

    public @Nullable Object value(String path) throws Rejected {
        if (this == REFUSED) {
            throw new Rejected(
                    RejectCode.MISSING_REQUIRED_COLUMN, "`" + path + "` is null, and the table requires a value");
        }
        return null;
    }
}
