package dev.firn.schema.notation.avro;

import java.util.regex.Pattern;

/** What Avro allows as a name, and what becomes of others: as Iceberg does it. */
final class AvroNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private AvroNames() {}

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Each character that can't stand there as its number. */
    static String of(String text) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean letter = character == '_'
                    || (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z');
            boolean digit = character >= '0' && character <= '9';
            if (letter || (digit && i > 0)) {
                name.append(character);
            } else if (digit) {
                name.append('_').append(character);
            } else {
                name.append("_x").append(Integer.toHexString(character).toUpperCase(java.util.Locale.ROOT));
            }
        }
        return name.isEmpty() ? "_" : name.toString();
    }

    /** Of each part between dots. */
    static String full(String text) {
        StringBuilder name = new StringBuilder();
        for (String part : text.split("\\.", -1)) {
            name.append(name.isEmpty() ? "" : ".").append(of(part));
        }
        return name.toString();
    }
}
