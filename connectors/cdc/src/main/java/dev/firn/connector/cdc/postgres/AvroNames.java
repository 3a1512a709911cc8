package dev.firn.connector.cdc.postgres;

import java.util.Locale;

/**
 * Names of Postgres as names of Avro, which are letters of ASCII, digits and underscores. Most names stay as they are. What another name
 * holds is written as SQL/XML does it, so that no two become one: {@code Größe} is {@code Gr_x00F6__x00DF_e}.
 */
final class AvroNames {

    private AvroNames() {}

    static String of(String name) {
        StringBuilder written = new StringBuilder();
        for (int at = 0; at < name.length(); at = name.offsetByCodePoints(at, 1)) {
            int point = name.codePointAt(at);
            boolean isPlain = isLetter(point) || (at > 0 && point >= '0' && point <= '9');
            // What looks like the beginning of such a sign would be taken for one.
            if (isPlain && !name.startsWith("_x", at)) {
                written.appendCodePoint(point);
            } else {
                written.append(String.format(Locale.ROOT, "_x%04X_", point));
            }
        }
        return written.toString();
    }

    private static boolean isLetter(int point) {
        return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z') || point == '_';
    }
}
