package dev.firn.schema.avro;

import dev.firn.schema.binding.Excerpt;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.util.UUID;

/** Reads a uuid from its text of 36 characters; the JDK's own parser takes {@code 1-1-1-1-1} as well. */
final class UuidReader implements ValueReader {

    private static final int LENGTH = 36;

    /** By character; -1 for what is no digit. */
    private static final byte[] DIGITS = new byte[Byte.MAX_VALUE + 1];

    static {
        for (int i = 0; i < DIGITS.length; i++) {
            DIGITS[i] = (byte) Character.digit(i, 16);
        }
    }

    private final String path;

    UuidReader(String path) {
        this.path = path;
    }

    @Override
    public Object read(Payload payload) throws Rejected {
        int length = payload.readLength(path);
        if (length == LENGTH && hasDashes(payload)) {
            long a = group(payload, 0, 8);
            long b = group(payload, 9, 4);
            long c = group(payload, 14, 4);
            long d = group(payload, 19, 4);
            long e = group(payload, 24, 12);
            if ((a | b | c | d | e) >= 0) {
                payload.skip(length, path);
                return new UUID(a << 32 | b << 16 | c, d << 48 | e);
            }
        }
        String text = payload.readText(length, path);
        throw new Rejected(RejectCode.INVALID_VALUE, "`" + path + "` is not a uuid: `" + Excerpt.of(text) + "`");
    }

    private static boolean hasDashes(Payload payload) {
        return payload.ahead(8) == '-'
                && payload.ahead(13) == '-'
                && payload.ahead(18) == '-'
                && payload.ahead(23) == '-';
    }

    /** The number, of 48 bits at most; negative if one of the characters is no digit, which no digit behind it changes. */
    private static long group(Payload payload, int from, int digits) {
        long number = 0;
        for (int i = from; i < from + digits; i++) {
            byte character = payload.ahead(i);
            int digit = character < 0 ? -1 : DIGITS[character];
            number = number << 4 | digit;
        }
        return number;
    }
}
