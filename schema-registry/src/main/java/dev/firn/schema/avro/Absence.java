package dev.firn.schema.avro;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.Nullability;
import org.jspecify.annotations.Nullable;

/** What a null of the writer is to the table. */
enum Absence {
    /** The column takes it. */
    ALLOWED,
    /** The column is required: this record has nothing for it, others of its schema may. */
    REFUSED;

    static Absence into(Nullability column) {
        return column == Nullability.OPTIONAL ? ALLOWED : REFUSED;
    }

    @Nullable
    Object value(String path) throws Rejected {
        if (this == REFUSED) {
            throw new Rejected(
                    RejectCode.MISSING_REQUIRED_COLUMN, "`" + path + "` is null, and the table requires a value");
        }
        return null;
    }
}
