package dev.firn.schema.binding;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Makes texts of UTF-8: overlong forms and lone surrogates are none. The JDK is as fast where all is ASCII; a text with one
 * other character costs it ten times as much, byte by byte, which is most texts of most languages.
 */
public final class Utf8 {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private static final int REUSED_CHARS = 4_096;
    private static final ThreadLocal<char[]> REUSED = ThreadLocal.withInitial(() -> new char[REUSED_CHARS]);

    private static final int NONE = -1;

    private Utf8() {}

    public static String text(byte[] bytes, int start, int length, String path) throws Rejected {
        if (isAscii(bytes, start, length)) {
            // A copy: the JDK keeps ASCII as it is.
            return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        }
        char[] chars = length <= REUSED_CHARS ? REUSED.get() : new char[length];
        int count = decode(bytes, start, start + length, chars);
        if (count == NONE) {
            check(bytes, start, length, path);
            return new String(bytes, start, length, StandardCharsets.UTF_8);
        }
        return new String(chars, 0, count);
    }

    /** Refuses what is no text. */
    public static void require(byte[] bytes, int start, int length, String path) throws Rejected {
        int end = start + length;
        int at = asciiEnd(bytes, start, end);
        while (at < end) {
            int first = bytes[at] & 0xff;
            int width = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
            if (end - at < width || point(bytes, at, width) == NONE) {
                check(bytes, start, length, path);
            }
            at = asciiEnd(bytes, at + width, end);
        }
    }

    /** With as few branches as can be: texts are short, and nothing foretells their lengths. */
    private static boolean isAscii(byte[] bytes, int start, int length) {
        if (length >= Long.BYTES) {
            int last = start + length - Long.BYTES;
            long seen = word(bytes, last);
            for (int at = start; at < last; at += Long.BYTES) {
                seen |= word(bytes, at);
            }
            return (seen & HIGH_BITS) == 0;
        }
        if (length > 0 && bytes.length - start >= Long.BYTES) {
            // What is behind the text is shifted out.
            return (word(bytes, start) << (Long.SIZE - length * Byte.SIZE) & HIGH_BITS) == 0;
        }
        return asciiEnd(bytes, start, start + length) == start + length;
    }

    /** Where the first character that is not ASCII starts. */
    private static int asciiEnd(byte[] bytes, int start, int end) {
        int at = start;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            long others = word(bytes, at) & HIGH_BITS;
            if (others != 0) {
                return at + Long.numberOfTrailingZeros(others) / Byte.SIZE;
            }
        }
        while (at < end && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /** @return how many chars there are, or {@link #NONE} if the bytes are no text */
    private static int decode(byte[] bytes, int start, int end, char[] chars) {
        int count = 0;
        int at = start;
        while (at < end) {
            int first = bytes[at] & 0xff;
            if (first < 0x80) {
                for (int ascii = asciiEnd(bytes, at, end); at < ascii; at++) {
                    chars[count++] = (char) bytes[at];
                }
                continue;
            }
            int width = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
            int point = end - at < width ? NONE : point(bytes, at, width);
            if (point == NONE) {
                return NONE;
            }
            if (Character.isBmpCodePoint(point)) {
                chars[count++] = (char) point;
            } else {
                chars[count++] = Character.highSurrogate(point);
                chars[count++] = Character.lowSurrogate(point);
            }
            at += width;
        }
        return count;
    }

    private static int point(byte[] bytes, int at, int width) {
        int first = bytes[at] & 0xff;
        int second = bytes[at + 1];
        if (width == 2) {
            return first >= 0xc2 && isNext(second) ? (first & 0x1f) << 6 | (second & 0x3f) : NONE;
        }
        int third = bytes[at + 2];
        if (width == 3) {
            int point = (first & 0xf) << 12 | (second & 0x3f) << 6 | (third & 0x3f);
            boolean shortest = point >= 0x800 && !Character.isSurrogate((char) point);
            return shortest && isNext(second) && isNext(third) ? point : NONE;
        }
        int fourth = bytes[at + 3];
        int point = (first & 0x7) << 18 | (second & 0x3f) << 12 | (third & 0x3f) << 6 | (fourth & 0x3f);
        boolean shortest = first <= 0xf4 && Character.isSupplementaryCodePoint(point);
        return shortest && isNext(second) && isNext(third) && isNext(fourth) ? point : NONE;
    }

    private static boolean isNext(int signed) {
        return (signed & 0xc0) == 0x80;
    }

    private static long word(byte[] bytes, int at) {
        return (long) WORD.get(bytes, at);
    }

    /** The slow and exact look. */
    private static void check(byte[] bytes, int start, int length, String path) throws Rejected {
        ByteBuffer text = ByteBuffer.wrap(bytes, start, length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(text, CharBuffer.allocate(length), true);
        if (result.isError()) {
            int at = text.position() - start;
            throw new Rejected(
                    RejectCode.BAD_UTF8,
                    String.format(
                            Locale.ROOT,
                            "`%s` is not UTF-8: byte `0x%02x` at %d of %d",
                            path,
                            bytes[text.position()],
                            at,
                            length));
        }
    }
}
