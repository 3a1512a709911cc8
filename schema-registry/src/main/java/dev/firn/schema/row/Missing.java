package dev.firn.schema.row;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.Column;
import java.util.List;

/** What a table or a record lacks. */
final class Missing {

    private Missing() {}

    static Rejected columns(List<String> named) {
        return new Rejected(RejectCode.SCHEMA_NOT_IN_TABLE, "the table has no column for " + String.join(", ", named));
    }

    static Rejected value(Column column) {
        return new Rejected(
                RejectCode.MISSING_REQUIRED_COLUMN, "`" + column.name() + "` is null, and the table requires it");
    }
}
