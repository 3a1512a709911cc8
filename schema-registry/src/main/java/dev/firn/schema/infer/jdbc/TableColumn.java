package dev.firn.schema.infer.jdbc;

import dev.firn.spi.schema.Nullability;
import java.sql.Types;
import java.util.Locale;
import java.util.Optional;

/**
 * A column as a driver describes it.
 *
 * @param type one of {@link java.sql.Types}
 * @param typeName the database's own word
 * @param size digits or characters; 0 where it does not say
 * @param digits behind the point, of a number or a second
 */
record TableColumn(
        String name,
        int type,
        String typeName,
        int size,
        int digits,
        Nullability nullability,
        Optional<String> remark) {

    /** Above it a size says that there is none. */
    private static final int MOST = 1_000_000_000;

    String word() {
        return typeName.toLowerCase(Locale.ROOT);
    }

    boolean isUnsigned() {
        return word().contains("unsigned");
    }

    /** SQLite's driver calls them doubles. */
    boolean isDecimal() {
        return type == Types.NUMERIC || type == Types.DECIMAL || word().equals("decimal") || word().equals("numeric");
    }

    /** As people know it. */
    String declared() {
        if (isDecimal()) {
            return isSaid() ? word() + "(" + size + ", " + digits + ")" : word();
        }
        boolean isSized = type == Types.CHAR || type == Types.VARCHAR || type == Types.BIT;
        return isSized && isSaid() ? word() + "(" + size + ")" : word();
    }

    private boolean isSaid() {
        return size > 0 && size < MOST && !word().contains("(") && !word().equals("bool");
    }
}
